package input

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
)

// sight is what is seen of a file before it is read.
type sight struct {
	path          string
	device, inode uint64

	size    int64  // of its text
	encoded bool   // what is stored is not the text: it is compressed, or UTF-16
	seal    string // of a compressed file
	head    []byte // of its text
	tail    string // print of the text's last bytes, where encoded

	holds   []int // cursors whose bytes it begins with
	partly  []int // cursors whose bytes it may begin with: it broke off before them
	failure error // why it cannot be read now
	notText bool  // that is what failure says
}

// is reports whether f is the file that c was of, by what the system says. Devices
// may be numbered anew at a restart.
func (f *sight) is(c *Cursor) bool {
	return f.inode == c.Inode && (f.device == c.Device && c.Inode != 0 || f.path == c.Path)
}

func (f *sight) holdsCursor(j int) bool { return slices.Contains(f.holds, j) }

// copies reports whether f is a copy of the file of c, the cursor numbered j, or
// is about to become one.
func (f *sight) copies(c *Cursor, j int) bool {
	if f.seal != "" && f.seal == c.Seal {
		return true
	}
	return c.Offset >= leastCopy && (f.holdsCursor(j) || slices.Contains(f.partly, j))
}

// look opens a source and compares it with cursors.
func look(source Source, cursors []Cursor, maxExpand int64) *sight {
	s := &sight{path: source.Path}
	if s.failure = source.Err; s.failure != nil {
		return s
	}
	f, info, err := openRegular(source.Path)
	if err != nil {
		s.failure = err
		return s
	}
	defer f.Close()
	s.device, s.inode = numbers(info)
	s.size = info.Size()
	s.failure = s.compare(f, cursors, maxExpand)
	s.notText = s.notText || s.failure == errBinary
	return s
}

// openRegular opens what can be read from any place, and again.
func openRegular(path string) (*os.File, fs.FileInfo, error) {
	r, err := Open(path)
	if err != nil {
		return nil, nil, err
	}
	f, ok := r.(*os.File)
	if !ok {
		r.Close()
		return nil, nil, errPipe
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errPipe
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

var errPipe = errors.New("is a pipe, which cannot be read on from where the last run stopped")

// compare finds out which cursors the file holds, and whether it can be read.
func (s *sight) compare(f *os.File, cursors []Cursor, maxExpand int64) error {
	s.head = make([]byte, min(s.size, printBytes))
	if _, err := f.ReadAt(s.head, 0); err != nil && len(s.head) > 0 {
		return err
	}
	if compression := compressionOf(s.head); compression != "" {
		s.encoded, s.notText = true, archives[compression]
		return s.compareSealed(f, cursors, maxExpand)
	}
	if isUTF16Marked(s.head) {
		s.encoded = true
		return s.compareDecoded(f, cursors, maxExpand)
	}
	for j := range cursors {
		held, err := s.holdsPlain(f, &cursors[j])
		if err != nil {
			return err
		}
		if held {
			s.holds = append(s.holds, j)
		}
	}
	_, _, err := asText(io.NewSectionReader(f, 0, s.size))
	return err
}

// holdsPlain compares head first, which is in memory, then the bytes before the
// cursor.
func (s *sight) holdsPlain(f *os.File, c *Cursor) (bool, error) {
	if c.Offset == 0 {
		return s.is(c), nil
	}
	if c.Offset > s.size || headPrint(s.head, c.Offset) != c.Head {
		return false, nil
	}
	tail, err := tailPrint(f, c.Offset)
	return tail == c.Tail, err
}

// compressionOf returns the format that head begins, "" if it is none.
func compressionOf(head []byte) string {
	for _, f := range formats {
		if f.is(head) {
			return f.name
		}
	}
	return ""
}

func isUTF16Marked(head []byte) bool {
	for _, e := range encodings {
		if bytes.HasPrefix(head, []byte(e.bom)) {
			return true
		}
	}
	return false
}

// compareSealed compares a compressed file. One that was read needs no second
// look, as it does not grow.
func (s *sight) compareSealed(f *os.File, cursors []Cursor, maxExpand int64) (err error) {
	if s.seal, err = sealPrint(f, s.size); err != nil {
		return err
	}
	for j := range cursors {
		if cursors[j].Seal == s.seal {
			s.size, s.holds = cursors[j].Offset, append(s.holds, j)
			return nil
		}
	}
	return s.compareDecoded(f, cursors, maxExpand)
}

// compareDecoded reads the text once to its end, which proves its checksums.
func (s *sight) compareDecoded(f *os.File, cursors []Cursor, maxExpand int64) error {
	p := newProber(cursors)
	err := decode(f, maxExpand, p)
	s.size, s.head, s.tail = p.n, p.head, p.tailPrint()
	for j := range cursors {
		c := &cursors[j]
		switch {
		case c.Offset == 0 || headPrint(s.head, c.Offset) != c.Head:
		case p.prints[c.Offset] == c.Tail:
			s.holds = append(s.holds, j)
		case err != nil && p.n < c.Offset:
			s.partly = append(s.partly, j)
		}
	}
	return err
}
