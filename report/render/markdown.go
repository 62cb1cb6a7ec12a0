package render

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"analyzer/report"
)

// defaultTop is how many problems, fields and requests Markdown lists.
const defaultTop = 20

// Markdown draws r to be pasted into an issue or a postmortem: an overview of
// the problems, what to do, to be given to people, impact, timeline and what
// happened, each problem on its own, fields, requests, the audit, what is left
// to find out, and the account of the input. An instruction is given once. Text
// from the log is inert: it cannot become a link, an image, a mention, a heading
// or HTML, and tables keep their columns.
func Markdown(w io.Writer, r *report.Report, o Options) error {
	d := &document{r: r, top: o.Top, clock: newClock(r.Window)}
	if d.top <= 0 {
		d.top = defaultTop
	}
	d.opening()
	d.overview()
	if r.Input.Errors > 0 {
		d.actions()
		d.impact()
		d.timeline()
	}
	d.happenings()
	d.history()
	d.problems()
	d.breakdown(o.By)
	d.fields()
	d.requests()
	d.audit()
	d.logging()
	if r.Input.Errors > 0 {
		d.openQuestions()
	}
	d.input()
	_, err := io.WriteString(w, d.String())
	return err
}

// document is a report on its way to Markdown.
type document struct {
	strings.Builder
	r     *report.Report
	top   int
	clock clock
}

// line writes one line.
func (d *document) line(parts ...string) {
	for _, s := range parts {
		d.WriteString(s)
	}
	d.WriteByte('\n')
}

// item writes "- **name:** text" unless text is empty.
func (d *document) item(name, text string) {
	if text != "" {
		d.line("- **", name, ":** ", text)
	}
}

// table writes rows under headings; those that end in "#" hold numbers.
func (d *document) table(headings []string, rows [][]string) {
	rule := make([]string, len(headings))
	names := make([]string, len(headings))
	for i, h := range headings {
		name, isNumber := strings.CutSuffix(h, "#")
		names[i], rule[i] = name, "---"
		if isNumber {
			rule[i] = "--:"
		}
	}
	d.row(names)
	d.row(rule)
	for _, row := range rows {
		d.row(row)
	}
}

// row writes the cells of a row. A bar would begin a cell even in a code span
// or behind a backslash, depending on the reader, so it is shown as \x7c.
func (d *document) row(cells []string) {
	d.WriteString("|")
	for _, cell := range cells {
		d.WriteString(" " + strings.ReplaceAll(cell, "|", `\x7c`) + " |")
	}
	d.WriteByte('\n')
}

// more says how many of n items are not listed.
func (d *document) more(n int, what string) {
	if n > d.top {
		d.line("\n… and ", count(int64(n-d.top), "more "+what), ".")
	}
}

func (d *document) opening() {
	d.line("# ", prose(totals(d.r, files(&d.r.Input))), "\n")
	if when := span(d.r.Window); when != "" {
		d.line("- **Window:** ", when)
	}
	d.item("Filters", codes(filters(d.r)))
	d.item("Changes", prose(d.news()))
	if d.r.Input.Errors == 0 {
		d.calm()
		return
	}
	var categories []string
	for _, c := range categoryItems(d.r) {
		categories = append(categories, prose(c.Category)+" "+number(c.Errors))
	}
	d.item("Categories", strings.Join(categories, ", "))
	d.item("State", standing(d.r))
}

func (d *document) calm() {
	d.item("Meaning", prose(meaning(&d.r.Input)))
	if d.r.Input.Records > 0 {
		d.item("Read", prose(read(&d.r.Input, whole)))
	}
	d.item("Try", prose(advice(d.r)))
}

// actions is the list of what to do, what is most urgent first, to be given to
// people. How to do it stands with each problem.
func (d *document) actions() {
	if len(d.r.Actions) == 0 {
		return
	}
	d.line("\n## What to do\n")
	for i := range d.r.Actions[:min(d.top, len(d.r.Actions))] {
		d.action(&d.r.Actions[i])
	}
	d.more(len(d.r.Actions), "action")
}

