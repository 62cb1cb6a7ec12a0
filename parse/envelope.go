package parse

import (
	"fmt"
	"slices"
	"strings"

	"analyzer/parse/code"
)

// maxItems is how many errors of one envelope are kept.
const maxItems = 100

// shape is a Shape compiled into the key table.
type shape struct {
	name   string
	strong bool
	stated bool
	wild   bool // any key is enough for when
	tells  bool // its mere presence says that something failed: it declares triggers
	when   []path
	items  route

	status, code, message, field, link, requestID, wait part
}

// part is a path split into what is read from each item and what from the
// envelope for all of them.
type part struct{ item, top path }

func compileShape(w *words, s Shape) (*shape, error) {
	c := &shape{name: s.Name, strong: s.Strong, stated: s.Stated, tells: len(s.Triggers) > 0}
	if s.Items != "" {
		p, err := compilePath(w, s.Items)
		if err != nil || len(p) != 1 || !p[0][len(p[0])-1].each {
			return nil, fmt.Errorf("shape %s: items %q: want the path of one array, ending in []", s.Name, s.Items)
		}
		c.items = p[0]
	}
	for _, text := range s.When {
		p, err := compilePath(w, text)
		if err != nil {
			return nil, fmt.Errorf("shape %s: when: %w", s.Name, err)
		}
		c.when = append(c.when, p)
		c.wild = c.wild || p.isWild()
	}
	if len(c.when) == 0 {
		return nil, fmt.Errorf("shape %s: when: no path; every body would match", s.Name)
	}
	for _, p := range []struct {
		text string
		part *part
	}{{s.Status, &c.status}, {s.Code, &c.code}, {s.Message, &c.message}, {s.Field, &c.field}, {s.Link, &c.link},
		{s.RequestID, &c.requestID}, {s.Wait, &c.wait}} {
		full, err := compilePath(w, p.text)
		if err != nil {
			return nil, fmt.Errorf("shape %s: %w", s.Name, err)
		}
		p.part.item, p.part.top = full.below(c.items)
	}
	return c, nil
}

// matches reports whether the envelope c stands at node i.
func (c *shape) matches(t *tree, i int32) bool {
	for _, p := range c.when {
		if t.first(p, i) < 0 {
			return false
		}
	}
	return true
}

// bodyStatus returns the worst HTTP status that the envelope at i states, 0 if
// it states none; line is the one that the line states.
func (c *shape) bodyStatus(t *tree, i int32, line int) int {
	worst := t.statusAt(c.status.top, i, line)
	if len(c.status.item) > 0 {
		t.walk(c.items, i, func(item int32) bool {
			worst = max(worst, t.statusAt(c.status.item, item, line))
			return true
		})
	}
	return worst
}

// statusAt returns the HTTP status at the first alternative of p that holds one,
// 0 if none does. A number that may as well be a provider's own counts as a
// status only of an error, and only where the line states no other.
func (t *tree) statusAt(p path, i int32, line int) int {
	for _, r := range p {
		n := t.follow(r, i)
		if n < 0 {
			continue
		}
		status, ok := readStatus(t.text(n))
		if t.words.is(t.nodes[n].word, vagueWord) {
			if !ok && t.nodes[n].word == t.words.errorCode {
				status, ok = readCodeStatus(t.text(n))
			}
			ok = ok && status >= 400 && (line < 400 || line == status)
		}
		if ok {
			return status
		}
	}
	return 0
}

