package report

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"analyzer/parse"
)

func frameOf(t testing.TB, tally *Tally) []byte {
	t.Helper()
	b, err := tally.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func read(t testing.TB, frame []byte) *Tally {
	t.Helper()
	u := NewTally(Options{})
	if err := u.UnmarshalBinary(frame); err != nil {
		t.Fatal(err)
	}
	return u
}

func tallyOf(steps []step) *Tally {
	t := NewTally(Options{Packs: "p1"})
	for _, do := range steps {
		do(t)
	}
	return t
}

// scatter tells steps, shuffled, to several tallies and merges those in a
// random tree, some of them by way of their frames.
func scatter(t *testing.T, rng *rand.Rand, steps []step) *Tally {
	t.Helper()
	rng.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
	parts := make([]*Tally, 1+rng.IntN(6)) // some stay empty: the identity
	for i := range parts {
		parts[i] = NewTally(Options{Packs: "p1"})
	}
	for _, do := range steps {
		do(parts[rng.IntN(len(parts))])
	}
	for len(parts) > 1 {
		i, j := rng.IntN(len(parts)), rng.IntN(len(parts)-1)
		if j >= i {
			j++
		}
		u := parts[j]
		if rng.IntN(2) == 0 {
			u = read(t, frameOf(t, u))
		}
		if err := parts[i].Merge(u); err != nil {
			t.Fatal(err)
		}
		parts[j] = parts[len(parts)-1]
		parts = parts[:len(parts)-1]
	}
	return parts[0]
}

// runs is how often a law is tried on random input: n times, ten times as often
// where ANALYZER_FULL is set.
func runs(n int) int {
	if os.Getenv("ANALYZER_FULL") != "" {
		return 10 * n
	}
	return n
}

// TestMergeLaws: whatever the cuts, the order and the merge tree, the same
// bytes.
func TestMergeLaws(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for run := range runs(320) {
		v := ordinary
		if run%2 == 1 {
			v = variant(rng)
		}
		steps := v.steps(rng, rng.IntN(300))
		want := frameOf(t, tallyOf(steps))
		if got := frameOf(t, scatter(t, rng, steps)); !bytes.Equal(got, want) {
			t.Fatalf("run %d: %+v: another way of merging, another tally", run, v)
		}
	}
}

// TestMergeLawsBeyondCaps repeats the law where every bound is met.
func TestMergeLawsBeyondCaps(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, c := range []struct {
		name  string
		v     variety
		n     int
		bites string
	}{
		{"messages", variety{statuses: 2, codes: 2, routes: 2, messages: 1 << 20, fields: 5, ids: 1 << 20, paths: 1 << 20, callers: 1 << 20, services: 100, sources: 2, span: 90 * 365 * 24 * time.Hour},
			24_000, "request ids, derived requests, problems per group, callers, values per problem, services, operations, endpoints, requests listed, errors listed per request, fields listed per request, problems listed per field, audit entries listed"},
		{"routes", variety{statuses: 3, codes: 40, routes: 1 << 20, messages: 3, fields: 1 << 20, ids: 6000, callers: 10, services: 1, sources: 2, span: time.Hour},
			9_000, "problems per group, fields, values per problem, operations, endpoints, requests listed, errors listed per request, fields listed per request, fields listed per problem, problems listed per field, audit entries listed, stories listed, actions listed"},
		{"all", variety{statuses: 90, codes: 60, routes: 60, messages: 60, fields: 200, ids: 3, callers: 3, services: 3, sources: 6000, span: time.Hour},
			12_000, "problems, fields, values per problem, problems per request, sources, tries per operation, endpoints, errors listed per request, fields listed per request, fields listed per problem, problems listed per field, audit entries listed, stories listed, actions listed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			steps := c.v.steps(rng, c.n)
			whole := tallyOf(steps)
			want := frameOf(t, whole)
			if got := frameOf(t, scatter(t, rng, steps)); !bytes.Equal(got, want) {
				t.Fatal("another way of merging, another tally")
			}
			r := whole.Report(nil, Tool{})
			checkConservation(t, r)
			if got := bitten(r); got != c.bites {
				t.Errorf("bounds met: %s", got)
			}
		})
	}
}

// bitten lists the limits that were met.
func bitten(r *Report) string {
	var list []string
	for _, l := range r.Limits {
		if !l.Exact {
			list = append(list, l.What)
		}
	}
	return strings.Join(list, ", ")
}

// TestConservation: the account adds up per source and in all, and problems and
// categories share out the errors.
func TestConservation(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 40 {
		checkConservation(t, tallyOf(variant(rng).steps(rng, rng.IntN(500))).Report(nil, Tool{}))
	}
}