func (d *document) action(a *report.Action) {
	d.line(strconv.Itoa(a.Rank), ". [ ] ", instruction(a.Summary), " _owner, date_")
	text := "a precaution"
	if a.Errors > 0 {
		text = count(a.Errors, "error") + " (" + number(a.SharePercent) + " percent)" + inRequests(a.Requests)
	}
	if len(a.Problems) > 0 {
		text += " (" + codes(a.Problems) + ")"
	}
	if len(a.Evidence) > 0 {
		text += ", see " + codes(a.Evidence)
	}
	d.line("   - ", text)
}

// inRequests says how many requests errors belong to, if any is known.
func inRequests(n int64) string {
	if n == 0 {
		return ""
	}
	return " in " + count(n, "request")
}

// codes lists values as code.
func codes(values []string) string {
	spans := make([]string, len(values))
	for i, v := range values {
		spans[i] = code(v)
	}
	return strings.Join(spans, ", ")
}

// overview is the table of the problems.
func (d *document) overview() {
	ps := d.r.Problems[:min(d.top, len(d.r.Problems))]
	if len(ps) == 0 {
		return
	}
	d.line("\n## Overview\n")
	var rows [][]string
	for i := range ps {
		pr := &ps[i]
		rows = append(rows, []string{code(pr.ID), prose(pr.Category), prose(who(pr.By)), told(pr), number(pr.Errors), optional(pr.Successes),
			number(pr.Requests), dates(pr.First, pr.Last), prose(pr.State), d.causeOf(pr)})
	}
	d.table([]string{"Problem", "Category", "Who", "What", "Errors#", "Successes#", "Requests#", "When (UTC)", "State", "Cause"}, rows)
	d.more(len(d.r.Problems), "problem")
	d.legend()
}

// legend says what the columns of the overview mean.
func (d *document) legend() {
	d.line()
	if d.r.Audit.Successes {
		d.line("- **Successes:** calls of the same endpoint, by those who met the problem, from about its first to its last error")
	}
	if edge := d.r.Edge(); edge > 0 {
		d.line("- **Still:** an error in the last ", elapsed(edge.Milliseconds()), " of the log")
	}
}

// optional writes a count that may not be known.
func optional(n *int64) string {
	if n == nil {
		return "?"
	}
	return number(*n)
}

// told says in code what failed: the answer, the call and its code or message.
func told(pr *report.Problem) string {
	if pr.Folded {
		return strings.TrimSpace(status(pr.Status) + " " + prose(pr.Method+" "+foldedWhat(pr)))
	}
	call := strings.TrimSpace(pr.Method + " " + pr.Route)
	detail := pr.Code
	if detail == "" {
		detail = pr.Message
	}
	return strings.Join(strings.Fields(status(pr.Status)+" "+code(call)+" "+code(detail)), " ")
}

// fields is the table of the inputs that errors name.
func (d *document) fields() {
	fs := d.r.Fields[:min(d.top, len(d.r.Fields))]
	if len(fs) == 0 {
		return
	}
	d.line("\n## Fields\n")
	var rows [][]string
	for _, f := range fs {
		rows = append(rows, []string{code(f.Field), number(f.Errors), number(f.Requests), number(f.Callers), codes(f.Problems)})
	}
	d.table([]string{"Field", "Errors#", "Requests#", "Named callers#", "Problems"}, rows)
	d.more(len(d.r.Fields), "field")
}

// input is the account of what was read.
func (d *document) input() {
	in := &d.r.Input
	d.line("\n## Input\n")
	var rows [][]string
	for i := range in.Sources {
		s := &in.Sources[i]
		rows = append(rows, []string{code(s.Name), prose(s.Status), code(s.Reason), number(s.Records), number(s.Errors),
			number(s.NonErrors), number(s.Malformed), number(s.Filtered), number(s.Bytes)})
	}
	d.table([]string{"Source", "Status", "Reason", "Records#", "Errors#", "Without error#", "Malformed#", "Filtered#", "Bytes#"}, rows)
	d.line()
	figures, lists := beyond(d.r.Limits)
	for _, item := range slices.Concat(doubts(in, whole), figures, lists) {
		d.line("- ", prose(item))
	}
	d.line("- made by ", prose(d.r.Tool.Name), " ", code(d.r.Tool.Version), ", rules ", code(d.r.Tool.Packs))
}

// whole leaves a place's name as it is: what is handed round has to say which
// file it means.
func whole(name string) string { return name }
