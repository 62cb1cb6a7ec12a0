package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// label is what a line of a log in testdata/logs is, written by hand beside it.
type label struct {
	Line      int64    `json:"line"`
	Category  string   `json:"category"`
	Status    int      `json:"status"`
	Code      string   `json:"code"`
	Fields    []string `json:"fields"`
	RequestID string   `json:"request_id"`
}

// TestLogs holds the analyzer to the labels of every log in testdata/logs: each
// error found and read right, nothing else found.
func TestLogs(t *testing.T) {
	logs, err := filepath.Glob("../../testdata/logs/*.log")
	if err != nil || len(logs) == 0 {
		t.Fatalf("no logs: %v", err)
	}
	for _, log := range logs {
		t.Run(filepath.Base(log), func(t *testing.T) {
			want := readLabels(t, readFile(t, strings.TrimSuffix(log, ".log")+".want.ndjson"))
			got := readLabels(t, lines(t, log))
			for _, l := range want {
				i := slices.IndexFunc(got, func(g label) bool { return g.Line == l.Line })
				if i < 0 {
					t.Errorf("line %d: missed %s %d %s", l.Line, l.Category, l.Status, l.Code)
					continue
				}
				compare(t, got[i], l)
			}
			for _, g := range got {
				if !slices.ContainsFunc(want, func(l label) bool { return l.Line == g.Line }) {
					t.Errorf("line %d: false alarm: %s %d %s", g.Line, g.Category, g.Status, g.Code)
				}
			}
		})
	}
}

func compare(t *testing.T, got, want label) {
	t.Helper()
	if got.Category != want.Category {
		t.Errorf("line %d: category = %s, want %s", want.Line, got.Category, want.Category)
	}
	if got.Status != want.Status {
		t.Errorf("line %d: status = %d, want %d", want.Line, got.Status, want.Status)
	}
	if got.Code != want.Code {
		t.Errorf("line %d: code = %q, want %q", want.Line, got.Code, want.Code)
	}
	if !slices.Equal(got.Fields, want.Fields) {
		t.Errorf("line %d: fields = %q, want %q", want.Line, got.Fields, want.Fields)
	}
	if got.RequestID != want.RequestID {
		t.Errorf("line %d: request_id = %q, want %q", want.Line, got.RequestID, want.RequestID)
	}
}

// lines analyses a log and returns its errors as -o ndjson writes them.
func lines(t *testing.T, log string) string {
	t.Helper()
	var out bytes.Buffer
	analyzeLog(t, testPipeline(t, &out), log)
	return out.String()
}

func readLabels(t *testing.T, text string) (labels []label) {
	t.Helper()
	in := bufio.NewScanner(strings.NewReader(text))
	for in.Scan() {
		var l label
		if err := json.Unmarshal(in.Bytes(), &l); err != nil {
			t.Fatalf("%s: %v", in.Text(), err)
		}
		labels = append(labels, l)
	}
	return labels
}
