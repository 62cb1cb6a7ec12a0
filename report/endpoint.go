package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"analyzer/classify"
	"analyzer/parse"
)

// An outcome is how a call ended, as far as the callers' conduct is concerned.
type outcome int

const (
	unauthorized outcome = iota
	forbidden
	throttled
	broken // the server's fault
	refused
	passed
	numOutcomes
)

// outcomeOf returns the outcome of an error.
func outcomeOf(f *classify.Finding) outcome {
	switch {
	case f.Category == classify.RateLimit:
		return throttled
	case f.Category == classify.Server:
		return broken
	case f.Category != classify.Authentication:
		return refused
	case f.Problem.Status == 403:
		return forbidden
	}
	return unauthorized
}

// endpointKey is what an endpoint's name is made of: who calls what.
type endpointKey struct{ service, caller, method, route string }

const endpointParts = 4

func (k *endpointKey) appendTo(b []byte) []byte {
	for _, part := range [endpointParts]string{k.service, k.caller, k.method, k.route} {
		b = appendPart(b, part)
	}
	return b
}

func parseEndpointKey(name string) (k endpointKey, ok bool) {
	parts := strings.Split(name, "\x00")
	if len(parts) != 1+endpointParts || parts[0] != "" {
		return k, false
	}
	return endpointKey{parts[1], parts[2], parts[3], parts[4]}, true
}

func endpointOf(r *parse.Record, route string) endpointKey {
	return endpointKey{r.Service, r.Caller, r.Method, cmp.Or(route, r.Operation)}
}

// endpoints counts the calls of the endpointCap pairs of caller and endpoint
// whose hashes are the smallest.
type endpoints struct {
	smallest[endpoint]
	key []byte // scratch
}

// endpoint is how the calls of one caller to one endpoint ended.
type endpoint struct {
	seen   [numOutcomes]sighting
	limit  string   // the smallest that the API named
	rate   timeline // of refusals to serve so many calls; of successes, where those are counted
	denied timeline // of calls that were unauthorized

	notices sighting // answers that announce that the endpoint is deprecated or goes
	since   int64    // the earliest date of either; noTime if none was said
	until   int64
}

// sighting is when and where calls ended in one way.
type sighting struct {
	calls int64
	span  span
	first place // minimum
}

func newEndpoints() endpoints {
	return endpoints{smallest: newSmallest[endpoint](endpointCap)}
}

func (s *endpoints) of(k *endpointKey) *endpoint {
	s.key = k.appendTo(s.key[:0])
	v, isNew := s.atKey(s.key)
	if isNew {
		*v = newEndpoint()
	}
	return v
}

func newEndpoint() endpoint { return endpoint{since: noTime, until: noTime} }

func (v *endpoint) add(o outcome, at place, r *parse.Record) {
	one := sighting{1, spanOf(at.time), at}
	v.seen[o].merge(&one)
	v.limit = smallerText(v.limit, clip(r.Limit, valueBytes))
	if r.Deprecated != nil || r.Sunset != nil {
		v.notices.merge(&one)
		v.since, v.until = min(v.since, dateOf(r.Deprecated)), min(v.until, dateOf(r.Sunset))
	}
	if (o == throttled || o == passed) && at.time != noTime {
		v.rate.add(at.time, 1)
	}
	if o == unauthorized && at.time != noTime {
		v.denied.add(at.time, 1)
	}
}

func dateOf(t *time.Time) int64 {
	if t == nil {
		return noTime
	}
	return instant(*t)
}

func spanOf(at int64) span {
	s := noSpan
	s.add(at)
	return s
}

func (s *sighting) merge(u *sighting) {
	switch {
	case u.calls == 0:
	case s.calls == 0:
		*s = *u
	default:
		s.calls += u.calls
		s.span.merge(u.span)
		if comparePlaces(&u.first, &s.first) < 0 {
			s.first = u.first
		}
	}
}

func (v *endpoint) merge(u *endpoint) {
	v.notices.merge(&u.notices)
	v.since, v.until = min(v.since, u.since), min(v.until, u.until)
	for o := range v.seen {
		v.seen[o].merge(&u.seen[o])
	}
	v.limit = smallerText(v.limit, u.limit)
	v.rate.merge(&u.rate)
	v.denied.merge(&u.denied)
}

// total returns the number of calls that were counted.
func (v *endpoint) total() (sum int64) {
	for o := range v.seen {
		sum += v.seen[o].calls
	}
	return sum
}

// merge adds all of u, which is left unusable.
func (s *endpoints) merge(u *endpoints) { mergeEntries(&s.smallest, &u.smallest) }

func (s *endpoints) encode(e *encoder) { encodeEntries(e, &s.smallest) }

func (s *endpoints) decode(d *decoder) {
	*s = newEndpoints()
	decodeEntries(d, &s.smallest, 8, linkBytes, "endpoints", func(name string) bool {
		_, ok := parseEndpointKey(name)
		return ok
	})
}

func (v *endpoint) encode(e *encoder) {
	for o := range v.seen {
		v.seen[o].encode(e)
	}
	e.str(v.limit)
	v.rate.encode(e)
	v.denied.encode(e)
	v.notices.encode(e)
	e.int(v.since)
	e.int(v.until)
}

func (v *endpoint) decode(d *decoder) {
	for o := range v.seen {
		v.seen[o].decode(d)
	}
	if v.total() == 0 {
		d.fail("endpoint without a call")
	}
	v.limit = d.str(valueBytes)
	v.rate.decode(d)
	v.denied.decode(d)
	v.notices.decode(d)
	v.since, v.until = d.int(), d.int()
}

func (s *sighting) encode(e *encoder) {
	e.int(s.calls)
	if s.calls > 0 {
		s.span.encode(e)
		s.first.encode(e)
	}
}

func (s *sighting) decode(d *decoder) {
	if s.calls = d.int(); s.calls > 0 {
		s.span.decode(d)
		s.first.decode(d)
	}
}

// named returns the entries with their keys, by name.
func (s *endpoints) named() []namedEndpoint {
	list := make([]namedEndpoint, 0, len(s.all))
	for _, x := range s.sorted() {
		k, _ := parseEndpointKey(x.name)
		list = append(list, namedEndpoint{k, &x.value})
	}
	return slices.Clip(list)
}

type namedEndpoint struct {
	endpointKey
	*endpoint
}
