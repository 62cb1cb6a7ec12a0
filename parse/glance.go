package parse

// glance tells from a few bytes that there is neither a word nor a status, which is so
// at most places where one may stand. It answers 1 where there may be one, and 0, so
// that a loop over many places has no branches.
//
// A window of a word is known with the bytes next to it. Of three digits most are no
// status: they go on with a letter, or are tied to a word that does not end like the
// key of one.
type glance struct {
	before fours // of windows, withNext the byte before them
	after  fours // and withNext the byte after them

	part   [256]uint8  // of a word: letters and digits; no joints, which keys may have anywhere
	letter [256]uint8  // letters and joints
	ends   [256]uint32 // for the last byte of a word, those before it with which a key may end: a bit for the low five bits
}

// withNext returns four bytes and one next to them as one number, with lowerFour.
func withNext(four uint32, next byte) uint32 {
	return four + uint32(next|lowerFour&0xff)*0x85ebca6b
}

func newGlance(t *triggers) *glance {
	g := &glance{}
	for c := range 256 {
		if b := byte(c); isAlphanumeric(b) {
			g.part[b] = one(b != '_')
			g.letter[b] = one(!isDigit(b))
		}
	}
	for _, keys := range t.statusKeys {
		for _, key := range keys {
			g.addEnd(key)
		}
	}
	g.addEnd([]byte(valueKey))
	return g
}

// addEnd makes known that the folded key of a status may end like this.
func (g *glance) addEnd(key []byte) {
	last, first := key[len(key)-1], ^uint32(0)
	if len(key) > 1 {
		first = 1 << (key[len(key)-2] % 32)
	}
	for _, c := range []byte(bothCases(string(last))) {
		g.ends[c] |= first
	}
}

// addWindow makes w known.
func (g *glance) addWindow(w *window) {
	n := w.neighbours()
	w.each(func(four uint32, next string) {
		for _, b := range []byte(n.before()) {
			g.before.add(withNext(four, b))
		}
		for _, b := range []byte(next) {
			g.after.add(withNext(four, b))
		}
	})
}

// What a glance is at: so many bytes before a place, and from it on.
const lookBack, lookOn = 8, 8

// window returns 1 if one may stand at lookBack of around.
func (g *glance) window(around string) uint8 {
	four := fourAt(around, lookBack) | lowerFour
	return g.before.bit(withNext(four, around[lookBack-1])) & g.after.bit(withNext(four, around[lookBack+4]))
}

// status returns 1 if a status may stand behind the byte at lookBack of around.
func (g *glance) status(around string) uint8 {
	_ = around[lookBack+lookOn-1]
	lead, next := around[lookBack], around[lookBack+4]
	colon := one(lead == ':')
	quoted := colon & one(around[lookBack-1] == '"')
	end := lookBack - 1 - quoted - quoted&one(around[lookBack-2] == '\\')
	first, last := around[end-1], around[end]
	tied := (colon | one(lead == '=')) & g.part[first] & g.part[last]
	isKey := uint8(g.ends[last] >> (first % 32) & 1)
	return mayBeStatus(around[lookBack:]) & (1 ^ g.letter[next]) & (1 ^ tied | isKey)
}

// mayBeStatus returns 1 if text goes on after its first byte as a status does.
func mayBeStatus(text string) uint8 { return one(text[1]|1 == '5') }

func one(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}
