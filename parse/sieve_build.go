package parse

import (
	"math"
	"strings"
)

// sieveBuilder makes a sieve. Words that share a bit let windows through whose
// first half is one word's and whose second half another's, so it puts words
// together of which that is rare.
type sieveBuilder struct {
	*sieve
	sums map[finds]int // of the pairs that have a bit, how usual they are
}

// newSieve returns a sieve for words and, if digits are asked for, for statuses and
// for escapes that may hide something.
func newSieve(words []string, digits bool) *sieve {
	b := sieveBuilder{
		sieve: &sieve{pairs: new([1 << 16]finds), anchors: new(anchors)},
		sums:  map[finds]int{},
	}
	if digits {
		b.mark(evenStatus, [4]string{statusLead, "45", "0123456789", "0123456789"})
		b.mark(oddStatus, [4]string{anyByte, statusLead, "45", "0123456789"})
		for i := range escapes {
			b.add(&escapes[i])
		}
	}
	for _, word := range words {
		for _, w := range windowsOf(word) {
			b.add(w)
		}
	}
	return b.sieve
}

// add makes the sieve find w.
func (b *sieveBuilder) add(w *window) {
	b.mark(b.bitFor(w), [short]string(w.bytes[:short]))
	b.anchors.add(w)
}

// bitFor returns the bit that lets through the fewest windows more if w shares it.
func (b *sieveBuilder) bitFor(w *window) (best finds) {
	least := math.MaxInt
	for bit := firstWord; bit < 1<<half; bit <<= 1 {
		first, second := b.sums[bit], b.sums[bit<<half]
		more := (first+b.growth(bit, w.bytes[0], w.bytes[1]))*(second+b.growth(bit<<half, w.bytes[2], w.bytes[3])) - first*second
		if more < least {
			best, least = bit, more
		}
	}
	return best
}

// growth returns by how much the sum of a bit grows with the pairs of a byte of
// first and one of second.
func (b *sieveBuilder) growth(bit finds, first, second string) (n int) {
	for _, p := range pairsOf(first, second) {
		if b.pairs[p]&bit == 0 {
			n += 1 + 20*int(usual()[p])
		}
	}
	return n
}

// mark makes the sieve find windows of these bytes, letters in both cases.
func (b *sieveBuilder) mark(bit finds, bytes [short]string) {
	for k, bit := range [2]finds{bit, bit << half} {
		first, second := bytes[2*k], bytes[2*k+1]
		b.sums[bit] += b.growth(bit, first, second)
		for _, p := range pairsOf(bothCases(first), bothCases(second)) {
			b.pairs[p] |= bit
		}
	}
}

// pairsOf returns the pairs of a byte of first and one of second.
func pairsOf(first, second string) []uint16 {
	pairs := make([]uint16, 0, len(first)*len(second))
	for _, a := range []byte(first) {
		for _, b := range []byte(second) {
			pairs = append(pairs, pairOf(a, b))
		}
	}
	return pairs
}

func pairOf(first, second byte) uint16 { return uint16(first) | uint16(second)<<8 }

// bothCases returns bytes with the upper case of their letters.
func bothCases(bytes string) string {
	both := []byte(bytes)
	for c := byte('A'); c <= 'Z'; c++ {
		if strings.IndexByte(bytes, lowerASCII[c]) >= 0 {
			both = append(both, c)
		}
	}
	return string(both)
}
