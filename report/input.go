package report

import (
	"cmp"
	"slices"

	"analyzer/parse"
)

// input adds up the accounts of all sources.
func (b *builder) input() Input {
	s := &b.tally.sources
	var total source
	list := []Source{}
	for _, x := range s.sorted() {
		list = append(list, b.source(x.name, &x.value))
		v := x.value
		total.addRest(&v)
	}
	if s.more {
		list = append(list, b.source(otherSources, &s.rest))
		v := s.rest
		total.addRest(&v)
	}
	slices.SortStableFunc(list, func(x, y Source) int { return cmp.Compare(x.Name, y.Name) })
	a := &total.account
	return Input{
		Records:          a.Records,
		Errors:           a.Errors - total.filtered,
		NonErrors:        a.NonErrors,
		Malformed:        malformed(a),
		Filtered:         total.filtered,
		Unopened:         a.Unopened,
		Bytes:            a.Bytes,
		SkippedBytes:     a.Skipped,
		RequestIDs:       min(b.tally.requests.total(), b.errorsWithID()),
		WithoutRequestID: b.tally.withoutID,
		MalformedBy:      occurred(a.Malformed[:], func(i int) string { return parse.Malformed(i).String() }),
		Notes:            b.noted(occurred(a.Notes[:], func(i int) string { return parse.Note(i).String() })),
		Sources:          list,
	}
}

// errorsWithID is the most request IDs that there can be.
func (b *builder) errorsWithID() int64 {
	var sum int64
	for i := range b.done {
		sum += b.done[i].from.withID
	}
	return sum
}

func (b *builder) source(name string, v *source) Source {
	a := &v.account
	return Source{
		Name:       name,
		Status:     v.end.status(b.tally.interrupted),
		Reason:     v.end.reason,
		Records:    a.Records,
		Errors:     a.Errors - v.filtered,
		NonErrors:  a.NonErrors,
		Malformed:  malformed(a),
		Filtered:   v.filtered,
		Bytes:      a.Bytes,
		FirstDoubt: doubt(a.FirstDoubt),
	}
}

func doubt(p *parse.Pos) *Place {
	if p == nil {
		return nil
	}
	return &Place{p.Source, p.Line, p.Offset}
}

// occurred maps the names of the counts that are not zero.
func occurred(counts []int64, name func(i int) string) map[string]int64 {
	m := make(map[string]int64)
	for i, n := range counts {
		if n != 0 {
			m[name(i)] = n
		}
	}
	return m
}
