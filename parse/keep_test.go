package parse_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"analyzer/classify"
	"analyzer/classify/packs"
	"analyzer/parse"
	"analyzer/parse/input"
)

// The strings of a Record are its own: they stay when the chunk's memory is used
// for something else, and when the Scanner goes on.
func TestRecordsKeepTheirStrings(t *testing.T) {
	rules, err := classify.Load(packs.FS)
	if err != nil {
		t.Fatal(err)
	}
	reader, err := parse.Compile(rules.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	logs, _ := filepath.Glob("../testdata/*/*.log")
	if len(logs) == 0 {
		t.Fatal("no logs")
	}
	s := parse.NewScanner(reader, parse.Options{Full: true, Successes: true})
	var kept []parse.Record
	var said []string
	for _, log := range append(logs, "../testdata/incident.log") {
		data, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		s.Reset(&input.Chunk{Source: log, Line: 1, Data: data})
		for s.Scan() {
			r := *s.Record()
			r.Errors, r.IDs = slices.Clone(r.Errors), slices.Clone(r.IDs)
			kept, said = append(kept, r), append(said, fmt.Sprintf("%+v", r))
		}
		copy(data, bytes.Repeat([]byte("#"), len(data)))
	}
	for i, r := range kept {
		if got := fmt.Sprintf("%+v", r); got != said[i] {
			t.Fatalf("a record has changed:\n was %s\n now %s", said[i], got)
		}
	}
}
