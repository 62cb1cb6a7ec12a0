package input

import (
	"bytes"
	"io"
	"os"
	"slices"
)

// probe passes the text of the file at path through a prober for cursors.
func probe(path string, cursors []Cursor, maxExpand int64) (*prober, error) {
	p := newProber(cursors)
	f, _, err := openRegular(path)
	if err != nil {
		return p, err
	}
	defer f.Close()
	return p, decode(f, maxExpand, p)
}

// decode writes the text of f to w.
func decode(f *os.File, maxExpand int64, w io.Writer) error {
	src, _ := open(&counter{r: f}, maxExpand)
	defer src.Close()
	text, _, err := asText(src)
	if err != nil {
		return err
	}
	_, err = io.CopyBuffer(w, text, make([]byte, aheadSize))
	return err
}

// prober looks at a text as it passes.
type prober struct {
	n      int64
	line   int64 // that the next byte belongs to
	head   []byte
	tail   []byte           // the last bytes
	marks  []int64          // where a print of the bytes before is wanted, in order
	prints map[int64]string // those that were passed
}

func newProber(cursors []Cursor) *prober {
	p := &prober{line: 1, prints: make(map[int64]string)}
	for j := range cursors {
		if cursors[j].Offset > 0 {
			p.marks = append(p.marks, cursors[j].Offset)
		}
	}
	slices.Sort(p.marks)
	p.marks = slices.Compact(p.marks)
	return p
}

// Write never fails.
func (p *prober) Write(b []byte) (int, error) {
	for rest := b; len(rest) > 0; {
		n := len(rest)
		if len(p.marks) > 0 {
			n = int(min(int64(n), p.marks[0]-p.n))
		}
		p.pass(rest[:n])
		rest = rest[n:]
		if len(p.marks) > 0 && p.marks[0] == p.n {
			p.prints[p.n] = p.tailPrint()
			p.marks = p.marks[1:]
		}
	}
	return len(b), nil
}

func (p *prober) pass(b []byte) {
	p.n += int64(len(b))
	p.line += int64(bytes.Count(b, newline))
	p.head = append(p.head, b[:min(len(b), printBytes-len(p.head))]...)
	p.tail = append(p.tail, b[max(0, len(b)-printBytes):]...)
	p.tail = slices.Delete(p.tail, 0, max(0, len(p.tail)-printBytes))
}

func (p *prober) tailPrint() string { return printOf(p.tail) }
