package sift

import (
	"math/bits"
	"slices"
	"unsafe"
)

// Window is what is looked for: the bytes that may stand at neighbouring places.
type Window [places]string

// places is how many places a window has.
const places = 5

// Kernel finds where windows may stand. It is immutable and safe for concurrent use.
type Kernel struct {
	*method
	tables []byte
}

// method is how a kernel sees windows, with the instructions of some processors.
type method struct {
	views  []view
	beside bool // statuses are found beside the windows, not as one of them
	// list lists where in some blocks windows may begin and lines end, counted from at.
	// The text must go on for overhang bytes more. There is at least one block, and room
	// for spare places more than there are.
	list func(stops, ends *uint32, text *byte, at uint32, blocks int, tables *byte) (stopped, ended int)
}

// view is what is seen of the byte at a place of a window: some of its bits.
type view struct {
	place int
	bits  byte
}

// of returns the bits of b that are seen, next to each other.
func (v view) of(b byte) (seen int) {
	for to, left := 0, v.bits; left != 0; to, left = to+1, left&(left-1) {
		seen |= int(b>>bits.TrailingZeros8(left)&1) << to
	}
	return seen
}

// size returns how many things may be seen.
func (v view) size() int { return 1 << bits.OnesCount8(v.bits) }

// block is how many bytes a word of marks is about.
const block = 64

// overhang is how far the last window of a block reaches beyond it.
const overhang = places - 1

// New returns a Kernel that looks for one window of each choice, those that are rarest
// in a text like sample, and the index of each. It looks for a byte of leads, which are
// ASCII, before a 4 or a 5 and two digits, too. It returns nil if the processor lacks the
// instructions.
func New(choices [][]Window, leads, sample string) (k *Kernel, chosen []int) {
	all := methods()
	if len(all) == 0 {
		return nil, nil
	}
	return all[0].newKernel(choices, leads, sample)
}

func (m *method) newKernel(choices [][]Window, leads, sample string) (k *Kernel, chosen []int) {
	if !m.beside {
		choices = slices.Concat(statuses(leads), choices)
	}
	g := newGrouper(m.views, choices, sample)
	g.run()
	for i := range g.members {
		chosen = append(chosen, g.members[i].chosen)
	}
	if m.beside {
		return &Kernel{m, append(g.tables(), halvesOf(leads)...)}, chosen
	}
	return &Kernel{m, g.tables()}, chosen[1:]
}

// statuses returns the choice of the window of a status.
func statuses(leads string) [][]Window {
	const digits = "0123456789"
	var anyByte [256]byte
	for c := range anyByte {
		anyByte[c] = byte(c)
	}
	return [][]Window{{{leads, "45", digits, digits, string(anyByte[:])}}}
}

// halvesOf returns two tables of leads: for the low half of a byte the high ones with
// which it is a lead, a bit for each, and for the high half its bit.
func halvesOf(leads string) []byte {
	var low, high [16]byte
	for _, b := range []byte(leads) {
		low[b&15] |= 1 << (b >> 4)
		high[b>>4] = 1 << (b >> 4)
	}
	return append(low[:], high[:]...)
}

// Part is how many bytes of a text are looked at at once: few enough for what is found
// to stay near the processor.
const Part = 16 << 10

// Places are places in a part of a text, in their order.
type Places struct {
	Stops []uint32 // where a window may begin, or a lead stands before a status
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
	stopped, ended := k.list(&p.room[0][stops], &p.room[1][ends], unsafe.StringData(text), uint32(from), blocks, &k.tables[0])
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
