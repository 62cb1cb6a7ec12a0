package history

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// makeDirectory makes sure that dir is a directory of which the user is master.
func makeDirectory(dir string) error {
	info, err := os.Lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
		info, err = os.Lstat(dir)
	}
	switch {
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("%s: is a link to another place; refused", dir)
	case !info.IsDir():
		return fmt.Errorf("%s: is not a directory", dir)
	}
	return refuseForeign(dir, info)
}
