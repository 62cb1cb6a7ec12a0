package parse

// A sieve finds where triggers may stand, at gigabytes a second: at all places
// where one does, and at some where none does.
//
// It looks at windows of four bytes, one at every second place. So each trigger
// needs two of them: one for where it begins at an even place of the text, one
// for an odd place. A window is two pairs of bytes, and a table says of which
// triggers a pair can be the first half of a window, and of which the second.
// As there are more triggers than bits, several words share one, and the bytes
// of a window that passes are looked up in anchors.
type sieve struct {
	pairs   *[1 << 16]finds
	anchors *anchors
}

// stride is the distance of the windows that are looked at.
const stride = 2

// finds is a set of triggers. In the table, its low half holds those of which a
// pair is the first half of a window, its high half those of which it is the second.
type finds uint32

const half = 16

const (
	nothing    finds = 0
	evenStatus finds = 1 << 0 // the byte before a status, 4 or 5, two digits
	oddStatus  finds = 1 << 1 // any byte, the byte before a status, 4 or 5, a digit
	firstWord  finds = 1 << 2
	someWord   finds = 1<<half - firstWord
)

// next returns the first window at i, or an even number of bytes after it, in
// which there may be triggers, and which. It returns nothing if there is none.
func (s *sieve) next(text string, i int) (int, finds) {
	pairs, first := s.pairs, s.pair(text, i)
	for ; i <= len(text)-10; i += 8 { // four windows at a time
		b := text[i+2 : i+10]
		p1, p2, p3, p4 := pairs[pairOf(b[0], b[1])], pairs[pairOf(b[2], b[3])], pairs[pairOf(b[4], b[5])], pairs[pairOf(b[6], b[7])]
		f0, f1, f2, f3 := first&(p1>>half), p1&(p2>>half), p2&(p3>>half), p3&(p4>>half)
		if f0|f1|f2|f3 != nothing {
			switch {
			case f0 != nothing:
				return i, f0
			case f1 != nothing:
				return i + stride, f1
			case f2 != nothing:
				return i + 2*stride, f2
			}
			return i + 3*stride, f3
		}
		first = p4
	}
	for ; i < len(text); i += stride {
		second := s.pair(text, i+2)
		if found := first & (second >> half); found != nothing {
			return i, found
		}
		first = second
	}
	return i, nothing
}

// pair looks up the pair at i. After the end of the text stand line ends.
func (s *sieve) pair(text string, i int) finds {
	return s.pairs[pairOf(byteAt(text, i), byteAt(text, i+1))]
}

func byteAt(text string, i int) byte {
	if i < len(text) {
		return text[i]
	}
	return '\n'
}

// fourAt returns the four bytes at i as a little-endian number.
func fourAt(text string, i int) uint32 {
	if i+4 > len(text) {
		return lastFour(text, i)
	}
	b := text[i : i+4]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// lastFour is fourAt near the end of the text.
func lastFour(text string, i int) (four uint32) {
	for k := range 4 {
		four |= uint32(byteAt(text, i+k)) << (8 * k)
	}
	return four
}
