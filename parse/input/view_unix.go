//go:build unix

package input

import (
	"os"
	"syscall"
)

// mapFile returns n bytes of f from offset, a multiple of the page size, as the
// system holds them, until unmap.
func mapFile(f *os.File, offset int64, n int) ([]byte, error) {
	return syscall.Mmap(int(f.Fd()), offset, n, syscall.PROT_READ, syscall.MAP_SHARED)
}

func unmap(data []byte) { syscall.Munmap(data) }
