package input

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
)

// ErrChanged says that a file was truncated while it was read, so that nobody
// knows what was read of it.
var ErrChanged = errors.New("changed while it was read")

// Reason says why err ended a source, without the source's name.
func Reason(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		err = p.Err
	}
	return err.Error()
}

// Step is one file of a Continuation, and the part of it that is new.
type Step struct {
	Path    string
	Found   bool  // see Source
	Err     error // why it is not read this time
	NotText bool  // Err is that it is no log, but an executable, an image, an archive

	from, to int64 // in its text
	encoded  bool
	before   *Cursor // where it was left; nil if it is new
	cursor   Cursor  // where it will be left
}

// New returns how many bytes of text there are to read.
func (s *Step) New() int64 { return s.to - s.from }

// newStep plans to read what is new in f, which was left at before.
func newStep(source *Source, f *sight, before *Cursor, o *Options, whole func([]byte) bool) *Step {
	s := &Step{Path: source.Path, Found: source.Found, NotText: f.notText, Err: f.failure, before: before}
	if s.Err == nil {
		s.Err = s.plan(f, o, whole)
	}
	return s
}

// plan chooses the part to read.
func (s *Step) plan(f *sight, o *Options, whole func([]byte) bool) (err error) {
	line, rested := int64(1), false
	if s.before != nil {
		s.from, line = s.before.Offset, s.before.Line
	}
	s.encoded, s.to = f.encoded, f.size
	tail := f.tail
	if !f.encoded {
		s.to, tail, err = f.end(s.from, o.Cut, whole)
	}
	head := headPrint(f.head, s.to)
	if s.before != nil && s.New() == 0 {
		head, tail = s.before.Head, s.before.Tail
		rested = f.size == s.to && s.before.restsAt(s.Path)
	}
	s.cursor = Cursor{
		Path: s.Path, Device: f.device, Inode: f.inode, Offset: s.to, Line: line,
		Head: head, Tail: tail, Seal: f.seal, Rested: rested || f.seal != "",
	}
	return err
}

// Read reads the new part as the function Read does. If the file is another one
// by now, nothing of it is read, and Err says so. The error is that of emit or of
// ctx, what broke reading, or ErrChanged: then the cursors must not be kept.
func (s *Step) Read(ctx context.Context, o Options, emit func(*Chunk) error) error {
	o.setDefaults(MaxRecord)
	f, text, err := s.open(o.MaxExpand)
	if err != nil {
		s.Err = err
		return nil
	}
	defer f.Close()
	defer text.Close()
	win := newWindow(ctx, io.LimitReader(text, s.New()), o.ChunkSize)
	defer win.close()
	win.offset = s.from
	c := &cutter{win: win, name: s.Path, size: o.ChunkSize, max: MaxRecord, begins: o.Cut, inside: o.Split, emit: emit, passed: s.cursor.Line - 1}
	if err := c.run(); err != nil {
		return err
	}
	s.cursor.Line = c.line()
	return s.check(f, win)
}

// check makes sure that what was read is what was planned.
func (s *Step) check(f *os.File, win *window) error {
	if win.err != io.EOF {
		return win.err
	}
	if win.offset != s.to {
		return ErrChanged
	}
	if !s.encoded {
		if tail, err := tailPrint(f, s.to); err != nil || tail != s.cursor.Tail {
			return ErrChanged
		}
	}
	return nil
}

// open opens the file that was planned for, and its text where the step begins.
func (s *Step) open(maxExpand int64) (*os.File, io.ReadCloser, error) {
	f, info, err := openRegular(s.Path)
	if err != nil {
		return nil, nil, err
	}
	var text io.ReadCloser
	if device, inode := numbers(info); device != s.cursor.Device || inode != s.cursor.Inode {
		err = ErrChanged
	} else {
		text, err = s.text(f, maxExpand)
	}
	if err != nil {
		f.Close()
	}
	return f, text, err
}

func (s *Step) text(f *os.File, maxExpand int64) (io.ReadCloser, error) {
	if !s.encoded {
		return io.NopCloser(io.NewSectionReader(f, s.from, s.New())), nil
	}
	src, _ := open(&counter{r: f}, maxExpand)
	text, _, err := asText(src)
	if err == nil {
		_, err = io.CopyN(io.Discard, text, s.from)
	}
	if err != nil {
		src.Close()
	}
	return decoded{text, src}, err
}

// decoded is a text beside what has to be closed when it was read.
type decoded struct {
	io.Reader
	io.Closer
}
