package parse

import "fmt"

// shape is a Shape compiled into the key table.
type shape struct {
	name   string
	index  int // among the shapes
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
// it states none; line is the one that the line states. It is not sure if it may
// be a number of the provider's own.
func (c *shape) bodyStatus(t *tree, i int32, line int) (worst int, sure bool) {
	worst, sure = t.statusAt(c.status.top, i, line)
	if len(c.status.item) > 0 {
		t.walk(c.items, i, func(item int32) bool {
			status, isSure := t.statusAt(c.status.item, item, line)
			worst, sure = max(worst, status), sure || isSure
			return true
		})
	}
	return worst, sure
}

// statusAt returns the HTTP status at the first alternative of p that holds one,
// 0 if none does. A number that may as well be a provider's own counts as a
// status only of an error, and only where the line states no other; it is not sure.
func (t *tree) statusAt(p path, i int32, line int) (status int, sure bool) {
	for _, r := range p {
		n := t.follow(r, i)
		if n < 0 {
			continue
		}
		status, ok := readStatus(t.text(n))
		vague := t.words.is(t.nodes[n].word, vagueWord)
		if vague {
			if !ok && t.nodes[n].word == t.words.errorCode {
				status, ok = readCodeStatus(t.text(n))
			}
			ok = ok && status >= 400 && (line < 400 || line == status)
		}
		if ok {
			return status, !vague || line == status || containsFold(t.nodes[n].key, "err")
		}
	}
	return 0, false
}

// accepts judges whether the envelope c at node i is an API error, given the
// HTTP status that the line states for it elsewhere (0 if none).
func (c *shape) accepts(t *tree, i int32, at place, status int) bool {
	body, sure := c.bodyStatus(t, i, status)
	switch {
	case c.stated && body == 0, c.wild && !t.isWrapper(i, at):
		return false
	case body >= 400 && status == 0 && !sure:
		return at == bodyPlace && (c.wild || t.isAllParts(i) || t.tells(i)) && !t.saysSucceeded(i)
	case body >= 400, status >= 400:
		return c.strong || at != lineItself || len(c.items) > 0
	case body > 0 && !t.tellsInSpite(i):
		return false
	case c.strong:
		return true
	case at != bodyPlace && (at != fieldPlace || !t.isAllParts(i)), status > 0 && t.nodes[i].parent < 0 && !t.isAllParts(i), t.isManual(i), t.saysSucceeded(i):
		return false
	}
	return c.tells || t.tells(i)
}
