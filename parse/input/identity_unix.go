//go:build unix

package input

import (
	"io/fs"
	"syscall"
)

// identity returns a key that is the same for all paths to one file.
func identity(path string, info fs.FileInfo) any {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return [2]uint64{uint64(s.Dev), uint64(s.Ino)}
	}
	return path
}
