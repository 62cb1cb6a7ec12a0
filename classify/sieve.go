package classify

import (
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// A pack holds hundreds of patterns, of which a message matches one or two.
// The sieve passes by nearly all others without running them: it notes the
// trigrams of the message once, and each pattern knows trigrams without which
// it cannot match.

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

// metBy reports whether a text with the given trigrams may match.
func (n needs) metBy(g *grams) bool {
	for _, choice := range n {
		if g.hold(choice) {
			return true
		}
	}
	return len(n) == 0
}

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
