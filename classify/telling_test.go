package classify_test

import (
	"os"
	"strings"
	"testing"
)

// TestTelling holds that all packs together tell the lines of an API error from
// those that look like one, as the reader does without any.
func TestTelling(t *testing.T) {
	all := newBench(t, "")
	for _, line := range readLines(t, "../parse/testdata/telling.txt") {
		if _, n := all.read(line); n != 1 {
			t.Errorf("%d errors found in %s", n, line)
		}
	}
	for _, line := range readLines(t, "../parse/testdata/quiet.txt") {
		if f, n := all.read(line); n != 0 {
			t.Errorf("found %s by %s in %s", f.Rule, f.Evidence, line)
		}
	}
}

// readLines returns the lines of a file that are neither empty nor a heading.
func readLines(t *testing.T, path string) (lines []string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		t.Fatalf("%s: no line", path)
	}
	return lines
}
