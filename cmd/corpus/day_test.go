package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"analyzer/classify"
	"analyzer/classify/packs"
	"analyzer/parse"
	"analyzer/parse/input"
	"analyzer/report"
)

// rules are the embedded packs, compiled once.
var rules = sync.OnceValues(func() (*classify.Set, *parse.Reader) {
	set, err := classify.Load(packs.FS)
	if err != nil {
		panic(err)
	}
	reader, err := parse.Compile(set.Vocabulary())
	if err != nil {
		panic(err)
	}
	return set, reader
})

// analyzed reads a log as analyzer does.
func analyzed(t *testing.T, log []byte, full bool) *report.Report {
	t.Helper()
	set, reader := rules()
	tally := report.NewTally(report.Options{Full: full})
	s := parse.NewScanner(reader, parse.Options{Full: full, Successes: full})
	_, err := input.Read(context.Background(), "day.log", bytes.NewReader(log), input.Options{Cut: parse.Cut, Split: parse.Split}, func(c *input.Chunk) error {
		defer c.Release()
		s.Reset(c)
		for s.Scan() {
			if r := s.Record(); r.Succeeded() {
				tally.AddSuccess(r, set.Route(r))
			} else {
				f := set.Classify(r)
				tally.Add(&f)
			}
		}
		tally.AddAccount("day.log", s.Account())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return tally.Report(set, report.Tool{})
}

// told lists what a report tells: stories, and faults of the audit.
func told(r *report.Report) string {
	var list []string
	for _, s := range r.Stories {
		text := s.Kind + " " + cmp.Or(s.Service, "all")
		if !s.Proven {
			text += "?"
		}
		list = append(list, text)
	}
	for _, x := range r.Audit.Retries {
		if x.Waits != nil && x.Waits.Broken.Count > 2 {
			list = append(list, fmt.Sprint("storm ", x.Service))
		}
	}
	for _, o := range r.Audit.Outcomes {
		list = append(list, o.Kind+" "+o.Service)
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// TestPlots: exactly what is planted is told, and of an ordinary day nothing.
// A question mark is what errors alone cannot prove.
func TestPlots(t *testing.T) {
	wants := map[string]struct{ lean, full string }{
		"none":       {"", ""},
		"incident":   {"incident all", "incident all"},
		"credential": {"credential " + services[1] + "?", "credential " + services[1]},
		"refreshed":  {"", "refreshed " + services[1]},
		"permission": {"permission " + services[2] + "?", "permission " + services[2]},
		"contract":   {"contract all?", "contract all"},
		"client":     {"client " + services[3] + "?", "client " + services[3]},
		"deprecated": {"", "deprecated all"},
		"retired":    {"retired " + services[4], "retired " + services[4]},
		"zombie":     {"zombie " + services[4] + "?", "zombie " + services[4]},
		"storm":      {"storm " + services[5], "storm " + services[5]},
		"unfinished": {"", "unfinished " + services[0]},
		"created":    {"created " + services[0], "created " + services[0]},
	}
	for plot := range plots {
		want, known := wants[plot]
		if !known {
			t.Errorf("nothing is known of the plot %s", plot)
			continue
		}
		t.Run(plot, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(2) {
				var log bytes.Buffer
				if err := writeDay(&log, seed, 1, plot); err != nil {
					t.Fatal(err)
				}
				if got := told(analyzed(t, log.Bytes(), false)); got != want.lean {
					t.Errorf("day %d: told %q, want %q", seed, got, want.lean)
				}
				if got := told(analyzed(t, log.Bytes(), true)); got != want.full {
					t.Errorf("day %d, with successes: told %q, want %q", seed, got, want.full)
				}
			}
		})
	}
}
