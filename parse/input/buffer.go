package input

import (
	"sync/atomic"
)

// buffer is memory that the window and any number of chunks share. The last of
// them to release it gives it back to the pool.
type buffer struct {
	bytes []byte
	users atomic.Int32
	view  *view // of the file whose bytes these are; nil if they are its own
}

// buffers keeps a few of all sources. Their sizes differ only for records longer
// than a chunk, so almost every buffer that is found is large enough. A sync.Pool
// would lose them to each collection, and so bring the next one about.
var buffers = make(chan *buffer, 8)

// largestKept is the length of the longest buffer that is kept for later.
const largestKept = 2 * DefaultChunkSize

// newBuffer returns a buffer of at least size bytes with one user, the caller.
func newBuffer(size int) *buffer {
	var b *buffer
	select {
	case b = <-buffers:
	default:
	}
	if b == nil || len(b.bytes) < size {
		b = &buffer{bytes: make([]byte, size)}
	}
	b.users.Store(1)
	return b
}

func (b *buffer) share() *buffer {
	b.users.Add(1)
	return b
}

// sole reports whether the caller, a user, is the only one.
func (b *buffer) sole() bool { return b.users.Load() == 1 }

func (b *buffer) release() {
	switch {
	case b.users.Add(-1) > 0:
		return
	case b.view != nil:
		unmap(b.bytes)
		return
	case len(b.bytes) > largestKept:
		return
	}
	select {
	case buffers <- b:
	default:
	}
}
