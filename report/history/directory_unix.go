//go:build unix

package history

import (
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// refuseForeign refuses a directory in which somebody else could put files.
func refuseForeign(dir string, info fs.FileInfo) error {
	if info.Mode().Perm()&0o022 != 0 {
		return fmt.Errorf("%s: others may write to it; refused, see chmod 700", dir)
	}
	if s, ok := info.Sys().(*syscall.Stat_t); ok && int(s.Uid) != os.Geteuid() {
		return fmt.Errorf("%s: belongs to another user (%d); refused", dir, s.Uid)
	}
	return nil
}

// syncDirectory makes the names in dir survive a power cut.
func syncDirectory(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
