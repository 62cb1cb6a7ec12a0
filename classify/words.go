package classify

import (
	"sync"

	"analyzer/classify/lean"
)

// sure is by how much the words of an item must lean to another category than
// what else it says, to decide in its place.
const sure = 5 * lean.Unit / 2

// matchWords adds the rule of the category to which all words of the item lean, if
// that is not by far the one that the matches found so far decide.
func (s *Set) matchWords(sub *subject, found *matches) {
	decider := found.decider()
	if sub.owner != nil || !decider.rule.pack.generic || decider.tier == tierHeader {
		return
	}
	terms := spareTerms.Get().(*lean.Terms)
	defer spareTerms.Put(terms)
	sub.addTerms(terms)
	scores := s.weights().Score(terms.List())
	best, decided := scores.Best(), decider.rule.category-1
	if r := s.byWords[best]; r != nil && scores[best]-scores[decided] >= sure {
		found.add(r, tierWords)
	}
}

// spareTerms holds lists for the next item.
var spareTerms = sync.Pool{New: func() any { return new(lean.Terms) }}

// addTerms makes terms those of the item.
func (sub *subject) addTerms(terms *lean.Terms) {
	terms.Reset()
	terms.AddStatus(sub.status, len(sub.fields) > 0)
	terms.AddCode(sub.item.Code)
	for _, reason := range sub.item.Reasons {
		terms.AddCode(reason)
	}
	terms.AddText(sub.message)
	for _, text := range sub.texts {
		terms.AddText(text)
	}
}
