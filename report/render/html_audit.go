package render

import (
	"strings"

	"analyzer/report"
)

// stories is the table of what happened.
func (h *htmlMaker) stories() htmlTable {
	var rows [][]htmlCell
	for i := range h.r.Stories {
		s := &h.r.Stories[i]
		proof := "likely"
		if s.Proven {
			proof = "proven"
		}
		rows = append(rows, []htmlCell{textCell(s.Kind), proseCell(s.Summary), proseCell(s.Advice), textCell(proof), countCell(&s.Errors),
			timeCell(s.First), timeCell(s.Last), h.refsCell(s.Problems), h.placesCell(&s.Errors), codeCell(strings.Join(s.RequestIDs, ", "))})
	}
	return newHTMLTable("stories", "What happened",
		[]string{"Kind", "What", "What to do", "Proof", "Lines#", "First", "Last", "Problems", "Places", "Requests"}, rows)
}

// retries is the table of how callers repeated their calls after errors.
func (h *htmlMaker) retries() htmlTable {
	var rows [][]htmlCell
	for i := range h.r.Audit.Retries {
		r := &h.r.Audit.Retries[i]
		broken := htmlCell{}
		if r.Waits != nil {
			broken = countCell(&r.Waits.Broken)
			broken.Text += " of " + number(r.Waits.Asked.Count)
		}
		storm := htmlCell{}
		if r.StormPercent != nil {
			storm = htmlCell{Text: tenths(*r.StormPercent), Number: true, Value: *r.StormPercent}
		}
		unsafe := textCell("cannot tell")
		if r.Unsafe != nil {
			unsafe = countCell(r.Unsafe)
		}
		rows = append(rows, []htmlCell{callCell(&r.Calls), countCell(&r.Tries), storm, broken, countCell(&r.InVain), unsafe,
			proseCell(r.Advice), h.refsCell(r.Problems), textCell(delays(r.Backoff)), recoveredCell(r), numberCell(r.Saved), h.placesCell(&r.Tries)})
	}
	t := newHTMLTable("retries", "Retries",
		[]string{"Caller and endpoint", "Failed#", "Per call#", "Waits broken#", "In vain#", "Unsafe#",
			"What to do", "Problems", "Delays", "Recovered#", "Calls to save#", "Places"}, rows)
	o := &h.r.Audit.Operations
	t.Note = number(o.Examined) + " of " + count(o.Total, "operation") + " with an ID examined. Calls to save are an estimate."
	return t
}

// rateLimits is the table of who was refused for calling too often.
func (h *htmlMaker) rateLimits() htmlTable {
	var rows [][]htmlCell
	for i := range h.r.Audit.RateLimits {
		l := &h.r.Audit.RateLimits[i]
		successes := textCell(cannotTell)
		if l.Successes != nil {
			successes = numberCell(*l.Successes)
		}
		rows = append(rows, []htmlCell{callCell(&l.Calls), codeCell(l.Limit), countCell(&l.Errors), successes,
			textCell(peak(l)), h.placesCell(&l.Errors)})
	}
	return newHTMLTable("rate-limits", "Rate limits",
		[]string{"Caller and endpoint", "Limit", "Errors#", "Successes#", "Peak", "Places"}, rows)
}

// outcomes is the table of errors that mean something else.
func (h *htmlMaker) outcomes() htmlTable {
	var rows [][]htmlCell
	for i := range h.r.Audit.Outcomes {
		o := &h.r.Audit.Outcomes[i]
		rows = append(rows, []htmlCell{callCell(&o.Calls), countCell(&o.Operations), textCell(o.Link),
			proseCell(o.Advice), h.placesCell(&o.Operations)})
	}
	return newHTMLTable("outcomes", "Not what they seem",
		[]string{"Caller and endpoint", "Operations#", "Linked by", "Advice", "Places"}, rows)
}

func callCell(c *report.Calls) htmlCell {
	return codeCell(strings.Join(nonEmpty([]string{c.Service, c.Caller, strings.TrimSpace(c.Method + " " + c.Route)}), " "))
}

func countCell(s *report.Seen) htmlCell { return numberCell(s.Count) }

// placesCell lists where a count can be checked.
func (h *htmlMaker) placesCell(s *report.Seen) htmlCell {
	var places []string
	for _, place := range s.Places {
		places = append(places, strings.TrimPrefix(place, h.dir))
	}
	return codeCell(strings.Join(places, ", "))
}

func recoveredCell(r *report.Retries) htmlCell {
	if r.Recovered == nil {
		return textCell(cannotTell)
	}
	return countCell(r.Recovered)
}
