package input

import (
	"os"

	"golang.org/x/sys/unix"
)

// pipeSize is how much a pipe may hold at the most by the default of
// fs.pipe-max-size (pipe(7)).
const pipeSize = 1 << 20

// Widen lets a pipe hold more than the 64 KiB that it has at first, so that its
// writer and we wait less often for one another. Where the system refuses, the
// pipe is as it was.
func Widen(pipe *os.File) {
	conn, err := pipe.SyscallConn()
	if err != nil {
		return
	}
	conn.Control(func(fd uintptr) { unix.FcntlInt(fd, unix.F_SETPIPE_SZ, pipeSize) })
}
