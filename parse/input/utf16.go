package input

import (
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// utf16Size is how many bytes of UTF-16 are decoded at once.
const utf16Size = 128 << 10

// utf16Reader reads UTF-16 as UTF-8. It reads its source once for what it
// returns, so that a source that pauses is seen to do so. Halves of surrogate
// pairs become U+FFFD.
type utf16Reader struct {
	src   io.Reader
	order binary.ByteOrder
	in    []byte // read and not decoded: at most a surrogate and a half once out was filled
	out   []byte // decoded and not returned
	err   error  // that ended src

	inBuffer, outBuffer []byte
}

func newUTF16Reader(src io.Reader, order binary.ByteOrder) *utf16Reader {
	return &utf16Reader{
		src: src, order: order,
		inBuffer:  make([]byte, utf16Size),
		outBuffer: make([]byte, 0, utf16Size/2*utf8.UTFMax),
	}
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.out) == 0 {
		if u.err != nil {
			return 0, u.end()
		}
		u.fill()
		u.decode()
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}

// fill reads once.
func (u *utf16Reader) fill() {
	held := copy(u.inBuffer, u.in)
	n, err := u.src.Read(u.inBuffer[held:])
	u.in, u.err = u.inBuffer[:held+n], err
}

// decode decodes all that is whole.
func (u *utf16Reader) decode() {
	u.out = u.outBuffer
	for len(u.in) >= 2 {
		first := rune(u.order.Uint16(u.in))
		if !utf16.IsSurrogate(first) {
			u.out, u.in = utf8.AppendRune(u.out, first), u.in[2:]
			continue
		}
		if len(u.in) < 4 && u.err == nil {
			return // its other half is still to come
		}
		r, size := rune(utf8.RuneError), 2
		if len(u.in) >= 4 {
			r = utf16.DecodeRune(first, rune(u.order.Uint16(u.in[2:])))
		}
		if r != utf8.RuneError {
			size = 4
		}
		u.out, u.in = utf8.AppendRune(u.out, r), u.in[size:]
	}
}

var errHalf = errors.New("UTF-16: unexpected end of data")

// end returns how the source ended, which must not be inside a character.
func (u *utf16Reader) end() error {
	if u.err == io.EOF && len(u.in) > 0 {
		return errHalf
	}
	return u.err
}
