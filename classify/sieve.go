package classify

import (
	"iter"
	"math/bits"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

// A sieve finds, of the hundreds of patterns that packs hold, the few that may
// match a text, without running any: each pattern knows trigrams without which it
// cannot match, and stands in the list of one of them.
type sieve struct {
	always bitset // patterns of which nothing is known
	lists  [gramBits][]sieveTest
}

// sieveTest is a choice of a pattern's needs.
type sieveTest struct {
	pattern int
	choice  []uint16
}

// newSieve makes the sieve of what has the patterns that pattern returns. It names
// them by their index.
func newSieve[T any](all []T, pattern func(T) *pattern) *sieve {
	s := &sieve{always: newBitset(len(all))}
	var tests []sieveTest
	var common [gramBits]int
	for i, x := range all {
		needs := pattern(x).needs()
		if len(needs) == 0 {
			s.always.add(i)
		}
		for _, choice := range needs {
			tests = append(tests, sieveTest{i, choice})
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

// pass returns the patterns that a text with the given trigrams may match.
func (s *sieve) pass(g *grams) bitset {
	may := slices.Clone(s.always)
	for bit := range bitset(g[:]).all() {
		for i := range s.lists[bit] {
			if t := &s.lists[bit][i]; g.hold(t.choice) {
				may.add(t.pattern)
			}
		}
	}
	return may
}

// bitset is a set of small numbers.
type bitset []uint64

func newBitset(size int) bitset { return make(bitset, (size+63)/64) }

func (b bitset) add(i int) { b[i/64] |= 1 << (i % 64) }

// all yields the numbers in b in order.
func (b bitset) all() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, word := range b {
			for ; word != 0; word &= word - 1 {
				if !yield(i*64 + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}

// gramBits is the size of the set of trigrams. A message of 100 bytes fills
// about one part in eighty.
const gramBits = 1 << 13

// maxGrams is how many trigrams of a pattern's literals are asked for.
const maxGrams = 24

// maxChoices is how many alternatives of a pattern are told apart.
const maxChoices = 24

// grams is the set of the trigrams of a text, ASCII letters in lower case.
type grams [gramBits / 64]uint64

// gram maps a trigram to its bit.
func gram(a, b, c byte) uint16 {
	x := uint32(a)<<16 | uint32(b)<<8 | uint32(c)
	return uint16(x * 0x9E3779B1 >> (32 - 13))
}

// fill notes the trigrams of text.
func (g *grams) fill(text string) {
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

// needs is what a text must hold for a pattern to match: all trigrams of at
// least one choice. No choices: nothing is known, any text may match.
type needs [][]uint16

func (g *grams) hold(choice []uint16) bool {
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
