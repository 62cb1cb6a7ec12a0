package report

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"analyzer/classify"
	"analyzer/parse"
)

// scene is a time of a log, for tests to fill with errors.
type scene struct {
	*Tally
	begin  time.Time
	length time.Duration
	rng    *rand.Rand
	line   int64
}

func newScene(seed uint64, begin time.Time, length time.Duration) *scene {
	s := &scene{NewTally(Options{}), begin, length, rand.New(rand.NewPCG(seed, uint64(begin.Unix()))), 0}
	s.AddAccount("app.log", &parse.Account{
		Head: parse.Mark{Seen: true, Time: begin}, Tail: parse.Mark{Seen: true, Time: begin.Add(length - time.Second)},
	})
	return s
}

// errors adds n errors of a problem, in bursts of that many at random times.
func (s *scene) errors(problem string, n, burst int, who parse.Record) *scene {
	for i := range n {
		if i%burst == 0 {
			who.Time = s.begin.Add(time.Duration(s.rng.Int64N(int64(s.length))))
		}
		s.line++
		r := who
		r.Pos = parse.Pos{Source: "app.log", Line: s.line, Offset: s.line * 100}
		field, _, _ := strings.Cut(problem, "!")
		s.Add(&classify.Finding{Record: &r, Category: classify.Validation, Fields: []string{field},
			Problem: classify.Problem{Category: classify.Validation, Status: 400, Method: "PUT", Route: "/v1/" + problem, Fields: field}})
	}
	return s
}

// poisson draws how often something happens that happens mean times on average.
func (s *scene) poisson(mean int) (n int) {
	for range 4000 {
		if s.rng.IntN(4000) < mean {
			n++
		}
	}
	return n
}

// noise adds the ordinary errors of a time: of frequent and rare problems that
// come one by one, and of some that come in bursts, in every hour.
func (s *scene) noise() *scene {
	hours := int(s.length / time.Hour)
	for i := range 40 {
		mean, burst := 1+i*i/30, 1
		if i%4 == 0 {
			mean, burst = 10+i/2, 2+i/3
		}
		s.errors(fmt.Sprintf("noise%d", i), burst*s.poisson(hours*mean), burst, parse.Record{Service: "web", Version: fmt.Sprint(i % 3)})
	}
	return s
}

func compared(before, after *scene) *Diff {
	return Compare(before.Report(nil, Tool{}), after.Report(nil, Tool{}))
}

