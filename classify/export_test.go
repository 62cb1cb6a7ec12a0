package classify

import (
	"analyzer/classify/lean"
	"analyzer/parse"
)

// LeanBy makes s weigh words by w.
func (s *Set) LeanBy(w *lean.Weights) {
	s.weights = func() *lean.Weights { return w }
}

// Terms returns what each item of r says, as s weighs it.
func (s *Set) Terms(r *parse.Record) [][]lean.Term {
	var all [][]lean.Term
	for i := range r.Errors {
		sub := s.newSubject(r, s.owner(r), &r.Errors[i])
		var terms lean.Terms
		sub.addTerms(&terms)
		all = append(all, terms.List())
	}
	return all
}
