package render

import (
	"cmp"

	"analyzer/report"
)

// lack is something that errors of a service lack, and what to log to mend it.
type lack struct {
	errors     int64
	what, mend string
}

// worstLack returns what most errors of a service lack.
func worstLack(q *report.Quality) lack {
	worst := lack{}
	for _, l := range []lack{
		{q.WithoutStatus, "a status", "log the status code"},
		{q.WithoutMessage, "a message", "log the body of answers"},
		{q.WithoutField, "a field", "log the affected fields"},
		{q.WithoutRequestID, "a request ID", "log x-request-id"},
		{q.WithoutTime, "a time", "log the time"},
		{q.WithoutMethod, "a method", "log method and path"},
	} {
		if l.errors > worst.errors {
			worst = l
		}
	}
	return worst
}

// logging says of the service whose log leaves out most what that is.
func (p *page) logging() string {
	for i := range p.r.Quality {
		q := &p.r.Quality[i]
		if q.Advice == "" {
			continue
		}
		l := worstLack(q)
		text := number(l.errors) + " of " + count(q.Errors, "error") + " without " + l.what
		if name := serviceName(q); name != "" {
			text = cutMiddle(Plain(name), max(leastPlace, p.room()/3)) + ": " + text
		}
		if whole := text + "; " + l.mend; width(whole) <= p.room() {
			return whole
		}
		return cutEnd(text, p.room())
	}
	return ""
}

// noService stands for errors that name none.
const noService = "(no service named)"

func serviceName(q *report.Quality) string {
	if q.Service == many {
		return "many services"
	}
	return q.Service
}

// logging is the table of what each service's log leaves out, and what to log.
func (d *document) logging() {
	var rows [][]string
	var advice []string
	for i := range d.r.Quality {
		q := &d.r.Quality[i]
		if worstLack(q).errors == 0 {
			continue
		}
		name := prose(cmp.Or(serviceName(q), noService))
		rows = append(rows, []string{name, number(q.Errors), number(q.WithoutStatus), number(q.WithoutMessage),
			number(q.WithoutField), number(q.WithoutRequestID), number(q.WithoutMethod), number(q.WithoutTime)})
		if q.Advice != "" {
			advice = append(advice, name+": "+prose(q.Advice))
		}
	}
	if len(rows) == 0 {
		return
	}
	d.line("\n## Logging\n\nErrors whose log entry lacks something:\n")
	shown := min(d.top, len(rows))
	d.table([]string{"Service", "Errors#", "Status#", "Message#", "Field#", "Request ID#", "Method#", "Time#"}, rows[:shown])
	d.more(len(rows), "service")
	if len(advice) > 0 {
		d.line()
	}
	for _, a := range advice[:min(d.top, len(advice))] {
		d.line("- ", a)
	}
}
