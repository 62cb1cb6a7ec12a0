package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// group is all operations of one caller on one endpoint.
type group struct {
	endpointKey
	ops     []*operation // by an ID
	numbers []*operation // by their numbers
	series  []*operation // by caller, path and time
}

// operations reads the operations of the tally.
func (c *conduct) operations() []operation {
	list := make([]operation, 0, len(c.byID.all)+len(c.settled.all)+len(c.byTime.all))
	list = appendOperations(list, &c.byID, &c.passID)
	list = appendOperations(list, &c.settled, &c.passID)
	return appendOperations(list, &c.byTime, &c.passed)
}

// groups gathers operations by who called what.
func (b *builder) groups() []*group {
	index := make(map[endpointKey]*group)
	for i := range b.operations {
		op := &b.operations[i]
		k := endpointKey{op.service, b.owners.of(op.service, op.caller), op.method, op.route}
		g := index[k]
		if g == nil {
			g = &group{endpointKey: k}
			index[k] = g
		}
		switch {
		case op.strength.strong():
			g.ops = append(g.ops, op)
		case op.strength == byAttempt:
			g.numbers = append(g.numbers, op)
		default:
			g.series = append(g.series, op)
		}
	}
	list := slices.Collect(maps.Values(index))
	slices.SortFunc(list, func(a, b *group) int { return compareEndpoints(&a.endpointKey, &b.endpointKey) })
	return list
}

func compareEndpoints(a, b *endpointKey) int {
	return cmp.Or(strings.Compare(a.service, b.service), strings.Compare(a.caller, b.caller),
		strings.Compare(a.method, b.method), strings.Compare(a.route, b.route))
}

// callers tells which services have but one caller. Logs seldom name the caller
// on every line: what such a service logs without is that caller's too.
type callers map[string]map[string]bool

func (c *conduct) owners() callers {
	all := make(callers)
	for _, x := range slices.Concat(c.errors.named(), c.success.named()) {
		if x.service == "" || x.caller == "" {
			continue
		}
		if all[x.service] == nil {
			all[x.service] = make(map[string]bool)
		}
		all[x.service][x.caller] = true
	}
	return all
}

// of returns the caller of a line of service that names caller.
func (c callers) of(service, caller string) string {
	if caller == "" && len(c[service]) == 1 {
		for sole := range c[service] {
			return sole
		}
	}
	return caller
}

// basis returns the operations that show how the caller retries: those of the
// strongest links that hold more than one try. Clients that send a new ID with
// every try are known by weaker ones.
func (g *group) basis() []*operation {
	for _, ops := range [][]*operation{g.ops, g.numbers, g.series} {
		if slices.ContainsFunc(ops, func(o *operation) bool { return len(o.tries) > 1 }) {
			return ops
		}
	}
	for _, ops := range [][]*operation{g.ops, g.numbers} {
		if len(ops) > 0 {
			return ops
		}
	}
	return g.series
}

// isCut reports whether not all errors of an operation are kept.
func (g *group) isCut() bool {
	isCut := func(o *operation) bool { return o.beyond > 0 }
	return slices.ContainsFunc(g.ops, isCut) || slices.ContainsFunc(g.series, isCut)
}

// retries judges the group, nil if there is nothing to say about it: no call was
// repeated and no wait asked for.
func (g *group) retries(b *builder) *Retries {
	ops := g.basis()
	weakest := slices.MaxFunc(ops, func(x, y *operation) int { return cmp.Compare(x.strength, y.strength) }).strength
	full := b.tally.conduct.knowsSuccesses()
	r := &Retries{Calls: Calls{g.service, g.caller, g.method, g.route}, Link: weakest.String(), Strong: weakest.strong()}
	var operations, tries, vain, recovered evidence
	undecided := int64(0)
	for _, op := range ops {
		first := &op.tries[0].place
		operations.add(first)
		tries.n += op.beyond
		for j := range op.tries {
			t := &op.tries[j]
			tries.add(&t.place)
			if slices.ContainsFunc(op.tries[:j], func(u try) bool { return op.settles(&u) }) {
				vain.add(&t.place)
			}
			if op.wasted(j) {
				r.Saved++
			}
		}
		switch {
		case op.succeeded():
			recovered.add(first)
		case op.cut:
			undecided++
		}
	}
	r.Waits = waitsOf(ops, full)
	if tries.n == operations.n && r.Waits == nil {
		return nil
	}
	if weakest == byTime && vain.n == 0 && r.Waits == nil {
		return nil // calls that need have nothing to do with each other
	}
	r.Tries, r.InVain = tries.seen(), vain.seen()
	r.Unsafe = g.unsafe(ops, full)
	if weakest != byTime {
		r.Operations, r.StormPercent, r.Backoff = pointer(operations.seen()), pointer(tries.n*100/operations.n), backoff(ops)
		if full && undecided < operations.n {
			r.Recovered, r.Undecided = pointer(recovered.seen()), undecided
		}
	}
	r.Problems = b.problemsOf(ops)
	r.Command = g.command(ops, b)
	r.Advice = r.advice()
	return r
}

