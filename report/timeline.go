package report

import (
	"cmp"
	"slices"
	"time"
)

// steps are the widths of a timeline's slots, in seconds. Each divides the
// next, so that slots join without being split. The last two are for logs whose
// clocks are wild: with them 256 slots reach over all times that are counted.
var steps = [...]int64{10, 60, 600, 3600, 86400, 10 * 86400, 100 * 86400, 1000 * 86400}

// stepOfMinute is the index of a minute in steps.
const stepOfMinute = 1

// timeline counts errors by slots of time. It takes the finest step at which no
// more than slotsCap slots are occupied.
type timeline struct {
	step  int // index in steps
	slots []slot
}

// slot is the number of a step since 1970 and its errors.
type slot struct{ number, errors int64 }

func (t *timeline) add(at, n int64) {
	t.put(at/int64(time.Second)/steps[t.step], n)
	for len(t.slots) > slotsCap {
		t.coarsen()
	}
}

// put adds n to a slot. Most errors come in order of time: the last slot is
// tried first.
func (t *timeline) put(number, n int64) {
	i := len(t.slots)
	if i > 0 && number <= t.slots[i-1].number {
		var found bool
		i, found = slices.BinarySearchFunc(t.slots, number, byNumber)
		if found {
			t.slots[i].errors += n
			return
		}
	}
	t.slots = slices.Insert(t.slots, i, slot{number, n})
}

func byNumber(s slot, number int64) int { return cmp.Compare(s.number, number) }

// coarsen goes to the next step.
func (t *timeline) coarsen() {
	ratio := steps[t.step+1] / steps[t.step]
	t.step++
	joined := t.slots[:0]
	for _, s := range t.slots {
		s.number /= ratio
		if last := len(joined) - 1; last >= 0 && joined[last].number == s.number {
			joined[last].errors += s.errors
		} else {
			joined = append(joined, s)
		}
	}
	t.slots = joined
}

func (t *timeline) merge(u *timeline) {
	for t.step < u.step {
		t.coarsen()
	}
	for u.step < t.step {
		u.coarsen()
	}
	for _, s := range u.slots {
		t.put(s.number, s.errors)
	}
	for len(t.slots) > slotsCap {
		t.coarsen()
	}
}

// clone returns a copy that may be merged.
func (t *timeline) clone() timeline { return timeline{t.step, slices.Clone(t.slots)} }

func (t *timeline) report() Timeline {
	step := steps[t.step]
	points := make([]Point, len(t.slots))
	for i, s := range t.slots {
		points[i] = Point{Time{time.Unix(s.number*step, 0).UTC()}, s.errors}
	}
	return Timeline{Step: step, Points: points}
}

func (t *timeline) encode(e *encoder) {
	e.len(t.step)
	e.len(len(t.slots))
	for _, s := range t.slots {
		e.int(s.number)
		e.int(s.errors)
	}
}

func (t *timeline) decode(d *decoder) {
	t.step = d.len(len(steps)-1, 0)
	t.slots = make([]slot, d.len(slotsCap, 2))
	last := noTime / int64(time.Second) / steps[t.step]
	for i := range t.slots {
		s := slot{d.int(), d.int()}
		if s.number > last || i > 0 && s.number <= t.slots[i-1].number {
			d.fail("slots out of order")
		}
		t.slots[i] = s
	}
}
