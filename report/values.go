package report

import (
	"cmp"
	"slices"
	"strings"
)

// manyValue stands for all values of a dimension that has too many of them.
const manyValue = "(many)"

// values counts errors by the values of one dimension. With more than valuesCap
// different values all of them fold into one; the total stays exact.
type values struct {
	counts []Count // by value
	total  int64
	many   bool
}

// add counts n errors under value; an empty value is none.
func (v *values) add(value string, n int64) {
	if value == "" {
		return
	}
	v.total += n
	if v.many {
		return
	}
	value = clip(value, valueBytes)
	i, found := slices.BinarySearchFunc(v.counts, value, byValue)
	if found {
		v.counts[i].Errors += n
		return
	}
	if len(v.counts) == valuesCap {
		v.counts, v.many = nil, true
		return
	}
	v.counts = slices.Insert(v.counts, i, Count{strings.Clone(value), n})
}

func byValue(c Count, value string) int { return cmp.Compare(c.Value, value) }

func (v *values) merge(u *values) {
	if u.many {
		v.counts, v.many = nil, true
		v.total += u.total
		return
	}
	for _, c := range u.counts {
		v.add(c.Value, c.Errors)
	}
}

// list returns the counts, largest first.
func (v *values) list() []Count {
	if v.many {
		return []Count{{manyValue, v.total}}
	}
	list := append([]Count{}, v.counts...)
	slices.SortStableFunc(list, func(a, b Count) int { return cmp.Compare(b.Errors, a.Errors) })
	return list
}

func (v *values) encode(e *encoder) {
	e.bool(v.many)
	if v.many {
		e.int(v.total)
		return
	}
	e.len(len(v.counts))
	for _, c := range v.counts {
		e.str(c.Value)
		e.int(c.Errors)
	}
}

func (v *values) decode(d *decoder) {
	if v.many = d.bool(); v.many {
		v.total = d.int()
		return
	}
	v.counts = make([]Count, d.len(valuesCap, 2))
	for i := range v.counts {
		c := Count{d.str(valueBytes), d.int()}
		if i > 0 && c.Value <= v.counts[i-1].Value || c.Value == "" {
			d.fail("values out of order")
		}
		v.counts[i] = c
		v.total += c.Errors
	}
}
