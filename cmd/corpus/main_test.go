package main

import (
	"errors"
	"strings"
	"testing"
)

func TestUsage(t *testing.T) {
	for _, c := range []struct{ args, says string }{
		{"", "expected one of"},
		{"bench --size 1MiB", "--errors"},
		{"bench --errors 101 --size 1MiB", "from 0 to 100"},
		{"bench --errors 1 --size 1MB", `size "1MB": want a number of bytes`},
		{"bench --errors 1 --size 0", `size "0"`},
		{"bench --errors 1 --size 9999999GiB", `size "9999999GiB"`},
		{"story --scale 0", "--scale must be at least 1"},
		{"cardinality --paths 0", "--paths must be at least 1"},
		{"table --runs 0", "--runs must be at least 1"},
	} {
		var out, errOut strings.Builder
		if code := run(strings.Fields(c.args), &out, &errOut); code != exitUsage || out.Len() > 0 {
			t.Errorf("corpus %s: exit %d and %d bytes, want %d and none", c.args, code, out.Len(), exitUsage)
		}
		if !strings.Contains(errOut.String(), c.says) {
			t.Errorf("corpus %s says %q, want %q", c.args, &errOut, c.says)
		}
	}
}

func TestUnwritable(t *testing.T) {
	for _, args := range []string{"story", "bench --errors 1 --size 1MiB", "cardinality --records 9000"} {
		var errOut strings.Builder
		if code := run(strings.Fields(args), full{}, &errOut); code != exitFailed {
			t.Errorf("corpus %s on a full disk: exit %d", args, code)
		}
		if !strings.Contains(errOut.String(), "no space left") {
			t.Errorf("corpus %s on a full disk says %q", args, &errOut)
		}
	}
}

// full is a disk without space.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errNoSpace }

var errNoSpace = errors.New("no space left")

func TestSizes(t *testing.T) {
	for text, want := range map[string]string{"1024": "1 KiB", "1000": "1000 bytes", "64MiB": "64 MiB", "3072MiB": "3 GiB"} {
		var s byteSize
		if err := s.UnmarshalText([]byte(text)); err != nil || s.String() != want {
			t.Errorf("%s is %v, %v; want %s", text, s, err, want)
		}
	}
}
