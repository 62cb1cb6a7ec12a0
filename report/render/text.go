package render

import (
	"io"
	"math"
	"strings"

	"analyzer/report"
)

// Text draws the answer for a terminal: totals, what to do first, the
// problems, fields, requests and the state of the input. With o.Top at 0 it
// takes at most 22 lines, whatever r holds. No line is wider than o.Width, and
// but for colour there are no control characters other than line ends.
func Text(w io.Writer, r *report.Report, o Options) error {
	p := newPage(r, o)
	lines := p.calm
	if r.Input.Errors > 0 {
		lines = p.errors
	}
	var out strings.Builder
	for _, line := range lines() {
		out.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// screenLines is how many lines a report takes when Top does not ask for more.
const screenLines = 22

// page is a report on its way to text.
type page struct {
	r     *report.Report
	width int
	lines int // at most
	top   int // problems, at most
	ink   ink
	clock clock
	dir   string // in which all sources are; left out of their names

	by         string // what errors are broken down by, empty for nothing
	shares     []report.Share
	mostShares int
}

func newPage(r *report.Report, o Options) *page {
	p := &page{
		r:     r,
		width: o.columns(),
		lines: screenLines,
		top:   len(r.Problems),
		ink:   ink(o.Color),
		clock: newClock(r.Window),
		dir:   commonDir(r.Input.Sources),

		by:     o.By,
		shares: r.Breakdown(o.By),
	}
	p.mostShares = len(p.shares)
	if o.Top > 0 {
		p.lines = math.MaxInt
		p.top = min(o.Top, len(r.Problems))
		p.mostShares = min(o.Top, len(p.shares))
	}
	return p
}

// commonDir returns the directory that all sources share, with its slash, "" if
// there is none.
func commonDir(sources []report.Source) string {
	if len(sources) == 0 {
		return ""
	}
	dir := sources[0].Name
	for _, s := range sources {
		for dir = dir[:strings.LastIndexByte(dir, '/')+1]; !strings.HasPrefix(s.Name, dir); {
			dir = strings.TrimSuffix(dir, "/")
			dir = dir[:strings.LastIndexByte(dir, '/')+1]
		}
	}
	if dir == "/" {
		return "" // without it, a name would look relative
	}
	return dir
}

// short leaves the directory that all sources share out of a name or place.
func (p *page) short(name string) string { return strings.TrimPrefix(name, p.dir) }

// opening is the first line, or two where it is too long: what was found, in
// what, and when.
func (p *page) opening() []string {
	first := Plain(totals(p.r, cutMiddle(steady(p.short(files(&p.r.Input))), p.width/3)))
	when := span(p.r.Window)
	for _, when := range []string{when, shortSpan(p.r.Window)} {
		if line := first + "   " + when; when != "" && width(line) <= p.width {
			return []string{p.ink.bold(first) + "   " + when}
		}
	}
	var lines []string
	for _, line := range wrap(first, p.width, 2) {
		lines = append(lines, p.ink.bold(line))
	}
	if when != "" {
		lines = append(lines, cutEnd(when, p.width))
	}
	return lines
}

// categories counts the errors of each category that has some.
func (p *page) categories() []string {
	var items []string
	for _, c := range categoryItems(p.r) {
		items = append(items, p.ink.category(c.Category, steady(c.Category))+" "+number(c.Errors))
	}
	return lay(items, "  ", p.width, 3)
}

func (p *page) head() []string {
	lines := append(p.opening(), p.categories()...)
	return append(lines, wrap(standing(p.r), p.width, 2)...)
}
