//go:build linux

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// fails runs once with a fault, which must end with the exit code for state, tell
// why, and leave what is committed as it was; and then without it, which must find
// all that was written.
func (s *scheduled) fails(run *exec.Cmd, why string, fault, repair func()) {
	s.Helper()
	s.mayFail(run, why, false, fault, repair)
}

// mayFail is fails for a fault that may not come up, as then the run succeeds.
func (s *scheduled) mayFail(run *exec.Cmd, why string, may bool, fault, repair func()) {
	s.Helper()
	before := s.committed()
	s.write(20)
	fault()
	out, _ := run.CombinedOutput()
	if code := run.ProcessState.ExitCode(); may && code == exitOK {
		before = s.lines
	} else if code != exitState || !strings.Contains(string(out), why) {
		s.Errorf("exit code %d, %s; want %d and %q", code, out, exitState, why)
	}
	repair()
	if got := s.committed(); got != before {
		s.Errorf("%d errors are committed, want %d as before", got, before)
	}
	s.run()
	if got := s.committed(); got != s.lines {
		s.Errorf("%d errors in all, want %d", got, s.lines)
	}
}

// TestDiskErrors lets the system refuse to write the state or to make it last.
func TestDiskErrors(t *testing.T) {
	if err := exec.Command("strace", "-o", "/dev/null", "true").Run(); err != nil {
		t.Skipf("strace does not work here: %v", err)
	}
	s := newScheduled(t)
	s.write(20)
	s.run()
	for _, fault := range []string{"fsync:error=EIO", "fsync:error=EIO:when=2+", "pwrite64:error=ENOSPC", "pwrite64:error=EIO:when=4+"} {
		run := s.command("analyzer")
		run.Args = append([]string{"strace", "-f", "-o", "/dev/null", "-e", "inject=" + fault,
			"-P", s.path("state"), "-P", s.path("state/history.db"), "-P", s.path("state/history.db-wal")}, run.Args...)
		run.Path, _ = exec.LookPath("strace")
		later := strings.Contains(fault, "when=") // strace counts the calls of each thread, of which there may be too few
		s.mayFail(run, "disk", later, func() {}, func() {})
	}
}

// mount puts the state on a file system of its own.
func (s *scheduled) mount(size string) {
	s.Helper()
	if err := os.Mkdir(s.path("state"), 0o700); err != nil {
		s.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", s.path("state"), "tmpfs", 0, "mode=0700,size="+size); err != nil {
		s.Skipf("mount: %v", err)
	}
	s.Cleanup(func() { syscall.Unmount(s.path("state"), syscall.MNT_DETACH) })
}

func TestDiskFull(t *testing.T) {
	s := newScheduled(t)
	s.mount("1m")
	s.write(20)
	s.run()
	filler := filepath.Join(s.path("state"), "filler")
	s.fails(s.command("analyzer"), "disk",
		func() { os.WriteFile(filler, make([]byte, 1<<20), 0o600) }, // as much of it as fits
		func() { os.Remove(filler) })
}

func TestReadOnlyState(t *testing.T) {
	s := newScheduled(t)
	s.mount("1m")
	s.write(20)
	s.run()
	remount := func(flags uintptr) {
		if err := syscall.Mount("", s.path("state"), "", syscall.MS_REMOUNT|flags, ""); err != nil {
			t.Fatal(err)
		}
	}
	s.fails(s.command("analyzer"), "read-only file system", func() { remount(syscall.MS_RDONLY) }, func() { remount(0) })
}