// details reads the errors of the envelope c at node i.
func (s *Scanner) details(c *shape, i int32, line int, dst []Detail) []Detail {
	t := &s.tree
	if len(c.items) == 0 {
		return append(dst, s.detail(c, i, i, line))
	}
	t.walk(c.items, i, func(item int32) bool {
		if len(dst) == maxItems {
			s.account.Notes[ManyItems]++
			return false
		}
		dst = append(dst, s.detail(c, i, item, line))
		return true
	})
	if s.namesNoInput(dst) {
		dst[0].Fields = s.inputs(nil, i, false)
	}
	return dst
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
	d := Detail{Status: t.statusAt(c.status.item, item, line)}
	if d.Status == 0 {
		d.Status = t.statusAt(c.status.top, i, line)
	}
	if d.Status == 0 && line == 0 {
		d.Status = t.statesStatus(i, maxStatusLevels)
	}
	d.Code = s.codeAt(c.code, i, item)
	d.Message = s.messageAt(c.message, i, item)
	d.Link = s.partText(c.link, i, item)
	d.Reasons = s.reasons(i, item, d.Code)
	if c == anyBody && len(d.Reasons) > 0 && !strings.Contains(d.Reasons[0], " ") {
		d.Code, d.Reasons = d.Reasons[0], d.Reasons[1:]
	}
	if lead := leadingCode(d.Message); lead != "" {
		d.Reasons = append(d.Reasons, lead)
	}
	d.Texts = s.texts(i, item, d.Message)
	if d.Message == "" && len(d.Texts) > 0 {
		d.Message, d.Texts = d.Texts[0], d.Texts[1:]
	}
	if len(c.items) > 0 {
		d.Fields = s.inputs(c.field.item, item, true)
	} else {
		d.Fields = s.inputs(c.field.top, i, false)
	}
	return d
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
	case own == "" && (t.listsSentences(i) || !isItem && t.isBody(i) && t.listsNothingElse(i)):
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
	first := ""
	for _, from := range [...]struct {
		path path
		root int32
	}{{p.item, item}, {p.top, i}} {
		for _, r := range from.path {
			n := s.tree.follow(r, from.root)
			if n < 0 {
				continue
			}
			switch text := s.tree.text(n); {
			case saysNothing(text):
			case isCode(text) && (!strings.Contains(text, " ") || s.tree.nodes[n].word == s.tree.words.code):
				return s.clean(n)
			case first == "" && !code.IsWord(text):
				first = s.clean(n)
			}
		}
	}
	return first
}

// The most that is kept of an item beside its code and message.
const (
	maxReasons = 8
	maxTexts   = 6
)

// reasons returns the codes that an item holds beside the one given, and those
// that stand in the envelope at i for all items.
func (s *Scanner) reasons(i, item int32, beside string) []string {
	var found []string
	keep := func(n int32) bool {
		if clean := s.clean(n); clean != beside && !slices.Contains(found, clean) {
			found = append(found, clean)
		}
		return len(found) < maxReasons
	}
	if s.tree.eachCode(item, maxBelow, keep) && i != item {
		s.tree.eachCode(i, 1, keep)
	}
	return found
}

// texts returns the sentences that an item holds beside the one given, and those
// that stand in the envelope at i for all items.
func (s *Scanner) texts(i, item int32, beside string) []string {
	var found []string
	keep := func(n int32) bool {
		if clean := s.clean(n); clean != beside && !slices.Contains(found, clean) {
			found = append(found, clean)
		}
		return len(found) < maxTexts
	}
	if s.tree.eachText(item, maxBelow, keep) && i != item {
		s.tree.eachText(i, 1, keep)
	}
	return found
}

// saysNothing reports whether a code tells no error from another: RFC 9457's
// type of problems that have none (section 4.2.1), the reason phrase of a status,
// a word that says that something failed, or a number of one or two digits, as gRPC
// and OpenTelemetry put beside a status.
func saysNothing(code string) bool {
	return code == "about:blank" || saysFailure(code) || len(code) <= 2 && strings.Trim(code, "0123456789") == "" || strings.Contains(code, " ") && reasonStatus(code) != 0
}

