package report

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"analyzer/classify"
	"analyzer/parse"
)

// Trail collects the lines of a Trace. It is safe for concurrent use, and what it
// tells does not depend on the order in which lines come, as long as those of one
// record come in the record's order.
type Trail struct {
	mutex    sync.Mutex
	most     int // lines kept of the beginning, and as many of the end
	lines    []trailLine
	found    int64
	filtered *Trail // of the lines that are not asked for, nil if there are none
	cut      bool   // lines between beginning and end were dropped
}

// trailLine is a line while the story is collected.
type trailLine struct {
	place
	TraceLine
	ids  []parse.ID
	wait *int64 // that the API asked for, in milliseconds
}

// NewTrail returns an empty story that keeps its first and its last most lines.
func NewTrail(most int) *Trail { return &Trail{most: most} }

// Add adds the line of f, an API error if it has a category, which belongs to the
// story by the ID carried.
func (tr *Trail) Add(f *classify.Finding, carried string) {
	l := newTrailLine(f, carried)
	tr.mutex.Lock()
	defer tr.mutex.Unlock()
	tr.found++
	tr.lines = append(tr.lines, l)
	if len(tr.lines) >= 4*tr.most {
		tr.trim()
	}
}

// AddFiltered adds a line that is not asked for. It counts as filtered, and its
// IDs are those of the story all the same.
func (tr *Trail) AddFiltered(f *classify.Finding) {
	tr.mutex.Lock()
	defer tr.mutex.Unlock()
	if tr.filtered == nil {
		tr.filtered = NewTrail(tr.most)
	}
	tr.filtered.Add(f, "")
}

func newTrailLine(f *classify.Finding, carried string) trailLine {
	l := trailLine{
		place: place{instant(f.Time), f.Source, f.Offset, f.Line},
		ids:   slices.Clone(f.IDs),
		TraceLine: TraceLine{
			Place:   Place{f.Source, f.Line, f.Offset},
			Time:    reportTime(instant(f.Time)),
			Carries: carried, Level: f.Level, Service: clip(f.Service, valueBytes),
			Method: f.Method, Path: clip(f.Path, keyBytes), Operation: clip(f.Operation, valueBytes),
			Status:  reportStatus(cmp.Or(f.Status, f.Problem.Status)),
			Message: strings.Clone(clip(cmp.Or(f.Message, f.Text), messageBytes)),
		},
	}
	if f.Attempt > 0 {
		attempt := f.Attempt
		l.Attempt = &attempt
	}
	if f.Category != 0 {
		l.Category, l.Problem = f.Category.String(), f.Problem.ID()
	}
	if f.Wait != nil {
		wait := f.Wait.Milliseconds()
		l.wait = &wait
	}
	return l
}

// trim puts the lines in order and drops those in the middle.
func (tr *Trail) trim() {
	slices.SortStableFunc(tr.lines, func(a, b trailLine) int { return comparePlaces(&a.place, &b.place) })
	if n := len(tr.lines); n > 2*tr.most {
		tr.cut = true
		tr.lines = slices.Delete(tr.lines, tr.most, n-tr.most)
	}
}

// mostFollowed is how many other IDs of a story are followed: each is searched
// for in all files.
const mostFollowed = 8

// leastFollowed is the length of the shortest ID that is followed: a shorter one
// stands for other things, too.
const leastFollowed = 8

// idsListed other IDs are in a Trace.
const idsListed = 100

// Follow returns the other IDs that the lines carry and that lead to more of the
// story: those that link most come first.
func (tr *Trail) Follow(id string) []string {
	tr.mutex.Lock()
	defer tr.mutex.Unlock()
	var follow []string
	for _, other := range tr.otherIDs(id) {
		if len(follow) < mostFollowed && len(other.Value) >= leastFollowed {
			follow = append(follow, other.Value)
		}
	}
	return follow
}

