package render

import (
	"io"
	"strings"

	"analyzer/report"
)

// DiffMarkdown draws how two logs differ to be pasted into an issue: the changes
// in a table, then each with where it concentrates and, if it is for the worse,
// with evidence and remedy. Text from the log is inert, as in Markdown.
func DiffMarkdown(w io.Writer, d *report.Diff, o Options) error {
	doc := &document{r: &report.Report{}, top: o.Top, clock: newClock(d.After.Window)}
	if doc.top <= 0 {
		doc.top = defaultTop
	}
	doc.line("# ", prose(changed(d)), "\n")
	doc.side("Before", &d.Before)
	doc.side("After", &d.After)
	doc.item("Scale", scale(d))
	doc.item("Rise", proseList(together(d, true)))
	doc.item("Fall", proseList(together(d, false)))
	doc.item("Unsure", proseList(doubtful(d.Unsure)))
	doc.changes(d.Changes)
	_, err := io.WriteString(w, doc.String())
	return err
}

func (d *document) side(name string, s *report.Side) {
	d.item(name, strings.Join(nonEmpty([]string{prose(found(s, files(&s.Input))), shortSpan(s.Window), codes(sideFilters(s))}), ", "))
}

// proseList is prose of several items.
func proseList(items []string) string {
	for i, item := range items {
		items[i] = prose(item)
	}
	return strings.Join(items, ", ")
}

// changes is the table of the changes, and a section for each.
func (d *document) changes(all []report.Change) {
	shown := all[:min(d.top, len(all))]
	if len(shown) == 0 {
		return
	}
	d.line("\n## Changes\n")
	var rows [][]string
	for i := range shown {
		c := &shown[i]
		rows = append(rows, []string{c.Change, code(c.Problem.ID), prose(c.Problem.Category), expected(c), number(c.After), told(&c.Problem), prose(concentrated(c))})
	}
	d.table([]string{"Change", "Problem", "Category", "Before#", "After#", "What", "Where"}, rows)
	d.more(len(all), "change")
	for i := range shown {
		if shown[i].Rises() {
			d.problem(&shown[i].Problem)
		}
	}
}
