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
func (s *Trail) Add(f *classify.Finding, carried string) {
	l := newTrailLine(f, carried)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.found++
	s.lines = append(s.lines, l)
	if len(s.lines) >= 4*s.most {
		s.trim()
	}
}

// AddFiltered adds a line that is not asked for. It counts as filtered, and its
// IDs are those of the story all the same.
func (s *Trail) AddFiltered(f *classify.Finding) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.filtered == nil {
		s.filtered = NewTrail(s.most)
	}
	s.filtered.Add(f, "")
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
func (s *Trail) trim() {
	slices.SortStableFunc(s.lines, func(a, b trailLine) int { return comparePlaces(&a.place, &b.place) })
	if n := len(s.lines); n > 2*s.most {
		s.cut = true
		s.lines = slices.Delete(s.lines, s.most, n-s.most)
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
func (s *Trail) Follow(id string) []string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	var follow []string
	for _, other := range s.otherIDs(id) {
		if len(follow) < mostFollowed && len(other.Value) >= leastFollowed {
			follow = append(follow, other.Value)
		}
	}
	return follow
}

// otherIDs counts the IDs that the lines carry besides id.
func (s *Trail) otherIDs(id string) []TraceID {
	others := []TraceID{}
	index := map[parse.ID]int{}
	for _, l := range s.all() {
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
func (s *Trail) all() []trailLine {
	s.trim()
	if s.filtered == nil {
		return s.lines
	}
	s.filtered.trim()
	return slices.Concat(s.lines, s.filtered.lines)
}

// linkRank orders the kinds of IDs as they link the lines of several services.
func linkRank(kind string) int {
	return slices.Index([]string{"trace", "correlation", "request", "operation"}, kind)
}

// kindOf returns what the lines take id for, the preferred kind if for several.
func (s *Trail) kindOf(id string) (kind string) {
	for _, l := range s.all() {
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
func (s *Trail) Trace(id string, followed []string, r *Report) *Trace {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.trim()
	t := &Trace{
		FormatVersion: r.FormatVersion, Tool: r.Tool, Interrupted: r.Interrupted,
		ID: id, Kind: s.kindOf(id),
		Window: Window{Since: r.Window.Since, Until: r.Window.Until}, Filters: r.Filters,
		Sources: []TraceSource{}, Skipped: r.Input.SkippedBytes, Found: s.found, Services: []TraceService{}, IDs: s.otherIDs(id),
		Retries: []Retried{}, Lines: []TraceLine{}, Problems: r.Problems, Fields: r.Fields,
	}
	if s.filtered != nil {
		t.Filtered = s.filtered.found
	}
	for _, x := range r.Input.Sources {
		t.Sources = append(t.Sources, TraceSource{x.Name, x.Status, x.Reason, x.Bytes})
	}
	t.IDs = t.IDs[:min(len(t.IDs), idsListed)]
	for i := range t.IDs {
		t.IDs[i].Followed = slices.Contains(followed, t.IDs[i].Value)
	}
	if s.cut {
		t.LeftOut, t.LeftOutAfter = s.found-int64(len(s.lines)), s.most
	}
	s.tell(t)
	return t
}

// tell fills in what follows from the order of the lines.
func (s *Trail) tell(t *Trace) {
	tried := &retries{open: map[tryKey]*tries{}}
	services := map[string]int{}
	for i := range s.lines {
		l := &s.lines[i]
		if s.cut && i == s.most {
			clear(tried.open) // what came between is not known
		} else if i > 0 {
			l.Gap = between(&s.lines[i-1], l)
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

// between returns the milliseconds from a to b, nil if one has no time.
func between(a, b *trailLine) *int64 {
	if a.time == noTime || b.time == noTime {
		return nil
	}
	gap := (b.time - a.time) / 1e6
	return &gap
}

// tryKey is what a retry repeats.
type tryKey struct{ service, method, path, operation string }

// tries is a call and its tries, each of which but the last failed.
type tries struct {
	Retried
	last *trailLine
}

// retries finds the retries among answers that come in order of time.
type retries struct {
	open  map[tryKey]*tries
	order []*tries
}

// add adds an answer: another try, if the one before of the same call failed.
func (c *retries) add(l *trailLine) {
	key := tryKey{l.Service, l.Method, l.Path, l.Operation}
	x := c.open[key]
	switch {
	case x != nil && x.last.Failed() && sameTry(x.last, l):
	case x != nil && x.last.Failed():
		x.Waits = append(x.Waits, Taken{Asked: x.last.wait, Taken: between(x.last, l)})
		x.Tries++
	default:
		x = &tries{Retried: Retried{Service: l.Service, Method: l.Method, Path: l.Path, Operation: l.Operation, Tries: 1}}
		c.open[key] = x
		c.order = append(c.order, x)
	}
	x.last, x.Status, x.Failed = l, l.Status, l.Failed()
}

// sameTry reports whether two lines are about one try, by the log's own count.
func sameTry(a, b *trailLine) bool {
	return a.Attempt != nil && b.Attempt != nil && *a.Attempt == *b.Attempt
}

// all returns the calls that were tried again, in order of their first try.
func (c *retries) all() (retried []Retried) {
	for _, x := range c.order {
		if x.Tries > 1 {
			retried = append(retried, x.Retried)
		}
	}
	return retried
}
