package render

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"analyzer/report"
)

// Trace draws the story of an ID: a title, its lines, at most the first and the
// last most of them, and what is to be said of all.
func Trace(w io.Writer, t *report.Trace, most int, o Options) error {
	if err := Sheet(w, traceTitle(t), o); err != nil {
		return err
	}
	if when := span(t.Window); when != "" {
		fmt.Fprintln(w, when)
	}
	if err := TraceLines(w, t, most, o); err != nil {
		return err
	}
	_, err := io.WriteString(w, strings.Join(traceParts(t, o), "\n")+"\n")
	return err
}

// traceTitle says what the story is of and how large it is.
func traceTitle(t *report.Trace) string {
	kind := t.Kind
	if kind == "" {
		kind = "ID"
	}
	s := kind + " " + t.ID + ": " + count(t.Found, "line")
	if t.Interrupted {
		s = "partial: interrupted; " + s
	}
	switch names := services(t); len(names) {
	case 0:
	case 1:
		s += " of " + names[0]
	default:
		s += " of " + count(int64(len(names)), "service")
	}
	if first, last := t.Window.First, t.Window.Last; first != nil && first.Before(last.Time) {
		s += " in " + elapsed(last.Sub(first.Time).Milliseconds())
	}
	return s
}

// services names those that say which they are.
func services(t *report.Trace) (names []string) {
	for _, s := range t.Services {
		if s.Service != "" {
			names = append(names, s.Service)
		}
	}
	return names
}

// traceParts are the lines below the table.
func traceParts(t *report.Trace, o Options) []string {
	parts := []Part{
		{Label: "OUTCOME", Texts: []string{outcome(t)}},
		{Label: "RETRIES", Texts: retriesOf(t)},
		{Label: "PROBLEMS", Texts: problemsOf(t)},
		{Label: "OTHER IDS", Texts: otherIDs(t)},
		{Label: "NO TIME", Texts: untimed(t)},
	}
	lines := []string{""}
	for _, p := range append(parts, TraceRead(t)...) {
		lines = append(lines, p.draw(o.columns()-sheetIndent, ink(o.Color))...)
	}
	return lines
}

// TraceRead says what was read for a story, and what was asked for.
func TraceRead(t *report.Trace) []Part {
	bytes := int64(0)
	for _, s := range t.Sources {
		bytes += s.Bytes
	}
	read := count(int64(len(t.Sources)), "file")
	if len(t.Sources) == 1 {
		read = t.Sources[0].Name
	}
	asked := filters(&report.Report{Window: t.Window, Filters: t.Filters})
	asked = slices.DeleteFunc(asked, func(s string) bool { return s == "problem="+t.ID })
	if t.Filtered > 0 {
		asked = append(asked, count(t.Filtered, "line")+" with this ID left out")
	}
	read += ", " + count(bytes, "byte")
	if t.Skipped > 0 {
		read += "; " + number(t.Skipped) + " of them skipped, in records that are too long"
	}
	parts := []Part{{Label: "READ", Texts: []string{read}}}
	if len(asked) > 0 {
		parts = append(parts, Part{Label: "FILTERS", Texts: []string{strings.Join(asked, dot)}})
	}
	return parts
}

// outcome says how the story ended.
func outcome(t *report.Trace) string {
	l := t.Outcome
	if l == nil {
		return "not said: no line has a status"
	}
	items := []string{"failed"}
	switch {
	case l.Status != nil:
		items[0] = strconv.Itoa(*l.Status)
	case !l.Failed():
		items[0] = "no error"
	}
	if l.Category != "" {
		items = append(items, l.Category)
	}
	s := strings.Join(items, ", ")
	if l.Service != "" {
		s += " of " + l.Service
	}
	if l.Time != nil {
		s += " at " + format(l.Time, second)
	}
	return s + ", the last answer that was found"
}

// Bounds of the lists below the lines.
const (
	mostRetries  = 5
	mostWaits    = 4
	mostProblems = 5
	mostIDs      = 6
)

// retriesOf tells of the calls that were tried again, and of their waits.
func retriesOf(t *report.Trace) (texts []string) {
	for i, r := range t.Retries {
		if i == mostRetries {
			return append(texts, leftOut(len(t.Retries)-i))
		}
		call := strings.Join(strings.Fields(r.Service+" "+r.Method+" "+r.Path+r.Operation), " ")
		s := fmt.Sprintf("%s: %s, the last one %s", call, triesOf(r.Tries), ended(&r))
		if n := brokenWaits(&r); n > 0 {
			s += "; " + number(n) + " sooner than asked"
		}
		texts = append(texts, s, waitsOf(r.Waits))
	}
	return texts
}

func triesOf(n int64) string { return strings.Replace(count(n, "try"), "trys", "tries", 1) }

func ended(r *report.Retried) string {
	switch {
	case r.Failed && r.Status != nil:
		return "failed with " + status(r.Status)
	case r.Failed:
		return "failed"
	}
	return "answered " + status(r.Status)
}

func brokenWaits(r *report.Retried) (n int64) {
	for _, w := range r.Waits {
		if w.Broken() {
			n++
		}
	}
	return n
}

// waitsOf lists waits, asked for and taken.
func waitsOf(waits []report.Taken) string {
	var items []string
	for i, w := range waits {
		if i == mostWaits {
			items = append(items, leftOut(len(waits)-i))
			break
		}
		item := "waited ?"
		if w.Taken != nil {
			item = "waited " + elapsed(*w.Taken)
		}
		if w.Asked != nil {
			item = "asked " + elapsed(*w.Asked) + ", " + item
		}
		items = append(items, item)
	}
	return strings.Join(items, "; ")
}

// problemsOf names the problems that the story met.
func problemsOf(t *report.Trace) (texts []string) {
	for i, p := range t.Problems {
		if i == mostProblems {
			return append(texts, leftOut(len(t.Problems)-i))
		}
		texts = append(texts, fmt.Sprintf("%s %sx: %s", p.ID, number(p.Errors), p.Remedy.Summary))
	}
	return texts
}

// otherIDs names the other IDs that the lines carry.
func otherIDs(t *report.Trace) (texts []string) {
	for i, id := range t.IDs {
		if i == mostIDs {
			return append(texts, leftOut(len(t.IDs)-i))
		}
		s := id.Kind + " " + id.Value + " in " + count(id.Lines, "line")
		if id.Followed {
			s += ", followed"
		} else {
			s += ", not followed"
		}
		texts = append(texts, s)
	}
	return texts
}

// untimed says how many lines have no place in time.
func untimed(t *report.Trace) []string {
	n := int64(0)
	for i := range t.Lines {
		if t.Lines[i].Time == nil {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return []string{count(n, "line") + ", shown last"}
}

// elapsed writes a time that passed.
func elapsed(ms int64) string {
	switch {
	case ms < 1000:
		return strconv.FormatInt(ms, 10) + " ms"
	case ms < 60_000:
		return strings.TrimSuffix(fmt.Sprintf("%d.%d", ms/1000, ms/100%10), ".0") + " s"
	case ms < 3_600_000:
		return fmt.Sprintf("%d m %d s", ms/60_000, ms/1000%60)
	case ms < 86_400_000:
		return fmt.Sprintf("%d h %d m", ms/3_600_000, ms/60_000%60)
	}
	return number(ms/86_400_000) + fmt.Sprintf(" d %d h", ms/3_600_000%24)
}
