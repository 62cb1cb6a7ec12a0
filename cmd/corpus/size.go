package main

import (
	"fmt"
	"strconv"
	"strings"
)

// byteSize is a number of bytes, written 1048576, 64MiB or 1GiB.
type byteSize int64

var units = []struct {
	name  string
	bytes int64
}{{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}}

// UnmarshalText reads a size of at least one byte.
func (s *byteSize) UnmarshalText(text []byte) error {
	digits, scale := string(text), int64(1)
	for _, u := range units {
		if rest, ok := strings.CutSuffix(digits, u.name); ok {
			digits, scale = rest, u.bytes
			break
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 1 || n > 1<<50/scale {
		return fmt.Errorf("size %q: want a number of bytes, or one with KiB, MiB or GiB", text)
	}
	*s = byteSize(n * scale)
	return nil
}

// String returns s in the largest unit that divides it.
func (s byteSize) String() string {
	for i := len(units) - 1; i >= 0; i-- {
		if u := units[i]; int64(s)%u.bytes == 0 {
			return strconv.FormatInt(int64(s)/u.bytes, 10) + " " + u.name
		}
	}
	return strconv.FormatInt(int64(s), 10) + " bytes"
}
