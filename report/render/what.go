package render

import (
	"strings"

	"analyzer/report"
)

// what is the cell that tells a problem: status and method, the route or what
// stands for it, and the message where there is room.
type what struct {
	lead    string // "401 GET  ", as wide in every row
	route   string
	message string
	cut     func(string, int) string // how route is cut
}

// leastMessage is the least of a message that is worth its place.
const leastMessage = 12

// whats makes the cells of a table, which share the width of the methods.
func whats(ps []report.Problem) []what {
	ws := make([]what, len(ps))
	methods := 0
	for i := range ps {
		methods = max(methods, width(method(&ps[i])))
	}
	for i := range ps {
		ws[i] = newWhat(&ps[i], methods)
	}
	return ws
}

func method(p *report.Problem) string { return cutEnd(steady(p.Method), len("OPTIONS")) }

func newWhat(p *report.Problem, methods int) what {
	w := what{cut: cutRoute, route: steady(p.Route), message: steady(p.Message)}
	if p.Status != nil {
		w.lead = status(p.Status) + " "
	}
	if m := method(p); m != "" {
		w.lead += m + strings.Repeat(" ", methods-width(m)) + " "
	}
	switch {
	case p.Folded:
		w.route, w.message, w.cut = foldedWhat(p), "", cutEnd
	case w.route != "":
	case p.Code != "":
		w.route, w.cut = steady(p.Code), cutMiddle
	default:
		w.route, w.message, w.cut = w.message, "", cutEnd
	}
	return w
}

// foldedWhat says that a problem stands for many, and what they share.
func foldedWhat(p *report.Problem) string {
	s := p.Message
	if s == "" {
		s = "many problems counted as one"
	}
	if p.Route != "" {
		s += " of " + p.Route
	}
	return steady(s)
}

// fit draws w in at most n columns: the message gives way first.
func (w what) fit(n int) string {
	lead := cutEnd(w.lead, n)
	if n -= width(lead); n < 2 {
		return lead
	}
	route := w.cut(w.route, n)
	n -= width(route) + len(": ")
	if w.message == "" || n < min(leastMessage, width(w.message)) {
		return lead + route
	}
	return lead + route + ": " + cutEnd(w.message, n)
}
