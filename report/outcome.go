package report

import (
	"slices"
	"strings"
	"time"
)

// The kinds of Outcome.
const (
	outcomeCreated = "created"
	outcomeDeleted = "deleted"
	outcomeLag     = "lag"
)

// outcomeAdvice is what to do about each kind.
var outcomeAdvice = map[string]string{
	outcomeCreated: "The create that failed has probably succeeded: read the resource and go on with it.",
	outcomeDeleted: "The delete that failed has succeeded: take the 404 for success.",
	outcomeLag:     "The resource was only just created: ask again after some seconds before taking it for missing.",
}

const (
	adoptTime = int64(time.Minute)      // between tries that only time links
	lagTime   = int64(15 * time.Second) // from a create to an answer that denies it
	lagEnds   = int64(2 * time.Minute)  // and from there to one that does not
)

// outcomes finds the errors of the group that mean something else.
func (g *group) outcomes(b *builder) []Outcome {
	var list []Outcome
	for _, ops := range [][]*operation{g.ops, g.numbers, g.series} {
		for _, kind := range []string{outcomeCreated, outcomeDeleted, outcomeLag} {
			if kind == outcomeLag && !b.tally.conduct.knowsSuccesses() || g.listed(list, kind) {
				continue
			}
			if o, ok := g.outcome(kind, ops, b); ok {
				list = append(list, o)
			}
		}
	}
	return list
}

// listed reports whether stronger links have shown the same already.
func (g *group) listed(list []Outcome, kind string) bool {
	return slices.ContainsFunc(list, func(o Outcome) bool { return o.Kind == kind })
}

// outcome looks for one kind in operations of the same strength.
func (g *group) outcome(kind string, ops []*operation, b *builder) (o Outcome, ok bool) {
	var met evidence
	var statuses []int
	for _, op := range ops {
		for j := range op.tries {
			t := &op.tries[j]
			if kind == outcomeLag && b.lags(op, t) || kind != outcomeLag && j > 0 && op.ends(kind, &op.tries[j-1], t) {
				met.add(&t.place)
				statuses = append(statuses, int(t.status))
			}
		}
	}
	if met.n == 0 {
		return o, false
	}
	slices.Sort(statuses)
	return Outcome{Kind: kind, Calls: Calls{g.service, g.caller, g.method, g.route},
		Link: ops[0].strength.String(), Strong: ops[0].strength.strong(), Operations: met.seen(),
		Advice: outcomeAdvice[kind], Command: g.endpointKey.command(slices.Compact(statuses), b)}, true
}

// ends reports whether t shows that the try before it did its work.
func (o *operation) ends(kind string, before, t *try) bool {
	if !before.mayHaveActed() || !o.strength.strong() && t.time-before.time > adoptTime {
		return false
	}
	if kind == outcomeDeleted {
		return o.method == "DELETE" && (t.status == 404 || t.status == 410)
	}
	// A path to which is posted names no resource: only a pair that stands alone
	// is likely to be about the same one.
	return t.exists && (o.method == "PUT" || o.method == "POST" && (o.sure() || o.count() == 2))
}

// lags reports whether t denies a resource that the same caller had created just
// before, and had soon after.
func (b *builder) lags(o *operation, t *try) bool {
	if o.sure() || o.method != "GET" || t.status != 404 && t.status != 403 || !t.timed() || o.passes == nil {
		return false
	}
	if after, _ := o.passes.next(t.time); after == noTime || after-t.time > lagEnds {
		return false
	}
	if found, known := b.passedBefore(o, "GET", o.target, t.time, 2*linkSlot); found || !known {
		return false // it was there long ago
	}
	parent := o.target[:max(0, strings.LastIndexByte(o.target, '/'))]
	put, _ := b.passedBefore(o, "PUT", o.target, t.time, lagTime)
	posted, _ := b.passedBefore(o, "POST", parent, t.time, lagTime)
	return put || posted
}

// passedBefore reports whether a call of the same caller succeeded before at, no
// longer ago than within. If none is found and known is false, one may have.
func (b *builder) passedBefore(o *operation, method, target string, at, within int64) (found, known bool) {
	k := o.linkKey
	k.method, k.target = method, target
	known = true
	for k.slot = at / linkSlot; k.slot >= (at-within)/linkSlot; k.slot-- {
		v, cut := b.tally.conduct.passed.find(&k)
		known = known && !cut
		if v != nil && slices.ContainsFunc(v.times, func(before int64) bool { return before <= at && at-before <= within }) {
			return true, known
		}
	}
	return false, known
}
