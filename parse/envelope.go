package parse

import (
	"fmt"
	"strings"
)

// maxItems is how many errors of one envelope are kept.
const maxItems = 100

// shape is a Shape compiled into the key table.
type shape struct {
	name   string
	strong bool
	tells  bool // its mere presence says that something failed: it declares triggers
	when   []path
	items  route

	status, code, message, field, link, requestID, wait part
}

// part is a path split into what is read from each item and what from the
// envelope for all of them.
type part struct{ item, top path }

func compileShape(w *words, s Shape) (*shape, error) {
	c := &shape{name: s.Name, strong: s.Strong, tells: len(s.Triggers) > 0}
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
// it states none.
func (c *shape) bodyStatus(t *tree, i int32) int {
	worst := statusAt(t, c.status.top, i)
	if len(c.status.item) > 0 {
		t.walk(c.items, i, func(item int32) bool {
			worst = max(worst, statusAt(t, c.status.item, item))
			return true
		})
	}
	return worst
}

func statusAt(t *tree, p path, i int32) int {
	n := t.first(p, i)
	if n < 0 {
		return 0
	}
	text := t.text(n)
	if status, ok := readStatus(text); ok {
		return status
	}
	status, _ := readCodeStatus(text)
	return status
}

// details reads the errors of the envelope c at node i.
func (s *Scanner) details(c *shape, i int32, dst []Detail) []Detail {
	t := &s.tree
	if len(c.items) == 0 {
		return append(dst, s.detail(c, i, i))
	}
	t.walk(c.items, i, func(item int32) bool {
		if len(dst) == maxItems {
			s.account.Notes[ManyItems]++
			return false
		}
		dst = append(dst, s.detail(c, i, item))
		return true
	})
	return dst
}

// detail reads one item of the envelope at i. Where the item says nothing, the
// envelope speaks for it.
func (s *Scanner) detail(c *shape, i, item int32) Detail {
	t := &s.tree
	d := Detail{Status: statusAt(t, c.status.item, item)}
	if d.Status == 0 {
		d.Status = statusAt(t, c.status.top, i)
	}
	if d.Code = s.partText(c.code, i, item); saysNothing(d.Code) {
		d.Code = ""
	}
	d.Message = s.partText(c.message, i, item)
	if d.Field = s.partText(c.field, i, item); d.Field == "" && len(c.items) > 0 {
		d.Field = s.cleanText("", t.nodes[item].key) // a list by field
	}
	d.Link = s.partText(c.link, i, item)
	return d
}

// saysNothing reports whether a code tells no error from another: RFC 9457's
// type of problems that have none (section 4.2.1), or a number of one or two
// digits, as gRPC and OpenTelemetry put beside a status.
func saysNothing(code string) bool {
	return code == "about:blank" || len(code) <= 2 && strings.Trim(code, "0123456789") == ""
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

// isEvent reports whether the object at node i is a log event: it has a key that
// marks one, or a time, and does not say itself that it is an error.
func isEvent(t *tree, i int32) bool {
	timed, tells := false, false
	for c := i + 1; c < t.nodes[i].end; c = t.nodes[c].end {
		w := t.nodes[c].word
		if t.words.is(w, eventWord) {
			return true
		}
		timed = timed || t.words.is(w, timeWord)
		tells = tells || t.words.is(w, errorWord)
	}
	return timed && !tells
}

// accepts judges whether the envelope c at node i is an API error, given the
// HTTP status that the line states for it elsewhere (0 if none).
func (c *shape) accepts(t *tree, i int32, status int) bool {
	at := placeOf(t, i)
	body := c.bodyStatus(t, i)
	switch {
	case body >= 400, status >= 400:
		return c.strong || at != lineItself || len(c.items) > 0
	case body > 0:
		return false
	case c.strong:
		return true
	case status > 0:
		return c.tells && at == bodyPlace && t.nodes[i].parent >= 0
	}
	return c.tells && at == bodyPlace
}
