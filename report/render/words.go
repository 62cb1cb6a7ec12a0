package render

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"analyzer/report"
)

// number writes n with commas between thousands.
func number(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// count writes n of what, a regular noun: 1 error, 2 errors.
func count(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return number(n) + " " + what + "s"
}

// status writes an HTTP status, "" if there is none.
func status(s *int) string {
	if s == nil {
		return ""
	}
	return strconv.Itoa(*s)
}

// who names the service that met a problem, else the caller, else the host; or
// how many there are.
func who(by report.By) string {
	for _, group := range []struct {
		noun   string
		counts []report.Count
	}{{"service", by.Service}, {"caller", by.Caller}, {"host", by.Host}} {
		if len(group.counts) > 0 {
			return oneOrMany(group.noun, group.counts)
		}
	}
	return ""
}

// many is the value under which report.By folds what is beyond its cap.
const many = "(many)"

func oneOrMany(noun string, counts []report.Count) string {
	switch {
	case slices.ContainsFunc(counts, func(c report.Count) bool { return c.Value == many }):
		return many[1:len(many)-1] + " " + noun + "s"
	case len(counts) == 1:
		return counts[0].Value
	default:
		return count(int64(len(counts)), noun)
	}
}

// files says where the records come from: the one source, or how many.
func files(in *report.Input) string {
	if len(in.Sources) == 1 {
		return in.Sources[0].Name
	}
	return count(int64(len(in.Sources)), "file")
}

// totals is the report's first sentence, on records of source.
func totals(r *report.Report, source string) string {
	s := ""
	if r.Interrupted {
		s = "partial: interrupted; "
	}
	switch {
	case r.Input.Records == 0 && r.History != nil:
		return s + "nothing new in " + source
	case r.Input.Records == 0:
		return s + "nothing to read in " + source
	case r.Input.Errors == 0:
		s += "no API errors"
	default:
		if r.Input.Notes["sampled"] > 0 {
			s += "at least "
		}
		s += count(r.Input.Errors, "API error")
	}
	return s + " in " + count(r.Input.Records, "record") + " of " + source
}

// standing says how many problems go on, and how many errors cannot be
// followed to a request.
func standing(r *report.Report) string {
	still, timed := 0, 0
	for i := range r.Problems {
		if r.Problems[i].State == "still" {
			still++
		}
		if r.Problems[i].State != "" {
			timed++
		}
	}
	s := count(int64(len(r.Problems)), "problem")
	switch {
	case timed == 0:
		s += "; the log does not say when"
	case still == 0 && len(r.Problems) == 1:
		s += ", over before the end of the log"
	case still == 0:
		s += ", all over before the end of the log"
	case len(r.Problems) == 1:
		s += ", still failing at the end of the log"
	default:
		s = number(int64(still)) + " of " + s + " still failing at the end of the log"
	}
	if n := r.Input.WithoutRequestID; n > 0 {
		s += "; " + count(n, "error") + " without an ID"
	}
	return s
}

// categoryItems lists the categories that have errors.
func categoryItems(r *report.Report) []report.Category {
	return slices.DeleteFunc(slices.Clone(r.Categories), func(c report.Category) bool { return c.Errors == 0 })
}

// doubts says what of the input could not be read or was left out, each in a
// few words. The caller escapes them. short shortens the names of places.
func doubts(in *report.Input, short func(string) string) []string {
	var items []string
	if in.Malformed > 0 {
		s := number(in.Malformed) + " malformed"
		if p := firstDoubt(in); p != nil {
			s += " (first " + short(p.String()) + ")"
		}
		items = append(items, s)
	}
	if in.Filtered > 0 {
		items = append(items, count(in.Filtered, "error")+" filtered out")
	}
	if in.SkippedBytes > 0 {
		items = append(items, count(in.SkippedBytes, "byte")+" skipped")
	}
	for _, c := range byCount(in.Notes) {
		items = append(items, number(c.Errors)+" "+note(c.Value))
	}
	return items
}

func firstDoubt(in *report.Input) *report.Place {
	for i := range in.Sources {
		if p := in.Sources[i].FirstDoubt; p != nil {
			return p
		}
	}
	return nil
}

// notes says in words what report.Input.Notes counts.
var notes = map[string]string{
	"duplicate_keys":  "with duplicate keys",
	"no_time":         "without a time",
	"invalid_time":    "with an unreadable time",
	"repaired_utf8":   "with invalid UTF-8",
	"nested_too_deep": "nested too deep to open",
	"cut_body":        "with a cut body",
	"status_mismatch": "with two statuses",
	"many_items":      "with more items than kept",
	"redacted":        "with secrets masked",
	"same_file":       "given twice (read once)",
	"possible_loss":   "perhaps not read to its end (possible loss)",
	"not_text":        "not text (left out)",
	"sampled":         "telling of suppressed lines",
}

func note(key string) string {
	if s, ok := notes[key]; ok {
		return s
	}
	return strings.ReplaceAll(key, "_", " ")
}

// byCount lists counters, the largest first.
func byCount(m map[string]int64) []report.Count {
	var cs []report.Count
	for _, k := range slices.Sorted(maps.Keys(m)) {
		cs = append(cs, report.Count{Value: k, Errors: m[k]})
	}
	slices.SortStableFunc(cs, func(a, b report.Count) int { return cmp.Compare(b.Errors, a.Errors) })
	return cs
}

// malformedBy says how records were malformed: "2 truncated, 1 invalid json".
func malformedBy(in *report.Input) string {
	var s []string
	for _, c := range byCount(in.MalformedBy) {
		s = append(s, number(c.Errors)+" "+strings.ReplaceAll(c.Value, "_", " "))
	}
	return strings.Join(s, ", ")
}

// unread lists the sources that were not read whole.
func unread(in *report.Input) []report.Source {
	return slices.DeleteFunc(slices.Clone(in.Sources), func(s report.Source) bool { return s.Status == "complete" })
}

// beyond says what the limits that were reached do: first to the figures, then
// to lists that were shortened and to the audit.
func beyond(limits []report.Limit) (figures, lists []string) {
	for _, l := range limits {
		what := strings.Replace(l.What, "request ids", "request IDs", 1)
		switch {
		case l.Exact:
		case strings.Contains(what, "listed"):
			lists = append(lists, what+": at most "+number(l.Cap))
		case slices.Contains(sampled, l.What):
			lists = append(lists, what+" beyond "+number(l.Cap)+" not audited")
		case slices.Contains(left, l.What):
			figures = append(figures, what+" beyond "+number(l.Cap)+" left out")
		case slices.Contains(estimates, l.What):
			figures = append(figures, what+" beyond "+number(l.Cap)+" estimated")
		default:
			figures = append(figures, what+" beyond "+number(l.Cap)+" folded")
		}
	}
	return figures, lists
}

// estimates are the limits beyond which a figure is an estimate, left those
// beyond which things are left out, and sampled those beyond which they are left
// out of the audit; beyond the others, many things are counted
// as one.
var (
	estimates = []string{"request ids", "callers", "problems per request"}
	left      = []string{"derived requests"}
	sampled   = []string{"operations", "tries per operation", "endpoints"}
)
