package input

import (
	"bufio"
	"io"

	"github.com/klauspost/compress/gzip"
)

const gzipMagic = "\x1f\x8b"

// members reads the members of a gzip file as one stream. It steps from one to
// the next by itself, as the reader below would take NUL padding after the last
// one for a broken member.
type members struct {
	in *bufio.Reader
	z  *gzip.Reader
}

func openGzip(in *bufio.Reader) (io.ReadCloser, error) {
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, unexpected(err)
	}
	z.Multistream(false)
	return &members{in: in, z: z}, nil
}

func (m *members) Read(p []byte) (int, error) {
	n, err := m.z.Read(p)
	if err == io.EOF {
		err = m.next()
	}
	return n, err
}

// next opens the next member; io.EOF says that there is none.
func (m *members) next() error {
	magic, _ := m.in.Peek(2)
	switch string(magic) {
	default:
		return atEnd(m.in)
	case "\x1f":
		return io.ErrUnexpectedEOF
	case gzipMagic:
	}
	if err := m.z.Reset(m.in); err != nil {
		return unexpected(err)
	}
	m.z.Multistream(false)
	return nil
}

func (m *members) Close() error { return m.z.Close() }

// unexpected returns err for a reader in the middle of something.
func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
