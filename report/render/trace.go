package render

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/olekukonko/tablewriter/tw"

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

// The columns of a story's lines, in their order.
const (
	lineTime = iota
	lineGap
	lineService
	lineVia
	lineWhat
	linePlace
	numLineCols
)

var lineHeadings = [numLineCols]string{"TIME", "GAP", "SERVICE", "VIA", "WHAT", "PLACE"}

// leastLine is the width of WHAT below which other columns make way.
const leastLine = 20

// wideTrace is the width from which a story says by which ID a line belongs to it.
const wideTrace = 100

// traceTable draws the lines of a story.
type traceTable struct {
	t       *report.Trace
	dir     string // in which all sources are
	columns int
	time    string            // layout
	kinds   map[string]string // of other IDs
	lead    int               // columns of the widest status and method
}

// TraceLines draws the lines of t as a table, at most the first and the last most
// of them, with a blank line before it.
func TraceLines(w io.Writer, t *report.Trace, most int, o Options) error {
	x := newTraceTable(t, o)
	from, to := t.LeftOutAfter, t.LeftOutAfter // lines that are hidden
	if len(t.Lines) > 2*most {
		from, to = most, len(t.Lines)-most
	}
	cells := x.cells(slices.Concat(t.Lines[:from], t.Lines[to:]))
	lines := drawCells(cells, slices.Repeat([]tw.Align{tw.AlignLeft}, len(cells[0])))
	lines[0] = ink(o.Color).bold(lines[0])
	if hidden := int64(to-from) + t.LeftOut; hidden > 0 {
		lines = slices.Insert(lines, 1+from, ellipsis+" "+x.hidden(hidden)+" "+ellipsis)
	}
	_, err := io.WriteString(w, "\n"+strings.Join(lines, "\n")+"\n")
	return err
}

// hidden says how many lines are not drawn, and how to see them.
func (x *traceTable) hidden(n int64) string {
	switch x.t.LeftOut {
	case 0:
		return number(n) + " more; --all shows them"
	case n:
		return number(n) + " more"
	}
	return number(n) + " more; --all shows most of them"
}

func newTraceTable(t *report.Trace, o Options) *traceTable {
	x := &traceTable{t: t, columns: o.columns(), time: "15:04:05.000", kinds: map[string]string{}}
	if newClock(t.Window).days || t.Window.First != nil && !sameDay(t.Window.First, t.Window.Last) {
		x.time = "01-02 15:04:05.000"
	}
	var sources []report.Source
	for _, s := range t.Sources {
		sources = append(sources, report.Source{Name: s.Name})
	}
	x.dir = commonDir(sources)
	for _, id := range t.IDs {
		x.kinds[id.Value] = id.Kind
	}
	for i := range t.Lines {
		x.lead = max(x.lead, width(lineLead(&t.Lines[i])))
	}
	return x
}

// lineLead is status and method of a line.
func lineLead(l *report.TraceLine) string {
	s := status(l.Status)
	if l.Method != "" {
		s = fmt.Sprintf("%-3s %s", s, cutEnd(steady(l.Method), len("OPTIONS")))
	}
	return s
}

// cells makes the rows, WHAT as wide as the other columns allow.
func (x *traceTable) cells(lines []report.TraceLine) [][]string {
	rows := [][numLineCols]string{lineHeadings}
	for i := range lines {
		rows = append(rows, x.row(&lines[i]))
	}
	widths := columnWidths(rows)
	room := x.room(&widths)
	for i := range lines {
		var before *report.TraceLine
		if i > 0 {
			before = &lines[i-1]
		}
		rows[i+1][lineWhat] = x.what(&lines[i], before, room)
	}
	return picked(rows, &widths)
}

// columnWidths returns the width that each column wants, 0 for one that is empty.
func columnWidths(rows [][numLineCols]string) (widths [numLineCols]int) {
	for c := range numLineCols {
		for _, row := range rows[1:] {
			widths[c] = max(widths[c], width(row[c]))
		}
		if widths[c] > 0 || c == lineTime {
			widths[c] = max(widths[c], width(rows[0][c]))
		}
	}
	return widths
}

// room returns what the other columns leave for WHAT. Some make way for it, whose
// width becomes 0.
func (x *traceTable) room(widths *[numLineCols]int) int {
	room := x.columns
	for c, w := range widths {
		if w > 0 && c != lineWhat {
			room -= w + gap
		}
	}
	for _, c := range []int{lineVia, lineService, lineGap} {
		if room < leastLine && widths[c] > 0 {
			room += widths[c] + gap
			widths[c] = 0
		}
	}
	widths[lineWhat] = max(1, room)
	return widths[lineWhat]
}

// picked returns the columns of rows that have a width.
func picked(rows [][numLineCols]string, widths *[numLineCols]int) [][]string {
	cells := make([][]string, len(rows))
	for i, row := range rows {
		for c, cell := range row {
			if widths[c] > 0 {
				cells[i] = append(cells[i], cell)
			}
		}
	}
	return cells
}

// row fills all cells of a line but WHAT.
func (x *traceTable) row(l *report.TraceLine) (row [numLineCols]string) {
	row[lineTime] = format(l.Time, x.time)
	if l.Gap != nil {
		row[lineGap] = elapsed(*l.Gap)
	}
	row[lineService] = cutMiddle(steady(l.Service), max(leastWho, x.columns/8))
	if x.columns >= wideTrace && l.Carries != x.t.ID {
		row[lineVia] = x.kinds[l.Carries]
	}
	row[linePlace] = cutMiddle(steady(strings.TrimPrefix(l.String(), x.dir)), x.columns/4)
	return row
}

// what draws status, method, call and message in n columns. The call gives way
// to the message, and is left out where the line before has the same.
func (x *traceTable) what(l, before *report.TraceLine, n int) string {
	lead := lineLead(l)
	if lead != "" {
		lead += strings.Repeat(" ", x.lead-width(lead)+1)
	}
	n = max(1, n-width(lead))
	call, message := steady(l.Path), steady(l.Message)
	if call == "" {
		call = steady(l.Operation)
	}
	switch {
	case call == "":
		return lead + cutEnd(message, n)
	case message == "":
		return lead + cutRoute(call, n)
	case before != nil && before.Service == l.Service && before.Method == l.Method && before.Path == l.Path && before.Operation == l.Operation:
		call = ellipsis
	}
	call = cutRoute(call, max(1, n/2, n-width(message)-2))
	return lead + call + ": " + cutEnd(message, max(1, n-width(call)-2))
}
