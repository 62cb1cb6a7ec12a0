package report

import (
	"cmp"
	"slices"
	"strings"

	"analyzer/classify"
)

// What an error may lack in the log, in the order of the JSON report's keys.
const (
	gapStatus = iota
	gapMessage
	gapField // of validation errors only: others need name none
	gapRequestID
	gapMethod
	gapTime
	numGaps
)

// gaps tells whether an error lacks each of these.
var gaps = [numGaps]func(*event) bool{
	gapStatus:    func(e *event) bool { return e.Problem.Status == 0 },
	gapMessage:   func(e *event) bool { return e.Message == "" },
	gapField:     func(e *event) bool { return e.Category == classify.Validation && len(e.Fields) == 0 },
	gapRequestID: func(e *event) bool { return e.request == "" },
	gapMethod:    func(e *event) bool { return e.Method == "" },
	gapTime:      func(e *event) bool { return e.place.time == noTime },
}

// lacks counts errors, and those of them that lack something.
type lacks struct {
	errors  int64
	without [numGaps]int64
}

func lacksOf(e *event) lacks {
	l := lacks{errors: 1}
	for i, isGap := range gaps {
		if isGap(e) {
			l.without[i] = 1
		}
	}
	return l
}

func (l *lacks) add(u *lacks) {
	l.errors += u.errors
	for i, n := range u.without {
		l.without[i] += n
	}
}

// quality says what the log of each service leaves out. It folds as values do:
// with more than valuesCap services all of them become one.
type quality struct {
	services []serviceLacks // by name
	total    lacks
	many     bool
}

type serviceLacks struct {
	name string // "" if errors name none
	lacks
}

func (q *quality) add(service string, l *lacks) {
	q.total.add(l)
	if q.many {
		return
	}
	service = clip(service, valueBytes)
	i, found := slices.BinarySearchFunc(q.services, service, byServiceName)
	switch {
	case found:
		q.services[i].add(l)
	case len(q.services) == valuesCap:
		q.services, q.many = nil, true
	default:
		q.services = slices.Insert(q.services, i, serviceLacks{strings.Clone(service), *l})
	}
}

func byServiceName(s serviceLacks, name string) int { return cmp.Compare(s.name, name) }

func (q *quality) merge(u *quality) {
	if u.many {
		q.services, q.many = nil, true
		q.total.add(&u.total)
		return
	}
	for i := range u.services {
		q.add(u.services[i].name, &u.services[i].lacks)
	}
}

// report lists the services, the one that leaves out most first.
func (q *quality) report() []Quality {
	list := []Quality{}
	if q.many {
		return append(list, q.total.report(manyValue))
	}
	services := slices.Clone(q.services)
	slices.SortStableFunc(services, func(a, b serviceLacks) int {
		return cmp.Or(cmp.Compare(b.worst(), a.worst()), cmp.Compare(b.errors, a.errors))
	})
	for _, s := range services {
		list = append(list, s.report(s.name))
	}
	return list
}

// worst is the largest number of errors that lack the same thing.
func (l *lacks) worst() int64 { return slices.Max(l.without[:]) }

func (l *lacks) report(service string) Quality {
	return Quality{
		Service:          service,
		Errors:           l.errors,
		WithoutStatus:    l.without[gapStatus],
		WithoutMessage:   l.without[gapMessage],
		WithoutField:     l.without[gapField],
		WithoutRequestID: l.without[gapRequestID],
		WithoutMethod:    l.without[gapMethod],
		WithoutTime:      l.without[gapTime],
		Advice:           l.advice(),
	}
}

// isMuch reports whether at least a tenth of the errors lack something.
func (l *lacks) isMuch(gap int) bool { return l.without[gap] > (l.errors-1)/10 }

// answered are the parts of an API's answer that a log should repeat.
var answered = [...]struct {
	gap  int
	name string
}{
	{gapStatus, "status code"}, {gapMessage, "message"}, {gapField, "affected fields"}, {gapRequestID, "request ID (x-request-id)"},
}

// advice says what to log, "" if nothing much is missing.
func (l *lacks) advice() string {
	var parts, clauses []string
	for _, part := range answered {
		if l.isMuch(part.gap) {
			parts = append(parts, part.name)
		}
	}
	if len(parts) > 0 {
		clauses = append(clauses, "the "+joinAnd(parts)+" of error responses")
	}
	if l.isMuch(gapMethod) {
		clauses = append(clauses, "the method and path of requests")
	}
	if l.isMuch(gapTime) {
		clauses = append(clauses, "the time of each event")
	}
	if len(clauses) == 0 {
		return ""
	}
	return "Log " + joinAnd(clauses) + "."
}

func joinAnd(list []string) string {
	last := len(list) - 1
	if last == 0 {
		return list[0]
	}
	return strings.Join(list[:last], ", ") + " and " + list[last]
}

func (q *quality) encode(e *encoder) {
	e.bool(q.many)
	if q.many {
		q.total.encode(e)
		return
	}
	e.len(len(q.services))
	for i := range q.services {
		e.str(q.services[i].name)
		q.services[i].encode(e)
	}
}

func (q *quality) decode(d *decoder) {
	if q.many = d.bool(); q.many {
		q.total.decode(d)
		return
	}
	q.services = make([]serviceLacks, d.len(valuesCap, 2+numGaps))
	for i := range q.services {
		s := &q.services[i]
		s.name = d.str(valueBytes)
		s.decode(d)
		if i > 0 && s.name <= q.services[i-1].name {
			d.fail("services out of order")
		}
		q.total.add(&s.lacks)
	}
}

func (l *lacks) encode(e *encoder) {
	e.int(l.errors)
	for _, n := range l.without {
		e.int(n)
	}
}

func (l *lacks) decode(d *decoder) {
	l.errors = d.int()
	for i := range l.without {
		l.without[i] = d.int()
	}
}
