package classify

import "analyzer/classify/lean"

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
	var terms lean.Terms
	sub.addTerms(&terms)
	scores := s.weights().Score(terms.List())
	best, decided := scores.Best(), decider.rule.category-1
	if r := s.byWords[best]; r != nil && scores[best]-scores[decided] >= sure {
		found.add(r, tierWords)
	}
}

// addTerms adds what the item says.
func (sub *subject) addTerms(terms *lean.Terms) {
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
