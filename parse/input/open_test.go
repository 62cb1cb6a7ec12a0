//go:build unix

package input

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

func TestOpenRegular(t *testing.T) {
	path := filepath.Join(t.TempDir(), "app.log")
	if err := os.WriteFile(path, []byte("a\nb\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, result := readAll(t, f, Options{}); got != "a\nb\n" || result.Status != Complete {
		t.Errorf("got %q, %+v", got, result)
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	socket := filepath.Join(dir, "socket")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	link := filepath.Join(dir, "link")
	if err := os.Symlink("/dev/zero", link); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		dir:                          "is a directory",
		socket:                       "is a socket",
		"/dev/zero":                  "is a device",
		link:                         "is a device",
		filepath.Join(dir, "absent"): "no such file",
	} {
		f, err := Open(path)
		if err == nil {
			f.Close()
		}
		if _, ok := errors.AsType[*fs.PathError](err); !ok || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
}

func fifoPath(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestOpenFIFO reads from a writer that comes only after the reader waits, and
// writes piece by piece.
func TestOpenFIFO(t *testing.T) {
	path := fifoPath(t)
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := strings.Repeat("a line\n", 50_000)
	wrote := make(chan error, 1)
	go func() {
		w, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err == nil {
			_, err = w.WriteString(lines)
			w.Close()
		}
		wrote <- err
	}()
	if got, result := readAll(t, f, Options{}); got != lines || result.Status != Complete {
		t.Errorf("%d bytes of %d, %+v", len(got), len(lines), result)
	}
	if err := <-wrote; err != nil {
		t.Error(err)
	}
}

// TestFIFOInterrupted waits for a writer that never comes.
func TestFIFOInterrupted(t *testing.T) {
	f, err := Open(fifoPath(t))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go cancel()
	_, err = Read(ctx, "", f, Options{}, nil)
	if err != context.Canceled {
		t.Errorf("got %v", err)
	}
}

// TestOpenPipe opens a pipe as a shell names it for <(command): its writer has
// left before the reader came.
func TestOpenPipe(t *testing.T) {
	for _, want := range []string{"", "a\n"} {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		w.WriteString(want)
		w.Close()
		path := filepath.Join("/dev/fd", strconv.Itoa(int(r.Fd())))
		if _, err := os.Stat(path); err != nil {
			t.Skip("no /dev/fd")
		}
		f, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if got, result := readAll(t, f, Options{}); got != want || result.Status != Complete {
			t.Errorf("got %q, %+v, want %q", got, result, want)
		}
	}
}
