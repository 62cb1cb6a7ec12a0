package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"analyzer/classify"
	"analyzer/parse"
	"analyzer/parse/redact"
	"analyzer/report"
)

// filterFlags say which errors are asked for.
type filterFlags struct {
	Since  string   `placeholder:"TIME" help:"Only errors from this time on: an age (90m, 2h, 3d, 1w) or a time (2026-11-22T14:00:00Z, 2026-11-22 14:00, 2026-11-22, or 14:00 for the last one). UTC, unless it says otherwise." group:"Filters"`
	Until  string   `placeholder:"TIME" help:"Only errors before this time." group:"Filters"`
	Where  []string `sep:"none" placeholder:"KEY=VALUE" help:"Only errors of this category, status (404, 5xx, 400-499), service, caller, version, host, method, path, route, operation, code, field, request-id, problem or rule. KEY!=VALUE: only others. * stands for any text, no VALUE for errors that name none. Repeatable: one key's values are alternatives, different keys must all hold." group:"Filters"`
	Ignore []string `placeholder:"P-…" help:"Leave out a known problem; the report says how many errors it had. Repeatable." group:"Filters"`
}

// filter is what filterFlags mean. The zero filter lets every error pass.
type filter struct {
	since, until time.Time // zero is no bound
	where        []condition
	ignored      []string

	asked report.Filter // the same, for the report
}

// read makes the filter. The flags' own words stand in reports, so they are
// redacted.
func (c *filterFlags) read(now time.Time, r *redact.Redactor) (f filter, err error) {
	if f.since, err = readBound("--since", c.Since, now); err != nil {
		return f, err
	}
	if f.until, err = readBound("--until", c.Until, now); err != nil {
		return f, err
	}
	if !f.since.IsZero() && !f.until.IsZero() && !f.since.Before(f.until) {
		return f, fmt.Errorf("--since %s is not before --until %s", f.since.Format(time.RFC3339), f.until.Format(time.RFC3339))
	}
	for _, id := range c.Ignore {
		if err := checkProblem(id); err != nil {
			return f, fmt.Errorf("--ignore %s: %w", id, err)
		}
	}
	f.ignored = c.Ignore
	var spelled []string
	if f.where, spelled, err = parseWhere(c.Where); err != nil {
		return f, err
	}
	for i := range spelled {
		spelled[i], _ = r.Text(spelled[i])
	}
	f.asked = report.Filter{Since: f.since, Until: f.until, Where: spelled, Ignore: c.Ignore}
	return f, nil
}

// readBound reads an end of the window, zero if none is given.
func readBound(flag, text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := parseMoment(text, now)
	if err != nil {
		return t, fmt.Errorf("%s %w", flag, err)
	}
	return t, nil
}

// restricts reports whether any error may be left out.
func (f *filter) restricts() bool {
	return !f.since.IsZero() || !f.until.IsZero() || len(f.where) > 0 || len(f.ignored) > 0
}

// inWindow reports whether an error at t lies in the window. Without a time it
// lies in none.
func (f *filter) inWindow(t time.Time) bool {
	if f.since.IsZero() && f.until.IsZero() {
		return true
	}
	return !t.IsZero() && !t.Before(f.since) && (f.until.IsZero() || t.Before(f.until))
}

// matches reports whether found meets every condition.
func (f *filter) matches(found *classify.Finding) bool {
	return !slices.ContainsFunc(f.where, func(c condition) bool { return !c.holds(found) })
}

// answerKeys are those of keys that ask what the API answered, rather than what
// was called.
var answerKeys = []string{"category", "status", "code", "field", "problem", "rule"}

// asksOfAnswers reports whether a condition is on the answers of the API.
func (f *filter) asksOfAnswers() bool {
	return slices.ContainsFunc(f.where, func(c condition) bool { return slices.Contains(answerKeys, c.key.name) })
}

// ignores returns the id of the problem, and whether that is left out.
func (f *filter) ignores(p *classify.Problem) (id string, ok bool) {
	if len(f.ignored) == 0 {
		return "", false
	}
	id = p.ID()
	return id, slices.Contains(f.ignored, id)
}

// diagnose makes f the diagnosis of r if that is asked for; else it tells t that r
// is not.
func (p *pipeline) diagnose(f *classify.Finding, r *parse.Record, t *report.Tally) bool {
	if !p.filter.inWindow(r.Time) {
		t.AddFiltered(r.Source, 1)
		return false
	}
	*f = p.rules.Classify(r)
	if !p.filter.matches(f) {
		t.AddFiltered(r.Source, 1)
		return false
	}
	if id, ok := p.filter.ignores(&f.Problem); ok {
		t.AddIgnored(r.Source, id)
		return false
	}
	return true
}

// refuseSaved refuses to filter saved tallies, which no longer hold the errors
// one by one.
func (f *filter) refuseSaved(inputs []string) error {
	if !f.restricts() {
		return nil
	}
	for _, path := range inputs {
		if isSaved(path) {
			return fmt.Errorf("%s is a saved tally: --since, --until, --where and --ignore work on logs", path)
		}
	}
	return nil
}

// isSaved reports whether path is a file that begins like a saved tally. Pipes
// are left alone, since looking would take from them.
func isSaved(path string) bool {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len(report.Magic))
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == report.Magic
}
