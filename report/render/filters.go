package render

import (
	"cmp"
	"slices"
	"time"

	"analyzer/report"
)

// filters says which errors of the log the report is about, an item for each
// filter; none for all errors. The caller escapes them.
func filters(r *report.Report) []string {
	items := append([]string{}, r.Filters.Where...)
	ignored := slices.Clone(r.Filters.Ignored)
	slices.SortStableFunc(ignored, func(a, b report.Ignored) int { return cmp.Compare(b.Errors, a.Errors) })
	for _, p := range ignored {
		items = append(items, p.Problem+" ignored ("+number(p.Errors)+")")
	}
	if text := askedWindow(r.Window); text != "" {
		items = append(items, text)
	}
	return items
}

// askedWindow writes the window that was asked for, "" if none was.
func askedWindow(w report.Window) string {
	switch {
	case w.Since == nil && w.Until == nil:
		return ""
	case w.Until == nil:
		return "since " + edge(w.Since) + " UTC"
	case w.Since == nil:
		return "until " + edge(w.Until) + " UTC"
	case sameDay(w.Since, w.Until):
		return edge(w.Since) + "-" + edge(w.Until)[len("2006-01-02 "):] + " UTC"
	default:
		return edge(w.Since) + " to " + edge(w.Until) + " UTC"
	}
}

// edge writes an end of the window, to the second only where that matters.
func edge(t *report.Time) string {
	if t.Truncate(time.Minute).Equal(t.Time) {
		return format(t, dateMinute)
	}
	return format(t, time.DateTime)
}
