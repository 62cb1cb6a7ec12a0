package render

import (
	"slices"
	"strconv"
	"strings"

	"analyzer/report"
)

// changeKinds are the kinds of change, in the order in which they are told.
var changeKinds = []string{report.ChangeNew, report.ChangeWorse, report.ChangeBetter, report.ChangeGone}

// changed is the first sentence of a diff: how many problems changed, and how.
func changed(d *report.Diff) string {
	s := ""
	if d.Interrupted {
		s = "partial: interrupted; "
	}
	var kinds []string
	for _, kind := range changeKinds {
		if n := changesOf(d, kind); n > 0 {
			kinds = append(kinds, number(n)+" "+kind)
		}
	}
	switch {
	case d.Before.Problems == 0 && d.After.Problems == 0:
		return s + "no API errors, neither before nor after"
	case len(kinds) == 0:
		return s + "no change; " + count(d.Steady, "problem") + " as before"
	}
	return s + count(int64(len(d.Changes)), "problem") + " changed: " + strings.Join(kinds, ", ") + "; " + number(d.Steady) + " as before"
}

func changesOf(d *report.Diff, kind string) (n int64) {
	for i := range d.Changes {
		if d.Changes[i].Change == kind {
			n++
		}
	}
	return n
}

// found says how many errors a side has.
func found(s *report.Side, source string) string {
	switch {
	case s.Input.Records == 0:
		return "nothing to read in " + source
	case s.Input.Errors == 0:
		return "no API errors in " + source
	}
	return count(s.Input.Errors, "API error") + " in " + source
}

// sideFilters says what else was asked for; the window is told beside it.
func sideFilters(s *report.Side) []string {
	return filters(&report.Report{Filters: s.Filters})
}

// scale says how errors before compare with those after, where that matters.
func scale(d *report.Diff) string {
	scaled := func(c report.Change) bool { return c.Expected != c.Before }
	switch {
	case d.Timed && slices.ContainsFunc(d.Changes, scaled):
		return "errors before: those of " + elapsed(1000*d.Before.Seconds) + ", as of the " + elapsed(1000*d.After.Seconds) + " after"
	case d.Timed || len(d.Changes) == 0:
		return ""
	case d.Before.Seconds > 0:
		return "errors as counted: there are no times after"
	}
	return "errors as counted: there are no times before"
}

// expected writes the errors before, scaled to the time of after: few are not none.
func expected(c *report.Change) string {
	if c.Expected == 0 && c.Before > 0 {
		return "<1"
	}
	return number(c.Expected)
}

// doubtful says which problems differ by chance, perhaps.
func doubtful(ids []string) []string {
	if len(ids) == 0 {
		return nil
	}
	items := slices.Clone(ids)
	items[0] = count(int64(len(ids)), "problem") + " may differ by chance: " + ids[0]
	return items
}

// changeNouns say what a concentration is a part of.
var changeNouns = map[string]string{
	report.ChangeNew: "it", report.ChangeGone: "it", report.ChangeWorse: "the rise", report.ChangeBetter: "the fall",
}

// concentrated says where a change concentrates: "all of the rise in service
// deployer, version 2.8.1 (10% before)". The route is a part of the problem, and
// said with it.
func concentrated(c *report.Change) string {
	var groups, ends []string
	last := ""
	for i := range c.Concentrates {
		x := &c.Concentrates[i]
		lead, end := portion(x.Percent)+" of "+changeNouns[c.Change]+" in ", contrast(x, c.Rises())
		switch n := len(groups); {
		case x.Dimension == "route":
		case n > 0 && lead+end == last:
			groups[n-1] += ", " + placed(x)
		default:
			groups, ends, last = append(groups, lead+placed(x)), append(ends, end), lead+end
		}
	}
	for i, end := range ends {
		groups[i] += end
	}
	return strings.Join(groups, dot)
}

func placed(x *report.Concentration) string { return x.Dimension + " " + x.Value }

func portion(percent int64) string {
	if percent == 100 {
		return "all"
	}
	return strconv.FormatInt(percent, 10) + "%"
}

// contrast says what part of the errors of the quieter side the value had.
func contrast(x *report.Concentration, rises bool) string {
	switch {
	case rises && x.PercentBefore > 0:
		return " (" + portion(x.PercentBefore) + " before)"
	case !rises && x.PercentAfter > 0:
		return " (" + portion(x.PercentAfter) + " after)"
	}
	return ""
}

// together says where several rises, or falls, concentrate.
func together(d *report.Diff, rises bool) (items []string) {
	all, n := d.Rise, changesOf(d, report.ChangeNew)+changesOf(d, report.ChangeWorse)
	if !rises {
		all, n = d.Fall, int64(len(d.Changes))-n
	}
	if n < 2 {
		return nil
	}
	for i := range all {
		items = append(items, portion(all[i].Percent)+" in "+placed(&all[i])+contrast(&all[i], rises))
	}
	return items
}
