package report

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"
)

// Filter says which errors of a log are asked for. The others are filtered:
// they stay in the account of their source and count nowhere else. A Tally only
// carries its Filter, to Merge and to the report; who adds findings applies it.
type Filter struct {
	Since  time.Time // errors before it are left out; zero is no bound
	Until  time.Time // and those at or after it; zero is no bound
	Where  []string  // conditions on errors: status=5xx
	Ignore []string  // ids of problems that are left out
}

// ErrFilter says that two tallies were made under different filters, so that
// their sum would be of neither.
var ErrFilter = errors.New("tallies were made under different filters")

// filter is a Filter in canonical form, and what it ignored.
type filter struct {
	known   bool // false in a tally that takes the filter of those merged into it
	since   int64
	until   int64 // of both, noTime is no bound
	where   []string
	ignored []Count // by id
}

func newFilter(f *Filter) filter {
	if f == nil {
		return filter{since: noTime, until: noTime}
	}
	x := filter{known: true, since: instant(f.Since), until: instant(f.Until), where: sorted(f.Where)}
	for _, id := range sorted(f.Ignore) {
		x.ignored = append(x.ignored, Count{Value: id})
	}
	return x
}

// sorted returns what differs in texts, in order.
func sorted(texts []string) []string {
	list := make([]string, len(texts))
	for i, s := range texts {
		list[i] = keep(s, keyBytes)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func (x *filter) ignore(problem string) {
	if i, found := slices.BinarySearchFunc(x.ignored, problem, byValue); found {
		x.ignored[i].Errors++
	}
}

// clip returns the part of s that is asked for.
func (x *filter) clip(s span) span {
	if x.since != noTime {
		s.first = max(s.first, x.since)
	}
	s.last = min(s.last, x.until)
	if s.first > s.last {
		return noSpan
	}
	return s
}

// merge adds what u ignored. x is unchanged after an error.
func (x *filter) merge(u *filter) error {
	switch {
	case !u.known:
		return nil
	case !x.known:
		*x = *u
		x.ignored = slices.Clone(u.ignored)
		return nil
	case !x.same(u):
		return ErrFilter
	}
	for i := range x.ignored {
		x.ignored[i].Errors += u.ignored[i].Errors
	}
	return nil
}

// same reports whether x and u ask for the same errors.
func (x *filter) same(u *filter) bool {
	return x.since == u.since && x.until == u.until && slices.Equal(x.where, u.where) &&
		slices.EqualFunc(x.ignored, u.ignored, func(a, b Count) bool { return a.Value == b.Value })
}

func (x *filter) report() Filters {
	r := Filters{Where: append([]string{}, x.where...), Ignored: []Ignored{}}
	for _, c := range x.ignored {
		r.Ignored = append(r.Ignored, Ignored{Problem: c.Value, Errors: c.Errors})
	}
	return r
}

func (x *filter) encode(e *encoder) {
	e.bool(x.known)
	if !x.known {
		return
	}
	e.int(x.since)
	e.int(x.until)
	e.len(len(x.where))
	for _, s := range x.where {
		e.str(s)
	}
	e.len(len(x.ignored))
	for _, c := range x.ignored {
		e.str(c.Value)
		e.int(c.Errors)
	}
}

func (x *filter) decode(d *decoder) {
	*x = newFilter(nil)
	if x.known = d.bool(); !x.known {
		return
	}
	x.since, x.until = d.int(), d.int()
	x.where = make([]string, d.len(len(d.b), 1))
	for i := range x.where {
		x.where[i] = d.str(keyBytes)
	}
	x.ignored = make([]Count, d.len(len(d.b), 2))
	for i := range x.ignored {
		x.ignored[i] = Count{d.str(keyBytes), d.int()}
	}
	if !ascend(x.where, strings.Compare) || !ascend(x.ignored, func(a, b Count) int { return cmp.Compare(a.Value, b.Value) }) {
		d.fail("filters out of order")
	}
}

// ascend reports whether each item is greater than the one before it.
func ascend[T any](items []T, compare func(a, b T) int) bool {
	for i := range items {
		if i > 0 && compare(items[i-1], items[i]) >= 0 {
			return false
		}
	}
	return true
}
