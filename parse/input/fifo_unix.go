//go:build unix

package input

import (
	"io"
	"os"
	"strings"
	"syscall"
)

// nonblock lets a FIFO be opened before it has a writer, and lets its reads be
// interrupted.
const nonblock = syscall.O_NONBLOCK

// openFIFO returns the reader of f, which was opened with nonblock.
func openFIFO(f *os.File, path string) io.ReadCloser {
	Widen(f)
	// A pipe without a name, reached through /dev/fd, has had its writers.
	if target, err := os.Readlink(path); err == nil && strings.HasPrefix(target, "pipe:") {
		return f
	}
	return &fifo{File: f}
}

// fifo reads a named FIFO, for which its writer may not have come yet. A plain
// read would take that for the end.
type fifo struct {
	*os.File
	begun bool
}

func (f *fifo) Read(p []byte) (int, error) {
	if f.begun {
		return f.File.Read(p)
	}
	f.begun = true
	return f.first(p)
}

// first reads as soon as a writer has come. The kernel wakes it when one writes,
// or leaves without a word.
func (f *fifo) first(p []byte) (n int, err error) {
	conn, err := f.SyscallConn()
	if err != nil {
		return 0, err
	}
	waited := false
	waitErr := conn.Read(func(fd uintptr) bool {
		for {
			n, err = syscall.Read(int(fd), p)
			if err != syscall.EINTR {
				break
			}
		}
		wait := err == syscall.EAGAIN || n == 0 && err == nil && !waited
		waited = true
		return !wait
	})
	switch {
	case waitErr != nil:
		return 0, waitErr
	case err != nil:
		return 0, os.NewSyscallError("read", err)
	case n == 0 && len(p) > 0:
		return 0, io.EOF
	default:
		return n, nil
	}
}
