package render

import (
	"slices"
	"strings"

	"analyzer/report"
)

// news says what changed since earlier runs: an item for each kind of change,
// with the problems and, in brief, without.
func news(h *report.History) (items, brief []string) {
	switch {
	case h == nil:
		return nil, nil
	case h.Since == nil && h.Run == 1:
		items = []string{"this is the first run; the next one tells what is new"}
		return items, items
	}
	for i := 0; i < len(h.Problems) && h.Problems[i].Change != ""; {
		kind := h.Problems[i].Change
		var ids []string
		for ; i < len(h.Problems) && h.Problems[i].Change == kind; i++ {
			ids = append(ids, newsOf(&h.Problems[i]))
		}
		brief = append(brief, number(int64(len(ids)))+" "+kind)
		items = append(items, number(int64(len(ids)))+" "+kind+": "+strings.Join(ids, " "))
	}
	if items == nil {
		items = []string{"none"}
	}
	return items, brief
}

// news names the problems that changed, those of the less urgent kinds only
// where there is room.
func (p *page) news() string {
	items, brief := news(p.r.History)
	for named := len(brief); named > 0; named-- {
		text := strings.Join(append(slices.Clone(items[:named]), brief[named:]...), dot)
		if text = Plain(text); width(text) <= p.room() {
			return text
		}
	}
	return fill(escaped(append(brief, items[len(brief):]...)), dot, p.room())
}

// newsOf names a problem, and where it grew how far.
func newsOf(c *report.Course) string {
	if c.Change == report.ChangeWorse {
		return c.ID + " (" + number(c.Before) + " to " + number(c.Now) + ")"
	}
	return c.ID
}

// news says in a sentence what changed.
func (d *document) news() string {
	items, _ := news(d.r.History)
	return strings.Join(items, "; ")
}

// compared says how counts of now and before compare.
const compared = "Before is a window of equal length: that of a week ago, if the problem occurred in it, else the last one."

// history is the table of what changed and how long each problem is known.
func (d *document) history() {
	h := d.r.History
	if h == nil || len(h.Problems) == 0 {
		return
	}
	d.line("\n## History\n")
	d.line("This is run ", number(h.Run), ". ", compared, "\n")
	var rows [][]string
	for i := range h.Problems[:min(d.top, len(h.Problems))] {
		c := &h.Problems[i]
		rows = append(rows, []string{
			code(c.ID), c.Change, code(courseWhat(c)), number(c.Now), number(c.Before), number(c.Errors), number(c.Runs), when(c.First), when(c.Last),
		})
	}
	d.table(historyHeadings, rows)
	d.more(len(h.Problems), "problem")
}

var historyHeadings = []string{"Problem", "Change", "What", "Now#", "Before#", "In all#", "Runs#", "First", "Last"}

// history is the same table of a page.
func (h *htmlMaker) history() htmlTable {
	var rows [][]htmlCell
	if h.r.History != nil {
		for i := range h.r.History.Problems {
			c := &h.r.History.Problems[i]
			rows = append(rows, []htmlCell{
				h.refsCell([]string{c.ID}), textCell(c.Change), codeCell(courseWhat(c)), numberCell(c.Now), numberCell(c.Before),
				numberCell(c.Errors), numberCell(c.Runs), timeCell(c.First), timeCell(c.Last),
			})
		}
	}
	t := newHTMLTable("history", "History", historyHeadings, rows)
	t.Note = compared
	return t
}

// courseColumns is how many columns tell what a problem is.
const courseColumns = 60

// courseWhat says what a problem is, which need not be in the report.
func courseWhat(c *report.Course) string {
	p := report.Problem{Status: c.Status, Method: c.Method, Route: c.Route, Code: c.Code, Message: c.Message}
	return newWhat(&p, width(c.Method)).fit(courseColumns)
}
