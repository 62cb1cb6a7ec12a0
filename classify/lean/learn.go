package lean

import (
	"maps"
	"math"
	"slices"
)

// Example is an error whose category is known.
type Example struct {
	Terms    []Term
	Category int
}

// How weights are learned.
const (
	minCount = 3    // examples that a term must stand in
	rounds   = 30   // over all examples
	rate     = 0.1  // of the first steps
	decay    = 1e-3 // of a weight, on each example that its term stands in
	tiny     = 3    // in 1/Unit: terms that say less are left out
)

// Learn returns the weights by which the examples are most likely (multinomial
// logistic regression, by stochastic gradient descent with the steps of AdaGrad).
// The same examples in the same order give the same weights.
func Learn(examples []Example) *Weights {
	l := newLearner(examples)
	for range rounds {
		for i := range examples {
			l.step(&examples[i])
		}
	}
	return l.weights()
}

// learner learns weights.
type learner struct {
	of      map[Term]*[Categories]float64
	squares map[Term]*[Categories]float64 // sums of the squared gradients
}

func newLearner(examples []Example) *learner {
	count := map[Term]int{}
	for _, e := range examples {
		for _, term := range e.Terms {
			count[term]++
		}
	}
	maps.DeleteFunc(count, func(_ Term, n int) bool { return n < minCount })
	l := &learner{map[Term]*[Categories]float64{}, map[Term]*[Categories]float64{}}
	for term := range count {
		l.of[term], l.squares[term] = &[Categories]float64{}, &[Categories]float64{}
	}
	return l
}

// step makes one example more likely.
func (l *learner) step(e *Example) {
	likely := l.likely(e.Terms)
	likely[e.Category]--
	for _, term := range e.Terms {
		of := l.of[term]
		if of == nil {
			continue
		}
		squares := l.squares[term]
		for i := range of {
			gradient := likely[i] + decay*of[i]
			squares[i] += gradient * gradient
			of[i] -= rate * gradient / math.Sqrt(squares[i]+1e-8)
		}
	}
}

// likely returns how likely each category is by the terms.
func (l *learner) likely(terms []Term) (p [Categories]float64) {
	for _, term := range terms {
		if of := l.of[term]; of != nil {
			for i := range p {
				p[i] += of[i]
			}
		}
	}
	most, sum := slices.Max(p[:]), 0.0
	for i := range p {
		p[i] = math.Exp(p[i] - most)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// weights returns what was learned in whole numbers.
func (l *learner) weights() *Weights {
	w := &Weights{of: map[Term][Categories]int8{}}
	for term, of := range l.of {
		var rounded [Categories]int8
		for i := range of {
			rounded[i] = int8(math.Round(max(-127, min(127, Unit*of[i]))))
		}
		if slices.Max(rounded[:])-slices.Min(rounded[:]) >= tiny {
			w.of[term] = rounded
		}
	}
	return w
}
