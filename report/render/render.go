package render

import (
	"io"

	"analyzer/report"
)

// Options say how a report is drawn. The zero value draws for a terminal of
// 80 columns without colour, in one screen.
type Options struct {
	Width int  // columns of the text; 0 is 80, others are taken into 40 to 240
	Color bool // the text may use SGR sequences; it reads the same without
	Top   int  // problems shown in text, with a timeline, and in Markdown; 0 is one screen of text, 20 in Markdown

	// By is one of report.Dimensions: text, Markdown and HTML get a table that
	// breaks the errors down by it. Empty is none.
	By string
}

// Func draws r on w. It does not keep or change r, returns only what w
// returns, and may be called from several goroutines.
type Func func(w io.Writer, r *report.Report, o Options) error

// Formats are the drawings of a whole report, by the name that -o takes.
var Formats = map[string]Func{
	"text":         Text,
	"markdown":     Markdown,
	"html":         HTML,
	"json":         JSON,
	"csv":          CSV,
	"csv-requests": RequestsCSV,
	"prometheus":   Prometheus,
	"bundle":       Bundle,
}

const (
	defaultWidth = 80
	minWidth     = 40
	maxWidth     = 240
)

// columns returns the width to draw for.
func (o Options) columns() int {
	if o.Width == 0 {
		return defaultWidth
	}
	return max(minWidth, min(o.Width, maxWidth))
}
