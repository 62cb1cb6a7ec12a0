package input

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// maxWindow is the most memory that a zstd frame may ask for: the format's own
// limit for decoders that are not told more (zstd --long=27).
const maxWindow = 128 << 20

var (
	errExpansion = errors.New("expansion limit")
	errTrailing  = errors.New("trailing data")
)

// format is one way in which a source may be stored.
type format struct {
	name string
	is   func(head []byte) bool
	open func(*bufio.Reader) (io.ReadCloser, error) // nil if it cannot be read
}

// headSize is how many bytes the longest magic takes.
const headSize = 10

var formats = []format{
	{"gzip", starts(gzipMagic), openGzip},
	{"zstd", isZstd, openZstd},
	{"bzip2", isBzip2, openBzip2},
	{"xz", starts("\xfd7zXZ\x00"), nil},
	{"zip", starts("PK\x03\x04"), nil},
	{"zip", starts("PK\x05\x06"), nil},
	{"7z", starts("7z\xbc\xaf\x27\x1c"), nil},
	{"lz4", starts("\x04\x22\x4d\x18"), nil},
}

func starts(magic string) func([]byte) bool {
	return func(head []byte) bool { return bytes.HasPrefix(head, []byte(magic)) }
}

// isBzip2 looks at the first block too: "BZh9" alone could be text.
func isBzip2(head []byte) bool {
	if len(head) < 10 || string(head[:3]) != "BZh" || head[3] < '1' || head[3] > '9' {
		return false
	}
	block := string(head[4:10])
	return block == "\x31\x41\x59\x26\x53\x59" || block == "\x17\x72\x45\x38\x50\x90"
}

// open returns the decompressed bytes of raw and the name of its compression,
// which its first bytes decide. What cannot be opened fails at the first read.
func open(raw *counter, maxExpand int64) (src io.ReadCloser, compression string) {
	in := bufio.NewReaderSize(raw, 32<<10)
	head, _ := in.Peek(headSize) // a short source is a plain one
	for _, f := range formats {
		if !f.is(head) {
			continue
		}
		d := &decoder{name: f.name, raw: raw, in: in, left: maxExpand}
		if f.open == nil {
			d.err = fmt.Errorf("unsupported compression %s", f.name)
			return d, f.name
		}
		d.open = f.open
		return newAhead(d), f.name
	}
	return io.NopCloser(in), ""
}

// decoder reads one compressed source, says in people's words what is wrong with
// it, and stops where it grows beyond all measure.
type decoder struct {
	name string
	raw  *counter
	in   *bufio.Reader
	open func(*bufio.Reader) (io.ReadCloser, error)
	out  io.ReadCloser
	left int64 // bytes that may still come out
	err  error
}

func (d *decoder) Read(p []byte) (n int, err error) {
	if d.err == nil && d.out == nil {
		d.out, err = d.open(d.in)
		d.err = d.explain(err)
	}
	if d.err != nil {
		return 0, d.err
	}
	n, err = d.out.Read(p)
	d.err = d.explain(err)
	if d.left -= int64(n); d.left < 0 {
		n += int(d.left)
		d.err = errExpansion
	}
	return n, d.err
}

func (d *decoder) Close() error {
	if d.out == nil {
		return nil
	}
	return d.out.Close()
}

// explain names the format and the place of a fault.
func (d *decoder) explain(err error) error {
	if _, ok := errors.AsType[*readError](err); ok || err == nil || err == io.EOF {
		return err
	}
	what, at := "corrupt data", d.raw.n-int64(d.in.Buffered())
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		what, at = "unexpected end of data", d.raw.n
	case errors.Is(err, errTrailing):
		what = "trailing data"
	case errors.Is(err, gzip.ErrHeader):
		what = "invalid header"
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		what = fmt.Sprintf("window larger than %d MiB", maxWindow>>20)
	case errors.Is(err, zstd.ErrUnknownDictionary):
		what = "dictionary needed"
	case isChecksum(err):
		return fmt.Errorf("%s: checksum mismatch", d.name)
	}
	return fmt.Errorf("%s: %s at compressed byte %d", d.name, what, at)
}

func isChecksum(err error) bool {
	if s, ok := errors.AsType[bzip2.StructuralError](err); ok {
		return s == "block checksum mismatch" || s == "file checksum mismatch"
	}
	return errors.Is(err, gzip.ErrChecksum) || errors.Is(err, zstd.ErrCRCMismatch)
}

func openBzip2(in *bufio.Reader) (io.ReadCloser, error) {
	return io.NopCloser(bzip2.NewReader(in)), nil
}

// atEnd skips NUL padding, as gzip does, and returns io.EOF if nothing else
// follows.
func atEnd(in *bufio.Reader) error {
	for {
		b, err := in.ReadByte()
		if err != nil {
			return err
		}
		if b != 0 {
			in.UnreadByte()
			return errTrailing
		}
	}
}
