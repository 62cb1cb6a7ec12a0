package render

import (
	"cmp"
	"strconv"
	"strings"

	"analyzer/report"
)

// cannotTell stands where only successes would tell.
const cannotTell = "cannot tell, use --full"

// retries says in a line how the caller goes on that has most to mend.
func (p *page) retries() string {
	for i := range p.r.Audit.Retries {
		r := &p.r.Audit.Retries[i]
		if items := faults(r); len(items) > 0 {
			name := cutMiddle(Plain(cmp.Or(r.Service, r.Caller, "callers")), max(leastPlace, p.room()/4))
			return cutEnd(name+": "+fill(items, dot, p.room()-width(name)-len(": ")), p.room())
		}
	}
	return ""
}

// faults lists what is wrong with how a caller retries.
func faults(r *report.Retries) []string {
	var items []string
	if w := r.Waits; w != nil && w.Broken.Count > 0 {
		items = append(items, "broke "+number(w.Broken.Count)+" of "+count(w.Asked.Count, "wait"))
	}
	if r.Unsafe != nil && r.Unsafe.Count > 0 {
		items = append(items, number(r.Unsafe.Count)+" unsafe")
	}
	if r.InVain.Count > 0 {
		items = append(items, number(r.InVain.Count)+" in vain")
	}
	if r.StormPercent != nil && len(items) > 0 {
		items = append(items, tenths(*r.StormPercent)+" tries per call")
	}
	return items
}

// tenths writes percent as a factor: 394 is 3.9.
func tenths(percent int64) string {
	return number(percent/100) + "." + strconv.FormatInt(percent%100/10, 10)
}

// audit is the section on how callers went on after errors.
func (d *document) audit() {
	a := &d.r.Audit
	if len(a.Retries)+len(a.RateLimits)+len(a.Outcomes) == 0 {
		return
	}
	d.line("\n## Retries and rate limits\n")
	d.line("- ", number(a.Operations.Examined), " of ", count(a.Operations.Total, "operation"), " with an ID examined")
	if !a.Successes {
		d.line("- successful calls were not read; where they are needed it says: ", cannotTell)
	}
	for i := range a.Retries[:min(d.top, len(a.Retries))] {
		d.retried(&a.Retries[i])
	}
	d.more(len(a.Retries), "caller and endpoint")
	d.rateLimits()
	d.outcomes()
}

// retried says how a caller retried its calls of an endpoint.
func (d *document) retried(r *report.Retries) {
	d.line("\n### ", call(&r.Calls), "\n")
	tries := number(r.Tries.Count) + " failed"
	if r.Operations != nil {
		tries += " in " + count(r.Operations.Count, "operation")
	}
	if r.StormPercent != nil {
		tries += ", " + tenths(*r.StormPercent) + " each"
	}
	linked := ", linked by " + prose(r.Link)
	if r.Operations == nil {
		linked += " (retries or new calls: it cannot be told which)"
	}
	d.item("Tries", tries+linked+seenAt(r.Tries))
	d.item("Problems", codes(r.Problems))
	d.waits(r.Waits)
	d.item("Delays", delays(r.Backoff))
	d.item("In vain", nonZero(&r.InVain))
	if r.Unsafe == nil {
		d.item("Unsafe", "cannot tell: the tries are linked by "+prose(r.Link)+" only")
	} else {
		d.item("Unsafe", nonZero(r.Unsafe))
	}
	d.item("Recovered", recovered(r))
	if r.Saved > 0 {
		d.item("Calls to save", "about "+number(r.Saved)+" (estimate)")
	}
	d.item("Advice", prose(r.Advice))
	d.item("All lines", code(r.Command))
}

// call names who calls what.
func call(c *report.Calls) string {
	return strings.Join(nonEmpty([]string{code(c.Service), code(c.Caller), code(strings.TrimSpace(c.Method + " " + c.Route))}), " ")
}

// seenAt lists where a count can be checked.
func seenAt(s report.Seen) string {
	if len(s.Places) == 0 {
		return ""
	}
	return ", see " + codes(s.Places)
}

func seen(s *report.Seen) string {
	if s == nil {
		return cannotTell
	}
	return number(s.Count) + seenAt(*s)
}

// nonZero is seen for a count that is not worth a line if it is zero.
func nonZero(s *report.Seen) string {
	if s.Count == 0 {
		return ""
	}
	return seen(s)
}

func (d *document) waits(w *report.Waits) {
	if w == nil {
		return
	}
	d.item("Waits asked", seen(&w.Asked))
	broken := seen(&w.Broken)
	if w.Broken.Count > 0 {
		broken += ": asked " + duration(w.AskedMS) + ", waited " + duration(w.TakenMS) + ", " + duration(w.ShortMS) + " short (medians)"
	}
	d.item("Waits broken", broken)
	d.item("Waits honoured", seen(w.Honoured))
}

// delays describes the delays between tries.
func delays(b *report.Backoff) string {
	if b == nil {
		return ""
	}
	text := prose(cmp.Or(b.Shape, "too few to tell their shape")) + ", first after " + duration(b.FirstMS)
	switch {
	case b.Jitter == nil:
	case *b.Jitter:
		text += ", with jitter"
	default:
		text += ", without jitter"
	}
	if b.Advised {
		return text + "; as advised"
	}
	return text + "; advised is exponential from 1 s"
}

// recovered says how many operations succeeded in the end, as far as that makes
// sense.
func recovered(r *report.Retries) string {
	if r.Operations == nil {
		return ""
	}
	text := seen(r.Recovered)
	if r.Undecided > 0 {
		text += ", not known of " + number(r.Undecided)
	}
	return text
}

// rateLimits is the table of who was refused for calling too often.
func (d *document) rateLimits() {
	limits := d.r.Audit.RateLimits
	if len(limits) == 0 {
		return
	}
	d.line("\n### Rate limits\n")
	var rows [][]string
	for i := range limits[:min(d.top, len(limits))] {
		l := &limits[i]
		successes := cannotTell
		if l.Successes != nil {
			successes = number(*l.Successes)
		}
		rows = append(rows, []string{call(&l.Calls), code(l.Limit), number(l.Errors.Count), successes,
			peak(l), codes(l.Errors.Places), code(l.Command)})
	}
	d.table([]string{"Caller and endpoint", "Limit", "Errors#", "Successes#", "Peak", "First place", "All lines"}, rows)
	d.more(len(limits), "caller and endpoint")
}

// peak says how many calls were seen in the busiest slot.
func peak(l *report.RateLimit) string {
	if l.PeakAt == nil {
		return ""
	}
	return number(l.Peak) + " in " + number(l.Step) + " s at " + when(l.PeakAt)
}

// outcomes lists the errors that mean something else.
func (d *document) outcomes() {
	list := d.r.Audit.Outcomes
	if len(list) == 0 {
		return
	}
	d.line("\n### Not what they seem\n")
	for i := range list[:min(d.top, len(list))] {
		o := &list[i]
		d.line("- ", call(&o.Calls), ": ", seen(&o.Operations), ", linked by ", prose(o.Link))
		d.line("  - ", prose(o.Advice))
		d.line("  - ", code(o.Command))
	}
	d.more(len(list), "caller and endpoint")
}
