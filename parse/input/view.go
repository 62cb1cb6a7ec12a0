package input

import (
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"unsafe"
)

// Skim passes over whole records in which there is nothing to find. It is given
// the bytes from where a record begins, returns how many of them to pass over, up
// to where another one begins, and how many lines these are; 0 if what comes first
// is to be cut into chunks. What it returns must depend on nothing else, and the
// bytes are valid during the call only.
type Skim func(data []byte) (n, lines int)

// File is a source that may be a regular file. If so, Read views it where
// Options.View or Options.Skim ask for that: it lets them look at the bytes where the
// system holds them, which spares copying them.
type File interface {
	// Regular returns the file, to be read from its start; nil if there is none.
	Regular() *os.File

	// Viewed is told how many bytes were taken in without Read.
	Viewed(n int)
}

// defaultView is how much of a file is viewed at once, and the least size of a file
// that is viewed.
const defaultView = 8 << 20

// view is a file that is viewed, and in the end read.
type view struct {
	File
	size  int64
	ahead int   // bytes to be viewed beyond those that are wanted
	lends bool  // to chunks
	taken int64 // bytes that were taken in

	failed atomic.Pointer[readError] // that of a chunk
}

// newView returns a view of the file that raw reads, nil if there is none.
func newView(raw *counter, o *Options) *view {
	if !o.View && o.Skim == nil {
		return nil
	}
	f, ok := raw.r.(File)
	if !ok || f.Regular() == nil {
		return nil
	}
	info, err := f.Regular().Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() < int64(o.view) {
		return nil
	}
	return &view{File: f, size: info.Size(), ahead: o.view, lends: o.View, taken: raw.n}
}

// at returns a buffer in which the file's bytes stand from start on, those from
// offset: n and more, or all there are.
func (v *view) at(offset int64, n int) (b *buffer, start int, err error) {
	start = int(offset % int64(os.Getpagesize()))
	end := min(v.size, offset+int64(n)+int64(v.ahead))
	data, err := mapFile(v.Regular(), offset-int64(start), int(end-offset)+start)
	if err != nil {
		return nil, 0, err
	}
	b = &buffer{bytes: data, view: v}
	b.users.Store(1)
	return b, start, nil
}

// take notes that the file was taken in up to offset.
func (v *view) take(offset int64) {
	if n := offset - v.taken; n > 0 {
		v.Viewed(int(n))
		v.taken = offset
	}
}

// Read goes on where the file was taken in to.
func (v *view) Read(p []byte) (int, error) {
	n, err := v.Regular().ReadAt(p, v.taken)
	v.take(v.taken + int64(n))
	return n, err
}

// look extends the window to n bytes of the view and more, or to its end. It goes
// over to reading and returns false if there are none that the window has not.
func (w *window) look(n int) bool {
	w.view.take(w.offset)
	held := w.end - w.start
	if w.offset+int64(held) < w.view.size {
		if b, start, err := w.view.at(w.offset, n); err == nil {
			w.buf.release()
			w.buf, w.start, w.end = b, start, len(b.bytes)
			return true
		}
	}
	w.leaveView(held)
	return false
}

// leaveView goes over to reading what follows the window's first n bytes.
func (w *window) leaveView(n int) {
	b := newBuffer(max(w.size, n))
	copy(b.bytes, w.data()[:n])
	w.buf.release()
	w.buf, w.start, w.end = b, 0, n
	at := w.offset + int64(n)
	w.view.take(at)
	w.view.taken = at
	w.src, w.view = &counter{r: w.view, n: at}, nil
}

// stepInView is step while the file is viewed. If the file is cut short meanwhile,
// bytes that were there are no more: then it is read from where the window begins,
// which moves only when a step is as good as done.
func (c *cutter) stepInView() (more bool, err error) {
	fault := catch(func() {
		more = c.skipPadding()
		if more && (c.padding > 0 || !c.skimmed()) {
			err = c.next()
		}
	})
	if fault != nil {
		c.win.buf.mustHold(fault)
		c.win.leaveView(0)
		return true, nil
	}
	return more, err
}

// skimmed reports whether there was something to pass over.
func (c *cutter) skimmed() bool {
	if c.skim == nil {
		return false
	}
	data := c.win.want(c.size)
	n, lines := c.skim(data[:min(len(data), c.size)])
	c.win.advance(n)
	c.passed += int64(lines)
	return n > 0
}

// Lent reports whether Data is lent: see Options.View.
func (c *Chunk) Lent() bool { return c.buf != nil && c.buf.view != nil }

// Look calls f, which may look at Data even if that is lent. If the file is cut short
// meanwhile, Data becomes what is left of it, and f is called once more.
func (c *Chunk) Look(f func()) {
	if !c.Lent() {
		f()
		return
	}
	if fault := catch(f); fault != nil {
		c.buf.mustHold(fault)
		c.Keep()
		f()
	}
}

// Keep makes Data a copy that may be looked at until Release, of what there is by now.
func (c *Chunk) Keep() {
	if !c.Lent() {
		return
	}
	lent, kept := c.buf, newBuffer(len(c.Data))
	n := lent.view.reread(kept.bytes[:len(c.Data)], c.Offset)
	c.Data, c.buf = kept.bytes[:n:n], kept
	lent.release()
}

// reread reads what there is at an offset. Reading spares looking at bytes that the
// system would have to map first, and tells what is wrong with them.
func (v *view) reread(p []byte, offset int64) int {
	n, err := v.Regular().ReadAt(p, offset)
	if err != nil && err != io.EOF {
		v.failed.Store(&readError{at: offset + int64(n), cause: err})
	}
	return n
}

// catch calls f and returns what it panics with if memory is gone, as that of a file
// that was cut short is.
func catch(f func()) (fault any) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() { fault = recover() }()
	f()
	return nil
}

// mustHold panics with what is no fault of the bytes of b.
func (b *buffer) mustHold(fault any) {
	e, ok := fault.(interface {
		runtime.Error
		Addr() uintptr
	})
	if !ok || b.view == nil || e.Addr()-uintptr(unsafe.Pointer(unsafe.SliceData(b.bytes))) >= uintptr(len(b.bytes)) {
		panic(fault)
	}
}
