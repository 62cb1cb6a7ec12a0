package input

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// Open opens a file for Read, for reading only. It opens regular files and FIFOs,
// also those that a shell makes for <(command); it refuses directories, devices
// and sockets. Opening a FIFO does not wait for a writer; its first read does.
//
// Errors are of type *fs.PathError.
func Open(path string) (io.ReadCloser, error) {
	// Asked before it is opened: to open a device can already do something.
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if err := readable(info.Mode()); err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	f, err := os.OpenFile(path, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return nil, err
	}
	// The path may have come to mean something else in between.
	info, err = f.Stat()
	if err == nil {
		err = readable(info.Mode())
	}
	if err != nil {
		f.Close()
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	if info.Mode()&fs.ModeNamedPipe != 0 {
		return openFIFO(f, path), nil
	}
	return f, nil
}

// readable returns why a file of this mode is not read.
func readable(mode fs.FileMode) error {
	switch {
	case mode.IsRegular(), mode&fs.ModeNamedPipe != 0:
		return nil
	case mode.IsDir():
		return errors.New("is a directory, not a log")
	case mode&fs.ModeSocket != 0:
		return errors.New("is a socket, not a log")
	case mode&fs.ModeDevice != 0:
		return errors.New("is a device, not a log")
	default:
		return errors.New("is not a regular file")
	}
}
