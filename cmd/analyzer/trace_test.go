package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"analyzer/parse/input"
	"analyzer/report"
)

// TestTraceFindsEveryID holds that a trace of an ID that the report prints finds
// each error under it.
func TestTraceFindsEveryID(t *testing.T) {
	for _, log := range append(bundled(t), labelled(t, layouts)...) {
		var out bytes.Buffer
		analyzeLog(t, testPipeline(t, &out), log)
		wanted := map[report.Place]string{}
		var ids []string
		for line := range bytes.Lines(out.Bytes()) {
			var f report.Finding
			if err := json.Unmarshal(line, &f); err != nil {
				t.Fatal(err)
			}
			if f.RequestID != "" {
				wanted[f.Place] = f.RequestID
				ids = append(ids, f.RequestID)
			}
		}
		slices.Sort(ids)
		found := traced(t, log, slices.Compact(ids))
		for place, id := range wanted {
			if !found[place] {
				t.Errorf("%s: the error of %s is not found", place, id)
			}
		}
	}
}

// traced returns where the lines stand that carry one of ids.
func traced(t *testing.T, log string, ids []string) map[report.Place]bool {
	t.Helper()
	sources, _ := input.Expand([]string{log})
	p := testPipeline(t, nil)
	r, err := p.search(context.Background(), sources, ids...)
	if err != nil {
		t.Fatal(err)
	}
	found := map[report.Place]bool{}
	for _, l := range p.trail.Trace(filepath.Base(log), ids, r).Lines {
		found[l.Place] = true
	}
	return found
}

// TestTraceOfLargeFile holds that a story is the same whether its log is looked at
// in place or, compressed, is read.
func TestTraceOfLargeFile(t *testing.T) {
	var log bytes.Buffer
	for range 20 {
		for _, path := range bundled(t) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			log.Write(append(text, '\n'))
		}
	}
	var compressed bytes.Buffer
	z := gzip.NewWriter(&compressed)
	z.Write(log.Bytes())
	z.Close()
	var stories []string
	for _, stored := range [][]byte{log.Bytes(), compressed.Bytes()} {
		t.Chdir(t.TempDir())
		if err := os.WriteFile("large.log", stored, 0o600); err != nil {
			t.Fatal(err)
		}
		sources, _ := input.Expand([]string{"large.log"})
		p := testPipeline(t, nil)
		r, err := p.search(context.Background(), sources, "4c5ce913813ef65f", "f-2")
		if err != nil {
			t.Fatal(err)
		}
		story, err := json.Marshal([]any{p.trail.Trace("4c5ce913813ef65f", nil, r), r.Input, r.Problems})
		if err != nil {
			t.Fatal(err)
		}
		stories = append(stories, string(story))
	}
	if log.Len() < 8<<20 || stories[0] != stories[1] || strings.Count(stories[0], `"4c5ce913813ef65f"`) < 100 {
		t.Errorf("story of %d bytes in place:\n%.2000s\nwant\n%.2000s", log.Len(), stories[0], stories[1])
	}
}

// TestTraceReaders holds that a story is the same however many read the logs at
// once, and in whatever pieces.
func TestTraceReaders(t *testing.T) {
	sources, _ := input.Expand([]string{"../../testdata/logs/*.log", "../../testdata/incident.log", "nowhere.log"})
	var want []byte
	for _, c := range []struct{ workers, size int }{{1, 0}, {2, 1}, {3, 777}, {8, 64 << 10}} {
		p := testPipeline(t, nil)
		p.workers, p.chunkSize = c.workers, c.size
		r, err := p.search(context.Background(), sources, "4c5ce913813ef65f", "f-2")
		if err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal([]any{p.trail.Trace("4c5ce913813ef65f", nil, r), r.Input, r.Problems})
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = got
		}
		if !bytes.Equal(got, want) || !bytes.Contains(got, []byte("nowhere.log")) || bytes.Count(got, []byte(`"4c5ce913813ef65f"`)) < 5 {
			t.Errorf("%d workers, chunks of %d bytes:\n%s\nwant\n%s", c.workers, c.size, got, want)
		}
	}
}
