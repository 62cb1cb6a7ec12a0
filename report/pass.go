package report

import (
	"cmp"
	"slices"
)

// passes counts the successful tries of the passCap operations of smallest
// hash. They bear the names of links and are kept apart from them, so that the
// many operations without an error drive out none that has some.
type passes struct {
	smallest[pass]
	times int    // how many instants of one operation are kept
	key   []byte // scratch
}

// pass is what is kept of the successes of one operation.
type pass struct {
	count int64
	times []int64 // the earliest, ascending
}

func newPasses() passes {
	return passes{smallest: newSmallest[pass](passCap), times: passTimesCap}
}

func (p *passes) add(k *linkKey, at int64) {
	p.key = k.appendTo(p.key[:0])
	v, isNew := p.atKey(p.key)
	if v == nil {
		return
	}
	if isNew {
		*v = pass{times: v.times[:0]}
		if p.lowerTimes() {
			p.cutTimes()
		}
	}
	v.count++
	v.addTime(at, p.times)
}

func (v *pass) addTime(at int64, limit int) {
	if at != noTime {
		v.times, _ = insertCut(v.times, at, limit, cmp.Compare[int64])
	}
}

// next returns the first success after at. It is not known whether there is one
// if known is false: more succeeded than are kept.
func (v *pass) next(at int64) (next int64, known bool) {
	i, found := slices.BinarySearch(v.times, at)
	if found {
		i++
	}
	if i < len(v.times) {
		return v.times[i], true
	}
	return noTime, v.count <= int64(len(v.times))
}

// lowerTimes lowers the number of instants per operation as operations become
// many, as requests.lowerPlaces does.
func (p *passes) lowerTimes() bool {
	return lower(&p.times, passTimesFloor, passBudget, len(p.all))
}

func (p *passes) cutTimes() {
	for i := range p.all {
		if v := &p.all[i].value; len(v.times) > p.times {
			v.times = slices.Clone(v.times[:p.times])
		}
	}
}

// merge adds all of u, which is left unusable.
func (p *passes) merge(u *passes) {
	p.times = min(p.times, u.times)
	joinEntries(&p.smallest, &u.smallest, func(v, x *pass) { v.merge(x, p.times) })
	p.lowerTimes()
	p.cutTimes()
}

func (v *pass) merge(u *pass, limit int) {
	v.count += u.count
	for _, at := range u.times {
		v.addTime(at, limit)
	}
}

func (p *passes) encode(e *encoder) { encodeEntries(e, &p.smallest) }

func (p *passes) decode(d *decoder) {
	*p = newPasses()
	decodeEntries(d, &p.smallest, 3, linkBytes, "successes", func(string) bool { return true })
	p.lowerTimes()
	p.cutTimes()
}

func (v *pass) encode(e *encoder) {
	e.int(v.count)
	e.len(len(v.times))
	for _, at := range v.times {
		e.int(at)
	}
}

func (v *pass) decode(d *decoder) {
	if v.count = d.int(); v.count == 0 {
		d.fail("operation without a success")
	}
	v.times = make([]int64, d.len(passTimesCap, 1))
	for i := range v.times {
		v.times[i] = d.int()
	}
	if !ascend(v.times, cmp.Compare[int64]) || slices.Contains(v.times, noTime) {
		d.fail("times out of order")
	}
}
