package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// sink is where a report goes: standard output, a device, or a file that appears
// whole or not at all, because it is written beside its place and then renamed.
type sink struct {
	*bufio.Writer
	output
	open *os.File // nil for standard output
}

func (o output) create(stdout io.Writer) (*sink, error) {
	if o.file == "" {
		return &sink{bufio.NewWriter(stdout), o, nil}, nil
	}
	f, err := o.createFile()
	if err != nil {
		return nil, o.failed(err)
	}
	return &sink{bufio.NewWriter(f), o, f}, nil
}

// createFile opens a device or pipe itself, and the links to such in /dev: a
// file renamed to its place would do away with it.
func (o output) createFile() (*os.File, error) {
	if there, err := os.Stat(o.file); err == nil && (!there.Mode().IsRegular() || filepath.Dir(o.file) == "/dev") {
		return os.OpenFile(o.file, os.O_WRONLY, 0)
	}
	return os.CreateTemp(filepath.Dir(o.file), "."+filepath.Base(o.file)+"-*")
}

// close ends the report. After a failure, its own or that of whoever wrote, the
// file stays as it was.
func (s *sink) close(failure error) error {
	err := cmp.Or(failure, s.Flush())
	switch {
	case s.open == nil:
	case s.open.Name() == s.file:
		err = cmp.Or(err, s.open.Close())
	default:
		err = s.settle(err)
	}
	if err != nil {
		return s.failed(err)
	}
	return nil
}

// failed says what could not be written, and not by the name of the temporary
// file.
func (o output) failed(err error) error {
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("write %s to %s: %w", o.format, o.place(), err)
}

// settle puts the temporary file in its place, if nothing failed before.
func (s *sink) settle(failure error) error {
	temporary := s.open.Name()
	err := cmp.Or(failure, s.open.Chmod(s.permissions()), s.open.Sync(), s.open.Close())
	if err == nil {
		err = os.Rename(temporary, s.file)
	}
	if err == nil && s.latest != "" {
		return s.link(temporary)
	}
	if err != nil {
		os.Remove(temporary)
	}
	return err
}

// permissions are those of the report that is replaced. A new one is for its
// owner and group, as logs are; but for metrics, which another user collects.
func (o output) permissions() fs.FileMode {
	if old, err := os.Lstat(o.file); err == nil && old.Mode().IsRegular() {
		return old.Mode().Perm()
	}
	if o.format == "prometheus" {
		return 0o644
	}
	return 0o640
}

// link points the link to the latest report at this one. It too is made beside
// its place, under a name that is free, and renamed.
func (s *sink) link(temporary string) error {
	if err := os.Symlink(filepath.Base(s.file), temporary); err != nil {
		return err
	}
	err := os.Rename(temporary, s.latest)
	if err != nil {
		os.Remove(temporary)
	}
	return err
}
