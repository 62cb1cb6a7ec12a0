package parse

import "strings"

// needles are short texts that are looked for in long ones, at the speed of
// memory. Only every few bytes are looked at: the four that stand there. A text
// that holds a needle holds four of its bytes at one of these places.
type needles struct {
	texts   []string
	longest int
	step    int // between the places that are looked at
	fours   fours
}

// leastStep is the step below which looking at every byte is faster.
const leastStep = 5

func newNeedles(texts []string) *needles {
	n := &needles{texts: texts}
	for i, text := range texts {
		step := len(text) - 3
		if n.longest = max(n.longest, len(text)); i == 0 || step < n.step {
			n.step = step
		}
		for at := range max(step, 0) {
			n.fours.add(fourAt(text, at))
		}
	}
	return n
}

// in reports whether text holds a needle.
func (n *needles) in(text string) bool {
	if n.step < leastStep {
		return n.standIn(text)
	}
	for i := 0; i+4 <= len(text); i += n.step {
		if n.fours.has(fourAt(text, i)) && n.standIn(text[max(0, i-n.longest):min(len(text), i+n.longest)]) {
			return true
		}
	}
	return false
}

// standIn is in, looking at every byte.
func (n *needles) standIn(text string) bool {
	for _, needle := range n.texts {
		if strings.Contains(text, needle) {
			return true
		}
	}
	return false
}

// fours is a set of four bytes each, a bit for those with the same hash: so many
// that few others share one, and so few that all stay near the processor.
type fours [1 << foursBits / 64]uint64

const foursBits = 16

func hashFour(four uint32) uint32 { return four * 0x9e3779b1 >> (32 - foursBits) } // the golden ratio mixes well

func (f *fours) add(four uint32) { h := hashFour(four); f[h/64] |= 1 << (h % 64) }

// has reports whether four may be in the set.
func (f *fours) has(four uint32) bool { return f.bit(four) != 0 }

// bit returns 1 if four may be in the set.
func (f *fours) bit(four uint32) uint8 { h := hashFour(four); return uint8(f[h/64] >> (h % 64) & 1) }

// needle returns the longest part of id that every encoder of JSON writes as it
// is: what must stand in the bytes of each record that holds id.
func needle(id string) string {
	longest := ""
	for _, part := range strings.FieldsFunc(id, mayBeEscaped) {
		if len(part) > len(longest) {
			longest = part
		}
	}
	return longest
}

func mayBeEscaped(r rune) bool {
	return r >= 0x80 || !isAlphanumeric(byte(r)) && !strings.ContainsRune("-.:", r)
}
