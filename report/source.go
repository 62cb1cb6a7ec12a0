package report

import (
	"cmp"
	"strings"
	"time"

	"analyzer/parse"
)

// otherSources stands for the sources beyond sourceCap.
const otherSources = "(other sources)"

// sourceBytes is the longest name of a source that is kept: the longest path
// of common systems.
const sourceBytes = 4096

// sources keeps the accounts of the sourceCap sources of smallest hash, and one
// for all others together. That one has neither doubts nor marks, which mean
// something in one source only.
type sources struct {
	smallest[source]
	rest source
}

// source is the account of one source and how it ended.
type source struct {
	account  parse.Account
	filtered int64 // of account.Errors
	end      ending
}

func newSources() sources {
	return sources{smallest: newSmallest[source](sourceCap)}
}

// of returns the account for name.
func (s *sources) of(name string) *source {
	name = clip(name, sourceBytes)
	v, isNew := s.at(hash(name), name)
	if v == nil {
		return &s.rest
	}
	if isNew {
		s.rest.addRest(v) // of the source that was driven out, if one was
		*v = source{}
	}
	return v
}

func (s *sources) addAccount(name string, a *parse.Account) {
	u := source{account: *a}
	if a.FirstDoubt != nil {
		doubt := *a.FirstDoubt
		doubt.Source = strings.Clone(clip(doubt.Source, sourceBytes))
		u.account.FirstDoubt = &doubt
	}
	s.add(name, &u)
}

func (s *sources) add(name string, u *source) {
	if v := s.of(name); v != &s.rest {
		v.add(u)
		return
	}
	s.rest.addRest(u)
}

func (s *sources) merge(u *sources) {
	for i := range u.all {
		s.add(u.all[i].name, &u.all[i].value)
	}
	s.more = s.more || u.more
	s.rest.addRest(&u.rest)
}

// addRest adds u without what means something in u alone.
func (v *source) addRest(u *source) {
	u.account.FirstDoubt, u.account.Head, u.account.Tail = nil, parse.Mark{}, parse.Mark{}
	v.add(u)
}

// add adds the account of another part of the source. Two parts with the same
// offset (the same file read twice) are told apart by what they hold, so that
// their order does not matter.
func (v *source) add(u *source) {
	a, b := &v.account, &u.account
	doubt := a.FirstDoubt
	if b.FirstDoubt != nil && (doubt == nil || compareDoubts(b.FirstDoubt, doubt) < 0) {
		doubt = b.FirstDoubt
	}
	head, tail := a.Head, a.Tail
	if b.Head.Seen && (!head.Seen || compareMarks(&b.Head, &head) < 0) {
		head = b.Head
	}
	if b.Tail.Seen && (!tail.Seen || compareMarks(&b.Tail, &tail) > 0) {
		tail = b.Tail
	}
	a.Add(b)
	a.FirstDoubt, a.Head, a.Tail = doubt, head, tail
	v.filtered += u.filtered
	v.end.merge(u.end)
}

func compareDoubts(a, b *parse.Pos) int {
	return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Source, b.Source))
}

func compareMarks(a, b *parse.Mark) int {
	return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(instant(a.Time), instant(b.Time)))
}

func malformed(a *parse.Account) int64 {
	var sum int64
	for _, n := range a.Malformed {
		sum += n
	}
	return sum
}

// ending says how the reading of a source ended; the worst word wins, then the
// smallest reason.
type ending struct {
	rank   int // 0 not said, then the index in statuses, plus 1
	reason string
}

var statuses = []string{"complete", "partial", "failed"}

// endingOf takes an unknown status for the worst.
func endingOf(status, reason string) ending {
	for i, s := range statuses {
		if s == status {
			return ending{i + 1, keep(reason, messageBytes)}
		}
	}
	return ending{len(statuses), keep(reason, messageBytes)}
}

func (x *ending) merge(u ending) {
	switch {
	case u.rank > x.rank:
		*x = u
	case u.rank == x.rank:
		x.reason = smallerText(x.reason, u.reason)
	}
}

// status returns the word for x. A source whose end nobody told was cut short
// if the analysis was.
func (x ending) status(interrupted bool) string {
	switch {
	case x.rank > 0:
		return statuses[x.rank-1]
	case interrupted:
		return "partial"
	}
	return "complete"
}

func (s *sources) encode(e *encoder) {
	e.bool(s.more)
	if s.more {
		s.rest.encode(e)
	}
	e.len(len(s.all))
	for _, x := range s.sorted() {
		e.str(x.name)
		x.value.encode(e)
	}
}

func (s *sources) decode(d *decoder) {
	*s = newSources()
	more := d.bool()
	if more {
		s.rest.decode(d)
	}
	for range d.len(sourceCap, 20) {
		name := d.str(sourceBytes)
		v, isNew := s.at(hash(name), name)
		if !isNew {
			d.fail("sources out of order")
			return
		}
		v.decode(d)
	}
	s.more = more
	if s.more && len(s.all) < sourceCap {
		d.fail("cut set below its cap")
	}
}

func (v *source) encode(e *encoder) {
	a := &v.account
	for _, n := range []int64{a.Records, a.Errors, a.NonErrors, a.Unopened, a.Bytes, a.Skipped} {
		e.int(n)
	}
	for _, n := range a.Malformed {
		e.int(n)
	}
	for _, n := range a.Notes {
		e.int(n)
	}
	e.bool(a.FirstDoubt != nil)
	if p := a.FirstDoubt; p != nil {
		e.str(p.Source)
		e.int(p.Line)
		e.int(p.Offset)
	}
	encodeMark(e, &a.Head)
	encodeMark(e, &a.Tail)
	e.int(v.filtered)
	e.len(v.end.rank)
	e.str(v.end.reason)
}

func (v *source) decode(d *decoder) {
	a := &v.account
	for _, n := range []*int64{&a.Records, &a.Errors, &a.NonErrors, &a.Unopened, &a.Bytes, &a.Skipped} {
		*n = d.int()
	}
	for i := range a.Malformed {
		a.Malformed[i] = d.int()
	}
	for i := range a.Notes {
		a.Notes[i] = d.int()
	}
	if d.bool() {
		a.FirstDoubt = &parse.Pos{Source: d.str(sourceBytes), Line: d.int(), Offset: d.int()}
	}
	a.Head, a.Tail = decodeMark(d), decodeMark(d)
	v.filtered = d.int()
	v.end = ending{d.len(len(statuses), 0), d.str(messageBytes)}
}

func encodeMark(e *encoder, m *parse.Mark) {
	e.bool(m.Seen)
	if m.Seen {
		e.int(m.Offset)
		e.int(instant(m.Time))
	}
}

func decodeMark(d *decoder) parse.Mark {
	if !d.bool() {
		return parse.Mark{}
	}
	m := parse.Mark{Seen: true, Offset: d.int()}
	if at := d.int(); at != noTime {
		m.Time = time.Unix(0, at).UTC()
	}
	return m
}