func checkConservation(t *testing.T, r *Report) {
	t.Helper()
	in := &r.Input
	if in.Records != in.Errors+in.NonErrors+in.Malformed+in.Filtered {
		t.Errorf("%d records are not %d errors, %d non-errors, %d malformed, %d filtered", in.Records, in.Errors, in.NonErrors, in.Malformed, in.Filtered)
	}
	var records, errs, malformed, byClass int64
	for _, s := range in.Sources {
		if s.Records != s.Errors+s.NonErrors+s.Malformed+s.Filtered {
			t.Errorf("source %s does not add up: %+v", s.Name, s)
		}
		records, errs, malformed = records+s.Records, errs+s.Errors, malformed+s.Malformed
	}
	for _, n := range in.MalformedBy {
		byClass += n
	}
	if records != in.Records || errs != in.Errors || malformed != in.Malformed || byClass != in.Malformed {
		t.Errorf("sources have %d records, %d errors, %d (%d by class) malformed; the input %+v", records, errs, malformed, byClass, in)
	}
	problems := make(map[string]int64)
	var inProblems, inCategories int64
	for _, p := range r.Problems {
		problems[p.ID] += p.Errors
		inProblems += p.Errors
		var timed int64
		for _, point := range p.Timeline.Points {
			timed += point.Errors
		}
		if timed > p.Errors || p.Requests > p.Errors || p.Callers > p.Errors {
			t.Errorf("problem %s has %d errors: %d in its timeline, %d requests, %d callers", p.ID, p.Errors, timed, p.Requests, p.Callers)
		}
	}
	for _, c := range r.Categories {
		inCategories += c.Errors
	}
	if inProblems != in.Errors || inCategories != in.Errors {
		t.Errorf("%d errors: %d in problems, %d in categories", in.Errors, inProblems, inCategories)
	}
	for _, q := range r.Requests {
		for _, at := range q.ErrorsAt {
			if problems[at.Problem] == 0 {
				t.Fatalf("request %s leads to %q, which is no problem of the report", q.RequestID, at.Problem)
			}
		}
	}
}

// TestNothingVanishes: the problem of nearly all errors stays on top though its
// neighbours explode.
func TestNothingVanishes(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	tally := NewTally(Options{})
	v := variety{statuses: 1, codes: 1, routes: 1, messages: 1, span: time.Hour}
	for i := range 30_000 {
		f := v.finding(rng, i)
		f.Problem.Code, f.Problem.Message, f.Problem.Fields, f.Problem.Method, f.Fields = "", "the storm", "", "GET", nil
		if i%10 == 0 {
			f.Problem.Message = time.Duration(i).String()
		}
		tally.Add(f)
	}
	r := tally.Report(nil, Tool{})
	if len(r.Problems) != 1 {
		t.Fatalf("%d problems, want one", len(r.Problems))
	}
	p := r.Problems[0]
	if !p.Folded || p.Errors != 30_000 || p.Message != "many different messages" || p.Route != "/v1/r0/{id}" || p.Method != "GET" {
		t.Errorf("folded problem %+v", p)
	}
	for _, l := range r.Limits {
		if l.What == "problems per group" && l.Exact {
			t.Error("the fold is not said in the limits")
		}
	}
}

func TestRequestsExactAndEstimated(t *testing.T) {
	count := func(requests int) *Report {
		tally := NewTally(Options{})
		f := ordinary.finding(rand.New(rand.NewPCG(1, 1)), 0)
		for i := range 2 * requests {
			f.Offset = int64(i)
			f.IDs = []parse.ID{{Kind: "request", Value: time.Duration(i % requests).String()}}
			tally.Add(f)
		}
		return tally.Report(nil, Tool{})
	}
	for _, n := range []int{1, 255, 257, 5000, requestCap} {
		r := count(n)
		if r.Input.RequestIDs != int64(n) || r.Problems[0].Requests != int64(n) || r.Categories[0].Requests+r.Categories[1].Requests+r.Categories[2].Requests+r.Categories[3].Requests+r.Categories[4].Requests != int64(n) || !r.Limits[0].Exact {
			t.Errorf("%d requests: input %d, problem %d, limits %+v", n, r.Input.RequestIDs, r.Problems[0].Requests, r.Limits[0])
		}
	}
	const n = 60_000
	r := count(n)
	for _, got := range []int64{r.Input.RequestIDs, r.Problems[0].Requests} {
		if got < n*97/100 || got > n*103/100 {
			t.Errorf("%d requests estimated as %d", n, got)
		}
	}
	if r.Limits[0].Exact {
		t.Error("the estimate is not said in the limits")
	}
}

// TestPlacesSink: with many requests fewer places are kept of each, by their
// number alone.
func TestPlacesSink(t *testing.T) {
	build := func(requests int) *Report {
		tally := NewTally(Options{})
		f := ordinary.finding(rand.New(rand.NewPCG(1, 1)), 0)
		for i := range 40 * requests {
			f.Offset = int64(i)
			f.IDs = []parse.ID{{Kind: "request", Value: time.Duration(i % requests).String()}}
			tally.Add(f)
		}
		return tally.Report(nil, Tool{})
	}
	for requests, want := range map[int]int{10: placesCap, 4096: placesCap, 4097: placesCap / 2, 9000: placesFloor} {
		if got := len(build(requests).Requests[0].ErrorsAt); got != want {
			t.Errorf("%d requests: %d places each, want %d", requests, got, want)
		}
	}
}

func TestMergeRefusesOtherPacks(t *testing.T) {
	a, b := NewTally(Options{Packs: "a"}), NewTally(Options{Packs: "b"})
	if err := a.Merge(b); !errors.Is(err, ErrPacks) {
		t.Errorf("got %v, want ErrPacks", err)
	}
	if err := a.Merge(a); err == nil {
		t.Error("a tally merged with itself")
	}
}

// TestAddKeepsCopies: what Add was given may change afterwards.
func TestAddKeepsCopies(t *testing.T) {
	f := ordinary.finding(rand.New(rand.NewPCG(1, 1)), 0)
	f.Fields = []string{"plan"}
	a := NewTally(Options{})
	a.Add(f)
	before := frameOf(t, a)
	f.Fields[0], f.IDs, f.Wait, *f.Record = "other", nil, nil, parse.Record{}
	if !bytes.Equal(frameOf(t, a), before) {
		t.Error("the tally changed with the finding")
	}
}
