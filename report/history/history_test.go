package history

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"analyzer/classify"
	"analyzer/parse"
	"analyzer/report"
)

// noon is when the logs of these tests begin: a Sunday.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// counted returns a tally of n errors of each problem, spread evenly over the
// time from the first to the last.
func counted(first, last time.Time, problems map[string]int) *report.Tally {
	t := report.NewTally(report.Options{Packs: "test"})
	for code, n := range problems {
		for i := range n {
			at := first
			if n > 1 {
				at = first.Add(last.Sub(first) * time.Duration(i) / time.Duration(n-1))
			}
			t.Add(&classify.Finding{
				Record:   &parse.Record{Pos: parse.Pos{Source: "app.log", Line: int64(i + 1)}, Time: at},
				Category: problem(code).Category,
				Problem:  problem(code),
			})
		}
	}
	t.AddAccount("app.log", &parse.Account{
		Records: 100, Head: parse.Mark{Seen: true, Time: first}, Tail: parse.Mark{Seen: true, Offset: 1, Time: last},
	})
	return t
}

// problem returns the problem of a code. Those of many codes spread over
// categories and statuses, so that they do not fold.
func problem(code string) classify.Problem {
	n := int(code[len(code)-1]) % 10
	return classify.Problem{Category: classify.Categories[n%5], Status: 500 + n, Code: code, Method: "GET", Route: "/items"}
}

func idOf(code string) string {
	p := problem(code)
	return p.ID()
}

func open(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(dir, noon)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// prepare is a run: it counts, compares and adds, but does not commit.
func prepare(t testing.TB, s *Store, tally *report.Tally) *Commit {
	t.Helper()
	r := tally.Report(nothing{}, tool)
	past, err := s.Past(r.Window)
	if err != nil {
		t.Fatal(err)
	}
	r.Compare(past)
	c, err := s.Add(&Entry{
		Started: noon, Finished: noon.Add(time.Duration(past.Run) * time.Hour), Tally: tally, Report: r,
		Cursors: fmt.Appendf(nil, "cursors of run %d", past.Run), Sources: 1, Retention: 400 * 24 * time.Hour,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func commit(t testing.TB, s *Store, tally *report.Tally) {
	t.Helper()
	if err := prepare(t, s, tally).Commit(); err != nil {
		t.Fatal(err)
	}
}

// TestCommit reads back, from a process that comes later, what runs committed.
func TestCommit(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "state")
	s := open(t, dir)
	commit(t, s, counted(noon, noon.Add(time.Hour), map[string]int{"one": 3, "two": 1}))
	commit(t, s, counted(noon.Add(time.Hour), noon.Add(2*time.Hour), map[string]int{"one": 5}))
	s.Close()

	s = open(t, dir)
	if got, _ := s.Cursors(); string(got) != "cursors of run 2" {
		t.Errorf("cursors: %q", got)
	}
	runs, err := s.Runs()
	if err != nil || len(runs) != 2 || runs[1].ID != 2 || runs[1].Records != 100 || runs[1].Sources != 1 || !runs[0].Kept {
		t.Errorf("runs: %+v, %v", runs, err)
	}
	tally, h, err := s.Tally(1)
	if err != nil || h.Run != 1 {
		t.Fatalf("run 1: %+v, %v", h, err)
	}
	if r := tally.Report(nothing{}, tool); len(r.Problems) != 2 || r.Problems[0].Errors != 3 {
		t.Errorf("report of run 1: %+v", r.Problems)
	}
	l, occurrences, err := s.Life(idOf("one"))
	if err != nil || l.Errors != 8 || l.Runs != 2 || !l.First.Equal(noon) || !l.Last.Equal(noon.Add(2*time.Hour)) {
		t.Errorf("life: %+v, %v", l, err)
	}
	if got := fmt.Sprint(occurrences[1].Run, occurrences[1].Errors, occurrences[1].First, len(occurrences)); got != "2 5 2026-11-22T13:00:00Z 2" {
		t.Errorf("occurrences: %s", got)
	}
	if _, _, err := s.Tally(3); !errors.Is(err, ErrNoRun) {
		t.Errorf("run 3: %v", err)
	}
	if _, _, err := s.Life("P-none00"); !errors.Is(err, ErrNoProblem) {
		t.Errorf("a problem that nobody met: %v", err)
	}
}

// TestNothingWithoutCommit gives up a run in its transaction, as a kill does.
func TestNothingWithoutCommit(t *testing.T) {
	dir := t.TempDir()
	os.Chmod(dir, 0o700)
	s := open(t, dir)
	commit(t, s, counted(noon, noon, map[string]int{"one": 3}))
	prepare(t, s, counted(noon, noon, map[string]int{"one": 4, "two": 1}))
	s.lock.Close() // the kernel does that for a process that dies

	s = open(t, dir)
	if got, _ := s.Cursors(); string(got) != "cursors of run 1" {
		t.Errorf("cursors: %q", got)
	}
	if runs, _ := s.Runs(); len(runs) != 1 {
		t.Errorf("runs: %+v", runs)
	}
	if l, _, _ := s.Life(idOf("one")); l.Errors != 3 {
		t.Errorf("life: %+v", l)
	}
}

// TestLock: a second run is told who holds the state, and may look at it.
func TestLock(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	s := open(t, dir)
	_, err := Open(dir, noon)
	if want := fmt.Sprintf("another run is using it: process %d since 2026-11-22T12:00:00Z", os.Getpid()); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("second run: %v, want %q", err, want)
	}
	commit(t, s, counted(noon, noon, map[string]int{"one": 3}))
	view, err := View(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	commit(t, s, counted(noon, noon, map[string]int{"one": 3}))
	if runs, err := view.Runs(); len(runs) != 2 {
		t.Errorf("view: %+v, %v", runs, err)
	}
	s.Close()
	open(t, dir)
}

// TestPrivate: what is known of a company's failures is for its owner's eyes.
func TestPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	commit(t, open(t, dir), counted(noon, noon, map[string]int{"one": 3}))
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) < 2 {
		t.Fatal(entries, err)
	}
	for _, e := range entries {
		if info, _ := e.Info(); info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v", e.Name(), info.Mode())
		}
	}
	if info, _ := os.Stat(dir); info.Mode().Perm() != 0o700 {
		t.Errorf("directory: mode %v", info.Mode())
	}
}

var tool = report.Tool{Name: "analyzer", Version: "test"}

// nothing is a catalog without remedies.
type nothing struct{}

func (nothing) Remedy(string) (classify.Remedy, bool) { return classify.Remedy{}, false }
