package report

import (
	"slices"

	"github.com/cespare/xxhash/v2"

	"analyzer/parse"
)

// polled counts answers of one kind by who asks for what path, for the linkCap
// pairs of smallest hash.
type polled struct {
	smallest[sighting]
	key []byte // scratch
}

func newPolled() polled {
	return polled{smallest: newSmallest[sighting](linkCap)}
}

// has reports when k was last answered so. If it never was and known is false, it
// may have been.
func (a *polled) has(k *endpointKey) (v *sighting, known bool) {
	a.key = k.appendTo(a.key[:0])
	if v := a.known(a.key); v != nil {
		return v, true
	}
	return nil, !a.more || xxhash.Sum64(a.key) <= a.largest()
}

func (a *polled) add(r *parse.Record, at place) {
	k := endpointKey{r.Service, r.Caller, r.Method, target(r)}
	a.key = k.appendTo(a.key[:0])
	v, isNew := a.atKey(a.key)
	if isNew {
		*v = sighting{}
	}
	if v != nil {
		v.merge(&sighting{1, spanOf(at.time), at})
	}
}

// merge adds all of u, which is left unusable.
func (a *polled) merge(u *polled) { mergeEntries(&a.smallest, &u.smallest) }

func (a *polled) encode(e *encoder) { encodeEntries(e, &a.smallest) }

func (a *polled) decode(d *decoder) {
	*a = newPolled()
	decodeEntries(d, &a.smallest, 3, linkBytes, "polls", func(name string) bool {
		_, ok := parseEndpointKey(name)
		return ok
	})
	for i := range a.all {
		if a.all[i].value.calls == 0 {
			d.fail("path without a call")
		}
	}
}

const (
	leastPolls = 3    // how often work must be asked after to be missed
	mostSlots  = 1024 // a week, in which its failure is looked for
)

// unfinished finds work that was accepted, asked after and never seen done. What
// is never asked after may be done unseen.
func (b *builder) unfinished() []Story {
	var list []Story
	for _, x := range b.tally.conduct.pending.sorted() {
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
	if v, known := c.done.has(&k); !known || v != nil && v.span.last > at {
		return true
	}
	if (b.log.last-at)/linkSlot > mostSlots || k.route == "" {
		return true
	}
	failed := func(t try) bool { return t.time > at }
	link := linkKey{strength: byTime, service: k.service, caller: k.caller, method: k.method, target: k.route}
	for link.slot = at / linkSlot; link.slot <= b.log.last/linkSlot; link.slot++ {
		if v := c.byTime.known(link.appendTo(nil)); v != nil && slices.ContainsFunc(v.tries, failed) {
			return true
		}
	}
	return false
}
