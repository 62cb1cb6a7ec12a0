package render

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"analyzer/report"
)

// CSV writes a row for each problem, in the order of the report, under headings
// that are the keys of the JSON report. It is CSV as in RFC 4180: UTF-8, lines
// end in CR LF, numbers without separators, times in RFC 3339, lists joined by
// "; ". A cell of text that a spreadsheet would take for a formula begins with
// an apostrophe.
func CSV(w io.Writer, r *report.Report, _ Options) error {
	return writeCSV(w, problemColumns, r.Problems)
}

// RequestsCSV is CSV with a row for each request: those that the report lists.
func RequestsCSV(w io.Writer, r *report.Report, _ Options) error {
	return writeCSV(w, requestColumns, r.Requests)
}

// csvColumn is a heading, and the cell under it.
type csvColumn[T any] struct {
	name string
	cell func(*T) string
}

func writeCSV[T any](w io.Writer, columns []csvColumn[T], items []T) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = c.name
	}
	out.Write(row)
	for k := range items {
		for i, c := range columns {
			row[i] = c.cell(&items[k])
		}
		out.Write(row)
	}
	out.Flush()
	return out.Error()
}

// Columns are appended to, never reordered: spreadsheets count them.
var problemColumns = []csvColumn[report.Problem]{
	{"id", func(p *report.Problem) string { return cell(p.ID) }},
	{"category", func(p *report.Problem) string { return cell(p.Category) }},
	{"status", func(p *report.Problem) string { return status(p.Status) }},
	{"code", func(p *report.Problem) string { return cell(p.Code) }},
	{"method", func(p *report.Problem) string { return cell(p.Method) }},
	{"route", func(p *report.Problem) string { return cell(p.Route) }},
	{"message", func(p *report.Problem) string { return cell(p.Message) }},
	{"fields", func(p *report.Problem) string { return cells(p.Fields) }},
	{"errors", func(p *report.Problem) string { return strconv.FormatInt(p.Errors, 10) }},
	{"requests", func(p *report.Problem) string { return strconv.FormatInt(p.Requests, 10) }},
	{"callers", func(p *report.Problem) string { return strconv.FormatInt(p.Callers, 10) }},
	{"first", func(p *report.Problem) string { return instant(p.First) }},
	{"last", func(p *report.Problem) string { return instant(p.Last) }},
	{"state", func(p *report.Problem) string { return cell(p.State) }},
	{"by.service", func(p *report.Problem) string { return values(p.By.Service) }},
	{"by.caller", func(p *report.Problem) string { return values(p.By.Caller) }},
	{"by.version", func(p *report.Problem) string { return values(p.By.Version) }},
	{"retry", func(p *report.Problem) string { return cell(p.Retry) }},
	{"rule", func(p *report.Problem) string { return cell(p.Rule) }},
	{"evidence", func(p *report.Problem) string { return cell(p.Evidence) }},
	{"remedy.summary", func(p *report.Problem) string { return cell(p.Remedy.Summary) }},
	{"samples", func(p *report.Problem) string {
		return joined(p.Samples, func(s *report.Sample) string { return s.Place.String() })
	}},
	{"by.host", func(p *report.Problem) string { return values(p.By.Host) }},
	{"by.resource", func(p *report.Problem) string { return values(p.By.Resource) }},
}

var requestColumns = []csvColumn[report.Request]{
	{"request_id", func(q *report.Request) string { return cell(q.RequestID) }},
	{"kind", func(q *report.Request) string { return cell(q.Kind) }},
	{"errors", func(q *report.Request) string { return strconv.FormatInt(q.Errors, 10) }},
	{"first", func(q *report.Request) string { return instant(q.First) }},
	{"last", func(q *report.Request) string { return instant(q.Last) }},
	{"fields", func(q *report.Request) string { return cells(q.Fields) }},
	{"errors_at.status", func(q *report.Request) string {
		return joined(q.ErrorsAt, func(e *report.ErrorAt) string { return status(e.Status) })
	}},
	{"errors_at.problem", func(q *report.Request) string { return cells(met(q)) }},
	{"errors_at", func(q *report.Request) string {
		return joined(q.ErrorsAt, func(e *report.ErrorAt) string { return e.Place.String() })
	}},
}

// formulaStarts are what makes spreadsheets take a cell for a formula (CWE-1236),
// with the wide forms that some of them take for the same.
const formulaStarts = "=+-@\t\r\n＝＋－＠"

// cell returns s as text that is no formula.
func cell(s string) string {
	s = Plain(s)
	if first, _ := utf8.DecodeRuneInString(s); strings.ContainsRune(formulaStarts, first) {
		return "'" + s
	}
	return s
}

func cells(list []string) string { return cell(strings.Join(list, "; ")) }

func values(counts []report.Count) string {
	return joined(counts, func(c *report.Count) string { return c.Value })
}

// joined joins a text of each item.
func joined[T any](items []T, text func(*T) string) string {
	list := make([]string, len(items))
	for i := range items {
		list[i] = text(&items[i])
	}
	return cells(list)
}

func instant(t *report.Time) string {
	if t == nil {
		return ""
	}
	return t.String()
}
