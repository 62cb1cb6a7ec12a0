package input

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"
)

// How a source ended.
const (
	Complete = "complete" // read to its end
	Partial  = "partial"  // cut, corrupt or interrupted; what came before was emitted
	Failed   = "failed"   // nothing could be read, or reading was refused
)

// Default values of Options.
const (
	DefaultChunkSize = 1 << 20
	DefaultMaxExpand = 64 << 30
)

// Options says how a source is cut. The zero value is ready for use.
type Options struct {
	// ChunkSize is the length that chunks aim at, in bytes: DefaultChunkSize if
	// it is not positive, at most MaxRecord. A chunk is longer where a record is.
	ChunkSize int

	// Cut says where records begin; if nil, every line is one.
	Cut Cut

	// Split returns what finds the records of a block in which Cut finds no border
	// within MaxRecord; if nil, every line of it is one.
	Split func() Split

	// View lends chunks the bytes of a regular file where the system holds them. When
	// the file is cut short, they are gone: Data is to be looked at in Chunk.Look
	// alone, and no more after Count, unless Keep was called. Read then returns when
	// all chunks are counted or released.
	View bool

	// Skim, if not nil, is asked before chunks are cut of what can be viewed.
	Skim Skim

	// MaxExpand is how many bytes a compressed source may give: DefaultMaxExpand
	// if it is not positive.
	MaxExpand int64

	// Text refuses a source that is no text, and reads one in UTF-16 that has a
	// byte order mark as UTF-8, to which all offsets then refer. It looks at the
	// source's first line, or its first bytes where that is odd.
	Text bool

	view int // how much of a file is viewed at once: defaultView if it is zero
}

// Result says how a source ended.
type Result struct {
	Status      string // Complete, Partial or Failed
	Reason      string // why it is not complete, without the source's name
	Bytes       int64  // of the decompressed source that were consumed
	Compression string // gzip, zstd, bzip2; empty for a plain source
	Encoding    string // utf-16le, utf-16be; empty for a source read as it is
	Binary      bool   // it is no log, but an executable, an image, an archive
}

// Read reads r to its end, decompressing it if its first bytes call for that,
// and calls emit with its chunks, in order and from the calling goroutine. The
// chunks cover every byte of the decompressed source but those that Oversize and
// Padding count. Name becomes the chunks' Source.
//
// Whatever is wrong with the source is told by the Result, after all that could
// be read was emitted. The error is that of emit, returned as it is, or that of
// ctx; then reading stopped early, after the last whole line that was read.
//
// When Read returns, it no longer uses r. If ctx ends while r.Read blocks, r is
// woken by SetReadDeadline where it has that method and supports it, as FIFOs
// from Open do; else Read returns once r.Read does.
func Read(ctx context.Context, name string, r io.Reader, o Options, emit func(*Chunk) error) (Result, error) {
	return read(ctx, name, r, o, MaxRecord, emit)
}

// read is Read with another longest record.
func read(ctx context.Context, name string, r io.Reader, o Options, max int, emit func(*Chunk) error) (Result, error) {
	stop := context.AfterFunc(ctx, func() { wake(r) })
	defer stop()

	o.setDefaults(max)
	raw := &counter{r: r}
	src, compression := open(raw, o.MaxExpand)
	defer src.Close()
	result := Result{Compression: compression, Binary: archives[compression]}
	text := io.Reader(src)
	if o.Text {
		var err error
		if text, result.Encoding, err = asText(src); err != nil {
			result.Status, result.Reason, result.Binary = Failed, err.Error(), err == errBinary
			return result, nil
		}
	}
	win := newWindow(ctx, text, o.ChunkSize)
	defer win.close()
	var v *view
	if compression == "" && result.Encoding == "" {
		v = newView(raw, &o)
		win.view = v
	}

	c := &cutter{win: win, name: name, size: o.ChunkSize, max: max, begins: o.Cut, inside: o.Split, skim: o.Skim, emit: emit}
	err := c.run()
	cause := cmp.Or(err, win.err)
	if v != nil && v.lends {
		c.line() // while chunks are looked at, the file is to be open
		if failed := v.failed.Load(); failed != nil {
			cause = failed
		}
	}
	result.Bytes = win.offset
	result.Status, result.Reason = ending(win.offset, cause)
	return result, err
}

func (o *Options) setDefaults(max int) {
	if o.ChunkSize <= 0 {
		o.ChunkSize = DefaultChunkSize
	}
	o.ChunkSize = min(o.ChunkSize, max)
	if o.Cut == nil {
		o.Cut = func(_, _ []byte) bool { return true }
	}
	if o.Split == nil {
		o.Split = func() Split { return splitLines }
	}
	if o.MaxExpand <= 0 {
		o.MaxExpand = DefaultMaxExpand
	}
	o.view = cmp.Or(o.view, defaultView)
}

// ending returns status and reason of a source of which n bytes were consumed
// when err ended it.
func ending(n int64, err error) (status, reason string) {
	switch {
	case err == io.EOF:
		return Complete, ""
	case n == 0, errors.Is(err, errExpansion):
		return Failed, err.Error()
	default:
		return Partial, err.Error()
	}
}

// counter counts the bytes of the source as it is stored, and names the place
// where reading it fails.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if err != nil && err != io.EOF {
		err = &readError{at: c.n, cause: err}
	}
	return n, err
}

// readError is a fault of the source, not of what it holds.
type readError struct {
	at    int64
	cause error
}

func (e *readError) Error() string {
	cause := e.cause
	if p, ok := errors.AsType[*fs.PathError](cause); ok {
		cause = p.Err // the source's name stands beside the reason already
	}
	return fmt.Sprintf("read at byte %d: %v", e.at, cause)
}

func (e *readError) Unwrap() error { return e.cause }

// wake lets a read that blocks return.
func wake(r io.Reader) {
	if d, ok := r.(interface{ SetReadDeadline(time.Time) error }); ok {
		d.SetReadDeadline(time.Unix(1, 0)) // any time gone by
	}
}