// messageAt returns the first text of p, which is no object.
func (s *Scanner) messageAt(p part, i, item int32) string {
	t := &s.tree
	for _, from := range [...]struct {
		path path
		root int32
	}{{p.item, item}, {p.top, i}} {
		for _, r := range from.path {
			if n := t.follow(r, from.root); n >= 0 && t.isMessage(n) {
				return s.clean(n)
			}
		}
	}
	return ""
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

// saysFailure reports whether a word says that something failed, and no more.
func saysFailure(word string) bool {
	switch strings.ToLower(word) {
	case "error", "errors", "err", "fail", "failed", "failure", "ko", "nok", "nack":
		return true
	}
	return false
}

func (s *Scanner) partText(p part, i, item int32) string {
	n := s.tree.first(p.item, item)
	if n < 0 {
		n = s.tree.first(p.top, i)
	}
	if n < 0 {
		return ""
	}
	return s.clean(n)
}

// anyBody reads a response body that no shape knows by its structure alone.
var anyBody = &shape{name: "body"}

// place says where an envelope that is too common to stand alone was found.
type place int

const (
	elsewhere  place = iota
	lineItself       // the object that holds the line's own fields
	bodyPlace        // a response body: alone, under a key that names one, or within text
)

// placeOf tells where the object at node i stands.
func placeOf(t *tree, i int32) place {
	n := &t.nodes[i]
	if isEvent(t, i) || n.key == "@event" {
		return lineItself
	}
	if n.parent < 0 {
		return bodyPlace
	}
	if t.nodes[n.parent].kind == stringKind {
		return bodyPlace
	}
	if n.key != "" && t.words.is(n.word, bodyWord) {
		return bodyPlace
	}
	if n.key != "" && n.up >= 0 && t.words.is(t.nodes[n.up].word, bodyWord) {
		return bodyPlace
	}
	return elsewhere
}

// isBody reports whether the object i is a response body for sure: under a key that
// names one, or unfolded from a text.
func (t *tree) isBody(i int32) bool {
	parent := t.nodes[i].parent
	return parent >= 0 && placeOf(t, i) == bodyPlace && (t.nodes[parent].kind != stringKind || t.nodes[parent].tail > 0)
}

// isBelowBody reports whether i stands within a response body.
func (t *tree) isBelowBody(i int32) bool {
	for n := t.nodes[i].parent; n >= 0; n = t.nodes[n].parent {
		if t.nodes[n].kind == objectKind && placeOf(t, n) == bodyPlace {
			return true
		}
	}
	return false
}

// isUnderBody reports whether i, or the string that it was unfolded from, has a
// key that names a response body.
func (t *tree) isUnderBody(i int32) bool {
	if t.nodes[i].key == "" && t.nodes[i].up >= 0 {
		i = t.nodes[i].up
	}
	return t.words.is(t.nodes[i].word, bodyWord)
}

// isEvent reports whether the object at node i is a log event: it has a key that
// marks one, or a time or msg, and does not say itself that it is an error.
func isEvent(t *tree, i int32) bool {
	timed, tells := false, false
	for c := i + 1; c < t.nodes[i].end; c = t.nodes[c].end {
		w := t.nodes[c].word
		if t.words.is(w, eventWord) && w != t.words.msg {
			return true
		}
		timed = timed || w == t.words.msg && !t.isUnderBody(i) || t.words.is(w, timeWord)
		tells = tells || t.words.is(w, errorWord)
	}
	return timed && !tells
}

// accepts judges whether the envelope c at node i is an API error, given the
// HTTP status that the line states for it elsewhere (0 if none).
func (c *shape) accepts(t *tree, i int32, status int) bool {
	at := placeOf(t, i)
	body := c.bodyStatus(t, i, status)
	switch {
	case c.stated && body == 0, c.wild && !t.isWrapper(i):
		return false
	case body >= 400, status >= 400:
		return c.strong || at != lineItself || len(c.items) > 0
	case body > 0 && !t.tellsErrorCode(i):
		return false
	case c.strong:
		return true
	case at != bodyPlace, status > 0 && t.nodes[i].parent < 0 && !t.isAllParts(i), t.isManual(i):
		return false
	}
	return c.tells || t.tellsCode(i)
}
