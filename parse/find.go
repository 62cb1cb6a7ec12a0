package parse

// anyBody reads a response body that no shape knows by its structure alone.
var anyBody = &shape{name: "body"}

// maxCandidates is how many objects of one record are looked at for an envelope
// that may stand anywhere.
const maxCandidates = 256

// candidate is a node at which an envelope may stand.
type candidate struct {
	node   int32
	at     place
	listed bool      // in an array
	fits   []verdict // whether it has the keys of each shape
}

// findEnvelope returns the shape that stands somewhere in the tree and is an API
// error there, and its root; nil and -1 if none does. A strong shape is one
// wherever it stands. Of the others the outermost counts, in a response body
// before elsewhere; what stands in a list is part of a larger body, if that is
// one.
func (s *Scanner) findEnvelope() (*shape, int32) {
	s.findCandidates()
	strong := s.reader.shapes[:s.reader.strong]
	for _, c := range strong {
		for k := range s.candidates {
			if s.isEnvelope(c, &s.candidates[k]) {
				return c, s.candidates[k].node
			}
		}
	}
	for _, listed := range [...]bool{false, true} {
		if c, root := s.findWeak(listed); c != nil {
			return c, root
		}
	}
	return nil, -1
}

// findCandidates lists the nodes at which an envelope may stand. A field of a line
// that tells of no trouble holds none by its words alone.
func (s *Scanner) findCandidates() {
	s.candidates = append(s.candidates[:0], s.outline.candidates...)
	for k := range s.candidates {
		if x := &s.candidates[k]; x.at == fieldPlace && s.isCalm() {
			x.at = elsewhere
		}
	}
}

// isCalm reports whether the line says that there is no trouble.
func (s *Scanner) isCalm() bool {
	level := s.level(-1)
	return level == "info" || level == "debug"
}

// appendCandidates appends the nodes at which an envelope may stand.
func (t *tree) appendCandidates(all []candidate) []candidate {
	for i := range int32(len(t.nodes)) {
		if !t.mayHoldEnvelope(i) {
			continue
		}
		if len(all) == maxCandidates {
			t.notes[ManyItems]++
			break
		}
		all = append(all, candidate{node: i, at: t.placeOf(i), listed: t.isListed(i)})
	}
	return all
}

// mayHoldEnvelope reports whether node i is an object, or an array that stands
// by itself, and not below a key for what may be.
func (t *tree) mayHoldEnvelope(i int32) bool {
	n := &t.nodes[i]
	switch {
	case n.model:
		return false
	case n.kind == arrayKind:
		return n.parent < 0 || t.nodes[n.parent].kind == stringKind || t.words.is(n.word, bodyWord)
	}
	return n.kind == objectKind
}

// findWeak is findEnvelope for shapes that are not strong, in lists or outside. The
// response body of a line comes before the line, which may read like one itself.
// Those that any key fits, and what no shape knows, come last.
func (s *Scanner) findWeak(listed bool) (*shape, int32) {
	for _, stands := range [...]func(x *candidate) bool{s.isKeyedBody, inBody, outside} {
		for k := range s.candidates {
			if x := &s.candidates[k]; x.listed == listed && stands(x) {
				if c := s.envelopeAt(x, false); c != nil {
					return c, x.node
				}
			}
		}
	}
	for k := range s.candidates {
		x := &s.candidates[k]
		if x.listed != listed {
			continue
		}
		if c := s.envelopeAt(x, true); c != nil {
			return c, x.node
		}
		if s.isAnyBody(x) {
			return anyBody, x.node
		}
	}
	return nil, -1
}

// isKeyedBody reports whether x is the response body of the line or answer that the
// record is: {"msg":"call failed","status":422,"response":{…}}.
func (s *Scanner) isKeyedBody(x *candidate) bool {
	n := &s.tree.nodes[x.node]
	return n.parent == 0 && s.tree.words.is(n.word, bodyWord)
}

func inBody(x *candidate) bool { return x.at == bodyPlace }

func outside(x *candidate) bool { return x.at != bodyPlace }

// envelopeAt returns the first of the shapes that are not strong that is an API
// error at x, nil if none is: of those that any key fits, or of the others.
func (s *Scanner) envelopeAt(x *candidate, wild bool) *shape {
	for _, c := range s.reader.shapes[s.reader.strong:] {
		if c.wild == wild && s.isEnvelope(c, x) {
			return c
		}
	}
	return nil
}

// isEnvelope reports whether the envelope c stands at x and is an API error there.
func (s *Scanner) isEnvelope(c *shape, x *candidate) bool {
	return s.matches(c, x) && c.accepts(&s.tree, x.node, x.at, s.statusBeside(x.node))
}

// matches reports whether the envelope c stands at x. Of all records of an outline,
// one is asked, unless its values have a part in the answer.
func (s *Scanner) matches(c *shape, x *candidate) bool {
	known := &x.fits[c.index]
	if *known == unknown {
		s.tree.weighs = false
		matches := c.matches(&s.tree, x.node)
		if s.tree.weighs {
			return matches
		}
		*known = verdictOf(matches)
	}
	return *known == yes
}

// isAnyBody reports whether the object at x is an API error by its structure
// alone: a response body beside a status that says so, or one that states such a
// status or a telling code itself.
func (s *Scanner) isAnyBody(x *candidate) bool {
	t, i := &s.tree, x.node
	if t.nodes[i].kind != objectKind || !t.present(i) {
		return false
	}
	status := s.statusBeside(i)
	switch {
	case status >= 400 && t.isBody(i, x.at) && s.bodyOf(i) == i:
		return true
	case status > 0 && t.nodes[i].parent < 0 && !t.isAllParts(i), t.isManual(i), t.saysSucceeded(i):
		return false
	case x.at == bodyPlace:
		return t.statusWithin(i) != 0 || t.tells(i)
	case x.at == fieldPlace:
		return t.isAllParts(i) && t.tells(i)
	}
	return x.at == elsewhere && t.hasMessage(i) && t.isBelowBody(i) && t.tells(i)
}

// bodyOf returns root if the envelope there is a response body, whose values are
// not the line's; -1 if it stands among the line's own fields.
func (s *Scanner) bodyOf(root int32) int32 {
	if root < 0 || s.tree.isLine(root) && s.textAround(root) == nil {
		return -1
	}
	return root
}

// statusBeside returns the HTTP status that the line or the text around it states
// for the body at i, 0 if neither does.
func (s *Scanner) statusBeside(i int32) int {
	status := s.lineStatus(s.bodyOf(i))
	if x := s.textAround(i); status == 0 && x != nil {
		status = x.status
	}
	return status
}
