package render

import (
	"strings"

	"analyzer/report"
)

// alike are requests that failed in the same way. The first in the report's order
// stands for them.
type alike struct {
	first    *report.Request
	requests int64
	span     report.Window
}

// add counts one more request.
func (a *alike) add(q *report.Request) {
	a.requests++
	if a.span.First == nil || q.First != nil && q.First.Before(a.span.First.Time) {
		a.span.First = q.First
	}
	if a.span.Last == nil || q.Last != nil && q.Last.After(a.span.Last.Time) {
		a.span.Last = q.Last
	}
}

// likeness is what requests have in common that share a row. Each derived one
// has a row of its own: what it is named for differs.
func likeness(q *report.Request) string {
	key := append([]string{q.Kind, statuses(q), number(q.Errors)}, met(q)...)
	if isDerived(q) {
		key = append(key, q.RequestID)
	}
	return strings.Join(append(key, q.Fields...), "\x00")
}

// alikes gathers requests that failed in the same way, in their order.
func alikes(requests []report.Request) []*alike {
	index := make(map[string]*alike)
	var list []*alike
	for i := range requests {
		q := &requests[i]
		key := likeness(q)
		if index[key] == nil {
			index[key] = &alike{first: q}
			list = append(list, index[key])
		}
		index[key].add(q)
	}
	return list
}

// requests is the table of the requests with most errors. Requests that failed
// alike share a row, so that a long retry storm hides nothing else.
func (d *document) requests() {
	list := alikes(d.r.Requests)
	if len(list) == 0 {
		return
	}
	d.line("\n## Requests\n")
	list = list[:min(d.top, len(list))]
	var rows [][]string
	for _, a := range list {
		rows = append(rows, a.row())
	}
	d.table([]string{"Requests#", "Kind", "Errors each#", "Statuses", "First", "Last", "One of them", "Its first place", "Fields", "Problems"}, rows)
	d.accounted(list)
}

func (a *alike) row() []string {
	q := a.first
	return []string{number(a.requests), prose(q.Kind), number(q.Errors), statuses(q), when(a.span.First), when(a.span.Last),
		code(q.RequestID), code(firstPlace(q)), codes(q.Fields), codes(met(q))}
}

// accounted says how many of the requests with an ID are shown, and what the
// others are.
func (d *document) accounted(shown []*alike) {
	var named, derived int64
	for _, a := range shown {
		if isDerived(a.first) {
			derived += a.first.Errors
		} else {
			named += a.requests
		}
	}
	d.line("\n", number(named), " of ", count(d.r.Input.RequestIDs, "request"), " with an ID.")
	if derived > 0 {
		d.line(count(derived, "error"), " without an ID, as derived, under what was called.")
	}
}

func firstPlace(q *report.Request) string {
	if len(q.ErrorsAt) == 0 {
		return ""
	}
	return q.ErrorsAt[0].Place.String()
}
