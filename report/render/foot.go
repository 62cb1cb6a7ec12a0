package render

import (
	"cmp"
	"slices"
	"strings"

	"analyzer/report"
)

const (
	label = 10 // columns of the labels FIELDS, REQUESTS, …
	dot   = " · "
)

// labelled starts a line with its label.
func (p *page) labelled(name, text string) string {
	return p.ink.bold(name) + strings.Repeat(" ", max(1, label-len(name))) + text
}

// room returns the columns that a labelled line has for its text.
func (p *page) room() int { return p.width - label }

// foot sets the notes under the table, in the order in which they stand.
func (p *page) foot() []footnote {
	var notes []footnote
	add := func(name, text string, weight int) {
		if text != "" {
			notes = append(notes, footnote{p.labelled(name, text), weight})
		}
	}
	add("CHANGES", p.news(), aboutChanges)
	add("FIELDS", p.fields(), aboutFields)
	add("REQUESTS", p.requests(), aboutRequests)
	add("FILTERS", fill(escaped(filters(p.r)), dot, p.room()), aboutFilters)
	add("INPUT", fill(escaped(p.accounted()), dot, p.room()), aboutInput)
	add("SOURCES", p.sources(), aboutSources)
	figures, _ := beyond(p.r.Limits)
	add("LIMITS", fill(escaped(figures), dot, p.room()), aboutLimits)
	return notes
}

// next says how to go on.
func (p *page) next() footnote {
	items := []string{"-o markdown=report.md to share", "-o json for scripts"}
	return footnote{p.labelled("NEXT", fill(items, dot, p.room())), hint}
}

func escaped(items []string) []string {
	for i, s := range items {
		items[i] = Plain(s)
	}
	return items
}

// accounted is what doubts says, or that there are none.
func (p *page) accounted() []string {
	if items := doubts(&p.r.Input, p.short); len(items) > 0 {
		return items
	}
	return []string{"no malformed records"}
}

// fields lists the inputs that errors name most.
func (p *page) fields() string {
	var items []string
	for _, f := range p.r.Fields {
		items = append(items, cutMiddle(Plain(f.Field), p.room()/2)+" "+number(f.Errors))
	}
	return fill(items, dot, p.room())
}

// requests says how many requests failed and which failed most. Derived ones
// are spoken of only where the log has no IDs at all.
func (p *page) requests() string {
	if len(p.r.Requests) == 0 {
		return ""
	}
	derived := p.r.Input.RequestIDs == 0
	n, once := count(p.r.Input.RequestIDs, "ID"), " with one error each"
	if derived {
		n, once = "no IDs in the log", "; one error per operation and path"
	}
	i := slices.IndexFunc(p.r.Requests, func(q report.Request) bool { return isDerived(&q) == derived })
	switch {
	case i < 0: // derived ones have more errors than any with an ID and fill the list
		return n
	case p.r.Requests[i].Errors < 2:
		return n + once
	}
	return p.mostErrors(n+"; most errors: ", &p.r.Requests[i])
}

// mostErrors adds to text the request that failed most. An ID is known by its
// ends; a derived one has all the room that there is.
func (p *page) mostErrors(text string, most *report.Request) string {
	errors := " " + number(most.Errors)
	room := p.room() / 3
	if isDerived(most) {
		room = p.room() - width(text) - width(errors)
	}
	text += cutMiddle(Plain(most.RequestID), max(leastPlace, room)) + errors
	if s := " (" + statuses(most) + ")"; len(most.ErrorsAt) > 0 && width(text+s) <= p.room() {
		text += s
	}
	return cutEnd(text, p.room())
}

// isDerived says whether q stands for errors without an ID.
func isDerived(q *report.Request) bool { return q.Kind == "derived" }

// statuses lists what a request met, in time order: 503 503 429, or 404 x32.
func statuses(q *report.Request) string {
	var runs []string
	for i := 0; i < len(q.ErrorsAt); {
		s, k := statusAt(q, i), i
		for i < len(q.ErrorsAt) && statusAt(q, i) == s {
			i++
		}
		if n := i - k; n > 3 {
			runs = append(runs, s+" x"+number(int64(n)))
		} else {
			runs = append(runs, slices.Repeat([]string{s}, n)...)
		}
	}
	return strings.Join(runs, " ")
}

func statusAt(q *report.Request, i int) string {
	return cmp.Or(status(q.ErrorsAt[i].Status), "-")
}

// sources names the first source that was not read whole.
func (p *page) sources() string {
	bad := unread(&p.r.Input)
	if len(bad) == 0 {
		return ""
	}
	text := number(int64(len(bad))) + " of " + number(int64(len(p.r.Input.Sources))) + " not read whole: "
	text += cutMiddle(Plain(p.short(bad[0].Name)), p.room()/3) + " " + Plain(bad[0].Status)
	if bad[0].Reason != "" {
		text += ", " + Plain(bad[0].Reason)
	}
	return cutEnd(text, p.room())
}
