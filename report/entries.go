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
	for i := range u.all {
		x, h := &u.all[i], u.hashes[i]
		if at := find(s, h, x.name); at >= 0 {
			join(&s.all[at].value, &x.value)
		} else if !s.beyond(h, x.name) {
			*s.put(h, x.name) = x.value
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
// takes least bytes or more, its name at most nameBytes; isName reports whether that
// is well-formed.
func decodeEntries[V any, P interface {
	*V
	decode(*decoder)
}](d *decoder, s *smallest[V], least, nameBytes int, what string, isName func(name string) bool) {
	more := d.bool()
	for range d.len(s.limit, least) {
		name := d.str(nameBytes)
		v, isNew := s.at(hash(name), name)
		if !isNew || !isName(name) {
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
