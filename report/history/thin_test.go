package history

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"analyzer/classify"
	"analyzer/parse"
	"analyzer/report"
)

// TestRetention: a run that is older than the retention goes, and with it the
// problems that nobody met since.
func TestRetention(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "state"))
	commit(t, s, counted(noon, noon, map[string]int{"one": 1, "two": 1}))
	commit(t, s, counted(noon, noon, map[string]int{"two": 1}))
	c := prepare(t, s, counted(noon, noon, map[string]int{"two": 1}))
	if err := thin(c.tx, noon.Add(90*time.Minute), frameBudget); err != nil {
		t.Fatal(err)
	}
	must(t, c.Commit())
	if runs, _ := s.Runs(); len(runs) != 2 || runs[0].ID != 2 {
		t.Errorf("runs: %+v", runs)
	}
	if _, _, err := s.Life(idOf("one")); !errors.Is(err, ErrNoProblem) {
		t.Errorf("a problem of the run that went: %v", err)
	}
	if l, occurrences, _ := s.Life(idOf("two")); l.Runs != 3 || len(occurrences) != 2 {
		t.Errorf("a problem of the runs that stayed: %+v, %+v", l, occurrences)
	}
}

// TestBudget runs hourly with 500 problems each: frames give way to counts, the
// last ones stay, and the database of a year stays below 50 MB. A year is told
// from half a day with few frames; with ANALYZER_FULL set, from a fortnight.
func TestBudget(t *testing.T) {
	const year, most = 365 * 24, 50_000_000
	dir := filepath.Join(t.TempDir(), "state")
	s := open(t, dir)
	runs, settled := int64(12), int64(6)
	s.budget = 2 << 20
	if os.Getenv("ANALYZER_FULL") != "" {
		runs, settled, s.budget = 14*24, 7*24, frameBudget
	}
	random := rand.New(rand.NewPCG(1, 2))
	var half int64
	for run := range runs {
		if commit(t, s, busyHour(random, noon.Add(time.Duration(run)*time.Hour))); run+1 == settled {
			half = used(t, s)
		}
	}
	whole := size(t, s)
	inYear := whole + frameBudget - s.budget + (used(t, s)-half)*(year-runs)/(runs-settled)
	t.Logf("%d bytes after %d runs; a year takes %d", whole, runs, inYear)
	if inYear > most {
		t.Errorf("a year of hourly runs takes %d bytes, want at most %d", inYear, most)
	}
	if _, _, err := s.Tally(1); !errors.Is(err, ErrThinned) {
		t.Errorf("the first run: %v, want %v", err, ErrThinned)
	}
	if _, _, err := s.Tally(runs); err != nil {
		t.Errorf("the last run: %v", err)
	}
}

// used returns the bytes of the pages that hold something else than frames.
func used(t *testing.T, s *Store) (frames int64) {
	t.Helper()
	must(t, s.db.QueryRow(`SELECT sum(size) FROM frame`).Scan(&frames))
	return (pragma(t, s, "page_count")-pragma(t, s, "freelist_count"))*pragma(t, s, "page_size") - frames
}

// size returns the bytes of the database.
func size(t *testing.T, s *Store) int64 {
	t.Helper()
	return pragma(t, s, "page_count") * pragma(t, s, "page_size")
}

func pragma(t *testing.T, s *Store, name string) (n int64) {
	t.Helper()
	must(t, s.db.QueryRow("PRAGMA "+name).Scan(&n))
	return n
}

// busyHour returns the tally of an hour with 500 problems.
func busyHour(random *rand.Rand, from time.Time) *report.Tally {
	t := report.NewTally(report.Options{Packs: "test"})
	for i := range 500 {
		p := problem(fmt.Sprintf("E%d", i))
		for range 1 + random.IntN(1+1000/(i+1)) {
			t.Add(&classify.Finding{Category: p.Category, Problem: p, Record: &parse.Record{
				Pos:    parse.Pos{Source: "app.log", Line: random.Int64N(1e6), Offset: random.Int64N(1e9)},
				Time:   from.Add(time.Duration(random.Int64N(int64(time.Hour)))),
				IDs:    []parse.ID{{Kind: "request", Value: strconv.FormatUint(random.Uint64(), 16)}},
				Caller: fmt.Sprintf("tok-%d", random.IntN(20)), Service: fmt.Sprintf("service-%d", i%20),
			}})
		}
	}
	return t
}
