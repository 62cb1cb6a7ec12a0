package report

import (
	"slices"

	"analyzer/classify"
)

// validations finds the fields that are refused from a moment on: of all
// callers, or of one.
func (b *builder) validations() []Story {
	var list []Story
	for i := range b.done {
		p := &b.done[i]
		if p.from.key.Category != classify.Validation || len(p.Fields) == 0 || p.Folded || p.from.span.last < 0 {
			continue
		}
		if s, ok := b.validation(p); ok {
			list = append(list, s)
		}
	}
	return list
}

// usage is how the clients of an endpoint fared beside a problem.
type usage struct {
	worked      bool // some of those that fail had succeeded before
	failAgain   bool // they succeed after the first error too
	othersAfter int  // clients that do not fail and succeed after it
}

func (b *builder) validation(p *built) (s Story, ok bool) {
	when, n, sudden := b.onset(&p.from.timeline, p.from.span)
	if !sudden {
		when, n, sudden = p.from.span, p.Errors, b.sudden(p.from.span.first, p.Errors)
	}
	who := b.failing(p)
	proven := b.tally.conduct.knowsSuccesses()
	u := b.usage(p, who, when.first)
	switch {
	case len(who) == 0:
	case !proven:
		ok = sudden
	case u.failAgain || len(who) > 1 && u.othersAfter > 0:
	default:
		ok = n >= leastProven && (u.worked || u.othersAfter > 0) || sudden
	}
	if !ok {
		return s, false
	}
	s = Story{Kind: storyClient, Proven: proven && (u.worked || u.othersAfter > 0), Method: p.Method, Route: p.Route, Field: p.Fields[0],
		Problems: []string{p.ID}, Errors: Seen{n, []string{p.from.first.report().String()}}, Endpoints: []string{apiCall{p.Method, p.Route}.String()}}
	s.lasts(when)
	if len(p.By.Version) == 1 && p.By.Version[0].Errors*10 >= p.Errors*9 {
		s.Version, _ = only(p.By.Version)
	}
	s.tell(p, who, u)
	s.Command = "analyzer -o lines --where problem=" + p.ID
	return s, true
}

// tell puts a story on validation into words.
func (s *Story) tell(p *built, who []client, u usage) {
	field, to := short(s.Field), apiCall{p.Method, p.Route}.String()
	version := ""
	if s.Version != "" {
		version = " in version " + short(s.Version)
	}
	if len(who) > 1 {
		s.Kind = storyContract
		s.Summary = plural(len(who), "client") + " have " + field + " refused on " + to + " from a moment on" + version + ": the API's contract has changed, or a deploy changed what they send."
		if s.Proven {
			s.Summary = "All " + s.Summary
		}
		s.Advice = "Compare " + field + " with the API's changelog and schema, and with what was deployed then; validate before sending."
		return
	}
	s.Service, s.Caller = who[0].service, who[0].caller
	s.Summary = who[0].String() + " sends " + field + " wrong on " + to + version
	if u.othersAfter > 0 {
		s.Summary += "; the call works for " + plural(u.othersAfter, "other client") + "."
	} else {
		s.Summary += ", from a moment on."
	}
	s.Advice = "Correct " + field + " in " + who[0].String() + ", or roll it back; validate before sending."
}

// failing lists the clients that meet p with a tenth of its errors or more: the
// services, or the callers of the only one.
func (b *builder) failing(p *built) []client {
	counts, named := p.By.Service, func(value string) client { return client{value, b.owners.of(value, "")} }
	if service, one := only(counts); len(p.By.Caller) > 0 && (len(counts) == 0 || one && len(b.owners[service]) > 1) {
		counts, named = p.By.Caller, func(value string) client { return client{service, value} }
	}
	var list []client
	for _, c := range counts {
		if c.Errors*10 >= p.Errors {
			list = append(list, named(c.Value))
		}
	}
	return list
}

// usage looks how clients fared on p's endpoint before and after first.
func (b *builder) usage(p *built, who []client, first int64) (u usage) {
	for k, v := range b.traffic.successes {
		if !p.is(k.call()) {
			continue
		}
		when := v.seen[passed].span
		fails := slices.ContainsFunc(who, func(c client) bool { return c.service == k.service && (c.caller == "" || c.caller == k.caller) })
		switch {
		case !fails && when.last > first:
			u.othersAfter++
		case fails && when.last > first:
			u.failAgain = true
		case fails && v.seen[passed].calls >= leastBefore:
			u.worked = true
		}
	}
	return u
}
