package report

import (
	"cmp"
	"math"
	"time"
)

// noTime is the instant of what has no time. It sorts after all others.
const noTime int64 = math.MaxInt64

// instant returns t in nanoseconds since 1970, noTime for a zero t and for one
// before 1970 or after 2261: those are clocks that were never set.
func instant(t time.Time) int64 {
	if year := t.Year(); year < 1970 || year > 2261 {
		return noTime
	}
	return max(t.UnixNano(), 0)
}

// reportTime is the inverse of instant.
func reportTime(at int64) *Time {
	if at < 0 || at == noTime {
		return nil
	}
	return &Time{time.Unix(0, at).UTC()}
}

// span is the time from the first to the last of some instants.
type span struct {
	first int64 // minimum; noTime if there was none
	last  int64 // maximum; -1 if there was none
}

var noSpan = span{noTime, -1}

func (s *span) add(at int64) {
	if at != noTime {
		s.merge(span{at, at})
	}
}

func (s *span) merge(u span) {
	s.first = min(s.first, u.first)
	s.last = max(s.last, u.last)
}

func (s *span) encode(e *encoder) {
	e.int(s.first)
	e.int(s.last + 1)
}

func (s *span) decode(d *decoder) {
	s.first, s.last = d.int(), d.int()-1
	if (s.first == noTime) != (s.last == -1) || s.last >= 0 && s.first > s.last {
		d.fail("span ends before it begins")
	}
}

// place is where an error was read and when it happened.
type place struct {
	time         int64
	source       string
	offset, line int64
}

// comparePlaces orders by time, those without one last, then as they were read.
func comparePlaces(a, b *place) int {
	if a.time != b.time {
		return cmp.Compare(a.time, b.time)
	}
	return cmp.Or(
		cmp.Compare(a.source, b.source),
		cmp.Compare(a.offset, b.offset),
		cmp.Compare(a.line, b.line),
	)
}

func (p *place) report() Place { return Place{p.source, p.line, p.offset} }

func (p *place) encode(e *encoder) {
	e.int(p.time)
	e.str(p.source)
	e.int(p.offset)
	e.int(p.line)
}

func (p *place) decode(d *decoder) {
	p.time, p.source, p.offset, p.line = d.int(), d.str(sourceBytes), d.int(), d.int()
}