// otherIDs counts the IDs that the lines carry besides id.
func (tr *Trail) otherIDs(id string) []TraceID {
	others := []TraceID{}
	index := map[parse.ID]int{}
	for _, l := range tr.all() {
		for _, own := range l.ids {
			at, known := index[own]
			if !known {
				at = len(others)
				index[own] = at
				others = append(others, TraceID{Kind: own.Kind, Value: own.Value})
			}
			others[at].Lines++
		}
	}
	others = slices.DeleteFunc(others, func(o TraceID) bool { return o.Value == id })
	slices.SortFunc(others, func(a, b TraceID) int {
		return cmp.Or(cmp.Compare(linkRank(a.Kind), linkRank(b.Kind)), cmp.Compare(b.Lines, a.Lines), strings.Compare(a.Value, b.Value))
	})
	return others
}

// all returns the lines that are kept, also those that are not asked for.
func (tr *Trail) all() []trailLine {
	tr.trim()
	if tr.filtered == nil {
		return tr.lines
	}
	tr.filtered.trim()
	return slices.Concat(tr.lines, tr.filtered.lines)
}

// linkRank orders the kinds of IDs as they link the lines of several services.
func linkRank(kind string) int {
	return slices.Index([]string{"trace", "correlation", "request", "operation"}, kind)
}

// kindOf returns what the lines take id for, the preferred kind if for several.
func (tr *Trail) kindOf(id string) (kind string) {
	for _, l := range tr.all() {
		for _, own := range l.ids {
			if own.Value == id && (kind == "" || kindRank(own.Kind) < kindRank(kind)) {
				kind = own.Kind
			}
		}
	}
	return kind
}

// Trace tells the story of id, of which followed are other IDs whose lines are
// in it. What is known of sources, filters and problems comes from r, which
// counted the errors among the lines.
func (tr *Trail) Trace(id string, followed []string, r *Report) *Trace {
	tr.mutex.Lock()
	defer tr.mutex.Unlock()
	tr.trim()
	t := &Trace{
		FormatVersion: r.FormatVersion, Tool: r.Tool, Interrupted: r.Interrupted,
		ID: id, Kind: tr.kindOf(id),
		Window: Window{Since: r.Window.Since, Until: r.Window.Until}, Filters: r.Filters,
		Sources: []TraceSource{}, Skipped: r.Input.SkippedBytes, Found: tr.found, Services: []TraceService{}, IDs: tr.otherIDs(id),
		Retries: []Retried{}, Lines: []TraceLine{}, Problems: r.Problems, Fields: r.Fields,
	}
	if tr.filtered != nil {
		t.Filtered = tr.filtered.found
	}
	for _, x := range r.Input.Sources {
		t.Sources = append(t.Sources, TraceSource{x.Name, x.Status, x.Reason, x.Bytes})
	}
	t.IDs = t.IDs[:min(len(t.IDs), idsListed)]
	for i := range t.IDs {
		t.IDs[i].Followed = slices.Contains(followed, t.IDs[i].Value)
	}
	if tr.cut {
		t.LeftOut, t.LeftOutAfter = tr.found-int64(len(tr.lines)), tr.most
	}
	tr.tell(t)
	return t
}

// tell fills in what follows from the order of the lines.
func (tr *Trail) tell(t *Trace) {
	tried := &retries{open: map[tryKey]*tries{}}
	services := map[string]int{}
	for i := range tr.lines {
		l := &tr.lines[i]
		if tr.cut && i == tr.most {
			clear(tried.open) // what came between is not known
		} else if i > 0 {
			l.Gap = between(&tr.lines[i-1], l)
		}
		if l.Time != nil {
			t.Window.Last = l.Time
			t.Window.First = cmp.Or(t.Window.First, l.Time)
		}
		t.count(&l.TraceLine, services)
		if timed := l.Time != nil || t.Window.First == nil; timed && l.answers() {
			t.Outcome = &l.TraceLine
			tried.add(l)
		}
		t.Lines = append(t.Lines, l.TraceLine)
	}
	t.Retries = append(t.Retries, tried.all()...)
}

// count counts l for its service, whose place in the list index knows.
func (t *Trace) count(l *TraceLine, index map[string]int) {
	i, known := index[l.Service]
	if !known {
		i = len(t.Services)
		index[l.Service] = i
		t.Services = append(t.Services, TraceService{Service: l.Service})
	}
	t.Services[i].Lines++
	if l.Category != "" {
		t.Services[i].Errors++
	}
}
