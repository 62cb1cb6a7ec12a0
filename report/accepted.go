package report

import (
	"slices"
	"strings"

	"analyzer/parse"
)

// accepted counts, by who asks for what path, the answers that work goes on
// (202), for the endpointCap of smallest hash.
type accepted struct {
	smallest[sighting]
	key []byte // scratch
}

func newAccepted() accepted {
	return accepted{smallest: newSmallest[sighting](endpointCap)}
}

// isPending reports whether r asked how work gets on and learned that it goes
// on. What is accepted and never asked after may be done unseen.
func isPending(r *parse.Record) bool { return r.Status == 202 && r.Method == "GET" }

func (a *accepted) add(r *parse.Record, at place) {
	k := endpointKey{r.Service, r.Caller, r.Method, target(r)}
	a.key = k.appendTo(a.key[:0])
	if v := a.atKey(a.key); v != nil {
		v.merge(&sighting{1, spanOf(at.time), at})
	}
}

// merge adds all of u, which is left unusable.
func (a *accepted) merge(u *accepted) {
	a.more = a.more || u.more
	for _, x := range u.entries {
		if v, _ := a.at(x.hash, x.name); v != nil {
			v.merge(&x.value)
		}
	}
}

func (a *accepted) encode(e *encoder) {
	e.bool(a.more)
	e.len(len(a.entries))
	for _, x := range a.sorted() {
		e.str(x.name)
		x.value.encode(e)
	}
}

func (a *accepted) decode(d *decoder) {
	*a = newAccepted()
	more := d.bool()
	for range d.len(a.limit, 3) {
		name := d.str(linkBytes)
		v, _ := a.at(hash(name), name)
		if _, ok := parseEndpointKey(name); !ok || v == nil || v.calls != 0 {
			d.fail("accepted calls out of order")
			return
		}
		if v.decode(d); v.calls == 0 {
			d.fail("path without a call")
		}
	}
	a.more = more
	if a.more && len(a.entries) < a.limit {
		d.fail("cut set below its cap")
	}
}

const (
	leastPolls = 3    // how often work must be asked after to be missed
	mostSlots  = 1024 // a week, in which its end is looked for
)

// unfinished finds work that was accepted, asked after and never seen done.
func (b *builder) unfinished() []Story {
	var list []Story
	for _, x := range b.tally.conduct.accepted.sorted() {
		v := &x.value
		k, _ := parseEndpointKey(x.name)
		if v.calls < leastPolls || v.span.last < 0 || b.mayHaveEnded(k, v.span.last) {
			continue
		}
		k.caller = b.owners.of(k.service, k.caller)
		what := apiCall{k.method, k.route}
		s := Story{Kind: storyUnfinished, Proven: true, Service: k.service, Caller: k.caller, Method: k.method, Route: k.route,
			Errors: v.report(), Endpoints: []string{what.String()}}
		s.lasts(v.span)
		s.Summary = k.client().String() + " asks after work at " + what.String() + ", which was accepted with 202 and is never seen done."
		s.Advice = "Look whether the work at " + short(k.route) + " still goes on; if not, start it again."
		list = append(list, s)
	}
	return list
}

// mayHaveEnded reports whether k was answered otherwise after at, or may have
// been.
func (b *builder) mayHaveEnded(k endpointKey, at int64) bool {
	c := &b.tally.conduct
	if (b.log.last-at)/linkSlot > mostSlots {
		return true
	}
	link := linkKey{strength: byTime, service: k.service, caller: k.caller, method: k.method, target: k.route}
	for link.slot = at / linkSlot; link.slot <= b.log.last/linkSlot; link.slot++ {
		v, cut := c.passed.find(&link)
		if cut {
			return true
		}
		if v != nil {
			if next, known := v.next(at); next != noTime || !known {
				return true
			}
		}
		name := string(link.appendTo(nil))
		if x := c.byTime.entries[name]; x != nil && slices.ContainsFunc(x.value.tries, func(t try) bool { return t.time > at }) {
			return true
		}
	}
	return strings.TrimSpace(k.route) == ""
}
