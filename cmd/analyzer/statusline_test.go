package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"analyzer/parse"
	"analyzer/parse/input"
)

// second returns the time that many seconds into the test.
func second(n float64) time.Time {
	return time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC).Add(time.Duration(n * float64(time.Second)))
}

func TestStatusText(t *testing.T) {
	p := new(progress)
	live := &statusLine{width: 80, progress: p}
	files := &statusLine{width: 80, progress: p, total: 2_000_000_000}
	check := func(s *statusLine, at float64, want string) {
		t.Helper()
		if got := s.text(second(at)); got != want {
			t.Errorf("after %v s: got %q, want %q", at, got, want)
		}
	}
	check(live, 0, "0 B  0 records  0 errors")
	p.bytes.Add(500_000)
	p.add(&parse.Account{Records: 1234, Errors: 5})
	check(live, 1, "500 kB  1,234 records  5 errors  500 kB/s")
	check(files, 1, "0% of 2.0 GB  1,234 records  5 errors")
	p.bytes.Add(999_500_000)
	p.add(&parse.Account{Records: 1_000_000, Tail: parse.Mark{Seen: true, Time: second(-60)}})
	p.add(&parse.Account{Tail: parse.Mark{Seen: true, Time: second(-90)}})
	check(files, 3, "50% of 2.0 GB  1,001,234 records  5 errors  500 MB/s  at 2026-11-22 13:59:00")
	// What does not fit is left out from the end.
	files.width = 60
	check(files, 4, "50% of 2.0 GB  1,001,234 records  5 errors  333 MB/s")
	files.width = 10
	check(files, 5, "50% of 2.")
	// A file that grew while it was read is not read by more than all of it.
	p.bytes.Add(1 << 40)
	files.width = 60
	check(files, 6, "100% of 2.0 GB  1,001,234 records  5 errors  220 GB/s")
}

// A rate is that of the last two seconds.
func TestStatusRate(t *testing.T) {
	s := &statusLine{progress: new(progress)}
	for i := range int64(20) {
		s.rate(second(float64(i)/4), i*1000)
	}
	if got, _ := s.rate(second(5), 20_000); got != 4000 {
		t.Errorf("a steady rate is %d", got)
	}
	for i := range 8 {
		s.rate(second(5.25+float64(i)/4), 20_000)
	}
	if got, known := s.rate(second(7.25), 20_000); got != 0 || !known {
		t.Errorf("after two seconds of silence the rate is %d", got)
	}
}

func TestSize(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1.0 kB", 12_345: "12.3 kB", 99_949: "99.9 kB", 99_950: "100 kB",
		999_499: "999 kB", 999_500: "1.0 MB", 1<<63 - 1: "9223372 TB"} {
		if got := size(n); got != want {
			t.Errorf("size(%d) = %q, want %q", n, got, want)
		}
	}
}

// The line is drawn at ticks where it changed, and is gone in the end.
func TestStatusLineIsDrawnAndCleared(t *testing.T) {
	var out bytes.Buffer
	p := new(progress)
	p.add(&parse.Account{Records: 1})
	s := &statusLine{w: &out, width: 80, progress: p}
	ticks := make(chan time.Time)
	stop := s.start(ticks)
	ticks <- second(0)
	ticks <- second(0) // nothing new
	ticks <- second(0.5)
	stop()
	want := "\r0 B  1 record  0 errors\x1b[K" + "\r0 B  1 record  0 errors  0 B/s\x1b[K" + "\r\x1b[K"
	if out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

// A run that ends before the first tick draws nothing.
func TestStatusLineOfAShortRun(t *testing.T) {
	var out bytes.Buffer
	stop := (&statusLine{w: &out, width: 80, progress: new(progress)}).start(make(chan time.Time))
	stop()
	if out.Len() > 0 {
		t.Errorf("got %q", out.String())
	}
}

// Without a terminal there is no status line, and no ticker.
func TestNoStatusWithoutTerminal(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "errors"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	ticks := func(time.Duration) (<-chan time.Time, func()) {
		t.Error("a ticker was asked for")
		return nil, func() {}
	}
	env := func(string) string { return "" }
	for _, w := range []world{{errs: file}, {errs: new(bytes.Buffer)}, {errs: (*os.File)(nil)}} {
		w.env, w.ticks = env, ticks
		w.showStatus(new(progress), 0, nil)()
	}
	if info, err := file.Stat(); err != nil || info.Size() > 0 {
		t.Errorf("%d bytes were written, %v", info.Size(), err)
	}
}

// Lines that go to the screen while logs are read leave no place for a status.
func TestStreamsToScreen(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	_, pipe, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer pipe.Close()
	for _, c := range []struct {
		output string
		stdout *os.File
		want   bool
	}{
		{"text", pipe, false}, {"ndjson", pipe, true}, {"lines", pipe, true}, {"ndjson=x", pipe, false}, {"ndjson", file, false},
	} {
		outputs, err := (&outputFlags{Output: []string{c.output}}).outputs(time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		if got := streamsToScreen(outputs, c.stdout); got != c.want {
			t.Errorf("-o %s to %s: got %t", c.output, c.stdout.Name(), got)
		}
	}
}

func TestTotalSize(t *testing.T) {
	path := filepath.Join(t.TempDir(), "in")
	if err := os.WriteFile(path, []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	stdin, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	pipe, _, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		sources []input.Source
		stdin   *os.File
		want    int64
	}{
		{"files", []input.Source{{Size: 3}, {Size: 4}}, nil, 7},
		{"a pipe among files", []input.Source{{Size: 3}, {Size: -1}}, nil, 0},
		{"what cannot be read", []input.Source{{Size: 3}, {Size: -1, Err: os.ErrNotExist}}, nil, 3},
		{"stdin from a file", []input.Source{{Path: "-", Size: -1}}, stdin, 5},
		{"stdin from a pipe", []input.Source{{Path: "-", Size: -1}}, pipe, 0},
	} {
		if got := totalSize(c.sources, c.stdin); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}

// Whatever is read is counted: sources, records, errors.
func TestProgressCounts(t *testing.T) {
	p := testPipeline(t, nil)
	log := "../../testdata/incident.log"
	r := analyzeLog(t, p, log)
	if p.progress.records.Load() != r.Input.Records || p.progress.errors.Load() != r.Input.Errors || p.progress.bytes.Load() != int64(len(readFile(t, log))) {
		t.Errorf("%d records, %d errors, %d bytes; the report says %+v", p.progress.records.Load(), p.progress.errors.Load(), p.progress.bytes.Load(), r.Input)
	}
	if at := p.progress.latestTime(); at.Before(second(0)) || !strings.HasPrefix(at.Format(time.DateOnly), "2026-11-22") {
		t.Errorf("reached %s", at)
	}
}