// summary says what a diff found, a line each.
func summary(d *Diff) string {
	var lines []string
	for _, c := range d.Changes {
		line := fmt.Sprintf("%s %s %d>%d (%d)", c.Change, strings.TrimPrefix(c.Problem.Route, "/v1/"), c.Before, c.After, c.Expected)
		for _, x := range c.Concentrates {
			line += fmt.Sprintf("; %s=%s %d%% %d>%d", x.Dimension, x.Value, x.Percent, x.PercentBefore, x.PercentAfter)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// TestCompareFindsPlantedChanges: what was changed, where it concentrates, and
// nothing else.
func TestCompareFindsPlantedChanges(t *testing.T) {
	web := parse.Record{Service: "web", Caller: "tok-a"}
	batch := parse.Record{Service: "web", Caller: "tok-b"}
	deployed := parse.Record{Service: "deployer", Version: "2.8.1"}
	for seed := range uint64(20) {
		before := newScene(seed, epoch, 2*time.Hour).noise().errors("limit", 60, 1, web).errors("limit", 20, 1, batch).errors("token", 80, 2, web)
		after := newScene(seed, epoch.Add(2*time.Hour), time.Hour).noise().errors("limit", 30, 1, web).errors("limit", 90, 1, batch).errors("plan", 25, 1, deployed)
		want := strings.Join([]string{
			"worse limit 80>120 (40); caller=tok-b 100% 25>75",
			"new plan 0>25 (0); service=deployer 100% 0>100; route=/v1/plan 100% 0>100; version=2.8.1 100% 0>100; field=plan 100% 0>100",
			"gone token 80>0 (40); service=web 100% 100>0; caller=tok-a 100% 100>0; route=/v1/token 100% 100>0; field=token 100% 100>0",
		}, "\n")
		if got := summary(compared(before, after)); got != want {
			t.Errorf("seed %d: got\n%s\nwant\n%s", seed, got, want)
		}
	}
}

// TestCompareTakesNoiseForNoise: of a thousand problems that stay as they are,
// less than one is taken for a change, whatever the lengths.
func TestCompareTakesNoiseForNoise(t *testing.T) {
	problems, changes := int64(0), 0
	for seed := range uint64(20) {
		for _, hours := range [][2]time.Duration{{1, 1}, {4, 1}, {1, 4}} {
			before := newScene(seed, epoch, hours[0]*time.Hour).noise()
			after := newScene(seed, epoch.Add(24*time.Hour), hours[1]*time.Hour).noise()
			d := compared(before, after)
			problems += d.Steady + int64(len(d.Unsure)+len(d.Changes))
			changes += len(d.Changes)
		}
	}
	if problems < 2000 || int64(changes)*1000 >= problems {
		t.Errorf("%d of %d steady problems are taken for changes", changes, problems)
	}
}

// TestCompareRule: where the border lies.
func TestCompareRule(t *testing.T) {
	for _, c := range []struct {
		why           string
		before, after int
		burst         int
		hours         time.Duration // of before
		want          string
	}{
		{"new", 0, 12, 1, 1, ChangeNew},
		{"few may come by chance", 0, 11, 1, 1, unsure},
		{"after a day without, few are enough", 0, 5, 1, 24, ChangeNew},
		{"but not fewer", 0, 4, 1, 24, unsure},
		{"gone", 12, 0, 1, 1, ChangeGone},
		{"worse", 8, 30, 1, 1, ChangeWorse},
		{"better", 30, 8, 1, 1, ChangeBetter},
		{"less than half more", 1000, 1400, 1, 1, ""},
		{"half more", 1000, 1500, 1, 1, ChangeWorse},
		{"as many, in half the time", 100, 100, 1, 2, ChangeWorse},
		{"as often", 200, 100, 1, 2, ""},
		{"one burst more among bursts", 60, 120, 20, 1, unsure},
		{"many more bursts", 60, 600, 20, 1, ChangeWorse},
	} {
		before := newScene(1, epoch, c.hours*time.Hour).errors("x", c.before, c.burst, parse.Record{})
		after := newScene(1, epoch.Add(48*time.Hour), time.Hour).errors("x", c.after, c.burst, parse.Record{})
		d := compared(before, after)
		got := ""
		switch {
		case len(d.Changes) == 1:
			got = d.Changes[0].Change
		case len(d.Unsure) == 1:
			got = unsure
		}
		if got != c.want {
			t.Errorf("%s: %d and %d errors are %q, want %q", c.why, c.before, c.after, got, c.want)
		}
	}
}

// TestCompareIsAntisymmetric: what is new one way is gone the other way.
func TestCompareIsAntisymmetric(t *testing.T) {
	opposite := map[string]string{ChangeNew: ChangeGone, ChangeGone: ChangeNew, ChangeWorse: ChangeBetter, ChangeBetter: ChangeWorse}
	for seed := range uint64(20) {
		a, b := newScene(seed, epoch, 3*time.Hour).noise().errors("x", 30, 1, parse.Record{}), newScene(seed, epoch, time.Hour)
		there, back := compared(a, b), compared(b, a)
		if len(there.Changes) == 0 || len(there.Changes) != len(back.Changes) || !slices.Equal(there.Unsure, back.Unsure) {
			t.Fatalf("%d changes there, %d back; unsure %v and %v", len(there.Changes), len(back.Changes), there.Unsure, back.Unsure)
		}
		for _, c := range there.Changes {
			if !slices.ContainsFunc(back.Changes, func(x Change) bool { return x.Problem.ID == c.Problem.ID && x.Change == opposite[c.Change] }) {
				t.Errorf("%s is %s there and not %s back", c.Problem.ID, c.Change, opposite[c.Change])
			}
		}
	}
}

// TestCompareWithoutTimes: counts are compared as they are. Where all errors have
// one value, it is not told.
func TestCompareWithoutTimes(t *testing.T) {
	untimed := func(n int) *Report {
		s := &scene{Tally: NewTally(Options{}), length: 1, rng: rand.New(rand.NewPCG(1, 1))}
		return s.errors("x", n, 1, parse.Record{}).Report(nil, Tool{})
	}
	d := Compare(untimed(10), untimed(50))
	if got := summary(d); got != "worse x 10>50 (10)" || d.Timed {
		t.Errorf("got %q, timed %v", got, d.Timed)
	}
}

// TestCompareFolds: problems that one side counts as one are compared as one.
func TestCompareFolds(t *testing.T) {
	before, after := newScene(1, epoch, time.Hour), newScene(1, epoch.Add(time.Hour), time.Hour)
	for i := range groupCap + 10 {
		before.errors(fmt.Sprintf("field!%d", i), 20, 1, parse.Record{})
	}
	for i := range 10 {
		after.errors(fmt.Sprintf("field!%d", i), 20*(groupCap+10)/10, 1, parse.Record{})
	}
	if got := summary(compared(before, after)); got != "" {
		t.Errorf("the same errors in all, spread over fewer problems: got\n%s", got)
	}
}
