package main

import (
	"bytes"
	"context"
	"path/filepath"
	"sync"
	"testing"

	"analyzer/classify"
	"analyzer/parse"
	"analyzer/parse/input"
	"analyzer/parse/redact"
	"analyzer/report"
	"analyzer/report/render"
)

// bundled returns the logs in testdata.
func bundled(t *testing.T) []string {
	t.Helper()
	logs, err := filepath.Glob("../../testdata/logs/*.log")
	if err != nil || len(logs) == 0 {
		t.Fatalf("no logs: %v", err)
	}
	return append(logs, "../../testdata/incident.log")
}

// embedded loads the packs that are built in, once: they are immutable, and
// compiling them takes longer than reading a small log.
var embedded = sync.OnceValues(func() (*classify.Set, *parse.Reader) {
	rules, err := loadRules(nil)
	if err != nil {
		panic(err)
	}
	reader, err := parse.Compile(rules.Vocabulary())
	if err != nil {
		panic(err)
	}
	return rules, reader
})

// testPipeline returns a pipeline with the embedded packs, whose lines go to out.
func testPipeline(t *testing.T, out *bytes.Buffer) *pipeline {
	t.Helper()
	rules, reader := embedded()
	known := &knowledge{rules, func() *parse.Reader { return reader }, redact.New(nil)}
	p := &pipeline{knowledge: known, workers: 2}
	if out != nil {
		p.streams = []stream{{findingLine, out}}
	}
	return p
}

func analyzeLog(t *testing.T, p *pipeline, logs ...string) *report.Report {
	t.Helper()
	sources, _ := input.Expand(logs)
	tally, err := p.analyze(context.Background(), sources)
	if err != nil {
		t.Fatal(err)
	}
	return tally.Report(p.rules, report.Tool{Name: "analyzer", Packs: p.rules.Fingerprint()})
}

// TestShortcut holds that opening every record finds what triggers find.
func TestShortcut(t *testing.T) {
	for _, log := range bundled(t) {
		var short, full bytes.Buffer
		a := analyzeLog(t, testPipeline(t, &short), log)
		p := testPipeline(t, &full)
		p.full = true
		b := analyzeLog(t, p, log)
		if !bytes.Equal(short.Bytes(), full.Bytes()) {
			t.Errorf("%s: opened in full it gives\n%s\nby triggers\n%s", log, full.Bytes(), short.Bytes())
		}
		if a.Input.Records != b.Input.Records || a.Input.Errors != b.Input.Errors || a.Input.Unopened == 0 && a.Input.NonErrors > 0 && log == "../../testdata/incident.log" {
			t.Errorf("%s: accounts %+v and %+v", log, a.Input, b.Input)
		}
	}
}

// TestConservation holds that every record and every error is accounted for.
func TestConservation(t *testing.T) {
	for _, log := range bundled(t) {
		r := analyzeLog(t, testPipeline(t, nil), log)
		in := r.Input
		if sum := in.Errors + in.NonErrors + in.Malformed + in.Filtered; sum != in.Records {
			t.Errorf("%s: %d records, but their kinds add up to %d", log, in.Records, sum)
		}
		var problems, categories int64
		for _, p := range r.Problems {
			problems += p.Errors
		}
		for _, c := range r.Categories {
			categories += c.Errors
		}
		if problems != in.Errors || categories != in.Errors {
			t.Errorf("%s: %d errors; problems add up to %d, categories to %d", log, in.Errors, problems, categories)
		}
	}
}

// TestWorkers holds that the report is the same for any workers and chunks.
func TestWorkers(t *testing.T) {
	log := "../../testdata/incident.log"
	for _, full := range []bool{false, true} {
		var want bytes.Buffer
		for _, c := range []struct{ workers, size int }{{1, 0}, {2, 0}, {3, 1}, {8, 777}, {2, 64 << 10}} {
			var lines, got bytes.Buffer
			p := testPipeline(t, &lines)
			p.workers, p.chunkSize, p.full = c.workers, c.size, full
			if err := render.JSON(&got, analyzeLog(t, p, log), render.Options{}); err != nil {
				t.Fatal(err)
			}
			got.Write(lines.Bytes())
			if want.Len() == 0 {
				want = got
			} else if !bytes.Equal(got.Bytes(), want.Bytes()) {
				t.Errorf("%d workers, chunks of %d bytes, full %v: another report", c.workers, c.size, full)
			}
		}
	}
}

// TestSourcesAtOnce holds that the report is the same whether several logs are read
// at once, as one is by many workers, or in their order, as for lines.
func TestSourcesAtOnce(t *testing.T) {
	logs := append(bundled(t), "../../testdata/absent.log")
	var want bytes.Buffer
	for _, c := range []struct {
		workers int
		lines   *bytes.Buffer
	}{{1, nil}, {2, nil}, {5, nil}, {2, new(bytes.Buffer)}} {
		p := testPipeline(t, c.lines)
		p.workers = c.workers
		var got bytes.Buffer
		if err := render.JSON(&got, analyzeLog(t, p, logs...), render.Options{}); err != nil {
			t.Fatal(err)
		}
		if want.Len() == 0 {
			want = got
		} else if !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Errorf("%d workers, in order %v: another report", c.workers, c.lines != nil)
		}
	}
}

// stoppedPipe is a pipe whose reader is interrupted while it waits for more.
type stoppedPipe struct {
	text      string
	interrupt func()
}

func (p *stoppedPipe) Read(b []byte) (int, error) {
	n := copy(b, p.text)
	p.text = p.text[n:]
	if n == 0 {
		p.interrupt()
	}
	return n, nil
}

func (p *stoppedPipe) Close() error { return nil }

// TestInterrupt holds that the report covers the whole lines that were read.
func TestInterrupt(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	p := testPipeline(t, nil)
	p.stdin = &stoppedPipe{`{"status":500,"path":"/a"}` + "\n" + `{"status":500,"path":"/b"}` + "\n" + `{"status":500,"pa`, cancel}
	tally, err := p.analyze(ctx, []input.Source{{Path: "-"}, {Path: "never-opened.log"}})
	if err != nil {
		t.Fatal(err)
	}
	tally.Interrupt()
	r := tally.Report(p.rules, report.Tool{})
	if r.Input.Errors != 2 || !r.Interrupted || r.Input.Sources[1].Status != "partial" {
		t.Errorf("got %+v", r.Input)
	}
}
