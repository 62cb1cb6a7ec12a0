package report

// What the sets of smallest have in common: they are merged entry by entry, and
// written and read by name.

// mergeEntries adds all of u to s; u is left unusable.
func mergeEntries[V any, P interface {
	*V
	merge(*V)
}](s, u *smallest[V]) {
	joinEntries(s, u, func(v, x *V) { P(v).merge(x) })
}

// joinEntries is mergeEntries for values that join adds to one another. A name that
// is new to s takes over the value that it has in u.
func joinEntries[V any](s, u *smallest[V], join func(v, x *V)) {
	if len(s.all) == 0 {
		*s = *u // as the first of all tallies is merged
		return
	}
	s.more = s.more || u.more
	for _, x := range u.all {
		if known := find(s, x.hash, x.name); known != nil {
			join(&known.value, &x.value)
		} else if v, _ := s.at(x.hash, x.name); v != nil {
			*v = x.value
		}
	}
}

func encodeEntries[V any, P interface {
	*V
	encode(*encoder)
}](e *encoder, s *smallest[V]) {
	e.bool(s.more)
	e.len(len(s.all))
	for _, x := range s.sorted() {
		e.str(x.name)
		P(&x.value).encode(e)
	}
}

// decodeEntries reads what encodeEntries wrote into s, which is empty. An entry
// takes least bytes or more, its name at most nameBytes. isNew reports whether
// name is well-formed and v, which is kept under it, was not read before.
func decodeEntries[V any, P interface {
	*V
	decode(*decoder)
}](d *decoder, s *smallest[V], least, nameBytes int, what string, isNew func(name string, v *V) bool) {
	more := d.bool()
	for range d.len(s.limit, least) {
		name := d.str(nameBytes)
		v, _ := s.at(hash(name), name)
		if v == nil || !isNew(name, v) {
			d.fail(what + " out of order")
			return
		}
		P(v).decode(d)
	}
	s.more = more
	if s.more && len(s.all) < s.limit {
		d.fail("cut set below its cap")
	}
}

// lower halves *bound, what is kept of each entry, until all entries together stay
// within budget, but not below floor. It looks at nothing but their number, which
// never sinks. It says whether something changed.
func lower(bound *int, floor, budget, entries int) bool {
	before := *bound
	for *bound > floor && entries**bound > budget {
		*bound /= 2
	}
	return *bound < before
}
