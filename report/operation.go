package report

import (
	"cmp"
	"slices"
	"time"

	"github.com/cespare/xxhash/v2"

	"analyzer/classify"
)

// How far the times of a log are trusted, in nanoseconds.
const (
	// A failure that two layers of a service log is one try: lines of the same
	// answer that are no further apart than this.
	echoTime = int64(50 * time.Millisecond)

	// inFlight is how long after an answer a call to the same path may arrive
	// that was sent before it. It matters where tries are linked by time alone.
	inFlight = int64(time.Second)
)

// operation is what one caller tried: the errors of a link, each try once, and
// the successes under the same key.
type operation struct {
	linkKey
	route  string
	tries  []try // ascending
	beyond int64 // errors that are not kept
	passes *pass // nil if none was seen
	cut    bool  // successes may have been left out
}

// appendOperations appends the operations of a set of links, by hash. successes
// are those under the same keys.
func appendOperations(list []operation, l *links, successes *passes) []operation {
	for _, x := range l.inOrder() {
		k, _ := parseLinkKey(x.name)
		v := &x.value
		op := operation{linkKey: k, route: cmp.Or(v.route, k.target), tries: withoutEchoes(v.tries), beyond: v.errors - int64(len(v.tries))}
		op.caller = cmp.Or(k.caller, v.caller)
		if k.strength == byAttempt {
			k.strength = byTime // as successes are
		}
		op.passes, op.cut = successes.find(&k)
		if op.strength == byAttempt {
			list = append(list, op.chains()...)
		} else {
			list = append(list, op)
		}
	}
	return list
}

// find returns the successes under k, nil if there are none. They may be more
// than is known if cut is true.
func (p *passes) find(k *linkKey) (v *pass, cut bool) {
	if len(p.all) == 0 {
		return nil, false
	}
	p.key = k.appendTo(p.key[:0])
	if v := p.known(p.key); v != nil {
		return v, v.count > int64(len(v.times))
	}
	return nil, p.more && xxhash.Sum64(p.key) > p.largest()
}

// withoutEchoes leaves out lines that tell of a try once more.
func withoutEchoes(tries []try) []try {
	first := 1
	for first < len(tries) && !tries[first].echoes(&tries[first-1]) {
		first++
	}
	if first >= len(tries) {
		return tries // as nearly all are
	}
	list := slices.Clone(tries[:first])
	for _, t := range tries[first:] {
		last := &list[len(list)-1]
		if t.echoes(last) {
			last.wait = max(last.wait, t.wait)
			continue
		}
		list = append(list, t)
	}
	return list
}

// echoes reports whether t, which follows u, is the same try in another line.
func (t *try) echoes(u *try) bool {
	return t.id == u.id && t.status == u.status && t.number == u.number && t.timed() && t.time-u.time <= echoTime
}

func (t *try) timed() bool { return t.time != noTime }

// chains divides tries that state their number into operations: each goes on
// the latest of those that are one behind.
func (o *operation) chains() []operation {
	var list []operation
	for _, t := range o.tries {
		i := len(list) - 1
		for i >= 0 && list[i].tries[len(list[i].tries)-1].number != t.number-1 {
			i--
		}
		if i < 0 {
			one := *o
			one.tries, one.beyond = nil, 0
			list, i = append(list, one), len(list)
		}
		list[i].tries = append(list[i].tries, t)
	}
	return list
}

// count returns the number of tries, those that are not kept included.
func (o *operation) count() int64 { return int64(len(o.tries)) + o.beyond }

// sure reports whether the tries are those of one operation.
func (o *operation) sure() bool { return o.strength != byTime }

// next returns when the caller called again after its i-th try, noTime if it
// did not. known is false where successes were left out that might have been
// the next call. Of tries that are linked by time alone, those that may have
// been on their way are none.
func (o *operation) next(i int) (at int64, known bool) {
	from := o.tries[i].time
	if !o.sure() {
		from += inFlight - 1
	}
	at, known = noTime, true
	for j := i + 1; j < len(o.tries) && at == noTime; j++ {
		if o.tries[j].time > from || o.sure() {
			at = o.tries[j].time
		}
	}
	if o.passes != nil {
		pass, all := o.passes.next(from)
		known, at = all || pass != noTime, min(at, pass)
	}
	return at, known && (o.passes != nil || !o.cut)
}

// succeeded reports whether the operation succeeded after its last error.
func (o *operation) succeeded() bool {
	last := o.tries[len(o.tries)-1]
	if o.passes == nil || !last.timed() {
		return false
	}
	at, _ := o.passes.next(last.time)
	return at != noTime
}

// slack is by how much the log's times may be off beside a wait: a twentieth,
// and a second where it counts in seconds.
func slack(from, to, wait int64) int64 {
	off := max(wait/20, echoTime)
	if from%int64(time.Second) == 0 && to%int64(time.Second) == 0 {
		off += int64(time.Second)
	}
	return off
}

// tooSoon reports whether a call at the instant to breaks the wait that t asked
// for.
func (t *try) tooSoon(to int64) bool {
	wait := t.wait * int64(time.Millisecond)
	return t.wait > 0 && t.timed() && to != noTime && to-t.time+slack(t.time, to, wait) < wait
}

// wasted reports whether the i-th try could not succeed: it came within a wait
// that an earlier one was asked for, or after an answer that stays the same.
func (o *operation) wasted(i int) bool {
	at := &o.tries[i]
	return slices.ContainsFunc(o.tries[:i], func(t try) bool {
		return o.settles(&t) || t.tooSoon(at.time) && (o.sure() || at.time-t.time >= inFlight)
	})
}

// settles reports whether t's answer stays the same until something else
// changes. Calls that are linked by time alone may wait for a resource, or send
// something else each time: only who calls is known to be the same.
func (o *operation) settles(t *try) bool {
	return t.retry == classify.Never && (o.sure() || t.path.category() == classify.Authentication)
}

// mayHaveActed reports whether the call may have done its work though it failed.
func (t *try) mayHaveActed() bool {
	return t.path.category() == classify.Server && t.status != 501 || t.status == 408
}
