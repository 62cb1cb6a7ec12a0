package render

import (
	"time"

	"analyzer/report"
)

// Layouts of times, all UTC.
const (
	dateMinute = "2006-01-02 15:04"
	dayMinute  = "01-02 15:04"
	minute     = "15:04"
	second     = time.TimeOnly
)

// clock writes times as short as the log's window allows: with the day, and
// without seconds, where it spans more than one.
type clock struct{ days bool }

func newClock(w report.Window) clock {
	return clock{w.First != nil && w.Last != nil && w.Last.Sub(w.First.Time) > 24*time.Hour}
}

// minute writes t for a column of a table.
func (c clock) minute(t *report.Time) string {
	if c.days {
		return format(t, dayMinute)
	}
	return format(t, minute)
}

// until writes when a problem was last seen, or that it still fails.
func (c clock) until(pr *report.Problem) string {
	if pr.State == "still" {
		return pr.State
	}
	return c.minute(pr.Last)
}

// second writes t for a sentence.
func (c clock) second(t *report.Time) string {
	if c.days {
		return format(t, dayMinute)
	}
	return format(t, second)
}

// period writes the time from first to last for a sentence, to the second
// where minutes would not tell them apart.
func (c clock) period(first, last *report.Time) string {
	switch {
	case c.minute(first) == c.minute(last):
		if a, b := c.second(first), c.second(last); a != b {
			return a + "-" + b
		}
		return "at " + c.second(first)
	case c.days && !sameDay(first, last):
		return c.minute(first) + " to " + c.minute(last)
	default:
		return c.minute(first) + "-" + format(last, minute)
	}
}

func format(t *report.Time, layout string) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(layout)
}

// errorWindow returns the time from the first error to the last.
func errorWindow(r *report.Report) (w report.Window) {
	for i := range r.Problems {
		p := &r.Problems[i]
		if p.First != nil && (w.First == nil || p.First.Before(w.First.Time)) {
			w.First = p.First
		}
		if p.Last != nil && (w.Last == nil || p.Last.After(w.Last.Time)) {
			w.Last = p.Last
		}
	}
	return w
}

// span writes the window of a log, "" if it shows no times.
func span(w report.Window) string {
	if w.First == nil || w.Last == nil {
		return ""
	}
	return dates(w.First, w.Last) + " UTC"
}

// shortSpan is span to the minute.
func shortSpan(w report.Window) string {
	if w.First == nil || w.Last == nil {
		return ""
	}
	a, b := format(w.First, dateMinute), format(w.Last, dateMinute)
	switch {
	case a == b:
		return a + " UTC"
	case sameDay(w.First, w.Last):
		return a + "-" + format(w.Last, minute) + " UTC"
	default:
		return a + " to " + b + " UTC"
	}
}

func sameDay(a, b *report.Time) bool { return format(a, time.DateOnly) == format(b, time.DateOnly) }

// dates writes two instants in full, the day once if they share it.
func dates(first, last *report.Time) string {
	a, b := format(first, time.DateTime), format(last, time.DateTime)
	switch {
	case a == b:
		return a
	case sameDay(first, last):
		return a + "-" + format(last, second)
	default:
		return a + " to " + b
	}
}
