package input

import (
	"bufio"
	"bytes"
	"io"

	"github.com/klauspost/compress/zstd"
)

const (
	zstdMagic      = "\x28\xb5\x2f\xfd"
	skippableMagic = "\x2a\x4d\x18" // after a byte 0x50 to 0x5f
)

func isZstd(head []byte) bool {
	return bytes.HasPrefix(head, []byte(zstdMagic)) || isSkippable(head)
}

func isSkippable(head []byte) bool {
	return len(head) >= 4 && head[0]>>4 == 5 && string(head[1:4]) == skippableMagic
}

// zstdReader decodes the frames that it is given. The decoder takes a file that
// breaks off in a frame's header for one that is whole, so the frames have the
// last word on how the source ended.
type zstdReader struct {
	*zstd.Decoder
	frames *frames
}

func openZstd(in *bufio.Reader) (io.ReadCloser, error) {
	f := &frames{in: in}
	d, err := zstd.NewReader(f,
		zstd.WithDecoderConcurrency(1), // decodes in our goroutine
		zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return nil, err
	}
	return zstdReader{d, f}, nil
}

func (z zstdReader) Read(p []byte) (int, error) {
	n, err := z.Decoder.Read(p)
	if err != nil && z.frames.err != nil && z.frames.err != io.EOF {
		err = z.frames.err
	}
	return n, err
}

func (z zstdReader) Close() error {
	z.Decoder.Close()
	return nil
}

// frames passes the frames of a zstd file on and knows, by walking from block to
// block (RFC 8878, section 3.1), whether the file ends between two of them. It
// leaves out skippable frames.
type frames struct {
	in       *bufio.Reader
	left     int64 // bytes of the part that is passed on
	next     part  // what comes after it
	checksum bool  // the frame ends with one
	err      error
}

// part is a part of a frame.
type part int

const (
	header part = iota
	block
	checksum
)

func (f *frames) Read(p []byte) (int, error) {
	for f.left == 0 && f.err == nil {
		f.err = f.step()
	}
	if f.err != nil {
		return 0, f.err
	}
	n, err := f.in.Read(p[:min(int64(len(p)), f.left)])
	f.left -= int64(n)
	if err != nil {
		f.err = unexpected(err)
	}
	return n, f.err
}

// step finds the length of the next part.
func (f *frames) step() error {
	switch f.next {
	case block:
		return f.stepBlock()
	case checksum:
		f.left, f.next = 4, header
		return nil
	default:
		return f.stepFrame()
	}
}

func (f *frames) stepFrame() error {
	head, err := f.in.Peek(4)
	if err != nil && err != io.EOF {
		return err
	}
	switch {
	case isSkippable(head):
		return f.skip()
	case string(head) == zstdMagic:
		return f.stepHeader()
	case len(head) > 0 && bytes.HasPrefix([]byte(zstdMagic), head):
		return io.ErrUnexpectedEOF
	default:
		return atEnd(f.in)
	}
}

// skip leaves out a skippable frame: magic, length, content.
func (f *frames) skip() error {
	head, err := f.in.Peek(8)
	if err != nil {
		return unexpected(err)
	}
	size := int64(head[4]) | int64(head[5])<<8 | int64(head[6])<<16 | int64(head[7])<<24
	_, err = io.CopyN(io.Discard, f.in, 8+size)
	return unexpected(err)
}

func (f *frames) stepHeader() error {
	head, err := f.in.Peek(5)
	if err != nil {
		return unexpected(err)
	}
	descriptor := head[4]
	single := descriptor&(1<<5) != 0
	size := 5 + [...]int64{0, 1, 2, 4}[descriptor&3] + [...]int64{0, 2, 4, 8}[descriptor>>6]
	if !single {
		size++ // window descriptor
	} else if descriptor>>6 == 0 {
		size++ // content size in one byte
	}
	f.left, f.next = size, block
	f.checksum = descriptor&(1<<2) != 0
	return nil
}

func (f *frames) stepBlock() error {
	head, err := f.in.Peek(3)
	if err != nil {
		return unexpected(err)
	}
	bits := int64(head[0]) | int64(head[1])<<8 | int64(head[2])<<16
	size := bits >> 3
	if repeated := bits>>1&3 == 1; repeated {
		size = 1
	}
	f.left = 3 + size
	if last := bits&1 != 0; last {
		f.next = header
		if f.checksum {
			f.next = checksum
		}
	}
	return nil
}
