package render

import (
	"cmp"
	"slices"
	"strings"

	"analyzer/report"
)

// htmlTable is a table that can be sorted and searched. Rows that name problems
// go with them when problems are filtered.
type htmlTable struct {
	ID, Title, Note string
	Columns         []htmlColumn
	Rows            [][]htmlCell
	More            string   // how many rows are not listed
	After           []string // sentences below
}

// htmlColumn is a column, and whether it holds numbers.
type htmlColumn struct {
	Name   string
	Number bool
}

// htmlCell is a cell: text, a number, or the names of problems.
type htmlCell struct {
	Text     string
	Code     bool
	Time     bool
	Prose    bool // sentences
	Number   bool
	Value    int64 // by which a number is sorted
	Problems []htmlRef
}

func textCell(s string) htmlCell       { return htmlCell{Text: Plain(s)} }
func proseCell(s string) htmlCell      { return htmlCell{Text: Plain(s), Prose: true} }
func codeCell(s string) htmlCell       { return htmlCell{Text: Plain(s), Code: true} }
func numberCell(n int64) htmlCell      { return htmlCell{Text: number(n), Number: true, Value: n} }
func timeCell(t *report.Time) htmlCell { return htmlCell{Text: when(t), Time: true} }

func (h *htmlMaker) refsCell(ids []string) htmlCell { return htmlCell{Problems: h.refs(ids)} }

// rowsListed is how many rows of a table are drawn.
const rowsListed = 1000

// newHTMLTable makes a table; columns whose name ends in "#" hold numbers.
func newHTMLTable(id, title string, headings []string, rows [][]htmlCell) htmlTable {
	t := htmlTable{ID: id, Title: title, Rows: rows[:min(rowsListed, len(rows))]}
	for _, heading := range headings {
		name, isNumber := strings.CutSuffix(heading, "#")
		t.Columns = append(t.Columns, htmlColumn{name, isNumber})
	}
	t.leaveOut(len(rows))
	return t
}

// leaveOut says how many of all rows are not listed.
func (t *htmlTable) leaveOut(all int) {
	if rest := all - len(t.Rows); rest > 0 {
		t.More = "… and " + number(int64(rest)) + " more"
	}
}

// tables are the sections below the problems, those that have rows.
func (h *htmlMaker) tables(by string) []htmlTable {
	all := []htmlTable{h.history(), h.stories(), h.retries(), h.rateLimits(), h.outcomes(), h.breakdown(by), h.fields(), h.requests(), h.logging(), h.sources()}
	return slices.DeleteFunc(all, func(t htmlTable) bool { return len(t.Rows) == 0 })
}

func (h *htmlMaker) breakdown(by string) htmlTable {
	var rows [][]htmlCell
	for _, s := range h.r.Breakdown(by) {
		share := htmlCell{Text: percent(&s), Number: true, Value: s.Errors}
		rows = append(rows, []htmlCell{codeCell(s.Value), numberCell(s.Errors), share, h.refsCell(s.Problems[:min(defaultTop, len(s.Problems))])})
	}
	return newHTMLTable("by", "By "+by, []string{by, "Errors#", "Share#", "Problems"}, rows)
}

func (h *htmlMaker) fields() htmlTable {
	var rows [][]htmlCell
	for _, f := range h.r.Fields {
		rows = append(rows, []htmlCell{codeCell(f.Field), numberCell(f.Errors), numberCell(f.Requests), numberCell(f.Callers), h.refsCell(f.Problems)})
	}
	return newHTMLTable("fields", "Fields", []string{"Field", "Errors#", "Requests#", "Named callers#", "Problems"}, rows)
}

func (h *htmlMaker) requests() htmlTable {
	var rows [][]htmlCell
	derived := 0
	for i := range h.r.Requests {
		q := &h.r.Requests[i]
		if isDerived(q) {
			derived++
		}
		rows = append(rows, []htmlCell{codeCell(q.RequestID), textCell(q.Kind), numberCell(q.Errors), timeCell(q.First),
			timeCell(q.Last), textCell(statuses(q)), codeCell(strings.TrimPrefix(firstPlace(q), h.dir)), codeCell(strings.Join(q.Fields, ", ")), h.refsCell(met(q))})
	}
	t := newHTMLTable("requests", "Requests",
		[]string{"ID", "Kind", "Errors#", "First", "Last", "Statuses", "First place", "Fields", "Problems"}, rows)
	t.leaveOut(int(h.r.Input.RequestIDs) + derived)
	return t
}

// met lists the problems of a request, each once, in time order.
func met(q *report.Request) []string {
	var ids []string
	for _, e := range q.ErrorsAt {
		if !slices.Contains(ids, e.Problem) {
			ids = append(ids, e.Problem)
		}
	}
	return ids
}

func (h *htmlMaker) logging() htmlTable {
	var rows [][]htmlCell
	var advice []string
	for i := range h.r.Quality {
		q := &h.r.Quality[i]
		if worstLack(q).errors == 0 {
			continue
		}
		name := cmp.Or(serviceName(q), noService)
		row := []htmlCell{codeCell(name)}
		for _, n := range []int64{q.Errors, q.WithoutStatus, q.WithoutMessage, q.WithoutField, q.WithoutRequestID, q.WithoutMethod, q.WithoutTime} {
			row = append(row, numberCell(n))
		}
		rows = append(rows, row)
		if q.Advice != "" {
			advice = append(advice, Plain(name+": "+q.Advice))
		}
	}
	t := newHTMLTable("logging", "Logging",
		[]string{"Service", "Errors#", "Status#", "Message#", "Field#", "Request ID#", "Method#", "Time#"}, rows)
	t.Note = "Errors whose log entry lacks something:"
	t.After = advice[:min(defaultTop, len(advice))]
	return t
}

func (h *htmlMaker) sources() htmlTable {
	var rows [][]htmlCell
	for i := range h.r.Input.Sources {
		s := &h.r.Input.Sources[i]
		doubt := ""
		if s.FirstDoubt != nil {
			doubt = s.FirstDoubt.String()
		}
		row := []htmlCell{codeCell(s.Name), textCell(s.Status), textCell(s.Reason)}
		for _, n := range []int64{s.Records, s.Errors, s.NonErrors, s.Malformed, s.Filtered, s.Bytes} {
			row = append(row, numberCell(n))
		}
		rows = append(rows, append(row, codeCell(doubt)))
	}
	t := newHTMLTable("input", "Input", []string{"Source", "Status", "Reason", "Records#", "Errors#", "Without error#",
		"Malformed#", "Filtered#", "Bytes#", "First malformed"}, rows)
	t.After = h.doubts()
	return t
}
