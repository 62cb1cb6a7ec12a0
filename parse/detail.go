package parse

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"analyzer/parse/code"
)

// maxItems is how many errors of one envelope are kept.
const maxItems = 100

// envelope is an envelope as its errors were read. Among records of one outline, the
// text of what holds all that they are read from decides what they are.
type envelope struct {
	outline uint64
	shape   *shape
	root    int32
	line    int
	text    []byte
	details []Detail
}

// The bounds of what is remembered of an envelope.
const (
	maxEnvelope = 1 << 10 // bytes of its text
	maxDetails  = 8
)

// details returns the errors of the envelope c at node i; line is the HTTP status
// that its line states. An envelope that the log repeats is read once.
func (s *Scanner) details(c *shape, i int32, line int, dst []Detail) []Detail {
	text := s.tree.nodes[s.tree.scope(i)].str
	if s.outline.serial == 0 || text == "" || len(text) > maxEnvelope {
		return s.readDetails(c, i, line, dst)
	}
	known, found := s.memory.envelopes.place(hashOf(text)+s.outline.serial, func(e *envelope) bool {
		return e.outline == s.outline.serial && e.shape == c && e.root == i && e.line == line && string(e.text) == text
	})
	if found {
		return append(dst, known.details...)
	}
	doubts := s.doubts()
	dst = s.readDetails(c, i, line, dst)
	if !s.raised(doubts) && len(dst) <= maxDetails {
		*known = envelope{s.outline.serial, c, i, line, append(known.text[:0], text...), append(known.details[:0], dst...)}
	}
	return dst
}

// scope returns the node that holds all values from which the errors of the envelope
// at i are read.
func (t *tree) scope(i int32) int32 {
	for i = t.bodyAround(i); t.isElement(i); i = t.nodes[i].parent {
	}
	return i
}

// readDetails reads the errors of the envelope c at node i. Where none names an
// input, the body around them may.
func (s *Scanner) readDetails(c *shape, i int32, line int, dst []Detail) []Detail {
	t := &s.tree
	if len(c.items) == 0 {
		dst = append(dst, s.detail(c, i, i, line))
	} else {
		t.walk(c.items, i, func(item int32) bool {
			if len(dst) == maxItems {
				s.account.Notes[ManyItems]++
				return false
			}
			dst = append(dst, s.detail(c, i, item, line))
			return true
		})
	}
	if body := t.bodyAround(i); s.namesNoInput(dst) && (body != i || len(c.items) > 0) {
		dst[0].Fields = s.inputs(nil, body, false)
	}
	if s.namesNoInput(dst) {
		dst[0].Fields = s.strays(i)
	}
	return dst
}

// strays returns the inputs that stand among the parts of the error at i: keys that
// no error body has, with what is wrong below them.
func (s *Scanner) strays(i int32) []string {
	a := affected{t: &s.tree}
	s.tree.members(i, func(m int32) {
		if s.tree.isStray(m) {
			a.add(s.cleanText("", s.tree.nodes[m].key))
		}
	})
	return a.names
}

func (s *Scanner) namesNoInput(details []Detail) bool {
	for i := range details {
		if len(details[i].Fields) > 0 {
			return false
		}
	}
	return len(details) > 0
}

// detail reads one item of the envelope at i. Where the item says nothing, the
// envelope speaks for it.
func (s *Scanner) detail(c *shape, i, item int32, line int) Detail {
	t := &s.tree
	var d Detail
	if d.Status, _ = t.statusAt(c.status.item, item, line); d.Status == 0 {
		d.Status, _ = t.statusAt(c.status.top, i, line)
	}
	if d.Status == 0 && line == 0 {
		d.Status = cmp.Or(t.statusWithin(i), t.namedStatus(i))
	}
	d.Code = s.codeAt(c.code, i, item)
	d.Message = s.messageAt(c.message, i, item)
	d.Link = s.partText(c.link, i, item)
	d.Reasons = s.reasons(i, item, d.Code)
	if c == anyBody && len(d.Reasons) > 0 && !strings.Contains(d.Reasons[0], " ") {
		d.Code, d.Reasons = d.Reasons[0], d.Reasons[1:]
	}
	d.Texts = s.texts(i, item, d.Message)
	if d.Message == "" && len(d.Texts) > 0 {
		d.Message, d.Texts = d.Texts[0], d.Texts[1:]
	}
	d.addLead()
	if len(c.items) > 0 {
		d.Fields = s.inputs(c.field.item, item, true)
	} else {
		d.Fields = s.inputs(c.field.top, i, false)
	}
	return d
}

