package report

import (
	"errors"
	"strings"
	"sync"

	"analyzer/classify"
	"analyzer/parse"
)

// Options say under which rules findings were made.
type Options struct {
	Packs string // fingerprint of the packs in force

	// Full says that the successes are added too, with AddSuccess, so that the
	// report may rely on there being no others.
	Full bool

	// Filter says which errors are asked for; the zero Filter asks for all. Nil
	// is for a tally that others are merged into: it takes the Filter of theirs.
	Filter *Filter
}

// ErrPacks says that two tallies were made under different packs, so that their
// problems do not mean the same.
var ErrPacks = errors.New("tallies were made under different packs")

// Tally is the running count of findings and of what else was read. Its state
// depends on what was added, not on the order, on how it was split over
// several tallies or on how those were merged. Memory is bounded, see caps.go.
//
// A Tally may be used by one goroutine at a time.
type Tally struct {
	packs       string
	filter      filter
	interrupted bool
	withoutID   int64 // errors without a request ID; sum
	notes       [numNotes]int64
	quality     quality
	problems    tree[*problem]
	fields      tree[*field]
	requests    requests // by their IDs
	derived     requests // errors without an ID, by names derived for them
	conduct     conduct
	sources     sources

	event      event  // scratch of Add
	derivation []byte // scratch of derive
	full       bool   // Options.Full
	lastSource string // a kept copy of the last place's source: errors come source by source
}

// event is a finding with what several parts of a tally need of it. Its texts
// are borrowed; who keeps one clones it.
type event struct {
	*classify.Finding
	place                 place // its source is a kept copy
	path                  path
	request, requestKind  string // clipped
	requestHash           uint64
	callerHash, placeHash uint64
}

// NewTally returns an empty tally, the identity of Merge.
func NewTally(o Options) *Tally {
	return &Tally{
		packs:    o.Packs,
		filter:   newFilter(o.Filter),
		problems: newTree(problemBudget, newProblem),
		fields:   newTree(fieldBudget, newField),
		requests: newRequests(requestCap),
		derived:  newRequests(derivedCap),
		conduct:  newConduct(),
		full:     o.Full,
		sources:  newSources(),
	}
}

// Add counts f. It keeps nothing of f but copies.
func (t *Tally) Add(f *classify.Finding) {
	e := t.read(f)
	p := t.problems.at(e.path[:])
	p.add(e)
	for _, name := range f.Fields {
		key := fieldPath(name)
		t.fields.at(key[:]).add(name, e)
	}
	if e.request == "" {
		t.withoutID++
		t.addDerived(e, p)
	} else {
		t.requests.add(identity{e.request, e.requestKind, e.requestHash}, e, p)
	}
	t.conduct.add(e, p)
	missing := lacksOf(e)
	t.quality.add(e.Service, &missing)
	t.event = event{}
}

// AddSuccess counts r, a call of route that succeeded, as classify.Set.Route
// names it. A success tells how callers went on after errors; it counts as none.
func (t *Tally) AddSuccess(r *parse.Record, route string) {
	t.conduct.addSuccess(r, route, t.placeOf(r))
}

// placeOf returns the place of r, with a kept copy of its source.
func (t *Tally) placeOf(r *parse.Record) place {
	if source := clip(r.Source, sourceBytes); source != t.lastSource {
		t.lastSource = strings.Clone(source)
	}
	return place{instant(r.Time), t.lastSource, r.Offset, r.Line}
}

// read fills t.event from f.
func (t *Tally) read(f *classify.Finding) *event {
	id := f.RequestID()
	t.event = event{
		Finding:     f,
		place:       t.placeOf(f.Record),
		path:        pathOf(&f.Problem),
		request:     clip(id.Value, valueBytes),
		requestKind: clip(id.Kind, valueBytes),
		callerHash:  hash(f.Caller),
		placeHash:   mix(hash(t.lastSource), uint64(f.Offset)),
	}
	t.event.requestHash = hash(t.event.request)
	return &t.event
}

// AddAccount adds the account of a part of source, which is copied.
func (t *Tally) AddAccount(source string, a *parse.Account) {
	t.conduct.full = t.conduct.full || t.full
	t.conduct.lean = t.conduct.lean || !t.full
	t.sources.addAccount(source, a)
}

// AddFiltered says that n of the errors in the account of source are none that
// were asked for. Those must not be added with Add.
func (t *Tally) AddFiltered(source string, n int64) {
	t.sources.of(source).filtered += n
}

// AddIgnored is AddFiltered for an error that is left out because its problem,
// named by its id, is one that Filter.Ignore lists.
func (t *Tally) AddIgnored(source, problem string) {
	t.AddFiltered(source, 1)
	t.filter.ignore(problem)
}

// EndSource says how the reading of source ended: complete, partial or failed,
// and why. Of several such words the worst counts, then the smallest reason.
func (t *Tally) EndSource(source, status, reason string) {
	t.sources.of(source).end.merge(endingOf(status, reason))
}

// Interrupt marks the report as made from a part of the input.
func (t *Tally) Interrupt() { t.interrupted = true }

// Merge adds all that u counted. It is associative and commutative. u may be
// left unusable. The error is ErrPacks or ErrFilter if they were made under
// different packs or filters; t is then as before.
func (t *Tally) Merge(u *Tally) error {
	if t == u {
		return errors.New("merge tally: with itself")
	}
	if t.packs != u.packs {
		return ErrPacks
	}
	if err := t.filter.merge(&u.filter); err != nil {
		return err
	}
	t.interrupted = t.interrupted || u.interrupted
	t.withoutID += u.withoutID
	for i, n := range u.notes {
		t.notes[i] += n
	}
	var conduct sync.WaitGroup // is about as much as the rest
	conduct.Go(func() { t.conduct.merge(&u.conduct) })
	t.quality.merge(&u.quality)
	t.problems.merge(&u.problems)
	t.fields.merge(&u.fields)
	t.requests.merge(&u.requests)
	t.derived.merge(&u.derived)
	t.sources.merge(&u.sources)
	conduct.Wait()
	return nil
}