// waitsOf judges the waits that the API asked for, nil if it asked for none.
func waitsOf(ops []*operation, full bool) *Waits {
	var asked, broken, honoured evidence
	var waits, taken, short []int64
	for _, op := range ops {
		for j := range op.tries {
			t := &op.tries[j]
			if t.wait <= 0 || !t.timed() {
				continue
			}
			asked.add(&t.place)
			next, known := op.next(j)
			switch {
			case t.tooSoon(next):
				broken.add(&t.place)
				ms := (next - t.time) / 1e6
				waits, taken, short = append(waits, t.wait), append(taken, ms), append(short, t.wait-ms)
			case known && next != noTime:
				honoured.add(&t.place)
			}
		}
	}
	if asked.n == 0 {
		return nil
	}
	w := &Waits{Asked: asked.seen(), Broken: broken.seen(), AskedMS: middle(waits), TakenMS: middle(taken), ShortMS: middle(short)}
	if full {
		w.Honoured = pointer(honoured.seen())
	}
	return w
}

// middle returns the median of list, 0 of none.
func middle(list []int64) int64 {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	return median(list)
}

// unsafe counts calls that were sent again though the first may have done its
// work; nil where tries are not known to be of one operation.
func (g *group) unsafe(ops []*operation, full bool) *Seen {
	var again evidence
	if g.method != "POST" && g.method != "PATCH" {
		return pointer(again.seen())
	}
	for _, op := range ops {
		for j := range op.tries {
			t := &op.tries[j]
			if t.keyed || !t.mayHaveActed() {
				continue
			}
			if !op.strength.strong() {
				return nil
			}
			if j+1 < len(op.tries) || full && op.succeeded() {
				again.add(&t.place)
			}
		}
	}
	return pointer(again.seen())
}

// problemsOf lists the problems that operations met, in the report's order.
func (b *builder) problemsOf(ops []*operation) []string {
	met := make(map[*problem]bool)
	for _, op := range ops {
		for _, t := range op.tries {
			met[b.tally.problems.find(t.path[:])] = true
		}
	}
	ids := []string{}
	for i := range b.done {
		if met[b.done[i].from] && len(ids) < auditProblemsCap {
			ids = append(ids, b.done[i].ID)
		}
	}
	return ids
}

// evidence counts places and keeps the first of them.
type evidence struct {
	n     int64
	first []*place
}

func (f *evidence) add(at *place) {
	f.n++
	f.first, _ = insertCut(f.first, at, evidenceCap, comparePlaces)
}

func (f *evidence) seen() Seen {
	s := Seen{Count: f.n, Places: []string{}}
	for _, at := range f.first {
		s.Places = append(s.Places, at.report().String())
	}
	return s
}

func pointer[T any](v T) *T { return &v }

// advice says what the caller should do otherwise, "" if nothing.
func (r *Retries) advice() string {
	var list []string
	if r.Waits != nil && r.Waits.Broken.Count > 0 {
		list = append(list, "wait as the API asks before the next call: "+r.Waits.compare())
	}
	if r.InVain.Count > 0 {
		list = append(list, "do not repeat a call after an answer that stays the same")
	}
	if r.Unsafe != nil && r.Unsafe.Count > 0 {
		list = append(list, "send an idempotency key with "+r.Method+", or look whether the first try did its work before the next one")
	}
	if r.hurries() {
		list = append(list, r.unasked()+"back off from 1 second, doubling each time, with jitter")
	}
	if len(list) == 0 {
		return ""
	}
	text := strings.Join(list, "; ")
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// unasked restricts what the caller should do of its own to calls after which the
// API asks for no wait, so that there is one instruction for each.
func (r *Retries) unasked() string {
	if r.Waits == nil {
		return ""
	}
	return "where it asks for none, "
}

// compare puts the waits that were broken beside what was asked.
func (w *Waits) compare() string {
	return "asked " + duration(w.AskedMS) + ", waited " + duration(w.TakenMS) + " (median)"
}

// hurries reports whether calls that may be repeated are, without longer and
// longer delays.
func (r *Retries) hurries() bool {
	if r.Backoff == nil || r.Operations == nil || r.Tries.Count-r.Operations.Count <= r.InVain.Count {
		return false
	}
	return r.Backoff.Shape == shapeNone || r.Backoff.Shape == shapeConstant && r.Backoff.FirstMS < advisedLast
}
