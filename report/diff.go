package report

import (
	"cmp"
	"slices"
)

// The kinds of Change.
const (
	ChangeNew    = "new"    // there were no such errors before
	ChangeWorse  = "worse"  // there are more of them
	ChangeBetter = "better" // there are fewer
	ChangeGone   = "gone"   // there are none any more
)

// Diff is how the errors of one log, or of one time, differ from those of
// another. As in a Report, slices are non-nil and what is not known is nil or "".
type Diff struct {
	FormatVersion string `json:"format_version"`
	Tool          Tool   `json:"tool"`
	Interrupted   bool   `json:"interrupted"`

	Before Side `json:"before"`
	After  Side `json:"after"`

	// Timed says that errors are compared over equal time. It is false if a side
	// shows no times: then they are compared as they were counted.
	Timed bool `json:"timed"`

	Changes []Change `json:"changes"` // what rises, the largest rise first, then what falls

	// Rise and Fall say where all that rises, and all that falls, concentrates.
	Rise []Concentration `json:"rise"`
	Fall []Concentration `json:"fall"`

	Steady int64    `json:"steady"` // problems as frequent as before
	Unsure []string `json:"unsure"` // ids of problems that differ by no more than chance explains
}

// Side is one of the two that a Diff compares.
type Side struct {
	Window   Window  `json:"window"`
	Filters  Filters `json:"filters"`
	Input    Input   `json:"input"`
	Seconds  int64   `json:"seconds"` // that the window lasts, at least 60; 0 if it is not known
	Problems int64   `json:"problems"`
}

// Change is a problem that is more or less frequent than before.
type Change struct {
	Change  string  `json:"change"`
	Problem Problem `json:"problem"` // as it is after; one that is gone, as it was before

	Before   int64 `json:"before"`   // errors
	After    int64 `json:"after"`    // errors
	Expected int64 `json:"expected"` // errors that the rate before would give over the time of after, rounded

	Concentrates []Concentration `json:"concentrates"`
}

// Rises reports whether c is for the worse.
func (c *Change) Rises() bool { return c.Change == ChangeNew || c.Change == ChangeWorse }

// Compare returns how after differs from before. A problem has changed if all of
// this holds, n being its errors over equal time:
//
//   - the larger n is at least half more than the smaller;
//   - at least 5 errors were counted on the side of the larger n;
//   - the square of the difference is at least 12 times what chance gives it on
//     the average (3.5 standard deviations), which is the sum of the errors,
//     times the unsteadiness of the quieter side: the variance of its errors per
//     slot of the timeline over their mean, where that is above 1.
//
// So 12 errors are new beside none in as long a time, 30 are worse than 8, and
// 1,400 are not worse than 1,000. Where errors come in bursts or as retries,
// another burst is no change; the first one is. Of a thousand steady problems,
// less than one is taken for a changed one.
//
// Problems that a side counts as one, because there were too many to keep apart,
// are compared as one.
func Compare(before, after *Report) *Diff {
	d := &Diff{
		FormatVersion: FormatVersion, Tool: after.Tool, Interrupted: before.Interrupted || after.Interrupted,
		Before: side(before), After: side(after),
		Changes: []Change{}, Unsure: []string{},
	}
	d.Timed = d.Before.Seconds > 0 && d.After.Seconds > 0
	list := pairs(before.Problems, after.Problems)
	c := newComparison(d, list)
	var rise, fall pair
	for i := range list {
		p := &list[i]
		switch kind := c.judge(p); kind {
		case steady:
			d.Steady++
		case unsure:
			d.Unsure = append(d.Unsure, p.shown().ID)
		case ChangeNew, ChangeWorse:
			d.Changes = append(d.Changes, c.change(kind, p))
			rise.join(p)
		default:
			d.Changes = append(d.Changes, c.change(kind, p))
			fall.join(p)
		}
	}
	slices.SortStableFunc(d.Changes, c.order)
	d.Rise, d.Fall = c.concentrations(&rise), c.concentrations(&fall)
	return d
}

