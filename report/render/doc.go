// Package render draws a finished report.Report for people and programs: text
// for a terminal, Markdown for an issue, HTML for a browser, JSON for scripts,
// CSV for spreadsheets, metrics for Prometheus, a bundle of these for support,
// and findings as lines of JSON. A report.Trace and a report.Diff have drawings
// of their own. It counts nothing and reads nothing but its arguments, so the
// same report gives the same bytes everywhere.
//
// Three decisions shaped it. The text answer is one screen: every block has a
// weight and the lines are dealt out in that order (see screen.go). Widths are
// computed here and cells are cut before the table is drawn, because only the
// program knows that a route must keep its end. And whatever came from a log
// passes one escaping layer per output (escape.go for text, markdown_escape.go
// for Markdown, html/template for HTML, encoding/json for JSON, csv.go for CSV),
// which lets through what is known to be harmless and shows the rest.
package render
