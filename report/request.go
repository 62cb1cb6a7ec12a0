package report

import (
	"cmp"
	"slices"
	"strings"
)

// requests follows those request IDs, or derived names, whose hashes are the
// smallest, each of them exactly. What is said of all requests is counted over
// the set of real IDs.
type requests struct {
	smallest[request]
	places int // how many errors of one request are kept

	singlePlaces   singles[errorAt]
	singleProblems singles[*path]
}

// identity is what makes an error one of a request.
type identity struct {
	name, kind string
	hash       uint64 // of name
}

// request is what happened under one request ID or derived name.
type request struct {
	kind     string // the preferred one of those seen
	errors   int64
	span     span
	fields   names
	places   []errorAt // the earliest, ascending
	problems []*path   // the smallest paths, ascending: all problems that it met, unless more
	more     bool      // it met others
}

// errorAt is an error of a request. The problem is named by its path, since
// only the finished tree knows where that leads.
type errorAt struct {
	place
	path *path
}

func newRequests(limit int) requests {
	return requests{smallest: newSmallest[request](limit), places: placesCap}
}

// add counts e, an error of problem p, under id.
func (r *requests) add(id identity, e *event, p *problem) {
	v, isNew := r.at(id.hash, id.name)
	if v == nil {
		return
	}
	if isNew {
		*v = request{span: noSpan, kind: id.kind, places: r.singlePlaces.emptied(v.places), problems: r.singleProblems.emptied(v.problems)}
		if r.lowerPlaces() {
			r.cutPlaces()
		}
	}
	v.errors++
	v.span.add(e.place.time)
	v.preferKind(id.kind)
	for _, name := range e.Fields {
		v.fields.add(name, requestFieldsCap)
	}
	at := v.known(&e.path)
	if at == nil {
		at = p.sharedPath(e)
		v.addProblem(at)
	}
	v.addPlace(errorAt{e.place, at}, r.places)
}

// lowerPlaces lowers the number of places per request as the requests become
// many, so that all together stay within placesBudget. It looks at nothing but
// their number, which never sinks. It says whether something changed.
func (r *requests) lowerPlaces() bool {
	return lower(&r.places, placesFloor, placesBudget, len(r.all))
}

func (r *requests) cutPlaces() {
	for i := range r.all {
		if v := &r.all[i].value; len(v.places) > r.places {
			v.places = slices.Clone(v.places[:r.places])
		}
	}
}

// preferKind takes kind if it is preferred to the one known.
func (v *request) preferKind(kind string) {
	if kind == v.kind {
		return
	}
	if cmp.Or(cmp.Compare(kindRank(kind), kindRank(v.kind)), strings.Compare(kind, v.kind)) < 0 {
		v.kind = kind
	}
}

// kindRank orders the kinds of IDs as they are trusted to name one request.
func kindRank(kind string) int {
	switch kind {
	case "request":
		return 0
	case "correlation":
		return 1
	case "trace":
		return 2
	case "operation":
		return 3
	}
	return 4
}

// known returns p among the problems that v met, nil if it is none of them.
func (v *request) known(p *path) *path {
	if i, found := slices.BinarySearchFunc(v.problems, p, comparePaths); found {
		return v.problems[i]
	}
	return nil
}

func (v *request) addPlace(at errorAt, limit int) {
	v.places, _ = insertCut(v.places, at, limit, compareErrors)
}

func (v *request) addProblem(p *path) {
	var cut bool
	v.problems, cut = insertCut(v.problems, p, requestProblemsCap, comparePaths)
	v.more = v.more || cut
}

// insertCut puts x into the sorted set s and cuts it to the limit smallest. It
// says whether one was cut.
func insertCut[T any](s []T, x T, limit int, compare func(a, b T) int) ([]T, bool) {
	i, found := len(s), false
	if i > 0 && compare(s[i-1], x) >= 0 { // most come in order
		i, found = slices.BinarySearchFunc(s, x, compare)
	}
	switch {
	case found:
		return s, false
	case i == limit:
		return s, true
	}
	return insertAt(s, i, x, limit), len(s) == limit
}

// insertAt makes x the i-th of s, which is cut to the limit first.
func insertAt[T any](s []T, i int, x T, limit int) []T {
	return slices.Insert(s[:min(len(s), limit-1)], i, x)
}

func compareErrors(a, b errorAt) int {
	return cmp.Or(comparePlaces(&a.place, &b.place), comparePaths(a.path, b.path))
}

func comparePaths(a, b *path) int {
	if a == b {
		return 0
	}
	return slices.Compare(a[:], b[:])
}

// merge adds all of u, which is left unusable.
func (r *requests) merge(u *requests) {
	r.places = min(r.places, u.places)
	joinEntries(&r.smallest, &u.smallest, func(v, x *request) { v.merge(x, r.places) })
	r.lowerPlaces()
	r.cutPlaces()
}

func (v *request) merge(u *request, places int) {
	v.preferKind(u.kind)
	v.errors += u.errors
	v.span.merge(u.span)
	v.fields.merge(&u.fields, requestFieldsCap)
	for _, at := range u.places {
		v.addPlace(at, places)
	}
	for _, p := range u.problems {
		v.addProblem(p)
	}
	v.more = v.more || u.more
}

func (r *requests) encode(e *encoder) { encodeEntries(e, &r.smallest) }

func (r *requests) decode(d *decoder) {
	*r = newRequests(r.limit)
	decodeEntries(d, &r.smallest, 12, valueBytes, "requests", func(name string) bool { return name != "" })
	r.lowerPlaces()
	r.cutPlaces()
}

func (v *request) encode(e *encoder) {
	e.str(v.kind)
	e.int(v.errors)
	v.span.encode(e)
	v.fields.encode(e)
	e.len(len(v.places))
	for i := range v.places {
		v.places[i].place.encode(e)
		e.path(v.places[i].path)
	}
	e.bool(v.more)
	e.len(len(v.problems))
	for _, p := range v.problems {
		e.path(p)
	}
}

func (v *request) decode(d *decoder) {
	v.kind = d.str(valueBytes)
	if v.errors = d.int(); v.errors == 0 {
		d.fail("request without an error")
	}
	v.span.decode(d)
	v.fields.decode(d, requestFieldsCap)
	v.places = make([]errorAt, d.len(placesCap, 5))
	for i := range v.places {
		v.places[i].place.decode(d)
		v.places[i].path = d.path()
		if i > 0 && compareErrors(v.places[i-1], v.places[i]) >= 0 {
			d.fail("errors out of order")
		}
	}
	v.more = d.bool()
	v.problems = make([]*path, d.len(requestProblemsCap, 1))
	for i := range v.problems {
		v.problems[i] = d.path()
		if i > 0 && comparePaths(v.problems[i-1], v.problems[i]) >= 0 {
			d.fail("problems out of order")
		}
	}
	if v.more && len(v.problems) < requestProblemsCap {
		d.fail("cut set below its cap")
	}
}
