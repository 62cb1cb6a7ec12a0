package render

import (
	"strconv"
	"strings"

	"analyzer/report"
)

// Markup is what the reader of a message takes for formatting.
type Markup int

const (
	Unmarked   Markup = iota // nothing: a mail, a webhook, a card of Teams
	MarkedDown               // Markdown: Discord, Mattermost
	Mrkdwn                   // Slack's own
)

const (
	messageActions = 3    // things to do, each with its problem
	messageIDs     = 3    // request IDs of each problem
	messageBytes   = 3500 // below what every chat takes in one message

	longSentence = 240 // columns of a sentence
	longQuote    = 120 // of words from a log
	longName     = 64  // of an ID, a file, a place
)

// Message draws r in a few lines, for a chat or a mail: a title, which holds
// nothing of the log; and a text of at most messageBytes with the totals and the
// first things to do, each with its problem, an error as evidence, and request
// IDs to quote to the provider. Words from the log cannot become a link, a
// mention or formatting.
func Message(r *report.Report, m Markup) (title, text string) {
	d := &message{r: r, quoting: quotings[m], clock: newClock(r.Window), dir: commonDir(r.Input.Sources)}
	d.opening()
	for i := range r.Actions[:min(messageActions, len(r.Actions))] {
		d.action(&r.Actions[i])
	}
	return headline(r), d.String()
}

// headline is the report in half a line of figures.
func headline(r *report.Report) string {
	switch {
	case r.Calm():
		return "analyzer: no API errors"
	case r.Input.Errors == 0:
		return "analyzer: the log could not be read"
	}
	standing, _, _ := strings.Cut(standing(r), ";")
	return "analyzer: " + count(r.Input.Errors, "API error") + ", " + standing
}

// message is a report on its way to a message.
type message struct {
	quoting
	r     *report.Report
	clock clock
	dir   string // in which all sources are; left out of their names
	lines []string
}

// quoting makes words from a log harmless: names and quotes by code, sentences
// that hold some by prose.
type quoting struct {
	code, prose func(string) string
	gap         bool // whether an empty line parts what belongs apart
}

var quotings = map[Markup]quoting{
	Unmarked:   {Plain, Plain, true},
	MarkedDown: {code, prose, true},
	Mrkdwn:     {slackCode, func(s string) string { return proseIn(s, slackCode) }, false},
}

// line adds a line of parts, unless they are all empty.
func (d *message) line(parts ...string) {
	if text := strings.Join(parts, ""); text != "" {
		d.lines = append(d.lines, text)
	}
}

// String returns as many lines as a message may hold.
func (d *message) String() string {
	end, size := 0, 0
	for end < len(d.lines) && size+len(d.lines[end]) < messageBytes {
		size += len(d.lines[end]) + 1
		end++
	}
	return strings.Join(d.lines[:end], "\n")
}

// opening says what was found, in what, and what was not read.
func (d *message) opening() {
	when := shortSpan(d.r.Window)
	if when != "" {
		when = ", " + when
	}
	d.line(totals(d.r, d.prose(cutMiddle(Plain(d.short(files(&d.r.Input))), longName))), when)
	d.line(d.figures())
	if items, _ := news(d.r.History); items != nil {
		d.line("Changes: ", d.prose(cutEnd(Plain(strings.Join(items, "; ")), longSentence)))
	}
	if bad := unread(&d.r.Input); len(bad) > 0 {
		d.line("Not read whole: ", d.named(d.short(bad[0].Name)), " ", d.quoted(bad[0].Reason))
	}
}

// figures counts the errors of each category, or says what it means that there
// are none.
func (d *message) figures() string {
	if d.r.Input.Errors == 0 {
		return meaning(&d.r.Input)
	}
	var counts []string
	for _, c := range categoryItems(d.r) {
		counts = append(counts, c.Category+" "+number(c.Errors))
	}
	return strings.Join(counts, ", ")
}

func (d *message) short(name string) string { return strings.TrimPrefix(name, d.dir) }

func (d *message) named(s string) string { return d.code(cutMiddle(Plain(s), longName)) }

func (d *message) quoted(s string) string { return d.code(cutEnd(Plain(s), longQuote)) }

// action writes what to do, and why.
func (d *message) action(a *report.Action) {
	if d.gap {
		d.lines = append(d.lines, "")
	}
	d.line(strconv.Itoa(a.Rank), ". ", d.prose(cutEnd(Plain(a.Summary), longSentence)))
	if len(a.Problems) == 0 {
		return
	}
	if p := problemByID(d.r, a.Problems[0]); p != nil {
		d.problem(p, len(a.Problems)-1)
	}
}

func (d *message) problem(p *report.Problem, more int) {
	others := ""
	if more > 0 {
		others = " and " + number(int64(more)) + " more"
	}
	what := d.code(newWhat(p, width(method(p))).fit(longQuote))
	d.line(d.named(p.ID), others, ": ", what, ", ", number(p.Errors), "x", during(d.clock, lifeOf(d.r, []string{p.ID})))
	if len(p.Samples) == 0 {
		return
	}
	first := &p.Samples[0]
	d.line(strings.Join(nonEmpty([]string{d.named(d.short(first.Place.String())), d.quoted(first.Message)}), ": "))
	if ids := d.requestIDs(p); ids != "" {
		d.line("Request IDs: ", ids)
	}
}

// requestIDs lists those of the samples.
func (d *message) requestIDs(p *report.Problem) string {
	var ids []string
	for i := range p.Samples {
		if id := p.Samples[i].RequestID; id != "" && len(ids) < messageIDs {
			ids = append(ids, d.named(id))
		}
	}
	return strings.Join(ids, ", ")
}

// slackCode is a code span as Slack reads it, in which no backquote can stand,
// and where <, > and & are control characters everywhere.
func slackCode(s string) string {
	if s = Plain(s); s == "" {
		return ""
	}
	return "`" + slackEscaper.Replace(s) + "`"
}

var slackEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "`", "'")
