package main

import (
	"io"
	"regexp"
	"strconv"
	"strings"

	"analyzer/report"
	"analyzer/report/render"
)

// tracePage is a story to show.
type tracePage struct {
	*report.Trace
	all bool
}

// shownLines lines of a story are drawn at its beginning, and as many at its end.
const shownLines = 100

func (p *tracePage) draw(w io.Writer, o render.Options) error {
	most := shownLines
	if p.all {
		most = len(p.Lines)
	}
	switch {
	case p.Found == 0:
		return p.drawNothing(w, o)
	case p.Kind == report.KindProblem:
		return p.drawProblem(w, most, o)
	}
	return render.Trace(w, p.Trace, most, o)
}

// keyParts shows the key of a problem.
func keyParts(status *int, code, method, route, message string) []render.Part {
	title := ""
	if status != nil {
		title = statusTitle(*status)
	}
	return []render.Part{
		{Label: "STATUS", Texts: joined(title)},
		{Label: "CODE", Texts: joined(code)},
		{Label: "CALL", Texts: joined(strings.TrimSpace(method + " " + route))},
		{Label: "MESSAGE", Texts: joined(message)},
	}
}

// drawProblem shows what makes the errors of a problem one group, what to do, and
// some of them.
func (p *tracePage) drawProblem(w io.Writer, most int, o render.Options) error {
	pr := &p.Problems[0]
	err := render.Sheet(w, p.ID+": "+pr.Category+" error", o, append(keyParts(pr.Status, pr.Code, pr.Method, pr.Route, pr.Message),
		render.Part{Label: "FIELDS", Texts: joined(pr.Fields...)},
		render.Part{Label: "ONE GROUP", Texts: []string{grouped(pr)}},
	), []render.Part{
		{Label: "RULE", Texts: []string{pr.Rule}},
		{Label: "EVIDENCE", Texts: []string{evidenceText(pr.Evidence)}},
		retryPart(pr.Retry),
	}, remedyParts(pr.Remedy), p.counts(pr))
	if err != nil {
		return err
	}
	return render.TraceLines(w, p.Trace, most, o)
}

// grouped says what the errors of a problem have in common.
func grouped(p *report.Problem) string {
	const key = "the same category, status, code, method, route and fields"
	if p.Code == "" {
		return key + "; as there is no code, the same message too, names and numbers masked"
	}
	return key
}

// counts says how often the problem was met, and by whom.
func (p *tracePage) counts(pr *report.Problem) []render.Part {
	fields := make([]report.Count, len(p.Fields))
	for i, f := range p.Fields {
		fields[i] = report.Count{Value: f.Field, Errors: f.Errors}
	}
	return append([]render.Part{
		{Label: "ERRORS", Texts: []string{count(int(pr.Errors), "error") + " of " + count(int(pr.Requests), "request") + standing(pr)}},
		{Label: "SERVICES", Texts: perValue(pr.By.Service)},
		{Label: "CALLERS", Texts: perValue(pr.By.Caller)},
		{Label: "VERSIONS", Texts: perValue(pr.By.Version)},
		{Label: "BY FIELD", Texts: perValue(fields)},
	}, render.TraceRead(p.Trace)...)
}

// standing says from when to when a problem was met.
func standing(p *report.Problem) string {
	if p.First == nil {
		return ", at times that the log does not say"
	}
	return ", from " + p.First.Format("2006-01-02 15:04:05") + " to " + p.Last.Format("2006-01-02 15:04:05") + " UTC"
}

func perValue(counts []report.Count) []string {
	var items []string
	for _, c := range counts {
		items = append(items, c.Value+" "+strconv.FormatInt(c.Errors, 10))
	}
	return joined(items...)
}

// drawNothing says that nothing was found, and what to try.
func (p *tracePage) drawNothing(w io.Writer, o render.Options) error {
	title, try := "no line carries "+p.ID, p.advice()
	if p.Kind == report.KindProblem {
		title = "no error of problem " + p.ID
	}
	return render.Sheet(w, title, o, append(render.TraceRead(p.Trace), render.Part{Label: "TRY", Texts: try}))
}

var pseudonym = regexp.MustCompile(`^[a-z]{3,5}-[0-9a-f]{6}$`)

// advice says where else an ID may be found.
func (p *tracePage) advice() []string {
	switch {
	case p.Filtered > 0:
		return []string{"a wider --since, --until or --where: " + count(int(p.Filtered), "line") + " with this ID left out"}
	case p.Kind == report.KindProblem:
		return []string{
			"the logs that the report was made of, with its --pack and --key",
			"the problems that an analysis of these logs lists: one of many may be counted with others",
		}
	case pseudonym.MatchString(p.ID):
		return []string{"callers are pseudonyms, which no log holds: analyzer -o lines --where caller=" + p.ID}
	case strings.ContainsAny(p.ID, " /"):
		return []string{"errors without an ID go by their call: analyzer -o lines --where path=PATH"}
	}
	return []string{
		"the logs of other services, and of the days around",
		"the whole ID, as the report prints it: parts of longer words do not count",
	}
}
