package input

import (
	"bytes"
	"context"
	"io"
)

// slack is what a buffer holds beyond a chunk, so that the line after the chunk,
// at which it may end, is mostly there without another buffer.
const slack = 64 << 10

// pause is what a read returns less of when a source has no more for now. A busy
// pipe gives 64 KiB.
const pause = 16 << 10

// maxIdle is how many reads may return nothing before the source is given up.
const maxIdle = 100

// window is the part of a source that is in memory. Positions in it count from
// the first byte that was not yet consumed. Slices of it are valid until the
// window is advanced or extended.
type window struct {
	ctx  context.Context
	src  io.Reader
	view *view // of the file that is viewed rather than read by src, if any
	size int   // of a common buffer

	buf        *buffer
	start, end int   // of the window in buf
	offset     int64 // of its first byte in the source
	idle       int   // reads in a row that returned nothing
	paused     bool  // the last read returned little: the source has no more for now
	err        error // once the source has ended: io.EOF or what broke it
}

func newWindow(ctx context.Context, src io.Reader, chunkSize int) *window {
	size := chunkSize + slack
	return &window{ctx: ctx, src: src, size: size, buf: newBuffer(size)}
}

// close ends the use of the window; chunks keep their buffers.
func (w *window) close() { w.buf.release() }

func (w *window) data() []byte { return w.buf.bytes[w.start:w.end] }

// want extends the window to n bytes, or to the end of the source, and returns it.
func (w *window) want(n int) []byte {
	for w.end-w.start < n && w.extend(n) {
	}
	return w.data()
}

// lineAt returns the line that begins at from, its end included; of a line longer
// than limit it returns the first limit+1 bytes. At the end of the source it
// returns nothing.
func (w *window) lineAt(from, limit int) []byte {
	limit += from + 1
	for seen := from; ; {
		visible := w.data()
		if len(visible) > limit {
			visible = visible[:limit]
		}
		if i := bytes.IndexByte(visible[seen:], '\n'); i >= 0 {
			return visible[from : seen+i+1]
		}
		seen = len(visible)
		if seen == limit || !w.extend(seen+1) {
			return visible[from:]
		}
	}
}

// advance consumes n bytes of the window.
func (w *window) advance(n int) {
	w.start += n
	w.offset += int64(n)
}

// share returns the first n bytes of the window, and what keeps them.
func (w *window) share(n int) ([]byte, *buffer) {
	data := w.data()[:n:n]
	if w.view == nil || w.view.lends {
		return data, w.buf.share()
	}
	b := newBuffer(max(w.size, n))
	return b.bytes[:copy(b.bytes, data):n], b
}

var newline = []byte{'\n'}

// extend reads once, with room for a window of n bytes. It returns false once the
// source has ended.
func (w *window) extend(n int) bool {
	if w.err == nil {
		w.err = w.ctx.Err()
	}
	if w.err != nil {
		return false
	}
	if w.view != nil && w.look(n) {
		return true
	}
	w.makeRoom(n)
	got, err := w.src.Read(w.buf.bytes[w.end:])
	w.end += got
	w.err = err
	w.paused = got < pause
	if w.idle++; got > 0 {
		w.idle = 0
	}
	if w.idle == maxIdle && err == nil {
		w.err = io.ErrNoProgress
	}
	return true
}

// makeRoom lets the buffer take a window of n bytes. What lies before the window
// belongs to chunks, so the window moves, to another buffer if need be.
func (w *window) makeRoom(n int) {
	if w.start+n <= len(w.buf.bytes) && w.end < len(w.buf.bytes) {
		return
	}
	held := w.data()
	// Half as much again as is held, so that a window that grows read by read
	// is copied a constant number of times.
	need := max(w.size, n, len(held)+len(held)/2)
	old := w.buf
	if !old.sole() || len(old.bytes) < need {
		w.buf = newBuffer(need)
	}
	w.start, w.end = 0, copy(w.buf.bytes, held)
	if w.buf != old {
		old.release()
	}
}
