package parse

import "strings"

// fillIDs collects the identifiers, the kind that names a request first; of a
// kind, those of the line before those of the body. The report groups by the
// first.
func (s *Scanner) fillIDs(envelope *shape, root int32, text *said) {
	body := s.bodyOf(root)
	for kind, name := range s.reader.layout.idKinds {
		id := s.readBest(idAttribute+attribute(kind), body, readID)
		if id == "" && body >= 0 {
			id = s.readBest(idAttribute+attribute(kind), -1, readID)
		}
		if kind == 0 && id == "" {
			id = s.requestIDBeside(envelope, root, text)
		}
		s.addID(name, id)
	}
}

// requestIDBeside looks for a request ID where the shape, the text pattern or
// the message has one.
func (s *Scanner) requestIDBeside(envelope *shape, root int32, text *said) string {
	if envelope != nil {
		if n := s.tree.first(envelope.requestID.top, root); n >= 0 {
			if id := readID(s.tree.text(n)); id != "" {
				return id
			}
		}
	}
	if id := s.tree.requestIn(root, requestWord|identityWord, maxBelow); id != "" {
		return id
	}
	if root >= 0 {
		if id := s.tree.requestIn(s.tree.bodyAround(root), requestWord, maxBelow); id != "" {
			return id
		}
	}
	if text != nil {
		if id := readID(text.groups[requestGroup]); id != "" {
			return id
		}
	}
	for i := range s.record.Errors {
		if id := s.hear(s.record.Errors[i].Message).id; id != "" {
			return id
		}
	}
	for i := range s.said {
		if id := idInText(s.tree.nodes[s.said[i].node].str); id != "" {
			return id
		}
	}
	return s.tag()
}

// requestIn returns the request ID that the error body at root holds under a key of
// one of these roles, itself or in its lists, "" if it holds none or root is -1.
func (t *tree) requestIn(root int32, roles role, levels int) (id string) {
	if root < 0 || levels == 0 {
		return ""
	}
	t.members(root, func(m int32) {
		n := &t.nodes[m]
		if id != "" || n.kind != stringKind {
			return
		}
		if t.words.is(n.word, roles&requestWord) && !strings.HasPrefix(n.str, "urn:") || t.words.is(n.word, roles&identityWord) && isMade(n.str) && !t.codes.tells(n.str) {
			id = readID(n.str)
		}
	})
	t.members(root, func(m int32) {
		if id == "" && (t.isMore(m) || t.isElement(m)) {
			id = t.requestIn(m, roles, levels-1)
		}
	})
	return id
}

// isMade reports whether an ID looks made for one request: digits and letters,
// eight at least, and no path.
func isMade(id string) bool {
	digits, letters := 0, 0
	for i := range len(id) {
		switch c := id[i]; {
		case isDigit(c):
			digits++
		case isAlphanumeric(c):
			letters++
		case c != '-' && c != '.':
			return false
		}
	}
	return digits > 0 && letters > 0 && digits+letters >= 8
}

// tag returns the request ID that the line, or the line in it, is tagged with.
func (s *Scanner) tag() string {
	for i := range s.tree.nodes {
		if n := &s.tree.nodes[i]; n.kind == stringKind && n.open && s.tree.isText(int32(i)) {
			if id := leadingID(n.str); id != "" {
				return id
			}
		}
	}
	return ""
}

func (s *Scanner) addID(kind, value string) {
	if value == "" {
		return
	}
	for _, id := range s.record.IDs {
		if id.Value == value {
			return
		}
	}
	s.record.IDs = append(s.record.IDs, ID{Kind: kind, Value: s.cleanOnce("", value)})
}
