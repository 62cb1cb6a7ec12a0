package lean

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Categories is how many there are.
const Categories = 5

// Scores say how much speaks for each category; only their differences mean
// anything.
type Scores [Categories]int

// Best returns the category with the highest score, the first of those.
func (s *Scores) Best() int {
	best := 0
	for i, score := range s {
		if score > s[best] {
			best = i
		}
	}
	return best
}

// Unit is the difference of two scores at which one category is e times as likely
// as the other.
const Unit = 16

// Weights are the weights of all terms that have some. They are safe for
// concurrent use.
type Weights struct {
	of map[Term][Categories]int8
}

//go:embed weights.tsv
var weightsText string

// Default returns the weights of weights.tsv.
var Default = sync.OnceValue(func() *Weights {
	w, err := Parse(weightsText)
	if err != nil {
		panic("read weights.tsv: " + err.Error())
	}
	return w
})

// Text is weights.tsv.
func Text() string { return weightsText }

// Score adds up what the terms say.
func (w *Weights) Score(terms []Term) Scores {
	var sum Scores
	for _, term := range terms {
		for i, weight := range w.of[term] {
			sum[i] += int(weight)
		}
	}
	return sum
}

// Parse reads weights as String writes them.
func Parse(text string) (*Weights, error) {
	w := &Weights{of: make(map[Term][Categories]int8, strings.Count(text, "\n"))}
	for line := range strings.Lines(text) {
		name, numbers, _ := strings.Cut(line, "\t")
		term, err := parseTerm(name)
		if err != nil {
			return nil, err
		}
		of, err := parseNumbers(strings.TrimSuffix(numbers, "\n"))
		if err != nil {
			return nil, fmt.Errorf("weights of %s: %w", name, err)
		}
		w.of[term] = of
	}
	return w, nil
}

func parseNumbers(text string) (of [Categories]int8, err error) {
	n := 0
	for number := range strings.SplitSeq(text, "\t") {
		v, err := strconv.ParseInt(number, 10, 8)
		if err != nil {
			return of, err
		}
		if n < Categories {
			of[n] = int8(v)
		}
		n++
	}
	if n != Categories {
		return of, fmt.Errorf("%d numbers", n)
	}
	return of, nil
}

// String returns the weights, a term a line with its weight for each category, the
// terms in order.
func (w *Weights) String() string {
	lines := make([]string, 0, len(w.of))
	for term, of := range w.of {
		lines = append(lines, fmt.Sprintf("%s\t%d\t%d\t%d\t%d\t%d\n", term, of[0], of[1], of[2], of[3], of[4]))
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}
