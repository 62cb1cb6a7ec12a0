package render

import (
	"slices"
	"strings"

	"analyzer/report"
)

// calm draws a report without errors: what that means, what was read, and
// what to try if errors were expected.
func (p *page) calm() []string {
	in := &p.r.Input
	lines := p.opening()
	if text := meaning(in); text != "" {
		lines = append(lines, "")
		lines = append(lines, wrap(Plain(text), p.width, 3)...)
	}
	lines = append(lines, "")
	if in.Records > 0 {
		lines = append(lines, p.section("READ", read(in, p.short))...)
	}
	lines = append(lines, p.section("FILTERS", strings.Join(filters(p.r), dot))...)
	lines = append(lines, p.section("CHANGES", p.news())...)
	if s := p.sources(); s != "" {
		lines = append(lines, p.labelled("SOURCES", s))
	}
	return append(lines, p.section("TRY", advice(p.r))...)
}

// section wraps text beside its label.
func (p *page) section(name, text string) []string {
	lines := wrap(Plain(text), p.room(), 4)
	for i, line := range lines {
		lines[i] = p.labelled(name, line)
		name = ""
	}
	return lines
}

// read is the account of the input in a sentence.
func read(in *report.Input, short func(string) string) string {
	s := count(in.Bytes, "byte") + ", " + count(in.NonErrors, "record") + " without an API error"
	for _, item := range doubts(in, short) {
		s += ", " + item
	}
	return s
}

// meaning says what kind of input gives no errors, "" if there was none.
func meaning(in *report.Input) string {
	switch {
	case in.Records == 0:
		return ""
	case in.Malformed == in.Records:
		return "No record could be read: " + malformedBy(in) + "."
	case in.Filtered > 0:
		return "There are errors, and all of them were filtered out."
	case in.Unopened == in.NonErrors:
		return "No record looks like an answer of an API: none holds a status from 400 to 599 or a word of an error."
	default:
		return "The records that might be API errors were opened, and none of them is one."
	}
}

// advice says what to try if errors were expected.
func advice(r *report.Report) string {
	in := &r.Input
	switch {
	case r.History != nil: // that nothing is new was expected
		return ""
	case in.Records == 0 && slices.ContainsFunc(in.Sources, failed):
		return "name a file that can be read, or pipe one: cat app.log | analyzer"
	case in.Records == 0:
		return "pipe a log, or name its files: cat app.log | analyzer"
	case in.Malformed == in.Records:
		return "look at the first one" + at(firstDoubt(in)) + "; JSON lines hold one object on each line, and " +
			"an archive or another encoding has to be unpacked first"
	case in.Filtered > 0 && askedWindow(r.Window) != "" && in.Notes["no_time"] >= in.Filtered:
		return "without --since and --until: the errors show no time that can be read, so no window holds them"
	case in.Filtered > 0:
		return "a wider --since, --until or --where"
	default:
		return "if you expected errors: does the log hold the status or the body of responses? " +
			"Some clients write them only at debug level."
	}
}

func failed(s report.Source) bool { return s.Status == "failed" }

func at(p *report.Place) string {
	if p == nil {
		return ""
	}
	return ", " + p.String()
}
