package report

import (
	"cmp"
	"slices"
	"time"
)

// rateLimits lists who was refused for calling too often, most errors first.
func (b *builder) rateLimits() []RateLimit {
	list := []RateLimit{}
	for _, k := range b.traffic.keys {
		if v := b.traffic.errors[k]; v.seen[throttled].calls > 0 {
			list = append(list, b.rateLimit(k, v, b.traffic.successes[k]))
		}
	}
	slices.SortStableFunc(list, func(x, y RateLimit) int { return cmp.Compare(y.Errors.Count, x.Errors.Count) })
	b.cutAudit = b.cutAudit || len(list) > auditListed
	return list[:min(len(list), auditListed)]
}

// joined returns the endpoints of s, where lines that do not name the only
// caller of their service are that caller's.
func (b *builder) joined(s *endpoints) map[endpointKey]*endpoint {
	all := make(map[endpointKey]*endpoint)
	for _, x := range s.named() {
		k := x.endpointKey
		k.caller = b.owners.of(k.service, k.caller)
		if all[k] == nil {
			all[k] = pointer(newEndpoint())
		}
		v := *x.endpoint
		v.rate, v.denied = v.rate.clone(), v.denied.clone() // merging may join slots
		all[k].merge(&v)
	}
	return all
}

// rateLimit says how often calls of k were refused. ok is how they succeeded,
// nil if that is not known.
func (b *builder) rateLimit(k endpointKey, v, ok *endpoint) RateLimit {
	refused := &v.seen[throttled]
	r := RateLimit{Calls: Calls{k.service, k.caller, k.method, k.route}, Limit: v.limit,
		Errors: Seen{refused.calls, []string{refused.first.report().String()}}, Command: k.command([]int{429}, b)}
	rate := v.rate.clone()
	if b.tally.conduct.knowsSuccesses() {
		r.Successes = new(int64)
		if ok != nil {
			r.Successes = pointer(ok.seen[passed].calls)
			more := ok.rate.clone()
			rate.merge(&more)
		}
	}
	r.Peak, r.Step, r.PeakAt = rate.peak()
	return r
}

// peak returns the most that one slot holds, its width in seconds and when it
// first begins.
func (t *timeline) peak() (most, step int64, at *Time) {
	step = steps[t.step]
	for _, s := range t.slots {
		if s.errors > most {
			most, at = s.errors, &Time{time.Unix(s.number*step, 0).UTC()}
		}
	}
	return most, step, at
}
