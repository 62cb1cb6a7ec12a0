package report

import (
	"analyzer/classify"
	"analyzer/parse"
)

// conduct is what is kept of how callers went on: their operations, and their
// endpoints. Errors and successes are kept apart, so that what is known of
// errors does not depend on whether successes were read.
type conduct struct {
	byID    links // operations by strong keys, of errors that may pass
	settled links // and of errors that stay, which are many and end at the first
	byTime  links // operations by weak keys
	errors  endpoints
	passID  passes // successes under the keys of byID
	passed  passes // and of byTime
	success endpoints

	pending polled // GET answered with 202: work that goes on
	done    polled // and with another success

	full bool // a part of the log was read with its successes
	lean bool // a part was read without
}

func newConduct() conduct {
	return conduct{
		byID: newLinks(), settled: newLinks(), byTime: newLinks(), errors: newEndpoints(),
		passID: newPasses(), passed: newPasses(), success: newEndpoints(), pending: newPolled(), done: newPolled(),
	}
}

// add counts e, an error of problem p.
func (c *conduct) add(e *event, p *problem) {
	if k, ok := strongKey(e.Record); ok && mayPass(e) {
		c.byID.add(&k, e, p)
	} else if ok {
		c.settled.add(&k, e, p)
	}
	if k, ok := weakKey(e.Record, e.place.time); ok {
		c.byTime.add(&k, e, p)
	}
	k := endpointOf(e.Record, e.Problem.Route)
	if v := c.errors.of(&k); v != nil {
		v.add(outcomeOf(e.Finding), e.place, e.Record)
	}
}

// mayPass reports whether e may be over at the next try, or tells how one ended.
func mayPass(e *event) bool {
	switch e.Problem.Status {
	case 409:
		return true
	case 404, 410:
		return e.Method == "DELETE" || e.Retry != classify.Never
	}
	return e.Retry != classify.Never
}

// addSuccess counts r, a call that succeeded at that place.
func (c *conduct) addSuccess(r *parse.Record, route string, at place) {
	if k, ok := strongKey(r); ok {
		c.passID.add(&k, at.time)
	}
	if k, ok := weakKey(r, at.time); ok {
		k.strength = byTime // a try that succeeds at once often has no count
		c.passed.add(&k, at.time)
	}
	if polls := &c.done; r.Method == "GET" {
		if r.Status == 202 {
			polls = &c.pending
		}
		polls.add(r, at)
	}
	k := endpointOf(r, route)
	if v := c.success.of(&k); v != nil {
		v.add(passed, at, r)
	}
}

// knowsSuccesses reports whether the whole log was read with its successes.
func (c *conduct) knowsSuccesses() bool { return c.full && !c.lean }

func (c *conduct) merge(u *conduct) {
	c.byID.merge(&u.byID)
	c.settled.merge(&u.settled)
	c.byTime.merge(&u.byTime)
	c.errors.merge(&u.errors)
	c.passID.merge(&u.passID)
	c.passed.merge(&u.passed)
	c.success.merge(&u.success)
	c.pending.merge(&u.pending)
	c.done.merge(&u.done)
	c.full = c.full || u.full
	c.lean = c.lean || u.lean
}

func (c *conduct) encode(e *encoder) {
	c.byID.encode(e)
	c.settled.encode(e)
	c.byTime.encode(e)
	c.errors.encode(e)
	c.passID.encode(e)
	c.passed.encode(e)
	c.success.encode(e)
	c.pending.encode(e)
	c.done.encode(e)
	e.bool(c.full)
	e.bool(c.lean)
}

func (c *conduct) decode(d *decoder) {
	c.byID.decode(d)
	c.settled.decode(d)
	c.byTime.decode(d)
	c.errors.decode(d)
	c.passID.decode(d)
	c.passed.decode(d)
	c.success.decode(d)
	c.pending.decode(d)
	c.done.decode(d)
	c.full, c.lean = d.bool(), d.bool()
}
