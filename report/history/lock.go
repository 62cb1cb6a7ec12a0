package history

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// takeLock locks the file at path, and writes into it who holds it, for others
// to read. The kernel frees the lock when the file is closed or the process ends.
func takeLock(path string, now time.Time) (*os.File, error) {
	if err := refuseLink(path); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err = tryLock(f); errors.Is(err, errHeld) {
		err = fmt.Errorf("another run is using it: %s", holder(f))
	}
	if err == nil {
		err = writeHolder(f, now)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

var errHeld = errors.New("locked")

func writeHolder(f *os.File, now time.Time) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := fmt.Fprintf(f, "process %d since %s\n", os.Getpid(), now.UTC().Format(time.RFC3339))
	return err
}

// holder says who wrote f. It may be about to do so.
func holder(f *os.File) string {
	const most = 100
	text, err := io.ReadAll(io.LimitReader(f, most))
	if err != nil || len(text) == 0 {
		return "a process that has just begun"
	}
	return strings.TrimSpace(string(text))
}
