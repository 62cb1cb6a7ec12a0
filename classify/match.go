package classify

import (
	"slices"

	"analyzer/parse"
	"analyzer/parse/code"
	"analyzer/parse/grams"
)

// A tier is the kind of evidence by which a rule matched, the most specific
// first. Its order chooses the remedy.
type tier uint8

const (
	tierCode      tier = iota // error code in full
	tierMessage               // message that the provider is known for
	tierForm                  // error code by its form
	tierOwnStatus             // what the provider means by an HTTP status
	tierHeard                 // a provider's message, in a record that names no provider
	tierLike                  // error code that is formed as many providers do
	tierHeader                // a rate-limit header says that nothing remains
	tierPhrase                // phrase that any provider may use
	tierFamous                // a provider's error code, in a record that names no provider
	tierVague                 // error code that says no more than a status
	tierStatus                // HTTP status
	tierClass                 // class of HTTP statuses
	tierInput                 // an input that the item names
	tierWords                 // all its words together
	tierOtherwise             // nothing
)

// strength orders the tiers by what they prove about the category: here any
// error code of the envelope comes before the words of its message, and what
// every API may say before what one of them says, where nothing tells that it is
// that one. All words together come first, since they count only where they speak
// against the rest by far.
var strength = [...]int{
	tierCode: 0, tierForm: 1, tierMessage: 2, tierLike: 3, tierHeader: 4, tierHeard: 5, tierPhrase: 6, tierFamous: 7,
	tierVague: 8, tierOwnStatus: 9, tierStatus: 9, tierClass: 10, tierInput: 11, tierOtherwise: 12,
	tierWords: -1,
}

// rankShift leaves room for the index of a rule below its tier.
const rankShift = 20

// match says that a rule matched, and by what.
type match struct {
	rule *rule
	tier tier
	code int // index in the subject's codes, where one matched
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
	i := slices.Index(m.pattern.groups(), name)
	if i < 0 || m.at[2*i] < 0 {
		return ""
	}
	return text[m.at[2*i]:m.at[2*i+1]]
}

// subject is one item of a record, as rules look at it.
type subject struct {
	rec     *parse.Record
	item    *parse.Detail
	owner   *pack
	status  int
	codes   []string // folded: the item's code, then what it says beside it
	message string   // what patterns see of it
	texts   []string // what the item says beside it
	fields  []string // inputs that the item names, by key or in its message
	spans   []span   // where they stand in the message
	grammar *grammar // that read them, nil if keys named them

	messages, grammars grams.Indexes // those of the Set that may match the message
}

// readTexts reads the inputs in what an item says beside its message.
func (s *Set) readTexts(sub *subject, texts []string) {
	beside := *sub
	for _, text := range texts {
		s.hear(&beside, text)
		fields, _, grammar := s.readGrammars(&beside)
		if len(fields) > 0 {
			sub.fields, sub.grammar = append(sub.fields, fields...), grammar
		}
	}
}

// hear makes text the message of sub.
func (s *Set) hear(sub *subject, text string) {
	var g grams.Set
	sub.message = cutString(text, maxMessage)
	g.Fill(sub.message)
	sub.messages, sub.grammars = s.messageSieve().Pass(&g), s.grammarSieve().Pass(&g)
}

func (s *Set) newSubject(r *parse.Record, owner *pack, item *parse.Detail) subject {
	sub := subject{
		rec:    r,
		item:   item,
		owner:  owner,
		status: item.Status,
		codes:  foldCodes(item),
		texts:  item.Texts,
	}
	s.hear(&sub, item.Message)
	if sub.status == 0 {
		sub.status = r.Status
	}
	if sub.fields = envelopeFields(item.Fields); len(sub.fields) == 0 {
		sub.fields, sub.spans, sub.grammar = s.readGrammars(&sub)
	}
	if len(sub.fields) == 0 {
		s.readTexts(&sub, item.Texts)
	}
	return sub
}

// matches are all that matched one item.
type matches struct {
	list     []match
	messages []messageMatch
	space    [16]match // so that the usual list needs no allocation
}

