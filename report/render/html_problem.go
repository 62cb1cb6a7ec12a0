package render

import (
	"cmp"
	"strconv"

	"analyzer/report"
)

// htmlProblem is a problem as a row of the table, and as a section of its own.
type htmlProblem struct {
	htmlRef
	Category, Class string
	Still           bool
	Section         bool // it has one; else its row alone stands for it

	Status, Method, Route, Detail string

	Errors, Requests  int64
	Who, Since, Until string
	Slots             string // errors by bin of the chart: "3:12 4:1"
	Spark             *htmlSpark

	Facts   []htmlFact
	Meaning []htmlSpan
	Summary []htmlSpan
	Steps   [][]htmlSpan
	Link    string // an https address, or ""
	Samples []htmlSample
}

// ErrorsText and RequestsText are the counts as people read them.
func (p htmlProblem) ErrorsText() string   { return number(p.Errors) }
func (p htmlProblem) RequestsText() string { return number(p.Requests) }

// sectionsDrawn is how many problems have a section of their own: few enough
// to send by mail, whatever the log.
const sectionsDrawn = 200

// htmlProblemTable is a table of problems.
type htmlProblemTable struct {
	Title string
	Rows  []htmlProblem
}

// rowsAtOnce is how many problems the first table has. Browsers lay out the second
// one when it is scrolled to.
const rowsAtOnce = 100

func problemTables(all []htmlProblem) []htmlProblemTable {
	n := min(rowsAtOnce, len(all))
	tables := []htmlProblemTable{{"Problems", all[:n]}}
	if n < len(all) {
		tables = append(tables, htmlProblemTable{"More problems", all[n:]})
	}
	return tables
}

// htmlSample is an error as evidence.
type htmlSample struct{ Place, Time, RequestID, Message string }

func (h *htmlMaker) problems() []htmlProblem {
	all := make([]htmlProblem, len(h.r.Problems))
	for i := range h.r.Problems {
		all[i] = h.problem(&h.r.Problems[i])
		all[i].Section = i < sectionsDrawn
	}
	return all
}

func (h *htmlMaker) problem(pr *report.Problem) htmlProblem {
	bins := h.bins.count(pr.Timeline)
	p := htmlProblem{
		htmlRef:  h.ref(pr.ID),
		Category: Plain(pr.Category),
		Class:    class(pr.Category),
		Still:    pr.State == "still",
		Status:   status(pr.Status),
		Method:   Plain(pr.Method),
		Route:    Plain(pr.Route),
		Detail:   Plain(cmp.Or(pr.Code, pr.Message)),
		Errors:   pr.Errors,
		Requests: pr.Requests,
		Who:      Plain(who(pr.By)),
		Since:    h.clock.minute(pr.First),
		Until:    h.clock.until(pr),
		Slots:    slotText(bins),
		Spark:    h.bins.spark(bins),
		Facts:    problemFacts(pr),
		Meaning:  spans(pr.Remedy.Meaning),
		Summary:  spans(pr.Remedy.Summary),
	}
	if pr.Folded {
		p.Route, p.Detail = "", foldedWhat(pr)
	}
	for _, step := range pr.Remedy.Steps {
		p.Steps = append(p.Steps, spans(step))
	}
	if safeLink.MatchString(pr.Remedy.Link) {
		p.Link = pr.Remedy.Link
	}
	for i := range pr.Samples {
		s := &pr.Samples[i]
		p.Samples = append(p.Samples, htmlSample{h.place(s.Place.String()), when(s.Time), Plain(s.RequestID), Plain(s.Message)})
	}
	return p
}

// problemFacts is the evidence of a problem.
func problemFacts(pr *report.Problem) facts {
	var f facts
	if pr.Code != "" && !pr.Folded {
		f.add("Message", codeSpan(pr.Message))
	}
	f.add("Fields", listed(pr.Fields)...)
	f.add("Count", word(counts(pr)))
	f.add("When", word(lasting(pr)))
	for _, group := range []struct {
		name   string
		counts []report.Count
	}{{"Services", pr.By.Service}, {"Callers", pr.By.Caller}, {"Versions", pr.By.Version}, {"Hosts", pr.By.Host}, {"Resources", pr.By.Resource}} {
		if len(group.counts) > 0 {
			f.add(group.name, append(shares(group.counts), htmlSpan{Text: unnamed(pr, group.counts)})...)
		}
	}
	f.add("Asked to wait", word(asked(pr.Wait)))
	f.add("Retry", word(pr.Retry))
	f.add("Evidence", codeSpan(pr.Evidence))
	f.add("Rule", codeSpan(pr.Rule))
	return f
}

// listed sets values as code, with commas between them.
func listed(values []string) []htmlSpan {
	var all []htmlSpan
	for i, v := range values {
		if i > 0 {
			all = append(all, htmlSpan{Text: ", "})
		}
		all = append(all, codeSpan(v))
	}
	return all
}

// shares lists the values that met most errors.
func shares(counts []report.Count) []htmlSpan {
	var all []htmlSpan
	for i, c := range counts[:min(mostAffected, len(counts))] {
		if i > 0 {
			all = append(all, htmlSpan{Text: ", "})
		}
		all = append(all, codeSpan(c.Value), htmlSpan{Text: " " + number(c.Errors)})
	}
	if rest := len(counts) - mostAffected; rest > 0 {
		all = append(all, htmlSpan{Text: ", " + leftOut(rest)})
	}
	return all
}

// slotText writes the occupied slots for the script.
func slotText(counts []int64) string {
	var b []byte
	for i, n := range counts {
		if n == 0 {
			continue
		}
		if len(b) > 0 {
			b = append(b, ' ')
		}
		b = strconv.AppendInt(append(strconv.AppendInt(b, int64(i), 10), ':'), n, 10)
	}
	return string(b)
}
