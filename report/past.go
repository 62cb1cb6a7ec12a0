package report

import (
	"cmp"
	"slices"
)

// Past is what earlier runs over the same logs tell of problems.
type Past struct {
	Run     int64           // number of the run that the report is of
	Since   *Time           // up to when the log had been read before
	Known   map[string]Life // by the problem's id; those of earlier runs
	Before  *Baseline       // the runs before, back to a window as long as this one; nil for the first run
	WeekAgo *Baseline       // the same time a week ago; nil unless the runs cover it
}

// Life is what is known of a problem over all runs.
type Life struct {
	ID       string `json:"id"`
	Category string `json:"category"`
	Status   *int   `json:"status"`
	Code     string `json:"code"`
	Method   string `json:"method"`
	Route    string `json:"route"`
	Message  string `json:"message"`
	First    *Time  `json:"first"`
	Last     *Time  `json:"last"`
	Errors   int64  `json:"errors"`
	Runs     int64  `json:"runs"` // in which it occurred
}

// lifeOf returns what p alone tells.
func lifeOf(p *Problem) Life {
	return Life{
		ID: p.ID, Category: p.Category, Status: p.Status, Code: p.Code, Method: p.Method, Route: p.Route, Message: p.Message,
		First: p.First, Last: p.Last, Errors: p.Errors, Runs: 1,
	}
}

// add adds what a later run tells.
func (l *Life) add(u *Life) {
	if u.First != nil && (l.First == nil || u.First.Before(l.First.Time)) {
		l.First = u.First
	}
	if u.Last != nil && (l.Last == nil || u.Last.After(l.Last.Time)) {
		l.Last = u.Last
	}
	l.Errors += u.Errors
	l.Runs += u.Runs
}

// Baseline is a window of the past: the errors of each problem that occurred in
// it, by id, for as much time as the window that it is compared with has. Rounded
// down, they may be 0.
type Baseline struct {
	First  *Time // where the window begins
	Errors map[string]int64
}

// of returns the errors of a problem, and whether it occurred; b may be nil.
func (b *Baseline) of(id string) (errors int64, occurred bool) {
	if b == nil {
		return 0, false
	}
	errors, occurred = b.Errors[id]
	return errors, occurred
}

// History is what changed since earlier runs.
type History struct {
	Run      int64    `json:"run"`
	Since    *Time    `json:"since"`    // up to when the log had been read before; nil for the first run
	Problems []Course `json:"problems"` // those of this run, and those that are gone; changes first
}

// Course is how a problem went on, over all runs and in this one.
type Course struct {
	Life
	Change string `json:"change"` // new, returned, worse, gone; "" if it goes on as before
	Now    int64  `json:"now"`    // its errors in this run
	Before int64  `json:"before"` // in a window of equal length: that of a week ago, if it tells, else the last one
}

// ChangeReturned is what a problem is that had been gone.
const ChangeReturned = "returned"

// urgency orders the values of Course.Change.
var urgency = []string{ChangeNew, ChangeReturned, ChangeWorse, ChangeGone, ""}

// Compare sets r.History to what past tells of its problems. That one is gone is
// said only if the log went on, for so long that it would have failed again.
func (r *Report) Compare(past *Past) {
	h := &History{Run: past.Run, Since: past.Since, Problems: []Course{}}
	present := make(map[string]bool)
	for i := range r.Problems {
		p := &r.Problems[i]
		present[p.ID] = true
		h.Problems = append(h.Problems, past.course(p))
	}
	for id, life := range past.Known {
		if before, _ := past.Before.of(id); !present[id] && r.Input.Records > 0 && before > 0 && !past.isUsual(&life) {
			h.Problems = append(h.Problems, Course{Life: life, Change: ChangeGone, Before: before})
		}
	}
	slices.SortFunc(h.Problems, compareCourses)
	r.History = h
}

func compareCourses(a, b Course) int {
	return cmp.Or(
		cmp.Compare(slices.Index(urgency, a.Change), slices.Index(urgency, b.Change)),
		cmp.Compare(max(b.Now, b.Before), max(a.Now, a.Before)),
		cmp.Compare(a.ID, b.ID),
	)
}

// course says how p, which has errors now, went on.
func (past *Past) course(p *Problem) Course {
	before, recently := past.Before.of(p.ID)
	if weekAgo, then := past.WeekAgo.of(p.ID); then {
		before, recently = weekAgo, true
	}
	c := Course{Life: lifeOf(p), Now: p.Errors, Before: before}
	life, known := past.Known[p.ID]
	if known {
		life.add(&c.Life)
		c.Life = life
	}
	switch {
	case past.Before == nil: // the first run has nothing to compare with
	case !known:
		c.Change = ChangeNew
	case !recently:
		c.Change = ChangeReturned
	case isWorse(c.Now, before):
		c.Change = ChangeWorse
	}
	return c
}

// isUsual says whether it is no news that a problem has no errors now: it existed
// a week ago and was as quiet at this time.
func (past *Past) isUsual(l *Life) bool {
	if past.WeekAgo == nil || l.First == nil || !l.First.Before(past.WeekAgo.First.Time) {
		return false
	}
	_, occurred := past.WeekAgo.of(l.ID)
	return !occurred
}

// isWorse says whether now, compared with before over equal time, is a change for
// the worse as Compare sees it.
func isWorse(now, before int64) bool {
	c := &comparison{before: 1, after: 1}
	return now*growthBase >= before*growth && now >= leastChanged && c.surprising(now-before, now+before, 1)
}
