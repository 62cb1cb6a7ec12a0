package report

import (
	"cmp"
	"slices"
	"strings"
)

// samples holds the samplesCap errors whose places have the smallest hashes: a
// choice that no order of reading can change, spread over the whole log.
type samples []sample

type sample struct {
	hash uint64 // of source and offset
	place
	request string
	message string
}

func compareSamples(a, b sample) int {
	return cmp.Or(
		cmp.Compare(a.hash, b.hash),
		comparePlaces(&a.place, &b.place),
		strings.Compare(a.request, b.request),
		strings.Compare(a.message, b.message),
	)
}

// add offers x, whose texts are cloned if it is kept.
func (s *samples) add(x sample) {
	if len(*s) == samplesCap && x.hash > (*s)[samplesCap-1].hash {
		return
	}
	x.request = clip(x.request, valueBytes)
	x.message = clip(x.message, messageBytes)
	i, found := slices.BinarySearchFunc(*s, x, compareSamples)
	if found || i == samplesCap {
		return
	}
	if len(*s) == samplesCap {
		*s = (*s)[:samplesCap-1]
	}
	x.request, x.message = strings.Clone(x.request), strings.Clone(x.message)
	*s = slices.Insert(*s, i, x)
}

func (s *samples) merge(u samples) {
	for _, x := range u {
		s.add(x)
	}
}

// report returns the samples in order of time.
func (s samples) report() []Sample {
	sorted := slices.Clone(s)
	slices.SortFunc(sorted, func(a, b sample) int { return cmp.Or(comparePlaces(&a.place, &b.place), compareSamples(a, b)) })
	list := make([]Sample, len(sorted))
	for i, x := range sorted {
		list[i] = Sample{Place: x.place.report(), Time: reportTime(x.time), RequestID: x.request, Message: x.message}
	}
	return list
}

func (s samples) encode(e *encoder) {
	e.len(len(s))
	for i := range s {
		e.hash(s[i].hash)
		s[i].place.encode(e)
		e.str(s[i].request)
		e.str(s[i].message)
	}
}

func (s *samples) decode(d *decoder) {
	*s = make(samples, d.len(samplesCap, 14))
	for i := range *s {
		x := &(*s)[i]
		x.hash = d.hash()
		x.place.decode(d)
		x.request, x.message = d.str(valueBytes), d.str(messageBytes)
		if i > 0 && compareSamples((*s)[i-1], *x) >= 0 {
			d.fail("samples out of order")
		}
	}
}
