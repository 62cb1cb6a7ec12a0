package main

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
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
