package report

import (
	"cmp"
	"slices"
)

// Audit says how callers went on after errors. What only successes can show is
// null unless they were read: "cannot tell, use --full".
type Audit struct {
	Successes  bool        `json:"successes"`  // whether successful calls were read (--full)
	Operations Examined    `json:"operations"` // those with errors
	Retries    []Retries   `json:"retries"`    // by caller and endpoint, those that cost most calls first
	RateLimits []RateLimit `json:"rate_limits"`
	Outcomes   []Outcome   `json:"outcomes"`
}

// Examined says how many operations with an ID were followed, of how many.
type Examined struct {
	Examined int64 `json:"examined"`
	Total    int64 `json:"total"` // an estimate beyond the cap
}

// Seen is a count and up to three places where it can be checked.
type Seen struct {
	Count  int64    `json:"count"`
	Places []string `json:"places"` // app.log:12
}

// Calls are those of an endpoint by one service and caller, "" where it is not known.
type Calls struct {
	Service string `json:"service"`
	Caller  string `json:"caller"`
	Method  string `json:"method"`
	Route   string `json:"route"`
}

// Retries is how a caller repeated its calls of an endpoint after errors.
type Retries struct {
	Calls

	// Link says by what tries are known to be of one operation: an ID, the
	// attempt number, or just caller and path within ten minutes. Strong is true
	// of IDs, whose operations are certain.
	Link   string `json:"link"`
	Strong bool   `json:"strong"`

	Problems     []string `json:"problems"`      // ids
	Operations   *Seen    `json:"operations"`    // null if linked by caller and path
	Tries        Seen     `json:"tries"`         // that failed
	StormPercent *int64   `json:"storm_percent"` // tries for each operation, times 100
	Recovered    *Seen    `json:"recovered"`     // operations that succeeded in the end
	Undecided    int64    `json:"undecided"`     // operations of which that is not known, as too many succeeded
	Waits        *Waits   `json:"waits"`         // null if the API asked for none
	Backoff      *Backoff `json:"backoff"`       // null if nothing was retried, or linked by caller and path
	InVain       Seen     `json:"in_vain"`       // tries after an answer that stays the same
	Unsafe       *Seen    `json:"unsafe"`        // POST and PATCH repeated after a failure of the server, without an idempotency key
	Saved        int64    `json:"saved"`         // an estimate: calls that would not have been made if waits were kept and permanent errors believed
	Advice       string   `json:"advice"`        // a sentence; "" if there is nothing to mend
	Command      string   `json:"command"`       // lists all lines
}

// Waits says whether the waits that the API asked for were kept.
type Waits struct {
	Asked    Seen  `json:"asked"`
	Broken   Seen  `json:"broken"`
	Honoured *Seen `json:"honoured"`

	// Of the broken ones, the medians in milliseconds.
	AskedMS int64 `json:"asked_ms"`
	TakenMS int64 `json:"taken_ms"`
	ShortMS int64 `json:"short_ms"`
}

// Backoff is the shape of the delays between the tries of operations: none,
// constant, linear, exponential, irregular, "" if there are too few.
type Backoff struct {
	Shape   string `json:"shape"`
	Jitter  *bool  `json:"jitter"`
	FirstMS int64  `json:"first_ms"` // median
	Advised bool   `json:"advised"`  // exponential from about a second
}

// RateLimit is what a caller met that called an endpoint too often.
type RateLimit struct {
	Calls
	Limit     string `json:"limit"` // that the API named
	Errors    Seen   `json:"errors"`
	Successes *int64 `json:"successes"`
	Peak      int64  `json:"peak"`         // calls seen in the busiest slot: those refused and, if they were read, successes
	Step      int64  `json:"step_seconds"` // of the slots
	PeakAt    *Time  `json:"peak_at"`
	Command   string `json:"command"`
}

// Outcome is an error that means something else after the same caller's own
// failure: created (409 after a failed create), deleted (404 after a failed
// delete) or lag (404 or 403 right after a create).
type Outcome struct {
	Kind string `json:"kind"`
	Calls
	Link       string `json:"link"`
	Strong     bool   `json:"strong"`
	Operations Seen   `json:"operations"`
	Advice     string `json:"advice"`
	Command    string `json:"command"`
}

// audit judges how callers went on.
func (b *builder) audit() Audit {
	c := &b.tally.conduct
	a := Audit{
		Successes:  c.knowsSuccesses(),
		Operations: Examined{int64(len(c.byID.all) + len(c.settled.all)), c.byID.total() + c.settled.total()},
		Retries:    []Retries{},
		Outcomes:   []Outcome{},
	}
	for _, g := range b.groups() {
		b.cutTries = b.cutTries || g.isCut()
		if r := g.retries(b); r != nil {
			a.Retries = append(a.Retries, *r)
		}
		a.Outcomes = append(a.Outcomes, g.outcomes(b)...)
	}
	slices.SortStableFunc(a.Retries, func(x, y Retries) int {
		return cmp.Or(cmp.Compare(y.Saved, x.Saved), cmp.Compare(y.Tries.Count, x.Tries.Count))
	})
	slices.SortStableFunc(a.Outcomes, func(x, y Outcome) int { return cmp.Compare(y.Operations.Count, x.Operations.Count) })
	b.retries = a.Retries
	b.cutAudit = len(a.Retries) > auditListed || len(a.Outcomes) > auditListed
	a.Retries = a.Retries[:min(len(a.Retries), auditListed)]
	a.Outcomes = a.Outcomes[:min(len(a.Outcomes), auditListed)]
	a.RateLimits = b.rateLimits()
	return a
}
