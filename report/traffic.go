package report

import "slices"

// traffic is how the calls of all clients to all endpoints ended.
type traffic struct {
	errors, successes map[endpointKey]*endpoint
	keys              []endpointKey // of errors, in order
	clients           map[apiCall][]client
}

// read joins the endpoints, successes included.
func (b *builder) readTraffic() *traffic {
	c := &b.tally.conduct
	t := &traffic{errors: b.joined(&c.errors), successes: b.joined(&c.success), clients: make(map[apiCall][]client)}
	for k := range t.errors {
		t.keys = append(t.keys, k)
	}
	slices.SortFunc(t.keys, func(x, y endpointKey) int { return compareEndpoints(&x, &y) })
	for k := range t.successes {
		t.clients[k.call()] = append(t.clients[k.call()], k.client())
	}
	return t
}

// success returns how k's calls succeeded; none if they did not.
func (t *traffic) success(k endpointKey) sighting {
	if v := t.successes[k]; v != nil {
		return v.seen[passed]
	}
	return sighting{span: noSpan}
}

// countSuccesses sets for each problem that lasted how many calls of the same
// endpoint by those who met it succeeded meanwhile.
func (b *builder) countSuccesses() {
	if !b.tally.conduct.knowsSuccesses() {
		return
	}
	for i := range b.done {
		if p := &b.done[i]; p.from.span.first < p.from.span.last && p.Route != "" && !p.Folded {
			p.Successes = pointer(b.traffic.beside(p))
		}
	}
}

// beside counts the successes beside p.
func (t *traffic) beside(p *built) (sum int64) {
	call := apiCall{p.Method, p.Route}
	for _, c := range t.clients[call] {
		if p.metBy(c) {
			sum += t.successes[endpointKey{c.service, c.caller, call.method, call.route}].rate.within(p.from.span)
		}
	}
	return sum
}

// metBy reports whether c, known by its service, else by its caller, is among
// those who met p.
func (p *built) metBy(c client) bool {
	counts, value := p.By.Service, c.service
	if value == "" {
		counts, value = p.By.Caller, c.caller
	}
	return slices.ContainsFunc(counts, func(x Count) bool { return x.Value == value || x.Value == manyValue })
}
