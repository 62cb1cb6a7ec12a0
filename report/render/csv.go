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
	out := csv.NewWriter(w)
	out.UseCRLF = true
	row := make([]string, len(csvColumns))
	for i, c := range csvColumns {
		row[i] = c.name
	}
	out.Write(row)
	for k := range r.Problems {
		for i, c := range csvColumns {
			row[i] = c.cell(&r.Problems[k])
		}
		out.Write(row)
	}
	out.Flush()
	return out.Error()
}

// csvColumns are appended to, never reordered: spreadsheets count columns.
var csvColumns = []struct {
	name string
	cell func(*report.Problem) string
}{
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
	{"samples", places},
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
	list := make([]string, len(counts))
	for i, c := range counts {
		list[i] = c.Value
	}
	return cells(list)
}

// places lists where to look.
func places(p *report.Problem) string {
	list := make([]string, len(p.Samples))
	for i := range p.Samples {
		list[i] = p.Samples[i].Place.String()
	}
	return cells(list)
}

func instant(t *report.Time) string {
	if t == nil {
		return ""
	}
	return t.String()
}
