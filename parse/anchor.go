package parse

// anchor is a place in a word at which a window lies.
type anchor struct {
	word string // empty for an escape that may hide one
	at   int
}

// standsAt reports whether the bytes at i are those at a, in its word or in an escape.
func (a *anchor) standsAt(text string, i int) bool {
	if a.word == "" {
		return i >= a.at && hidesASCII(text[i-a.at:])
	}
	start := a.start(text, i)
	return start >= 0 && spells(text[start:], a.word)
}

// start returns where the word begins of which the bytes at i are those at a, if it
// stands there: what spells passes over lies between.
func (a *anchor) start(text string, i int) int {
	for k := a.at; k > 0 && i > 0; k-- {
		for i > 0 && isPassed(a.word, k, text[i-1]) {
			i--
		}
		i--
	}
	return i
}

// lowerFour is the bit by which upper and lower case differ, in each of four bytes.
// What is looked up has it set, so that case does not matter; some other bytes
// become one, too.
const lowerFour = 0x20202020

// anchors are those of all windows of a sieve, by the bytes of the windows.
type anchors struct {
	fours fours
	spots [1 << spotBits][]spot
}

const spotBits = 10

// spot is an anchor and what stands around its window.
type spot struct {
	anchor
	neighbours
}

// spotsOf returns where spots of a window with these bytes are, beside some others.
func (a *anchors) spotsOf(four uint32) *[]spot { return &a.spots[hashFour(four)>>(foursBits-spotBits)] }

// add adds the anchor of w under all that w can be.
func (a *anchors) add(w *window) {
	s := spot{w.anchor, w.neighbours()}
	w.each(func(four uint32, _ string) {
		a.fours.add(four)
		spots := a.spotsOf(four)
		if n := len(*spots); n == 0 || (*spots)[n-1] != s {
			*spots = append(*spots, s)
		}
	})
}

// spells reports whether a word of which the bytes at i are a window stands
// there, or an escape.
func (a *anchors) spells(text string, i int) bool {
	four := fourAt(text, i) | lowerFour
	if !a.fours.has(four) { // most end here
		return false
	}
	spots, around := *a.spotsOf(four), neighboursAt(text, i)
	for k := range spots {
		if spots[k].match(around) && spots[k].standsAt(text, i) {
			return true
		}
	}
	return false
}

// neighbours are the four bytes before a window and the four after it, where mask
// says that they are known. A glance at them tells most words apart.
type neighbours struct{ bytes, mask uint64 }

// neighbours returns what of the word stands next to the window.
func (a *anchor) neighbours() (n neighbours) {
	if a.word == "" {
		return n
	}
	for i := a.at; i > max(0, a.at-4) && passed(a.word, i) == ""; i-- {
		n.know(i+3-a.at, a.word[i-1])
	}
	for i := a.at + 1; i < min(len(a.word), a.at+8) && passed(a.word, i) == ""; i++ {
		if i >= a.at+4 {
			n.know(i-a.at, a.word[i])
		}
	}
	return n
}

// before returns the byte next before the window, any byte if it is not known.
func (n *neighbours) before() string {
	if n.mask>>24&0xff == 0 {
		return anyByte
	}
	return string([]byte{byte(n.bytes >> 24)})
}

func (n *neighbours) know(i int, b byte) {
	n.bytes |= uint64(b|lowerFour&0xff) << (8 * i)
	n.mask |= 0xff << (8 * i)
}

// match reports whether n may be around, what neighboursAt returned.
func (n *neighbours) match(around uint64) bool { return (around^n.bytes)&n.mask == 0 }

// neighboursAt returns the neighbours of the window at i.
func neighboursAt(text string, i int) uint64 {
	before := fourAt(text[:i], max(0, i-4))
	if i < 4 {
		before <<= 8 * (4 - i)
	}
	return uint64(before|lowerFour) | uint64(fourAt(text, i+4)|lowerFour)<<32
}
