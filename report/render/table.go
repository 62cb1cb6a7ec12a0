package render

import (
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/tw"

	"analyzer/report"
)

// The columns of the problems table, in their order.
const (
	colProblem = iota
	colErrors
	colWhat
	colWho
	colSince
	colUntil
	colTrend
	numCols
)

var headings = [numCols]string{"PROBLEM", "ERRORS", "WHAT", "WHO", "SINCE", "UNTIL", "TREND"}

const (
	gap       = 2  // columns between cells
	leastWhat = 28 // WHAT below which other columns make way
	leastWho  = 8
	mostWho   = 32
	maxCount  = 20 // fits 999 million millions
)

// dropped are the columns that make way for WHAT, the first one first.
var dropped = [...]int{colTrend, colWho, colSince, colUntil}

// table is the problems table while its columns are measured.
type table struct {
	rows    [][numCols]string // WHAT is left empty until its width is known
	whats   []what
	natural [numCols]int // wanted; of WHAT, without messages
	widths  [numCols]int // allotted; 0 is a column that is not drawn
}

// problems draws the table of ps in at most p.width columns: a heading, and a
// line for each.
func (p *page) problems(ps []report.Problem) []string {
	t := p.measure(ps)
	t.allot(p.width)
	return t.draw(p.ink, ps)
}

// measure fills all cells but WHAT and finds the width that each column wants.
func (p *page) measure(ps []report.Problem) *table {
	t := &table{whats: whats(ps)}
	for i := range ps {
		t.rows = append(t.rows, p.cells(&ps[i]))
	}
	for c := range numCols {
		for _, row := range t.rows {
			t.natural[c] = max(t.natural[c], width(row[c]))
		}
		if t.natural[c] > 0 || c == colWhat {
			t.natural[c] = max(t.natural[c], width(headings[c]))
		}
	}
	for _, w := range t.whats {
		t.natural[colWhat] = max(t.natural[colWhat], width(w.lead)+width(w.route))
	}
	return t
}

func (p *page) cells(pr *report.Problem) [numCols]string {
	return [numCols]string{
		colProblem: cutEnd(steady(pr.ID), maxID),
		colErrors:  cutEnd(number(pr.Errors), maxCount),
		colWho:     cutMiddle(steady(who(pr.By)), mostWho),
		colSince:   p.clock.minute(pr.First),
		colUntil:   p.clock.until(pr),
		colTrend:   trend(pr.Timeline, p.r.Window),
	}
}

// allot gives every column what it wants, drops columns until WHAT has room,
// and lets WHAT and WHO share what is left: WHO at least a third of it,
// routes the rest, and messages what routes leave.
func (t *table) allot(total int) {
	t.widths = t.natural
	for _, c := range dropped {
		if t.shared(total)-min(t.widths[colWho], leastWho) >= min(t.natural[colWhat], leastWhat) {
			break
		}
		t.widths[c] = 0
	}
	room := t.shared(total)
	if who := t.widths[colWho]; who > 0 {
		least := min(who, max(leastWho, room/3))
		t.widths[colWho] = max(least, min(who, room-t.natural[colWhat]))
		room -= t.widths[colWho]
	}
	t.widths[colWhat] = max(1, room)
}

// shared returns the columns that WHAT and WHO have together.
func (t *table) shared(total int) int {
	for c, w := range t.widths {
		if w == 0 || c == colWhat {
			continue
		}
		total -= gap
		if c != colWho {
			total -= w
		}
	}
	return total
}

// draw cuts the cells to their columns and lets tablewriter set them.
func (t *table) draw(i ink, ps []report.Problem) []string {
	var out strings.Builder
	tab := newTable(&out, t.alignment())
	tab.Header(t.pick(headings))
	for k, row := range t.rows {
		row[colWho] = cutMiddle(row[colWho], max(1, t.widths[colWho]))
		row[colWhat] = t.whats[k].fit(t.widths[colWhat])
		if err := tab.Append(t.pick(row)); err != nil {
			panic("BUG: a row of strings is refused: " + err.Error())
		}
	}
	if err := tab.Render(); err != nil {
		panic("BUG: a table of strings is not drawn: " + err.Error())
	}
	return t.paint(trimmedLines(out.String()), i, ps)
}

// paint colours the finished lines: the headings, and each problem's id.
func (t *table) paint(lines []string, i ink, ps []report.Problem) []string {
	lines[0] = i.bold(lines[0])
	for k, row := range t.rows {
		id := row[colProblem]
		lines[k+1] = i.category(ps[k].Category, id) + strings.TrimPrefix(lines[k+1], id)
	}
	return lines
}

// pick returns the cells of the columns that are drawn.
func (t *table) pick(row [numCols]string) []string {
	var cells []string
	for c, cell := range row {
		if t.widths[c] > 0 {
			cells = append(cells, cell)
		}
	}
	return cells
}

func (t *table) alignment() []tw.Align {
	var as []tw.Align
	for c, w := range t.widths {
		switch {
		case w == 0:
		case c == colErrors:
			as = append(as, tw.AlignRight)
		default:
			as = append(as, tw.AlignLeft)
		}
	}
	return as
}

// newTable returns a writer that sets cells in columns and changes nothing
// about them: no borders, no wrapping, no upper case.
func newTable(out *strings.Builder, align []tw.Align) *tablewriter.Table {
	cell := tw.CellConfig{
		Formatting: tw.CellFormatting{AutoFormat: tw.Off, AutoWrap: tw.WrapNone},
		Alignment:  tw.CellAlignment{PerColumn: align},
		Padding:    tw.CellPadding{Global: tw.Padding{Right: strings.Repeat(" ", gap), Overwrite: true}},
	}
	return tablewriter.NewTable(out,
		tablewriter.WithConfig(tablewriter.Config{Header: cell, Row: cell}),
		tablewriter.WithTrimSpace(tw.Off),
		tablewriter.WithRendition(tw.Rendition{
			Borders:  tw.BorderNone,
			Settings: tw.Settings{Separators: tw.SeparatorsNone, Lines: tw.LinesNone},
		}),
		// Else tablewriter asks the locale how wide "…" and "█" are.
		tablewriter.WithEastAsian(tw.Off),
	)
}

func trimmedLines(s string) []string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return lines
}
