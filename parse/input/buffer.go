package input

import (
	"sync"
	"sync/atomic"
)

// buffer is memory that the window and any number of chunks share. The last of
// them to release it gives it back to the pool.
type buffer struct {
	bytes []byte
	users atomic.Int32
}

// buffers keeps those of all sources. Their sizes differ only for records longer
// than a chunk, so almost every buffer that is found is large enough.
var buffers sync.Pool

// newBuffer returns a buffer of at least size bytes with one user, the caller.
func newBuffer(size int) *buffer {
	b, _ := buffers.Get().(*buffer)
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
	if b.users.Add(-1) == 0 {
		buffers.Put(b)
	}
}
