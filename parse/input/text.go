package input

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

var (
	errBinary = errors.New("not a text log (binary)")
	errNoBOM  = errors.New("UTF-16 without a byte order mark")
	errUTF32  = errors.New("unsupported encoding UTF-32")
)

// encodings are those that a byte order mark names; Windows tools write them.
var encodings = []struct {
	name, bom string
	order     binary.ByteOrder
}{
	{"utf-16le", "\xff\xfe", binary.LittleEndian},
	{"utf-16be", "\xfe\xff", binary.BigEndian},
}

// magics begin common files that are no logs. Others are known by what they are
// made of.
var magics = []string{
	"\x7fELF", "\x89PNG\r\n", "\xff\xd8\xff", "GIF87a", "GIF89a", "%PDF-", "SQLite format 3\x00", "LPKSHHRH", "\xca\xfe\xba\xbe",
	"\xd4\xc3\xb2\xa1", "!<arch>\n",
}

// archives hold files rather than one stream.
var archives = map[string]bool{"zip": true, "7z": true}

// asText returns src as UTF-8 and the name of the encoding that it was in, empty
// if it was left as it is. The error says why it cannot be a text.
func asText(src io.Reader) (text io.Reader, name string, err error) {
	in := bufio.NewReaderSize(src, headBytes)
	mark, _ := in.Peek(2)
	for _, e := range encodings {
		if string(mark) != e.bom {
			continue
		}
		if head, _ := in.Peek(4); string(head) == "\xff\xfe\x00\x00" {
			return nil, "", errUTF32
		}
		in.Discard(len(e.bom))
		return newUTF16Reader(in, e.order), e.name, nil
	}
	head := textHead(in)
	switch {
	case isUTF16(head):
		return nil, "", errNoBOM
	case isBinary(head):
		return nil, "", errBinary
	}
	return in, "", nil
}

// headBytes is the most by which a source is judged.
const headBytes = 512

// textHead returns the beginning of a source: its first line or, if there are
// control characters in it, headBytes. So a pipe that has written one line of
// text is not asked for more.
func textHead(in *bufio.Reader) []byte {
	clean := true
	for n := 1; ; n++ {
		head, _ := in.Peek(n)
		if len(head) < n {
			return head
		}
		c := head[n-1]
		clean = clean && !isControl(c)
		if n == headBytes || c == '\n' && clean {
			return head
		}
	}
}

// isControl reports whether c is a character that texts do not hold; the escape
// character of colours is one that logs do.
func isControl(c byte) bool {
	return c < ' ' && bytes.IndexByte([]byte("\b\t\n\v\f\r\x1b"), c) < 0
}

// isUTF16 reports whether every other byte is NUL, and none between them, as in
// English text.
func isUTF16(head []byte) bool {
	var nuls [2]int
	for i, c := range head {
		if c == 0 {
			nuls[i%2]++
		}
	}
	few, many := min(nuls[0], nuls[1]), max(nuls[0], nuls[1])
	return len(head) >= 8 && few == 0 && many >= len(head)/2*7/8
}

// Signs of a binary file: more kinds of control characters than a text with
// accidents has, or so large a part of NUL bytes.
const (
	manyKinds = 8
	manyNULs  = 3 // 1/3 of the head
)

// isBinary judges a source by its head. NUL bytes that begin a line do not count:
// they are the hole that copytruncate leaves in a log.
func isBinary(head []byte) bool {
	for _, magic := range magics {
		if bytes.HasPrefix(head, []byte(magic)) {
			return true
		}
	}
	var seen [' ']bool
	kinds, nuls, hole := 0, 0, true
	for _, c := range head {
		if c == 0 && hole {
			continue
		}
		hole = c == '\n'
		if !isControl(c) {
			continue
		}
		if !seen[c] {
			seen[c] = true
			kinds++
		}
		if c == 0 {
			nuls++
		}
	}
	return kinds >= manyKinds || nuls*manyNULs > len(head)
}
