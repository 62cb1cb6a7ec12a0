package report

import (
	"maps"
	"slices"
	"strconv"
	"time"
)

// access is how the calls of a client to the endpoints that refused it ended.
type access struct {
	client
	refused   sighting
	other     span // errors of other kinds, which show that it was let in
	succeeded sighting
	denied    timeline
	passes    timeline
	calls     []apiCall
}

// refusedBy gathers, by client, the endpoints where calls ended so.
func (t *traffic) refusedBy(o outcome) []*access {
	index := make(map[client]*access)
	for _, k := range t.keys {
		v := t.errors[k]
		if v.seen[o].calls == 0 {
			continue
		}
		a := index[k.client()]
		if a == nil {
			a = &access{client: k.client(), other: noSpan}
			a.succeeded.span = noSpan
			index[k.client()] = a
		}
		a.calls = append(a.calls, k.call())
		a.refused.merge(&v.seen[o])
		a.other.mergeSeen(&v.seen[refused])
		a.other.mergeSeen(&v.seen[forbidden])
		success := t.success(k)
		a.succeeded.merge(&success)
		denied := v.denied.clone()
		a.denied.merge(&denied)
		if good := t.successes[k]; good != nil {
			passes := good.rate.clone()
			a.passes.merge(&passes)
		}
	}
	return slices.SortedFunc(maps.Values(index), func(x, y *access) int {
		return compareEndpoints(&endpointKey{service: x.service, caller: x.caller}, &endpointKey{service: y.service, caller: y.caller})
	})
}

// mergeSeen adds when calls were seen, if any were.
func (s *span) mergeSeen(u *sighting) {
	if u.calls > 0 {
		s.merge(u.span)
	}
}

// credentials finds the clients whose calls are refused with 401 from a moment
// on, and those that were for a while.
func (b *builder) credentials() []Story {
	var list []Story
	for _, a := range b.traffic.refusedBy(unauthorized) {
		s := Story{Service: a.service, Caller: a.caller, Errors: a.refused.report()}
		if when, n, ok := a.expired(b); ok {
			s.Kind, s.Proven = storyCredential, b.tally.conduct.knowsSuccesses() && a.succeeded.calls >= leastBefore
			s.Summary = "Calls of " + a.String() + " are refused with 401 from a moment on: its token has probably expired or been revoked."
			if s.Proven {
				s.Summary = "All calls of " + a.String() + " are refused with 401 from a moment on: its token has expired or was revoked."
			}
			s.Advice = "Give " + a.String() + " a new token; retrying cannot help."
			s.Errors.Count = n
			s.lasts(when)
		} else if when, n, ok := a.renewed(b); ok {
			s.Kind, s.Proven, s.Benign = storyRefreshed, true, true
			s.Summary = "Calls of " + a.String() + " were refused with 401 for a while and then succeeded: its token was renewed."
			s.Advice = "Nothing; if it happens often, renew the token before it expires."
			s.Errors.Count = n
			s.lasts(when)
		} else {
			continue
		}
		for _, c := range a.calls[:min(len(a.calls), endpointsNamed)] {
			s.Endpoints = append(s.Endpoints, c.String())
		}
		s.Problems = b.concerned(func(p *built) bool {
			return p.Category == "authentication" && p.from.key.Status != 403 && p.meets(a.client) && slices.ContainsFunc(a.calls, p.is)
		})
		s.Command = b.commandOf(a.client, "401")
		list = append(list, s)
	}
	return list
}

// expired reports whether the client was let in no more from a moment on, since
// when, and how many calls were refused.
func (a *access) expired(b *builder) (when span, n int64, ok bool) {
	if a.succeeded.calls > 0 {
		letIn := max(a.succeeded.span.last, a.other.last)
		when = span{max(letIn+1, a.refused.span.first), a.refused.span.last}
		n = a.denied.from(when.first)
		return when, n, a.succeeded.calls >= leastBefore && n >= leastProven
	}
	when, n, ok = b.onset(&a.denied, a.refused.span)
	return when, n, ok && a.other.last < when.first
}

