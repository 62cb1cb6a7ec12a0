package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter/tw"

	"analyzer/report"
)

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