// addLead adds the code with which the message begins to what d says beside its
// own.
func (d *Detail) addLead() {
	lead := leadingCode(d.Message)
	if lead != "" && lead != d.Code && len(d.Reasons) < maxReasons && !slices.Contains(d.Reasons, lead) {
		d.Reasons = append(d.Reasons, lead)
	}
}

// inputs returns the inputs that the error at i names: at p, else by its own key,
// if it is an item of a list by input, else wherever they stand.
func (s *Scanner) inputs(p path, i int32, isItem bool) []string {
	t := &s.tree
	a := affected{t: t}
	for _, r := range p {
		if len(a.names) == 0 {
			t.walk(r, i, func(n int32) bool { a.named(n, maxBelow); return true })
		}
	}
	own := ""
	if isItem {
		own = t.ownKey(i)
	}
	switch {
	case len(a.names) > 0:
	case own != "" && !t.isNowhere(i):
		a.key(i, own, maxBelow)
	case own == "" && (t.listsSentences(i) || !isItem && t.isBody(i, t.placeOf(i)) && t.listsNothingElse(i)):
		a.keys(t.body(i), "", maxBelow)
	case own == "":
		a.collect(i, maxBelow)
	}
	for j, name := range a.names {
		a.names[j] = s.cleanText("", name)
	}
	return a.names
}

// ownKey returns the key of i if i is a member of an object that lists errors by
// input, "" if not.
func (t *tree) ownKey(i int32) string {
	if parent := t.nodes[i].parent; parent >= 0 && t.nodes[i].key != "" && t.listsInputs(parent) {
		return t.nodes[i].key
	}
	return ""
}

// codeAt returns the code of an item: the first that is a word, else the first
// that tells one error from another.
func (s *Scanner) codeAt(p part, i, item int32) string {
	first := int32(-1)
	for n := range s.tree.partOf(p, i, item) {
		switch text := s.tree.text(n); {
		case saysNothing(text):
		case isCode(text) && (!strings.Contains(text, " ") || s.tree.nodes[n].word == s.tree.words.code):
			return s.clean(n)
		case first < 0 && !code.IsWord(text):
			first = n
		}
	}
	if first < 0 {
		return ""
	}
	return s.clean(first)
}

// The most that is kept of an item beside its code and message.
const (
	maxReasons = 8
	maxTexts   = 6
)

// reasons returns the codes that an item holds beside the one given, and those
// that stand in the envelope at i for all items.
func (s *Scanner) reasons(i, item int32, beside string) []string {
	o := others{s: s, beside: beside, most: maxReasons}
	if s.tree.eachCode(item, maxBelow, o.keep) && i != item {
		s.tree.eachCode(i, 1, o.keep)
	}
	return o.found
}

// texts returns the sentences that an item holds beside the one given, and those
// that stand in the envelope at i for all items.
func (s *Scanner) texts(i, item int32, beside string) []string {
	o := others{s: s, beside: beside, most: maxTexts}
	if s.tree.eachText(item, maxBelow, o.keep) && i != item {
		s.tree.eachText(i, 1, o.keep)
	}
	return o.found
}

// others collects texts, most of them at the most, each once and without the one
// that is known already.
type others struct {
	s      *Scanner
	beside string
	most   int
	found  []string
}

// keep takes the text of node n and reports whether there is room for more.
func (o *others) keep(n int32) bool {
	if clean := o.s.clean(n); clean != o.beside && !slices.Contains(o.found, clean) {
		o.found = append(o.found, clean)
	}
	return len(o.found) < o.most
}

// messageAt returns the first text of p, which is no object.
func (s *Scanner) messageAt(p part, i, item int32) string {
	for n := range s.tree.partOf(p, i, item) {
		if s.tree.isMessage(n) {
			return s.clean(n)
		}
	}
	return ""
}

// partOf yields what stands at each alternative of p: in the item, then in the
// envelope at i.
func (t *tree) partOf(p part, i, item int32) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for _, r := range p.item {
			if n := t.follow(r, item); n >= 0 && !yield(n) {
				return
			}
		}
		for _, r := range p.top {
			if n := t.follow(r, i); n >= 0 && !yield(n) {
				return
			}
		}
	}
}

// isMessage reports whether the value at i is a text, or a list of texts, rather
// than an object, be it as a string.
func (t *tree) isMessage(i int32) bool {
	n := &t.nodes[i]
	if n.kind == stringKind && n.lead == 0 && int(n.tail) == len(n.str) {
		i = t.body(i)
	}
	return t.nodes[i].kind != objectKind && (t.nodes[i].kind != arrayKind || t.isFlat(i))
}

func (s *Scanner) partText(p part, i, item int32) string {
	for n := range s.tree.partOf(p, i, item) {
		return s.clean(n)
	}
	return ""
}
