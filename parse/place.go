package parse

// place says where an envelope that is too common to stand alone was found.
type place int

const (
	elsewhere  place = iota
	lineItself       // the object that holds the line's own fields
	bodyPlace        // a response body: alone, under a key that names one, or within text
	fieldPlace       // a field of the line that may hold a body: error, data, result
)

// placeOf tells where the object at node i stands.
func (t *tree) placeOf(i int32) place {
	n := &t.nodes[i]
	switch {
	case t.isEvent(i) || n.key == "@event":
		return lineItself
	case n.parent < 0, t.nodes[n.parent].kind == stringKind:
		return bodyPlace
	case n.key == "":
		return elsewhere
	case t.isBodyKey(i), n.up >= 0 && t.isBodyKey(n.up):
		return bodyPlace
	case t.nodes[n.parent].open && !t.isProgram(i):
		return fieldPlace
	}
	return elsewhere
}

// isBodyKey reports whether the key of i names a response body.
func (t *tree) isBodyKey(i int32) bool {
	n := &t.nodes[i]
	return t.words.is(n.word, bodyWord) || n.kind >= objectKind && (containsFold(n.key, "resp") || containsFold(n.key, "body") || containsFold(n.key, "upstream")) && !containsFold(n.key, "header")
}

// isProgram reports whether the object i tells of the program itself, as an
// exception with its stack does, rather than of a response.
func (t *tree) isProgram(i int32) bool {
	return t.anyMember(i, func(m int32) bool { return t.words.is(t.nodes[m].word, programWord) })
}

// isBody reports whether the object i is a response body for sure: under a key that
// names one, or unfolded from a text.
func (t *tree) isBody(i int32, at place) bool {
	parent := t.nodes[i].parent
	return parent >= 0 && at == bodyPlace && (t.nodes[parent].kind != stringKind || t.nodes[parent].tail > 0)
}

// isBelowBody reports whether i stands within a response body.
func (t *tree) isBelowBody(i int32) bool {
	for n := t.nodes[i].parent; n >= 0; n = t.nodes[n].parent {
		if t.nodes[n].kind == objectKind && t.placeOf(n) == bodyPlace {
			return true
		}
	}
	return false
}

// bodyAround returns the response body that i stands in: the object under a key
// that names one, else the outermost that may be one; i itself if there is none.
func (t *tree) bodyAround(i int32) int32 {
	around := i
	for n := t.nodes[i].parent; n >= 0 && t.nodes[n].kind != stringKind; n = t.nodes[n].parent {
		if t.nodes[n].kind == objectKind && t.placeOf(n) == bodyPlace {
			around = n
		}
		if t.words.is(t.nodes[n].word, bodyWord) {
			break // what stands around it is the line's
		}
	}
	return around
}

// unfoldedAround returns the outermost object that i stands in and that was
// unfolded from a text, within the log event that i belongs to; i itself if there
// is none.
func (t *tree) unfoldedAround(i int32) int32 {
	around := i
	for n := i; n >= 0; n = t.nodes[n].parent {
		if parent := t.nodes[n].parent; parent >= 0 && t.nodes[parent].kind == stringKind {
			if t.isEvent(n) {
				break
			}
			around = n
		}
	}
	return around
}

// isUnderBody reports whether i, or the string that it was unfolded from, has a
// key that names a response body.
func (t *tree) isUnderBody(i int32) bool {
	return t.words.is(t.nodes[t.keyed(i)].word, bodyWord)
}

// keyed returns i, or what it stands in or was unfolded from if only that has a key.
func (t *tree) keyed(i int32) int32 {
	if t.nodes[i].key == "" && t.nodes[i].up >= 0 {
		return t.nodes[i].up
	}
	return i
}

// isEvent reports whether the object at node i is a log event: it has a key that
// marks one, or a time or msg, and does not say itself that it is an error.
func (t *tree) isEvent(i int32) bool {
	timed, tells := false, false
	for c := i + 1; c < t.nodes[i].end; c = t.nodes[c].end {
		w := t.nodes[c].word
		if t.words.is(w, eventWord) && w != t.words.msg {
			return true
		}
		timed = timed || w == t.words.msg && !t.isUnderBody(i) || t.words.is(w, timeWord) && t.nodes[c].kind < objectKind
		tells = tells || t.words.is(w, errorWord) || containsFold(t.nodes[c].key, "fault")
	}
	return timed && !tells
}

// isWrapper reports whether the object i is a response body of at most three
// members, of which one may hold the error.
func (t *tree) isWrapper(i int32, at place) bool {
	members := 0
	t.members(i, func(int32) { members++ })
	return members <= 3 && at == bodyPlace
}

// isListed reports whether i stands in an array, within the JSON text that it is
// part of.
func (t *tree) isListed(i int32) bool {
	for n := t.nodes[i].parent; n >= 0 && t.nodes[n].kind != stringKind; n = t.nodes[n].parent {
		if t.nodes[n].kind == arrayKind {
			return true
		}
	}
	return false
}

// isLine reports whether the object i holds the line's own fields: it is the
// record, stands in nothing but containers, or was unfolded from one.
func (t *tree) isLine(i int32) bool {
	n := &t.nodes[i]
	if n.parent >= 0 && n.key == "" {
		if n = &t.nodes[n.parent]; n.kind != stringKind {
			return false
		}
	}
	return n.parent < 0 || n.open && t.words.is(n.word, containerWord) && !t.words.is(n.word, bodyWord)
}
