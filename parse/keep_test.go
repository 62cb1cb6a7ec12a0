package parse_test

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"testing"

	"analyzer/parse"
	"analyzer/parse/input"
)

// The strings of a Record are its own: they stay when the chunk's memory is used
// for something else, and when the Scanner goes on.
func TestRecordsKeepTheirStrings(t *testing.T) {
	s := parse.NewScanner(packReader(), parse.Options{Full: true, Successes: true})
	var kept []parse.Record
	var said []string
	for _, log := range append(testLogs(t), "../testdata/incident.log") {
		data, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		s.Reset(&input.Chunk{Source: log, Data: data})
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
