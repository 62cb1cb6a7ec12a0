package render

import (
	"strconv"
	"strings"

	"analyzer/report"
)

// action is a thing to do while it is set: its sentence, which may take one
// line or more, and a line of evidence.
type action struct {
	prefix   string // "1 P-4c1e02  "
	category string
	summary  string
	lines    []string // of the sentence
	evidence string
	indent   int // of all but the first line
	page     int // columns of the page
}

const (
	maxID        = 10 // columns that a problem's id may take
	narrowPage   = 72 // columns below which lines hang by narrowIndent only
	narrowIndent = 4
	maxSentence  = 2 // lines that a sentence may take
)

// leastPlace and leastQuote are the columns that the place of an error and its
// message keep when a line of evidence is short.
const (
	leastPlace = 16
	leastQuote = 10
)

// actions sets the first things to do, each sentence cut to one line.
func (p *page) actions() []action {
	var as []action
	most := maxActions
	if len(p.shares) > 0 {
		most--
	}
	for i := range p.r.Actions[:min(most, len(p.r.Actions))] {
		as = append(as, p.action(&p.r.Actions[i]))
	}
	return as
}

func (p *page) action(a *report.Action) action {
	act := action{summary: Plain(a.Summary), prefix: strconv.Itoa(a.Rank) + " "}
	var pr *report.Problem
	if len(a.Problems) > 0 {
		pr = problemByID(p.r, a.Problems[0])
		act.prefix += cutEnd(steady(a.Problems[0]), maxID)
	}
	if more := len(a.Problems) - 1; more > 0 {
		act.prefix += "+" + strconv.Itoa(more)
	}
	act.prefix = cutEnd(act.prefix, p.width/2) + "  "
	if pr != nil {
		act.category = pr.Category
	}
	act.indent, act.page = width(act.prefix), p.width
	if p.width < narrowPage {
		act.indent = narrowIndent
	}
	act.set(1)
	act.evidence = p.evidence(a, pr, p.width-act.indent)
	return act
}

// set breaks the sentence into at most max lines.
func (a *action) set(max int) {
	a.lines = hang(a.summary, a.page-width(a.prefix), a.page-a.indent, max)
}

// unfold gives the sentences that need it another line each, as long as there
// are left ones, and returns how many it gave.
func unfold(as []action, left int) int {
	given := 0
	for i := range as {
		had := len(as[i].lines)
		as[i].set(min(maxSentence, had+max(0, left-given)))
		given += len(as[i].lines) - had
	}
	return given
}

// evidence draws one line of n columns: what the API answered, how often and
// when, and where to look. The message gives way first, then the place.
func (p *page) evidence(a *report.Action, pr *report.Problem, n int) string {
	tally, lead, quote, place := number(a.Errors)+"x", "", "", ""
	if a.Errors == 0 {
		tally = "see"
	} else if pr != nil {
		tally += during(p.clock, lifeOf(p.r, a.Problems)) + release(p.r, a.Problems)
		lead, quote = answer(pr, n/3), Plain(quotable(pr))
	}
	room := n - width(lead) - width(tally)
	if len(a.Evidence) > 0 {
		place = "  " + cutMiddle(steady(p.short(a.Evidence[0])), max(leastPlace, min(room-gap, n/3)))
		room -= width(place)
	}
	if room -= len(`"" `); quote != "" && room >= min(leastQuote, width(quote)) {
		lead += `"` + cutEnd(quote, room) + `" `
	}
	return strings.TrimRight(cutEnd(lead+tally+place, n), " ")
}

// answer is the status, else the code in n columns, with a space behind it.
func answer(pr *report.Problem, n int) string {
	switch {
	case pr.Status != nil:
		return status(pr.Status) + " "
	case pr.Code != "":
		return cutEnd(steady(pr.Code), n) + " "
	default:
		return ""
	}
}

// quotable returns what the API said: the message of a sample, else the
// template or code that all errors of the problem share.
func quotable(pr *report.Problem) string {
	switch {
	case pr.Folded:
		return ""
	case len(pr.Samples) > 0 && pr.Samples[0].Message != "":
		return pr.Samples[0].Message
	case pr.Message != "":
		return pr.Message
	default:
		return pr.Code
	}
}

// life is when some problems occurred.
type life struct {
	first, last *report.Time // nil if no error shows a time
	still       bool         // one of them goes on
}

// lifeOf returns the life of the problems of these ids.
func lifeOf(r *report.Report, ids []string) (l life) {
	for _, id := range ids {
		p := problemByID(r, id)
		if p == nil || p.First == nil || p.Last == nil {
			continue
		}
		if l.first == nil || p.First.Before(l.first.Time) {
			l.first = p.First
		}
		if l.last == nil || p.Last.After(l.last.Time) {
			l.last = p.Last
		}
		l.still = l.still || p.State == "still"
	}
	return l
}

// during says since when, or from when to when, errors occurred.
func during(c clock, l life) string {
	switch {
	case l.first == nil:
		return ""
	case l.still:
		return " since " + c.second(l.first)
	default:
		return " " + c.period(l.first, l.last)
	}
}

// release names the one version that sends the wrong requests of a problem, "" if
// there is not exactly one: what changed was the client.
func release(r *report.Report, ids []string) string {
	if len(ids) != 1 {
		return ""
	}
	pr := problemByID(r, ids[0])
	if pr.Category != "validation" || len(pr.By.Version) != 1 || len(pr.By.Service) != 1 || pr.By.Version[0].Errors < pr.Errors || pr.By.Version[0].Value == many {
		return ""
	}
	return ", all " + steady(cutEnd(pr.By.Service[0].Value, 16)+" "+cutEnd(pr.By.Version[0].Value, 12))
}

// drawActions returns the section of things to do.
func drawActions(as []action, i ink) []string {
	if len(as) == 0 {
		return nil
	}
	lines := []string{"", i.bold("DO FIRST")}
	for _, a := range as {
		lines = append(lines, a.draw(i)...)
	}
	return lines
}

func (a *action) draw(i ink) []string {
	indent := strings.Repeat(" ", a.indent)
	lines := []string{i.category(a.category, strings.TrimRight(a.prefix, " "))}
	for k, line := range a.lines {
		if k == 0 {
			lines[0] += "  " + line
		} else {
			lines = append(lines, indent+line)
		}
	}
	return append(lines, indent+i.faint(a.evidence))
}
