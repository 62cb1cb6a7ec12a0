// Package grams finds, of many regular expressions, the few that may match a text,
// without running any: each has trigrams without which it cannot match.
package grams

import (
	"iter"
	"math/bits"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

// Sieve knows what a number of expressions need. It is immutable and safe for
// concurrent use.
type Sieve struct {
	always Indexes // expressions of which nothing is known
	lists  [size][]test
}

// test is a choice of an expression's needs.
type test struct {
	expr   int
	choice []uint16
}

// NewSieve makes the sieve of expressions in the syntax of package regexp, which it
// names by their index. One that is not valid passes with every text.
func NewSieve(exprs []string) *Sieve {
	s := &Sieve{always: newIndexes(len(exprs))}
	var tests []test
	var common [size]int
	for i, expr := range exprs {
		needs := needsOfExpr(expr)
		if len(needs) == 0 {
			s.always.add(i)
		}
		for _, choice := range needs {
			tests = append(tests, test{i, choice})
			for _, bit := range choice {
				common[bit]++
			}
		}
	}
	for _, t := range tests {
		rarest := slices.MinFunc(t.choice, func(a, b uint16) int { return common[a] - common[b] })
		s.lists[rarest] = append(s.lists[rarest], t)
	}
	return s
}

// Pass returns the expressions that may match a text with these trigrams.
func (s *Sieve) Pass(text *Set) Indexes {
	may := slices.Clone(s.always)
	for bit := range Indexes(text[:]).All() {
		for i := range s.lists[bit] {
			if t := &s.lists[bit][i]; text.holds(t.choice) {
				may.add(t.expr)
			}
		}
	}
	return may
}

// Indexes is a set of small numbers.
type Indexes []uint64

func newIndexes(size int) Indexes { return make(Indexes, (size+63)/64) }

func (x Indexes) add(i int) { x[i/64] |= 1 << (i % 64) }

// All yields the numbers in order.
func (x Indexes) All() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, word := range x {
			for ; word != 0; word &= word - 1 {
				if !yield(i*64 + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}

// size is that of a set of trigrams, in bits. A message of 100 bytes fills about one
// part in eighty.
const size = 1 << 13

// maxGrams is how many trigrams of an expression's literals are asked for.
const maxGrams = 24

// maxChoices is how many alternatives of an expression are told apart.
const maxChoices = 24

// Set is the set of the trigrams of a text, ASCII letters in lower case. Different
// ones may have the same bit.
type Set [size / 64]uint64

// gram maps a trigram to its bit.
func gram(a, b, c byte) uint16 {
	x := uint32(a)<<16 | uint32(b)<<8 | uint32(c)
	return uint16(x * 0x9E3779B1 >> (32 - 13))
}

// Fill adds the trigrams of text.
func (g *Set) Fill(text string) {
	if len(text) < 3 {
		return
	}
	if foldsToASCII(text) {
		for i := range g {
			g[i] = ^uint64(0)
		}
		return
	}
	a, b := lower(text[0]), lower(text[1])
	for i := 2; i < len(text); i++ {
		c := lower(text[i])
		bit := gram(a, b, c)
		g[bit/64] |= 1 << (bit % 64)
		a, b = b, c
	}
}

// foldsToASCII reports whether text holds one of the two letters beyond ASCII
// that (?i) takes for ASCII ones, the long s and the Kelvin sign. Such a text
// passes every sieve.
func foldsToASCII(text string) bool {
	return strings.Contains(text, "\u017f") || strings.Contains(text, "\u212a")
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// needs is what a text must hold for an expression to match: all trigrams of at
// least one choice. No choices: nothing is known, any text may match.
type needs [][]uint16

func needsOfExpr(expr string) needs {
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return nil
	}
	return needsOf(tree.Simplify())
}

func (g *Set) holds(choice []uint16) bool {
	for _, bit := range choice {
		if g[bit/64]&(1<<(bit%64)) == 0 {
			return false
		}
	}
	return true
}

// needsOf derives the needs of an expression from the literals in it.
func needsOf(re *syntax.Regexp) needs {
	switch re.Op {
	case syntax.OpLiteral:
		return needsOfLiteral(re)
	case syntax.OpCapture, syntax.OpPlus:
		return needsOf(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return needsOf(re.Sub[0])
		}
	case syntax.OpConcat:
		return needsOfConcat(re.Sub)
	case syntax.OpAlternate:
		return needsOfAlternate(re.Sub)
	}
	return nil
}

// needsOfConcat returns the needs of all parts that have but one choice, and of
// the most telling part among the others.
func needsOfConcat(parts []*syntax.Regexp) needs {
	var all []uint16
	var best needs
	for _, part := range parts {
		switch n := needsOf(part); {
		case len(n) == 1:
			all = append(all, n[0]...)
		case len(n) > 1 && (best == nil || n.weight() > best.weight()):
			best = n
		}
	}
	if best == nil && all != nil {
		best = needs{nil}
	}
	for i, choice := range best {
		choice = append(choice, all...)
		best[i] = choice[:min(len(choice), maxGrams)]
	}
	return best
}

// weight is large where a random text is unlikely to meet n: few choices of
// many trigrams.
func (n needs) weight() int {
	shortest := maxGrams
	for _, choice := range n {
		shortest = min(shortest, len(choice))
	}
	return shortest*maxChoices - len(n)
}

func needsOfAlternate(parts []*syntax.Regexp) needs {
	var all needs
	for _, part := range parts {
		n := needsOf(part)
		if n == nil || len(all)+len(n) > maxChoices {
			return nil
		}
		all = append(all, n...)
	}
	return all
}

// needsOfLiteral returns the trigrams of a literal, of its longest part within
// ASCII where letters match regardless of case.
func needsOfLiteral(re *syntax.Regexp) needs {
	text := string(re.Rune)
	if re.Flags&syntax.FoldCase != 0 {
		text = longestASCII(text)
	}
	var choice []uint16
	for i := 0; i+3 <= len(text) && len(choice) < maxGrams; i++ {
		choice = append(choice, gram(lower(text[i]), lower(text[i+1]), lower(text[i+2])))
	}
	if choice == nil {
		return nil
	}
	return needs{choice}
}

func longestASCII(s string) string {
	best := ""
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) {
		if len(part) > len(best) {
			best = part
		}
	}
	return best
}
