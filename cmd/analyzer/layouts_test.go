package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const layouts = "../../testdata/layouts"

// TestLayouts holds the analyzer to the labels of testdata/layouts: one log for
// each layout in which loggers, shippers and platforms write.
func TestLayouts(t *testing.T) {
	var found []difference
	for _, log := range labelled(t, layouts) {
		found = append(found, differences(filepath.Base(log), judge(t, log))...)
	}
	holdTo(t, filepath.Join(layouts, "KNOWN"), found)
}

// difference is a disagreement under the key by which lists of known ones name
// it: "zap.log:3 status", or "otlp-logs.log:1 #2 time" for a line's second error.
type difference struct {
	key string
	how string
}

func differences(log string, all []disagreement) (list []difference) {
	for _, d := range all {
		place := fmt.Sprintf("%s:%d", log, d.line)
		if d.event > 1 {
			place += fmt.Sprintf(" #%d", d.event)
		}
		list = append(list, difference{place + " " + d.what, d.how})
	}
	return list
}

// holdTo fails on each difference that the list in a file does not name, and on
// each that it names and that is none any more. With UPDATE_KNOWN set it writes
// the list instead.
func holdTo(t *testing.T, path string, found []difference) {
	t.Helper()
	if os.Getenv("UPDATE_KNOWN") != "" {
		writeKnown(t, path, found)
		return
	}
	known := slices.Collect(strings.SplitSeq(strings.TrimSpace(readFile(t, path)), "\n"))
	for _, d := range found {
		if !slices.Contains(known, d.key) {
			t.Errorf("%s: %s", d.key, d.how)
		}
	}
	for _, key := range known {
		if key != "" && !slices.ContainsFunc(found, func(d difference) bool { return d.key == key }) {
			t.Errorf("%s: agrees now: take it from %s", key, filepath.Base(path))
		}
	}
}

func writeKnown(t *testing.T, path string, found []difference) {
	t.Helper()
	var text strings.Builder
	for _, d := range found {
		text.WriteString(d.key + "\n")
	}
	if err := os.WriteFile(path, []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