func side(r *Report) Side {
	s := Side{Window: r.Window, Filters: r.Filters, Input: r.Input, Problems: int64(len(r.Problems))}
	if w := r.Window; w.First != nil && w.Last != nil {
		s.Seconds = max(leastWindow, w.Last.Unix()-w.First.Unix()+1)
	}
	return s
}

// change tells how p has changed.
func (c *comparison) change(kind string, p *pair) Change {
	a, b := errorsOf(p.before), errorsOf(p.after)
	return Change{
		Change: kind, Problem: *p.shown(), Before: a, After: b, Expected: c.expected(a),
		Concentrates: c.concentrations(p),
	}
}

// order puts what rises first, and then what changed most.
func (c *comparison) order(x, y Change) int {
	return cmp.Or(
		-compareBools(x.Rises(), y.Rises()),
		cmp.Compare(magnitude(c.rise(y.Before, y.After)), magnitude(c.rise(x.Before, x.After))),
		cmp.Compare(x.Problem.ID, y.Problem.ID),
	)
}

func magnitude(n int64) int64 { return max(n, -n) }

// pair is a problem before and after. A side has several where the other counts
// many as one, and none where there were no errors.
type pair struct{ before, after []*Problem }

// join adds the problems of q to those of p.
func (p *pair) join(q *pair) {
	p.before = append(p.before, q.before...)
	p.after = append(p.after, q.after...)
}

// shown returns the problem that p is told by: one that counts many as one, else
// as it is after.
func (p *pair) shown() *Problem {
	all := slices.Concat(p.after, p.before)
	if i := slices.IndexFunc(all, func(x *Problem) bool { return x.Folded }); i >= 0 {
		return all[i]
	}
	return all[0]
}

func errorsOf(list []*Problem) (sum int64) {
	for _, p := range list {
		sum += p.Errors
	}
	return sum
}

// pairs finds the problems that are the same before and after.
func pairs(before, after []Problem) []pair {
	folds := folded(before, after)
	index := make(map[string]int)
	var list []pair
	at := func(p *Problem) *pair {
		id := folds.id(p)
		i, found := index[id]
		if !found {
			i = len(list)
			index[id] = i
			list = append(list, pair{})
		}
		return &list[i]
	}
	for i := range after {
		x := at(&after[i])
		x.after = append(x.after, &after[i])
	}
	for i := range before {
		x := at(&before[i])
		x.before = append(x.before, &before[i])
	}
	return list
}

// folds are the folded problems, the ones that cover most first.
type folds []*Problem

func folded(sides ...[]Problem) folds {
	var list folds
	for _, problems := range sides {
		for i := range problems {
			if problems[i].Folded {
				list = append(list, &problems[i])
			}
		}
	}
	slices.SortStableFunc(list, func(x, y *Problem) int {
		return cmp.Or(cmp.Compare(x.parts(), y.parts()), cmp.Compare(x.ID, y.ID))
	})
	return list
}

// id returns the id of the problem that p is counted in.
func (f folds) id(p *Problem) string {
	for _, fold := range f {
		if fold.covers(p) {
			return fold.ID
		}
	}
	return p.ID
}

// parts counts the parts of the key on which all errors of p agree.
func (p *Problem) parts() (n int) {
	if p.Status != nil {
		n++
	}
	for _, part := range []string{p.Code, p.Method, p.Route} {
		if part != "" {
			n++
		}
	}
	return n
}

// covers reports whether q would be counted in p, which is folded.
func (p *Problem) covers(q *Problem) bool {
	return p.Category == q.Category && (p.Status == nil || q.Status != nil && *p.Status == *q.Status) &&
		(p.Code == "" || p.Code == q.Code) && (p.Method == "" || p.Method == q.Method) && (p.Route == "" || p.Route == q.Route)
}
