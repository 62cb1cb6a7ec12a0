package classify

import (
	"slices"
	"strings"

	"analyzer/parse"
)

// A tier is the kind of evidence by which a rule matched, the most specific
// first. Its order chooses the remedy.
type tier uint8

const (
	tierCode      tier = iota // error code in full
	tierMessage               // message that the provider is known for
	tierGlob                  // error code by its form
	tierHeader                // a rate-limit header says that nothing remains
	tierPhrase                // phrase that any provider may use
	tierStatus                // HTTP status
	tierClass                 // class of HTTP statuses
	tierOtherwise             // nothing
)

// strength orders the tiers by what they prove about the category: here any
// error code of the envelope comes before the words of its message.
var strength = [...]int{
	tierCode: 0, tierGlob: 1, tierMessage: 2, tierHeader: 3, tierPhrase: 4, tierStatus: 5, tierClass: 6, tierOtherwise: 7,
}

// rankShift leaves room for the index of a rule below its tier.
const rankShift = 20

// match says that a rule matched, and by what.
type match struct {
	rule *rule
	tier tier
}

// rank orders matches: smaller is more specific, then earlier in the packs.
func (m match) rank() int {
	return int(m.tier)<<rankShift | m.rule.index
}

// messageMatch is where a rule's pattern matched.
type messageMatch struct {
	rule    *rule
	pattern *pattern
	at      []int // as FindStringSubmatchIndex returns it
}

// group returns what the named group of the match holds in text.
func (m *messageMatch) group(text, name string) string {
	i := slices.Index(m.pattern.groups, name)
	if i < 0 || m.at[2*i] < 0 {
		return ""
	}
	return text[m.at[2*i]:m.at[2*i+1]]
}

// subject is one item of a record, as rules look at it.
type subject struct {
	rec     *parse.Record
	owner   *pack
	status  int
	code    string // lower case
	message string // what patterns see of it
	grams   grams  // of message
}

func newSubject(r *parse.Record, owner *pack, item *parse.Detail) subject {
	sub := subject{
		rec:     r,
		owner:   owner,
		status:  item.Status,
		code:    strings.ToLower(item.Code),
		message: cutString(item.Message, maxMessage),
	}
	if sub.status == 0 {
		sub.status = r.Status
	}
	sub.grams.fill(sub.message)
	return sub
}

// matches are all that matched one item.
type matches struct {
	list     []match
	messages []messageMatch
	space    [16]match // so that the usual list needs no allocation
}

func (f *matches) add(r *rule, t tier) {
	f.list = append(f.list, match{r, t})
}

// match finds the rules that match sub.
func (s *Set) match(sub *subject, found *matches) {
	found.list = found.space[:0]
	s.matchCode(sub, found)
	s.matchMessage(sub, found)
	s.matchHeader(sub, found)
	s.matchStatus(sub, found)
	found.add(s.otherwise, tierOtherwise)
}

func (s *Set) matchCode(sub *subject, found *matches) {
	if sub.code == "" {
		return
	}
	for _, r := range s.byCode[sub.code] {
		if r.sees(sub.owner) && r.allows(sub) {
			found.add(r, tierCode)
		}
	}
	for i := range s.globs {
		g := &s.globs[i]
		if g.glob.match(sub.code) && g.rule.owns(sub.owner) && g.rule.allows(sub) {
			found.add(g.rule, tierGlob)
		}
	}
}

func (s *Set) matchMessage(sub *subject, found *matches) {
	if sub.message == "" {
		return
	}
	for i := range s.messages {
		m := &s.messages[i]
		if m.rule.pack.generic && len(found.messages) > 0 {
			// Generic packs come last, and of their phrases the first decides:
			// once anything has matched, the others change nothing.
			return
		}
		if !m.rule.sees(sub.owner) || !m.rule.allows(sub) {
			continue
		}
		at := m.pattern.find(sub.message, &sub.grams)
		if at == nil {
			continue
		}
		found.messages = append(found.messages, messageMatch{m.rule, m.pattern, at})
		if m.rule.pack.generic {
			found.add(m.rule, tierPhrase)
		} else {
			found.add(m.rule, tierMessage)
		}
	}
}

func (s *Set) matchHeader(sub *subject, found *matches) {
	if !sub.rec.Exhausted {
		return
	}
	for _, r := range s.exhausted {
		if r.sees(sub.owner) && r.allows(sub) {
			found.add(r, tierHeader)
		}
	}
}

func (s *Set) matchStatus(sub *subject, found *matches) {
	if sub.status < 0 || sub.status > maxStatus {
		return
	}
	for _, m := range s.byStatus[sub.status] {
		if m.rule.sees(sub.owner) && m.rule.allows(sub) {
			found.list = append(found.list, m)
		}
	}
}

// decider returns the match that decides the category.
func (f *matches) decider() match {
	best := f.list[0]
	for _, m := range f.list[1:] {
		a, b := strength[m.tier], strength[best.tier]
		if a < b || a == b && m.rule.index < best.rule.index {
			best = m
		}
	}
	return best
}

// advice returns the most specific match of a category.
func (f *matches) advice(category Category) match {
	var best match
	for _, m := range f.list {
		if m.rule.category == category && (best.rule == nil || m.rank() < best.rank()) {
			best = m
		}
	}
	return best
}

// naming returns the message match whose groups name parts of the message: the
// one of the rule that gave the remedy, else the first of the category, else
// the first.
func (f *matches) naming(advice *rule, category Category) *messageMatch {
	var best *messageMatch
	for i := range f.messages {
		m := &f.messages[i]
		switch {
		case m.rule == advice:
			return m
		case best == nil, best.rule.category != category && m.rule.category == category:
			best = m
		}
	}
	return best
}
