package parse

import (
	"strings"

	"analyzer/parse/input"
)

// Wanted is a set of identifiers whose records a Scanner is to find. It is
// immutable and safe for concurrent use.
type Wanted struct {
	ids     []string
	needles *needles // of each, a part that JSON never escapes
}

// NewWanted returns the set of ids.
func NewWanted(ids ...string) *Wanted {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = needle(id)
	}
	return &Wanted{ids: ids, needles: newNeedles(parts)}
}

// MayStandIn reports whether a record of c may carry one of the identifiers. If
// not, a Scanner finds nothing in c and counts no more than NewAccount does.
func (w *Wanted) MayStandIn(c *input.Chunk) bool {
	_, plain := countPlain(c.Data)
	return c.Oversize > 0 || !plain || w.mayStandIn(view(c.Data))
}

// mayStandIn reports whether text, a record or several, may hold one of the
// identifiers, however they are escaped in it. Between two parts of a record that
// are still to be joined it sees none.
func (w *Wanted) mayStandIn(text string) bool { return w.needles.in(text) }

// judgeWanted reports whether the record in the tree carries an identifier that
// is wanted, and counts it.
func (s *Scanner) judgeWanted(pos Pos) bool {
	if s.reader.triggers.in(s.tree.nodes[0].str) && s.read(pos) {
		s.account.Errors++
	} else {
		s.account.NonErrors++
		s.readLine(pos, anyStatus)
	}
	return s.carries()
}

// judgeBroken is judgeWanted for what begins as JSON and is not: it is read as a
// text, and holds no API error.
func (s *Scanner) judgeBroken(text string, pos Pos) bool {
	s.tree.buildText(s.tree.repair(text))
	s.readLine(pos, anyStatus)
	return s.carries()
}

func anyStatus(int) bool { return true }

// carries reports whether the record at hand is wanted.
func (s *Scanner) carries() bool {
	s.carried = s.options.Wanted.carried(&s.tree, &s.record)
	if s.carried != "" {
		s.record.Text = s.lineText()
	}
	return s.carried != ""
}

// lineText returns what the line says for people; of a line without such a text
// or a call, all of it.
func (s *Scanner) lineText() string {
	t := &s.tree
	n := s.best(messageAttribute, -1, notEmpty)
	if n < 0 {
		n = t.firstText()
	}
	switch {
	case n == 0:
		return s.cleanText("", withoutTime(t.nodes[n].str))
	case n > 0:
		return s.clean(n)
	case s.record.Path != "" || s.record.Operation != "":
		return ""
	}
	return s.cleanText("", t.nodes[0].str)
}

// firstText returns the first text among the fields of the line, -1 if it has
// none.
func (t *tree) firstText() int32 {
	for i := range t.nodes {
		if n := &t.nodes[i]; n.kind == stringKind && n.open && n.inner == 0 && t.isText(int32(i)) && notEmpty(n.str) {
			return int32(i)
		}
	}
	return -1
}

// carried returns the first of the identifiers that a record carries: as one of
// its IDs, or as a word of a text. A part of a longer word does not count.
func (w *Wanted) carried(t *tree, r *Record) string {
	for _, id := range w.ids {
		for _, own := range r.IDs {
			if own.Value == id {
				return id
			}
		}
		for i := range t.nodes {
			if n := &t.nodes[i]; n.kind == stringKind || n.kind == numberKind || i == 0 {
				if hasWord(n.str, id) {
					return id
				}
			}
		}
	}
	return ""
}

// hasWord reports whether word stands in text and is no part of a longer word.
func hasWord(text, word string) bool {
	for from := 0; ; from++ {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		from += i
		if !goesOn(reversed(text[:from])) && !goesOn(text[from+len(word):]) {
			return true
		}
	}
}

// reversed returns the last two bytes of text, the last one first.
func reversed(text string) string {
	if n := len(text); n >= 2 {
		return string([]byte{text[n-1], text[n-2]})
	}
	return text
}

// goesOn reports whether what follows a word belongs to it: a letter or digit,
// or one behind a sign that joins words.
func goesOn(next string) bool {
	if next == "" {
		return false
	}
	if c := next[0]; c == '-' || c == '.' {
		return len(next) > 1 && isWordByte(next[1])
	}
	return isWordByte(next[0])
}

func isWordByte(c byte) bool { return isAlphanumeric(c) || c >= 0x80 }

// withoutTime returns a line without the time that it begins with.
func withoutTime(line string) string {
	var words []string
	text, rest := line, line
	for range 3 { // date, clock and zone
		word, after, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
		words, rest = append(words, bareWord(word)), after
		if _, ok := parseTime(strings.Join(words, " ")); ok {
			text = strings.TrimLeft(rest, " ")
		}
	}
	return text
}
