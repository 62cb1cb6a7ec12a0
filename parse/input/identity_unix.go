//go:build unix

package input

import (
	"io/fs"
	"syscall"
)

// identity returns a key that is the same for all paths to one file.
func identity(path string, info fs.FileInfo) any {
	if device, inode := numbers(info); inode != 0 {
		return [2]uint64{device, inode}
	}
	return path
}

// numbers returns those by which the system knows a file, zeros if it has none.
func numbers(info fs.FileInfo) (device, inode uint64) {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Dev), uint64(s.Ino)
	}
	return 0, 0
}
