package report

// Retried is a call that was tried again after it failed.
type Retried struct {
	Service   string  `json:"service"`
	Method    string  `json:"method"`
	Path      string  `json:"path"`
	Operation string  `json:"operation"`
	Tries     int64   `json:"tries"`
	Status    *int    `json:"status"` // of the last try
	Failed    bool    `json:"failed"` // the last try did
	Waits     []Taken `json:"waits"`  // between one try and the next
}

// Taken is the wait between two tries.
type Taken struct {
	Asked *int64 `json:"asked_ms"` // by the API
	Taken *int64 `json:"taken_ms"` // between the two lines, if both have a time
}

// Broken reports whether the next try came before the API asked for it. The log's
// clock may be off by a tenth.
func (t Taken) Broken() bool {
	return t.Asked != nil && t.Taken != nil && *t.Taken < *t.Asked-*t.Asked/10
}

// between returns the milliseconds from a to b, nil if one has no time.
func between(a, b *trailLine) *int64 {
	if a.time == noTime || b.time == noTime {
		return nil
	}
	gap := (b.time - a.time) / 1e6
	return &gap
}

// tryKey is what a retry repeats.
type tryKey struct{ service, method, path, operation string }

// tries is a call and its tries, each of which but the last failed.
type tries struct {
	Retried
	last *trailLine
}

// retries finds the retries among answers that come in order of time.
type retries struct {
	open  map[tryKey]*tries
	order []*tries
}

// add adds an answer: another try, if the one before of the same call failed.
func (c *retries) add(l *trailLine) {
	key := tryKey{l.Service, l.Method, l.Path, l.Operation}
	x := c.open[key]
	switch {
	case x != nil && x.last.Failed() && sameTry(x.last, l):
	case x != nil && x.last.Failed():
		x.Waits = append(x.Waits, Taken{Asked: x.last.wait, Taken: between(x.last, l)})
		x.Tries++
	default:
		x = &tries{Retried: Retried{Service: l.Service, Method: l.Method, Path: l.Path, Operation: l.Operation, Tries: 1}}
		c.open[key] = x
		c.order = append(c.order, x)
	}
	x.last, x.Status, x.Failed = l, l.Status, l.Failed()
}

// sameTry reports whether two lines are about one try, by the log's own count.
func sameTry(a, b *trailLine) bool {
	return a.Attempt != nil && b.Attempt != nil && *a.Attempt == *b.Attempt
}

// all returns the calls that were tried again, in order of their first try.
func (c *retries) all() (retried []Retried) {
	for _, x := range c.order {
		if x.Tries > 1 {
			retried = append(retried, x.Retried)
		}
	}
	return retried
}
