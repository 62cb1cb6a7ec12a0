//go:build unix

package main

import (
	"io"
	"os"
	"syscall"

	"analyzer/parse/input"
)

// interruptible returns standard input such that a read that waits for a pipe
// ends when its deadline is set. The pipe is back as it was once it is closed, but
// wider.
func interruptible(stdin *os.File) io.ReadCloser {
	info, err := stdin.Stat()
	if err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		return stdin
	}
	input.Widen(stdin)
	fd := int(stdin.Fd())
	if syscall.SetNonblock(fd, true) != nil {
		return stdin
	}
	return pipe{os.NewFile(uintptr(fd), stdin.Name()), fd}
}

type pipe struct {
	*os.File
	fd int
}

func (p pipe) Close() error { return syscall.SetNonblock(p.fd, false) }