// onset finds the moment from which on what a timeline counts is there to the
// log's end, and hardly before.
func (b *builder) onset(t *timeline, seen span) (when span, n int64, ok bool) {
	length := b.log.last - b.log.first
	if length <= 0 || len(t.slots) == 0 {
		return noSpan, 0, false
	}
	step := steps[t.step] * int64(time.Second)
	total := t.from(0)
	best, before := int64(0), int64(0)
	for _, s := range t.slots {
		begins := max(s.number*step, seen.first)
		if late := total * ((begins - b.log.first) * 1000 / length); late-before*suddenPart >= suddenness && late-before*suddenPart > best {
			best, when, n = late-before*suddenPart, span{begins, seen.last}, total-before
		}
		before += s.errors
	}
	recent := when.last - (when.last-when.first)/4
	return when, n, n >= leastSudden && t.from(recent)*16 >= n && state(when.last, stillAfter(b.log)) == stateStill
}

// suddenPart weighs what was there before a moment against suddenness.
const suddenPart = 6000

// from counts what a timeline holds from an instant on.
func (t *timeline) from(at int64) (sum int64) {
	step := steps[t.step] * int64(time.Second)
	for _, s := range t.slots {
		if (s.number+1)*step > at {
			sum += s.errors
		}
	}
	return sum
}

// renewed reports whether the client was refused for a while, and let in before
// and after.
func (a *access) renewed(b *builder) (when span, n int64, ok bool) {
	if a.succeeded.calls < leastBefore {
		return when, 0, false
	}
	denied := a.denied.clone()
	for denied.step < stepOfMinute {
		denied.coarsen()
	}
	step := steps[denied.step]
	for _, w := range b.windows(denied.slots, step) {
		when = span{w.first * step * int64(time.Second), (w.last + 1) * step * int64(time.Second)}
		if a.quiet(when) {
			return span{max(when.first, a.refused.span.first), min(when.last, a.refused.span.last)}, w.errors, true
		}
	}
	return when, 0, false
}

// quiet reports whether nothing succeeded in that time, as far as the slots of
// timelines show it, and something before and after.
func (a *access) quiet(when span) bool {
	step := steps[a.passes.step] * int64(time.Second)
	first, last := (when.first+step-1)/step, when.last/step
	inside := slices.ContainsFunc(a.passes.slots, func(s slot) bool { return first <= s.number && s.number < last })
	return first < last && !inside && a.succeeded.span.first < when.first && a.succeeded.span.last > when.last
}

// permissions finds the clients that are refused with 403 where others are let
// in.
func (b *builder) permissions() []Story {
	var list []Story
	for _, k := range b.traffic.keys {
		n := &b.traffic.errors[k].seen[forbidden]
		others, proven := b.letIn(k)
		if n.calls < leastProven || b.traffic.success(k).calls > 0 || others < 2 || !proven && n.calls < leastSudden {
			continue
		}
		s := Story{Kind: storyPermission, Proven: proven, Service: k.service, Caller: k.caller, Method: k.method, Route: k.route, Errors: n.report()}
		s.lasts(n.span)
		s.Summary = "Only " + k.client().String() + " is refused with 403 on " + k.call().String() + "; " + plural(int(others), "other client") + " are let in."
		if !proven {
			s.Summary = "Only " + k.client().String() + " is refused with 403 on " + k.call().String() + ", which others call too."
		}
		s.Advice = "Give " + k.client().String() + " the permission for " + k.call().String() + ", or take the call out of it."
		s.Problems = b.concerned(func(p *built) bool {
			return p.Category == "authentication" && p.from.key.Status == 403 && p.meets(k.client()) && p.is(k.call())
		})
		s.Command = k.command([]int{403}, b)
		list = append(list, s)
	}
	return list
}

// letIn counts the other clients of k's endpoint that are not refused; proven
// says that they succeed, rather than only fail otherwise.
func (b *builder) letIn(k endpointKey) (n int, proven bool) {
	if b.tally.conduct.knowsSuccesses() {
		for _, c := range b.traffic.clients[k.call()] {
			if c != k.client() {
				n++
			}
		}
		return n, true
	}
	others := int64(0) // refused alike
	for _, other := range b.traffic.keys {
		if other.call() != k.call() || other.client() == k.client() {
			continue
		}
		v := b.traffic.errors[other]
		others += v.seen[forbidden].calls
		if v.total() > v.seen[forbidden].calls {
			n++
		}
	}
	if others*4 > b.traffic.errors[k].seen[forbidden].calls {
		return 0, false
	}
	return n, false
}

// commandOf returns the command line that lists a client's errors of a status.
func (b *builder) commandOf(c client, status string) string {
	var line commandLine
	line.where("service", c.service)
	if c.service == "" || len(b.owners[c.service]) > 1 {
		line.where("caller", c.caller)
	}
	line.where("status", status)
	return line.String()
}

// plural writes n of what, a regular noun.
func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
