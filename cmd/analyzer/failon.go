package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"analyzer/classify"
	"analyzer/report"
)

// failOn is what --fail-on asks: thresholds of which one is enough.
type failOn []threshold

// threshold is met by more than over of what is counted.
type threshold struct {
	text string // as it was written
	what string
	over int64
}

// measured are what a threshold may count in any report; compared are those that
// take a history of earlier runs, because they are counts of problems that
// changed since.
var (
	measured = append([]string{"errors", "problems"}, categoryNames()...)
	compared = []string{"new", "worse", "returned"}
)

func categoryNames() []string {
	var names []string
	for _, c := range classify.Categories {
		names = append(names, c.String())
	}
	return names
}

var thresholdForm = regexp.MustCompile(`^([a-z-]+)(?:(>=?)([0-9]+))?$`)

// parseFailOn reads thresholds that commas separate, such as
// new,server>10,authentication>=1. A word alone is met by one of its kind.
// Without history, those that take one are refused.
func parseFailOn(text string, history bool) (failOn, error) {
	if text == "" {
		return nil, nil
	}
	var all failOn
	for item := range strings.SplitSeq(text, ",") {
		t, err := parseThreshold(strings.TrimSpace(item))
		if err != nil {
			return nil, fmt.Errorf("--fail-on %s: %w", text, err)
		}
		if !history && slices.Contains(compared, t.what) {
			return nil, fmt.Errorf("--fail-on %s: %s takes a history of earlier runs, and this run keeps none", text, t.what)
		}
		all = append(all, t)
	}
	return all, nil
}

func parseThreshold(text string) (t threshold, err error) {
	parts := thresholdForm.FindStringSubmatch(text)
	if parts == nil {
		return t, fmt.Errorf("%q is no threshold: want one such as server>10, authentication>=1 or errors", text)
	}
	t = threshold{text: text, what: parts[1]}
	if known := slices.Concat(measured, compared); !slices.Contains(known, t.what) {
		return t, fmt.Errorf("nothing is counted as %s%s", t.what, suggest(t.what, known))
	}
	if parts[3] == "" {
		return t, nil
	}
	if t.over, err = strconv.ParseInt(parts[3], 10, 64); err != nil {
		return t, fmt.Errorf("%s: too large a number", text)
	}
	if parts[2] == ">=" {
		t.over--
	}
	return t, nil
}

// measure counts in r what is measured and what is compared.
func measure(r *report.Report) map[string]int64 {
	counts := map[string]int64{"errors": r.Input.Errors, "problems": int64(len(r.Problems))}
	for _, c := range r.Categories {
		counts[c.Category] = c.Errors
	}
	if r.History != nil {
		for _, p := range r.History.Problems {
			counts[p.Change]++
		}
	}
	return counts
}

// judge says which thresholds are met.
func (w world) judge(thresholds failOn, counts map[string]int64) int {
	code := exitOK
	for _, t := range thresholds {
		if n := counts[t.what]; n > t.over {
			w.errorf("--fail-on %s: there are %d", t.text, n)
			code = exitFindings
		}
	}
	return code
}