func (f *matches) add(r *rule, t tier) {
	f.list = append(f.list, match{rule: r, tier: t})
}

// match finds the rules that match sub.
func (s *Set) match(sub *subject, found *matches) {
	found.list = found.space[:0]
	s.matchCode(sub, found)
	s.matchMessage(sub, found)
	if len(found.messages) == 0 {
		s.matchTexts(sub, found)
	}
	s.matchHeader(sub, found)
	s.matchStatus(sub, found)
	for _, r := range s.byInput {
		if r.allows(sub) {
			found.add(r, tierInput)
		}
	}
	found.add(s.otherwise, tierOtherwise)
	s.matchWords(sub, found)
}

// foldCodes returns the codes of an item, folded: its code, then its reasons.
func foldCodes(item *parse.Detail) []string {
	codes := append(make([]string, 0, 1+len(item.Reasons)), code.Fold(item.Code))
	for _, reason := range item.Reasons {
		codes = append(codes, code.Fold(reason))
	}
	return codes
}

func (s *Set) matchCode(sub *subject, found *matches) {
	for n, folded := range sub.codes {
		if folded == "" {
			continue
		}
		for _, r := range s.byCode[code.Stem(folded)] {
			if r.sees(sub.owner) && r.allows(sub) && !r.isNumber(folded, sub) {
				found.list = append(found.list, match{r, r.tierOf(tierCode, sub), n})
			}
		}
		for _, r := range s.formsOf(folded) {
			if r.owns(sub.owner) && r.allows(sub) {
				found.list = append(found.list, match{r, r.tierOf(tierForm, sub), n})
			}
		}
	}
}

// tierOf returns the tier of a match with sub by code or message: t, unless the
// rule or the record makes it a weaker one.
func (r *rule) tierOf(t tier, sub *subject) tier {
	switch {
	case r.vague && t != tierMessage:
		return tierVague
	case r.pack.generic && t == tierForm:
		return tierLike
	case r.pack.generic && t == tierMessage:
		return tierPhrase
	case r.pack.generic || sub.owner != nil:
		return t
	case t == tierMessage:
		return tierHeard
	}
	return tierFamous
}

func (s *Set) matchMessage(sub *subject, found *matches) {
	if sub.message == "" {
		return
	}
	for i := range sub.messages.All() {
		m := &s.messages[i]
		if m.rule.pack.generic && len(found.messages) > 0 {
			// Generic packs come last, and of their phrases the first decides:
			// once anything has matched, the others change nothing.
			return
		}
		if !m.rule.sees(sub.owner) || !m.rule.allows(sub) {
			continue
		}
		at := m.pattern.regexp().FindStringSubmatchIndex(sub.message)
		if at == nil {
			continue
		}
		found.messages = append(found.messages, messageMatch{m.rule, m.pattern, at})
		found.add(m.rule, m.rule.tierOf(tierMessage, sub))
	}
}

// matchTexts looks for a generic phrase in what the item says beside its message.
func (s *Set) matchTexts(sub *subject, found *matches) {
	beside := *sub
	for _, text := range sub.texts {
		s.hear(&beside, text)
		for i := range beside.messages.All() {
			m := &s.messages[i]
			if m.rule.pack.generic && m.rule.allows(&beside) && m.pattern.regexp().MatchString(beside.message) {
				found.add(m.rule, m.rule.tierOf(tierMessage, &beside))
				return
			}
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
		if !m.rule.sees(sub.owner) || !m.rule.allows(sub) {
			continue
		}
		if m.tier == tierStatus && m.rule.pack == sub.owner {
			m.tier = tierOwnStatus
		}
		found.list = append(found.list, m)
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

// imply reports whether the rule of m implies inputs. That of a provider does where
// the record names none only if both code and message are that provider's.
func (f *matches) imply(m match) bool {
	switch m.tier {
	case tierFamous:
		return false
	case tierHeard:
		return slices.ContainsFunc(f.list, func(o match) bool { return o.rule == m.rule && o.tier == tierFamous })
	}
	return true
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
