package report

// problem is what is kept of a group of errors. It is a leaf of the key tree:
// one problem, or many that were folded into one.
type problem struct {
	key    joinedKey
	errors int64
	withID int64 // errors that have a request ID
	span   span
	first  place // minimum

	timeline timeline
	by       [len(dimensions)]values
	callers  distinct
	requests distinct
	waits    waits
	limit    string // the smallest that is named
	fields   names
	verdict  verdict // minimum
	samples  samples

	recent *path // the last path counted, kept so that places can share it; no part of the state
}

// dimensions are what a problem's errors are broken down by.
var dimensions = [...]func(*event) string{
	func(e *event) string { return e.Service },
	func(e *event) string { return e.Caller },
	func(e *event) string { return e.Version },
	func(e *event) string { return e.Host },
	func(e *event) string { return e.Resource },
}

func newProblem() *problem {
	return &problem{span: noSpan, first: place{time: noTime}}
}

func (p *problem) add(e *event) {
	if p.errors == 0 {
		p.key = keyOf(&e.Problem)
	} else {
		p.key.add(&e.Problem)
	}
	p.errors++
	p.when(e)
	for i, value := range dimensions {
		p.by[i].add(value(e), 1)
	}
	if e.Caller != "" {
		p.callers.add(e.callerHash)
	}
	if e.request != "" {
		p.withID++
		p.requests.add(e.requestHash)
	}
	if e.Wait != nil {
		p.waits.add(e.Wait.Milliseconds())
	}
	p.limit = smallerText(p.limit, clip(e.Limit, valueBytes))
	for _, name := range e.Fields {
		p.fields.add(name, problemFieldsCap)
	}
	p.verdict.add(e.Finding)
	p.samples.add(sample{hash: e.placeHash, place: e.place, request: e.request, message: e.Message})
}

// when counts the time and place of e.
func (p *problem) when(e *event) {
	if p.errors == 1 || comparePlaces(&e.place, &p.first) < 0 {
		p.first = e.place
	}
	if e.place.time != noTime {
		p.span.add(e.place.time)
		p.timeline.add(e.place.time, 1)
	}
}

// sharedPath returns e's path in memory that many places can point to.
func (p *problem) sharedPath(e *event) *path {
	if p.recent == nil || *p.recent != e.path {
		kept := e.path
		p.recent = &kept
	}
	return p.recent
}

func (p *problem) merge(u *problem) {
	if comparePlaces(&u.first, &p.first) < 0 {
		p.first = u.first
	}
	p.key.merge(&u.key)
	p.errors += u.errors
	p.withID += u.withID
	p.span.merge(u.span)
	p.timeline.merge(&u.timeline)
	for i := range p.by {
		p.by[i].merge(&u.by[i])
	}
	p.callers.merge(&u.callers)
	p.requests.merge(&u.requests)
	p.waits.merge(u.waits)
	p.limit = smallerText(p.limit, u.limit)
	p.fields.merge(&u.fields, problemFieldsCap)
	p.verdict.merge(&u.verdict)
	p.samples.merge(u.samples)
}

func (p *problem) encode(e *encoder) {
	p.key.encode(e)
	e.int(p.errors)
	e.int(p.withID)
	p.span.encode(e)
	p.first.encode(e)
	p.timeline.encode(e)
	for i := range p.by {
		p.by[i].encode(e)
	}
	p.callers.encode(e)
	p.requests.encode(e)
	p.waits.encode(e)
	e.str(p.limit)
	p.fields.encode(e)
	p.verdict.encode(e)
	p.samples.encode(e)
}

func (p *problem) decode(d *decoder) {
	p.key.decode(d)
	p.errors = d.int()
	p.withID = d.int()
	p.span.decode(d)
	p.first.decode(d)
	p.timeline.decode(d)
	for i := range p.by {
		p.by[i].decode(d)
	}
	p.callers.decode(d)
	p.requests.decode(d)
	p.waits.decode(d)
	p.limit = d.str(valueBytes)
	p.fields.decode(d, problemFieldsCap)
	p.verdict.decode(d)
	p.samples.decode(d)
}
