package render

import (
	"io"
	"math"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter/tw"

	"analyzer/report"
)

// Diff draws how two logs differ in one screen: what changed, where each change
// concentrates, and what to do about those for the worse. o.Top asks for that
// many changes, however long.
func Diff(w io.Writer, d *report.Diff, o Options) error {
	p := &diffPage{d: d, o: o, ink: ink(o.Color)}
	foot := p.foot()
	lines := p.head()
	if len(d.Changes) > 0 {
		lines = append(append(lines, ""), p.changes(screenLines-len(lines)-len(foot)-1)...)
	}
	lines = append(lines, foot...)
	_, err := io.WriteString(w, strings.Join(lines, "\n")+"\n")
	return err
}

// diffPage is a diff on its way to text.
type diffPage struct {
	d   *report.Diff
	o   Options
	ink ink
}

// note is a line with a label, "" if there is nothing to say.
func (p *diffPage) note(name string, items []string) string {
	if len(items) == 0 {
		return ""
	}
	text := fill(escaped(items), dot, p.o.columns()-sheetIndent)
	return p.ink.faint(name) + strings.Repeat(" ", sheetIndent-len(name)) + text
}

func (p *diffPage) head() (lines []string) {
	for _, line := range wrap(changed(p.d), p.o.columns(), 2) {
		lines = append(lines, p.ink.bold(line))
	}
	return append(lines, p.side("BEFORE", &p.d.Before), p.side("AFTER", &p.d.After))
}

func (p *diffPage) side(name string, s *report.Side) string {
	when := nonEmpty([]string{shortSpan(s.Window)})
	room := p.o.columns() - sheetIndent - width(strings.Join(append([]string{found(s, "")}, when...), dot))
	source := cutMiddle(steady(files(&s.Input)), max(leastPlace, room))
	return p.note(name, slices.Concat([]string{found(s, source)}, when, sideFilters(s)))
}

// foot is what is to be said of all changes.
func (p *diffPage) foot() []string {
	lines := nonEmpty([]string{
		p.note("RISE", together(p.d, true)),
		p.note("FALL", together(p.d, false)),
		p.note("SCALE", nonEmpty([]string{scale(p.d)})),
		p.note("UNSURE", doubtful(p.d.Unsure)),
	})
	if len(lines) > 0 {
		lines = append([]string{""}, lines...)
	}
	return lines
}

// The columns of the table of changes.
var changeHeadings = []string{"CHANGE", "PROBLEM", "BEFORE", "AFTER", "WHAT"}

// changes draws as many changes as room lines hold, at least one, and says how
// many there are more.
func (p *diffPage) changes(room int) []string {
	all := p.d.Changes
	if p.o.Top > 0 {
		all, room = all[:min(p.o.Top, len(all))], math.MaxInt
	}
	rows := p.rows(all)
	lines := slices.Clone(rows[:1])
	for i := range all {
		block := append([]string{rows[i+1]}, p.notes(&all[i])...)
		if i > 0 && len(lines)+len(block)+1 > room {
			all = all[:i]
			break
		}
		lines = append(lines, block...)
	}
	if rest := len(p.d.Changes) - len(all); rest > 0 {
		lines = append(lines, p.ink.faint("… and "+count(int64(rest), "more change")+" (--top "+number(int64(len(p.d.Changes)))+")"))
	}
	return lines
}

// rows draws the heading and a line for each change.
func (p *diffPage) rows(changes []report.Change) []string {
	cells := p.cells(changes)
	lines := drawCells(cells, []tw.Align{tw.AlignLeft, tw.AlignLeft, tw.AlignRight, tw.AlignRight, tw.AlignLeft})
	lines[0] = p.ink.bold(lines[0])
	for i := range changes {
		kind := cells[i+1][0]
		lines[i+1] = p.ink.category(changes[i].Problem.Category, kind) + strings.TrimPrefix(lines[i+1], kind)
	}
	return lines
}

// cells makes the rows, WHAT as wide as the other columns allow.
func (p *diffPage) cells(changes []report.Change) [][]string {
	rows := [][]string{changeHeadings}
	problems := make([]report.Problem, len(changes))
	for i := range changes {
		c := &changes[i]
		problems[i] = c.Problem
		rows = append(rows, []string{c.Change, cutEnd(steady(c.Problem.ID), maxID), expected(c), number(c.After), ""})
	}
	last := len(changeHeadings) - 1
	room := p.o.columns()
	for c := range last {
		widest := 0
		for _, row := range rows {
			widest = max(widest, width(row[c]))
		}
		room -= widest + gap
	}
	for i, what := range whats(problems) {
		rows[i+1][last] = what.fit(max(1, room))
	}
	return rows
}

// noteIndent is where the lines below a change begin.
const noteIndent = 8

// notes says where a change concentrates, and what to do about one for the worse.
func (p *diffPage) notes(c *report.Change) (lines []string) {
	texts := []string{concentrated(c)}
	if c.Rises() {
		texts = append(texts, c.Problem.Remedy.Summary)
	}
	for _, text := range nonEmpty(texts) {
		for _, line := range wrap(Plain(text), p.o.columns()-noteIndent, 2) {
			lines = append(lines, strings.Repeat(" ", noteIndent)+p.ink.faint(line))
		}
	}
	return lines
}
