package sift

import "unsafe"

// Window is what is looked for: the bytes that may stand at neighbouring places.
type Window [places]string

// places is how many places a window has.
const places = 5

// Kernel finds where windows may stand. It is immutable and safe for concurrent use.
type Kernel struct {
	tables tables
}

// view is a half of the byte at a place of a window.
type view struct {
	place int
	high  bool
}

// views are what a window is seen by. The high half in the middle tells little that
// the others do not.
var views = [...]view{{0, false}, {0, true}, {1, false}, {1, true}, {2, false}, {3, false}, {3, true}, {4, false}, {4, true}}

func (v view) of(b byte) byte {
	if v.high {
		return b >> 4
	}
	return b & 15
}

// tables say, for each view and what may be seen in it, which groups have no window
// with it. Behind them stand two of what may stand before a status: for the low half of
// a byte the high ones with which it may, a bit for each, and for the high half its bit.
type tables = [len(views) + 2][16]byte

// block is how many bytes a word of marks is about.
const block = 64

// overhang is how far the last window of a block reaches beyond it.
const overhang = places - 1

// New returns a Kernel that looks for one window of each choice, those that are rarest
// in a text like sample, and the index of each. It looks for a byte of leads before a 4
// or a 5 and two digits, too. It returns nil if the processor lacks the instructions.
func New(choices [][]Window, leads, sample string) (k *Kernel, chosen []int) {
	if !available {
		return nil, nil
	}
	g := newGrouper(choices, sample)
	g.run()
	for i := range g.members {
		chosen = append(chosen, g.members[i].chosen)
	}
	k = &Kernel{g.tables()}
	for _, b := range []byte(leads) {
		k.tables[len(views)][b&15] |= 1 << (b >> 4)
		k.tables[len(views)+1][b>>4] = 1 << (b >> 4)
	}
	return k, chosen
}

// Part is how many bytes of a text are looked at at once: few enough for what is found
// to stay near the processor.
const Part = 16 << 10

// Places are places in a part of a text, in their order.
type Places struct {
	Stops []uint32 // where a window may begin, or a lead stands
	Ends  []uint32 // of lines: where the byte \n stands
	room  [2][Part + spare]uint32
}

// spare is how many places more than there are the kernel writes.
const spare = 3

// Clear makes p empty.
func (p *Places) Clear() { p.Stops, p.Ends = p.room[0][:0], p.room[1][:0] }

// Find makes p the places in the part of text that begins at from, and returns where the
// part ends. After the end of the text stand line ends, which are no places of it. The
// text is no longer than 4 GiB.
func (k *Kernel) Find(p *Places, text string, from int) (to int) {
	p.Clear()
	to = min(from+Part, len(text))
	blocks := max(0, min(to, len(text)-overhang)-from) / block
	if blocks > 0 {
		k.find(p, text[from:], from, blocks)
	}
	if rest := from + blocks*block; rest < to {
		k.findRest(p, text, rest, to)
	}
	return to
}

// find adds the places in some blocks of text, which lies at from.
func (k *Kernel) find(p *Places, text string, from, blocks int) {
	stops, ends := len(p.Stops), len(p.Ends)
	stopped, ended := listBlocks(&p.room[0][stops], &p.room[1][ends], unsafe.StringData(text), uint32(from), blocks, &k.tables)
	p.Stops, p.Ends = p.room[0][:stops+stopped], p.room[1][:ends+ended]
}

// findRest is find for at most a block and what overhangs at the end of text.
func (k *Kernel) findRest(p *Places, text string, from, to int) {
	var padded [2*block + overhang]byte
	for i := copy(padded[:], text[from:]); i < len(padded); i++ {
		padded[i] = '\n'
	}
	k.find(p, unsafe.String(&padded[0], len(padded)), from, (to-from+block-1)/block)
	p.Stops, p.Ends = before(p.Stops, to), before(p.Ends, to)
}

// before returns the places before end.
func before(places []uint32, end int) []uint32 {
	n := len(places)
	for n > 0 && int(places[n-1]) >= end {
		n--
	}
	return places[:n]
}
