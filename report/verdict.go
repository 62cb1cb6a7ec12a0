package report

import (
	"cmp"
	"strings"
	"time"

	"analyzer/classify"
)

// waits sums up what the API asked callers to wait, in milliseconds.
type waits struct{ min, max, errors int64 }

func (w *waits) add(ms int64) { w.merge(waits{max(ms, 0), max(ms, 0), 1}) }

func (w *waits) merge(u waits) {
	switch {
	case u.errors == 0:
	case w.errors == 0:
		*w = u
	default:
		*w = waits{min(w.min, u.min), max(w.max, u.max), w.errors + u.errors}
	}
}

func (w *waits) report() *Wait {
	if w.errors == 0 {
		return nil
	}
	return &Wait{Min: w.min, Max: w.max, Errors: w.errors}
}

func (w *waits) encode(e *encoder) {
	e.int(w.min)
	e.int(w.max)
	e.int(w.errors)
}

func (w *waits) decode(d *decoder) {
	*w = waits{d.int(), d.int(), d.int()}
	const longest = int64(1<<63-1) / int64(time.Millisecond)
	if w.min > w.max || w.max > longest {
		d.fail("waits out of order")
	}
}

// verdict is what the most specific rule says: the smallest by rank and then
// by its texts, so that no order of events can choose.
type verdict struct {
	set                    bool
	rank                   int64
	rule, remedy, evidence string
	retry                  classify.Retry
}

func (v *verdict) add(f *classify.Finding) {
	u := verdict{true, int64(max(f.Rank, 0)), clip(f.Rule, valueBytes), clip(f.Remedy, valueBytes), clip(f.Evidence, valueBytes), f.Retry}
	if v.set && v.compare(&u) <= 0 {
		return
	}
	u.rule, u.remedy, u.evidence = strings.Clone(u.rule), strings.Clone(u.remedy), strings.Clone(u.evidence)
	*v = u
}

func (v *verdict) compare(u *verdict) int {
	return cmp.Or(
		cmp.Compare(v.rank, u.rank),
		strings.Compare(v.rule, u.rule),
		strings.Compare(v.remedy, u.remedy),
		cmp.Compare(v.retry, u.retry),
		strings.Compare(v.evidence, u.evidence),
	)
}

func (v *verdict) merge(u *verdict) {
	if u.set && (!v.set || u.compare(v) < 0) {
		*v = *u
	}
}

func (v *verdict) encode(e *encoder) {
	e.int(v.rank)
	e.str(v.rule)
	e.str(v.remedy)
	e.str(v.evidence)
	e.len(int(v.retry))
}

func (v *verdict) decode(d *decoder) {
	*v = verdict{true, d.int(), d.str(valueBytes), d.str(valueBytes), d.str(valueBytes), classify.Retry(d.len(int(classify.AfterWait), 0))}
}

// smallerText returns the smaller of two texts, of which "" is none.
func smallerText(a, b string) string {
	switch {
	case a == "":
		return strings.Clone(b)
	case b == "" || a <= b:
		return a
	}
	return strings.Clone(b)
}
