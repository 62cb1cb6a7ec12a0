package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// label is a line of a NAME.want.ndjson, keys in the order of the file.
type label struct {
	Line      int      `json:"line"`
	Category  string   `json:"category"`
	Status    int      `json:"status"`
	Code      string   `json:"code"`
	Fields    []string `json:"fields"`
	RequestID string   `json:"request_id"`
}

var categories = []string{"authentication", "validation", "resource", "rate-limit", "server"}

// The labels are well formed and speak of lines that are there; what they say
// is the analyzer's to meet.
func TestLabels(t *testing.T) {
	logs, err := filepath.Glob("../../testdata/logs/*.log")
	if err != nil || len(logs) < 15 {
		t.Fatalf("%d logs, %v", len(logs), err)
	}
	for _, path := range logs {
		t.Run(filepath.Base(path), func(t *testing.T) {
			lines := bytes.Split(read(t, path), []byte("\n"))
			labels := readLabels(t, strings.TrimSuffix(path, ".log")+".want.ndjson")
			before := 0
			for _, l := range labels {
				if l.Line <= before || l.Line >= len(lines) {
					t.Fatalf("line %d after %d of %d", l.Line, before, len(lines)-1)
				}
				before = l.Line
				checkLabel(t, l, string(lines[l.Line-1]))
			}
			if len(labels) == len(lines)-1 {
				t.Error("every line is an error; some should not be")
			}
		})
	}
}

func checkLabel(t *testing.T, l label, line string) {
	t.Helper()
	if !slices.Contains(categories, l.Category) || l.Status < 400 || l.Status > 599 {
		t.Errorf("line %d: category %q, status %d", l.Line, l.Category, l.Status)
	}
	if !slices.IsSorted(l.Fields) || l.Fields == nil {
		t.Errorf("line %d: fields %q, want them sorted", l.Line, l.Fields)
	}
	if !strings.Contains(line, l.RequestID) || !strings.Contains(line, l.Code) {
		t.Errorf("line %d holds no ID %q or code %q", l.Line, l.RequestID, l.Code)
	}
}

// readLabels also holds the file to the one way of writing a label.
func readLabels(t *testing.T, path string) []label {
	t.Helper()
	var labels []label
	for text := range bytes.Lines(read(t, path)) {
		var l label
		if err := json.Unmarshal(text, &l); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		var again bytes.Buffer
		e := json.NewEncoder(&again)
		e.SetEscapeHTML(false)
		if err := e.Encode(l); err != nil || again.String() != string(text) {
			t.Errorf("label\n%swant it written as\n%s", text, &again)
		}
		labels = append(labels, l)
	}
	return labels
}

func TestTestdataIsSmall(t *testing.T) {
	var total int64
	err := filepath.WalkDir("../../testdata", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	if err != nil || total > 2_000_000 {
		t.Errorf("testdata has %d bytes, %v; want less than 2 MB", total, err)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
