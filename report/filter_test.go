package report

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"analyzer/parse"
)

var someFilter = Filter{
	Since: epoch, Until: epoch.Add(time.Hour),
	Where: []string{"status=5xx", "service=web", "status=5xx"}, Ignore: []string{"P-b", "P-a"},
}

// TestFilterMerge: what was ignored adds up; a tally of no filter of its own
// takes that of others, in any order and through the frame.
func TestFilterMerge(t *testing.T) {
	build := func(ignored ...string) *Tally {
		u := NewTally(Options{Filter: &someFilter})
		for _, id := range ignored {
			u.AddIgnored("app.log", id)
		}
		return u
	}
	whole := frameOf(t, build("P-a", "P-b", "P-b", "P-unknown"))
	for _, order := range [][]*Tally{
		{NewTally(Options{}), build("P-a"), build("P-b", "P-b", "P-unknown")},
		{build("P-b", "P-unknown"), NewTally(Options{}), build("P-a", "P-b")},
		{NewTally(Options{}), NewTally(Options{}), build("P-a", "P-b", "P-b", "P-unknown")},
	} {
		total := order[0]
		for _, u := range order[1:] {
			if err := total.Merge(read(t, frameOf(t, u))); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(frameOf(t, total), whole) {
			t.Errorf("got %+v", total.filter)
		}
	}
	r := read(t, whole).Report(nil, Tool{})
	if r.Input.Filtered != 4 || len(r.Filters.Where) != 2 || r.Filters.Where[0] != "service=web" ||
		len(r.Filters.Ignored) != 2 || r.Filters.Ignored[1] != (Ignored{"P-b", 2}) ||
		!r.Window.Since.Equal(epoch) || !r.Window.Until.Equal(epoch.Add(time.Hour)) {
		t.Errorf("got %+v, %+v", r.Filters, r.Window)
	}
}

// TestMergeRefusesOtherFilters: and leaves the tally as it was.
func TestMergeRefusesOtherFilters(t *testing.T) {
	others := []Filter{
		{},
		{Since: epoch, Where: someFilter.Where, Ignore: someFilter.Ignore},
		{Since: epoch, Until: someFilter.Until, Where: []string{"status=5xx"}, Ignore: someFilter.Ignore},
		{Since: epoch, Until: someFilter.Until, Where: someFilter.Where, Ignore: []string{"P-b"}},
	}
	for _, other := range others {
		a, b := NewTally(Options{Filter: &someFilter}), NewTally(Options{Filter: &other})
		b.AddFiltered("app.log", 1)
		before := frameOf(t, a)
		if err := a.Merge(b); !errors.Is(err, ErrFilter) {
			t.Errorf("%+v: got %v, want ErrFilter", other, err)
		}
		if !bytes.Equal(frameOf(t, a), before) {
			t.Errorf("%+v: the tally changed", other)
		}
	}
}

// TestWindowIsAsAsked: of the log's span, only what was asked for counts.
func TestWindowIsAsAsked(t *testing.T) {
	minute := func(n int) time.Time { return epoch.Add(time.Duration(n) * time.Minute) }
	for _, c := range []struct {
		name         string
		since, until time.Time
		first, last  time.Time
	}{
		{"all", time.Time{}, time.Time{}, minute(0), minute(60)},
		{"within", minute(10), minute(20), minute(10), minute(20)},
		{"around", minute(-10), minute(90), minute(0), minute(60)},
		{"from", minute(30), time.Time{}, minute(30), minute(60)},
		{"up to", time.Time{}, minute(30), minute(0), minute(30)},
		{"after the log", minute(90), time.Time{}, time.Time{}, time.Time{}},
		{"before the log", time.Time{}, minute(-1), time.Time{}, time.Time{}},
	} {
		tally := NewTally(Options{Filter: &Filter{Since: c.since, Until: c.until}})
		tally.AddAccount("app.log", &parse.Account{
			Head: parse.Mark{Seen: true, Time: minute(0)}, Tail: parse.Mark{Seen: true, Offset: 9, Time: minute(60)},
		})
		w := tally.Report(nil, Tool{}).Window
		if !isTime(w.First, c.first) || !isTime(w.Last, c.last) || !isTime(w.Since, c.since) || !isTime(w.Until, c.until) {
			t.Errorf("%s: got %v to %v", c.name, w.First, w.Last)
		}
	}
}

func isTime(got *Time, want time.Time) bool {
	if got == nil {
		return want.IsZero()
	}
	return got.Equal(want)
}

// TestBreakdownAddsUp: each error is in one share of its service, caller,
// version and route, also where problems fold.
func TestBreakdownAddsUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 32))
	for _, v := range []variety{ordinary, {services: 90, callers: 90, routes: 300, statuses: 3, codes: 2, span: time.Hour}} {
		r := tallyOf(v.steps(rng, 600)).Report(nil, Tool{})
		for _, dimension := range Dimensions {
			shares := r.Breakdown(dimension)
			var errors int64
			for i, s := range shares {
				errors += s.Errors
				if want := (200*s.Errors + r.Input.Errors) / (2 * r.Input.Errors); s.Percent != want || len(s.Problems) == 0 {
					t.Errorf("%s: share %d is %+v, want %d percent", dimension, i, s, want)
				}
				if i > 0 && shares[i-1].Errors < s.Errors {
					t.Errorf("%s: share %d is out of order", dimension, i)
				}
			}
			if dimension != "field" && errors != r.Input.Errors {
				t.Errorf("%s: the shares have %d of %d errors", dimension, errors, r.Input.Errors)
			}
			if len(shares) == 0 {
				t.Errorf("%s: no shares", dimension)
			}
		}
		if r.Breakdown("") != nil {
			t.Error("a breakdown by nothing")
		}
	}
}

func TestBreakdownNamesTheRest(t *testing.T) {
	r := incident().Report(nil, Tool{})
	versions := r.Breakdown("version")
	if versions[0].Value != noValue || versions[0].Errors != 6 || versions[1].Value != "2.8.1" || versions[1].Errors != 2 {
		t.Errorf("got %+v", versions)
	}
}
