package render

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"analyzer/report"
)

// problems writes a section for each problem.
func (d *document) problems() {
	if len(d.r.Problems) > 0 {
		d.line("\n## Problems")
	}
	for i := range d.r.Problems[:min(d.top, len(d.r.Problems))] {
		d.problem(&d.r.Problems[i])
	}
}

func (d *document) problem(pr *report.Problem) {
	d.line("\n### ", code(pr.ID), " ", strings.TrimSpace(status(pr.Status)+" "+prose(pr.Category)), "\n")
	d.item("What", told(pr))
	if pr.Code != "" && !pr.Folded {
		d.item("Message", code(pr.Message))
	}
	d.item("Fields", codes(pr.Fields))
	d.item("Count", counts(pr))
	d.item("When", lasting(pr))
	d.item("Who", affected(pr))
	d.item("Asked to wait", asked(pr.Wait))
	d.item("Retry", prose(pr.Retry))
	d.item("Evidence", strings.TrimSpace(code(pr.Evidence)+" "+byRule(pr.Rule)))
	d.item("Meaning", prose(pr.Remedy.Meaning))
	d.item("Remedy", strings.TrimSpace(instruction(d.remedy(pr))+" "+link(pr.Remedy.Link)))
	for i, step := range pr.Remedy.Steps {
		d.line("  ", strconv.Itoa(i+1), ". ", instruction(step))
	}
	d.samples(pr.Samples)
}

// remedy is the instruction for pr: that of the first action for it, which knows
// how callers behave, else that of its remedy.
func (d *document) remedy(pr *report.Problem) string {
	for i := range d.r.Actions {
		if a := &d.r.Actions[i]; a.Errors > 0 && slices.Contains(a.Problems, pr.ID) {
			return a.Summary
		}
	}
	return pr.Remedy.Summary
}

func byRule(rule string) string {
	if rule == "" {
		return ""
	}
	return "(rule " + code(rule) + ")"
}

// counts says how often a problem was met, and how often it was not.
func counts(pr *report.Problem) string {
	s := count(pr.Errors, "error") + inRequests(pr.Requests) + namedCallers(pr.Callers)
	if pr.Successes != nil {
		s += "; meanwhile " + count(*pr.Successes, "successful call") + " of the same endpoint"
	}
	return s
}

// namedCallers says how many callers the errors name: those that name none may
// be of others.
func namedCallers(n int64) string {
	if n == 0 {
		return ""
	}
	return ", " + count(n, "caller") + " named"
}

// lasting says from when to when a problem was seen, and whether it goes on.
func lasting(pr *report.Problem) string {
	if pr.First == nil || pr.Last == nil {
		return ""
	}
	s := dates(pr.First, pr.Last) + " UTC"
	if pr.State == "still" {
		s += ", still failing at the end of the log"
	}
	return s
}

// mostAffected is how many values of a kind are listed.
const mostAffected = 5

// affected lists who met a problem, by kind.
func affected(pr *report.Problem) string {
	var groups []string
	for _, group := range []struct {
		kind   string
		counts []report.Count
	}{{"service", pr.By.Service}, {"caller", pr.By.Caller}, {"version", pr.By.Version}, {"host", pr.By.Host}, {"resource", pr.By.Resource}} {
		if len(group.counts) > 0 {
			groups = append(groups, group.kind+" "+counted(group.counts)+unnamed(pr, group.counts))
		}
	}
	return strings.Join(groups, "; ")
}

func counted(counts []report.Count) string {
	var values []string
	for _, c := range counts[:min(mostAffected, len(counts))] {
		values = append(values, code(c.Value)+" "+number(c.Errors))
	}
	if rest := len(counts) - mostAffected; rest > 0 {
		values = append(values, leftOut(rest))
	}
	return strings.Join(values, ", ")
}

// unnamed says how many errors of pr are in none of counts.
func unnamed(pr *report.Problem, counts []report.Count) string {
	rest := pr.Errors
	for _, c := range counts {
		rest -= c.Errors
	}
	if rest <= 0 {
		return ""
	}
	return " (not named in " + count(rest, "error") + ")"
}

// asked writes the wait that the API asked for.
func asked(w *report.Wait) string {
	switch {
	case w == nil:
		return ""
	case w.Min == w.Max:
		return duration(w.Min)
	default:
		return duration(w.Min) + " to " + duration(w.Max)
	}
}

// duration writes milliseconds: 250 ms, 1.5 s.
func duration(ms int64) string {
	if ms < 1000 {
		return number(ms) + " ms"
	}
	s := number(ms / 1000)
	if rest := ms % 1000; rest > 0 {
		s += "." + strings.TrimRight(strconv.FormatInt(1000+rest, 10)[1:], "0")
	}
	return s + " s"
}

func (d *document) samples(ss []report.Sample) {
	if len(ss) == 0 {
		return
	}
	d.line("- **Samples:**")
	for i := range ss {
		s := &ss[i]
		parts := []string{code(s.Place.String()), when(s.Time), code(s.RequestID), code(s.Message)}
		d.line("  - ", strings.Join(nonEmpty(parts), " "))
	}
}

func nonEmpty(parts []string) []string {
	var kept []string
	for _, s := range parts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

// when writes an instant in full.
func when(t *report.Time) string { return format(t, time.DateTime) }
