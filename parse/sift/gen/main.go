// Command gen writes the kernel of package sift.
package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// places is how many bytes a window has, seen of each the low half and, but for the
// one at lowOnly, the high half.
const (
	places  = 5
	lowOnly = 2
)

// kernel is what stays the same for all blocks.
type kernel struct {
	low, high         [places]VecVirtual // tables of the windows
	leadLow, leadHigh VecVirtual         // tables of what may stand before a status
	lowHalf, lineEnd  Mem                // constants, 32 times each
	all               Mem
	one, five         Mem
	top, below        Mem // added to bytes, top makes the digits the largest, beyond below
}

func main() {
	ConstraintExpr("!purego")
	k := &kernel{
		lowHalf: each("lowHalf", 0x0f), lineEnd: each("lineEnd", '\n'), all: each("all", 0xff),
		one: each("one", 1), five: each("five", '5'), top: each("top", 127-'9'), below: each("below", 127-10),
	}

	TEXT("listBlocks", NOSPLIT, "func(stops, ends *uint32, text *byte, at uint32, blocks int, tables *[11][16]byte) (stopped, ended int)")
	Doc("listBlocks lists where in some blocks of 64 bytes windows may begin and lines end, counted from at. The text must go on for 4 bytes more. There is at least one block, and room for 3 places more than there are.")
	stops, ends := Load(Param("stops"), GP64()), Load(Param("ends"), GP64())
	text := Load(Param("text"), GP64())
	at := Load(Param("at"), GP32())
	blocks := Load(Param("blocks"), GP64())
	k.load(Load(Param("tables"), GP64()))

	Label("next")
	PREFETCHT0(Mem{Base: text, Disp: 2048})
	lower, end := k.half(text, 0)
	upper, upperEnd := k.half(text, 32)
	SHLQ(Imm(32), upper)
	ORQ(lower, upper)
	NOTQ(upper)
	list("stops", upper, at, stops, 3)
	SHLQ(Imm(32), upperEnd)
	ORQ(end, upperEnd)
	list("ends", upperEnd, at, ends, 1)
	ADDQ(Imm(64), text)
	ADDL(Imm(64), at)
	DECQ(blocks)
	JNZ(LabelRef("next"))
	VZEROUPPER()
	store(stops, "stops", "stopped")
	store(ends, "ends", "ended")
	RET()
	Generate()
}

// list appends the places of the bits that are set. It writes a few whether there are so
// many or not, and goes on only where there are more: nothing is to be guessed.
func list(name string, marks Register, at, to Register, few int) {
	count := GP64()
	POPCNTQ(marks, count)
	for i := range few {
		takeLowest(marks, at, Mem{Base: to, Disp: 4 * i})
	}
	JZ(LabelRef(name + "_listed"))
	rest := GP64()
	LEAQ(Mem{Base: to, Disp: 4 * few}, rest)
	Label(name + "_more")
	takeLowest(marks, at, Mem{Base: rest})
	LEAQ(Mem{Base: rest, Disp: 4}, rest)
	JNZ(LabelRef(name + "_more"))
	Label(name + "_listed")
	LEAQ(Mem{Base: to, Index: count, Scale: 4}, to)
}

// takeLowest writes the place of the lowest bit and clears it. The zero flag tells
// whether it was the last.
func takeLowest(marks, at Register, to Mem) {
	bit, place := GP64(), GP32()
	TZCNTQ(marks, bit)
	LEAL(Mem{Base: at, Index: bit, Scale: 1}, place)
	MOVL(place, to)
	BLSRQ(marks, marks)
}

// store returns how many places stand from the parameter to the register.
func store(to Register, from, result string) {
	begin := Load(Param(from), GP64())
	SUBQ(begin, to)
	SHRQ(Imm(2), to)
	Store(to, Return(result))
}

// each returns 32 times b.
func each(name string, b byte) Mem {
	m := GLOBL(name, RODATA|NOPTR)
	for i := range 4 {
		DATA(8*i, U64(uint64(b)*0x0101010101010101))
	}
	return m
}

func (k *kernel) load(tables Register) {
	at := 0
	next := func() VecVirtual {
		r := YMM()
		VBROADCASTI128(Mem{Base: tables, Disp: at}, r)
		at += 16
		return r
	}
	for i := range places {
		k.low[i] = next()
		if i != lowOnly {
			k.high[i] = next()
		}
	}
	k.leadLow, k.leadHigh = next(), next()
}

// half returns a bit for each of 32 bytes: set where nothing begins, and where a
// line ends.
func (k *kernel) half(text Register, at int) (refused, ends GPVirtual) {
	status := k.status(text, at)
	low, high := k.halves(text, at, 0)
	ends = equal(k.lineEnd, low)
	k.keepLed(status, low, high)
	groups := YMM()
	VPXOR(groups, groups, groups)
	k.refuse(groups, low, high, 0)
	for i := 1; i < places; i++ {
		low, high := k.halves(text, at, i)
		k.refuse(groups, low, high, i)
	}
	VPANDN(groups, status, groups)
	return equal(k.all, groups), ends
}

// halves returns the bytes at a place of windows, of which a shuffle sees the low half,
// and the high halves, if those are looked at.
func (k *kernel) halves(text Register, at, place int) (low, high VecVirtual) {
	low, high = YMM(), YMM()
	VMOVDQU(Mem{Base: text, Disp: at + place}, low)
	if place != lowOnly {
		VPSRLW(Imm(4), low, high)
		VPAND(k.lowHalf, high, high)
	}
	return low, high
}

// refuse adds the groups that have no window with these halves at a place. A shuffle
// gives zero for a byte beyond ASCII: it is refused, or not, by its high half alone.
func (k *kernel) refuse(groups, low, high VecVirtual, place int) {
	refused := YMM()
	VPSHUFB(low, k.low[place], refused)
	VPOR(refused, groups, groups)
	if place != lowOnly {
		VPSHUFB(high, k.high[place], high)
		VPOR(high, groups, groups)
	}
}

// keepLed clears the bytes of status that may not stand before one.
func (k *kernel) keepLed(status, low, high VecVirtual) {
	lead := YMM()
	VPSHUFB(low, k.leadLow, lead)
	VPAND(lead, status, status)
	VPSHUFB(high, k.leadHigh, lead)
	VPAND(lead, status, status)
}

// equal returns a bit for each byte that is one of all in want.
func equal(want Mem, bytes VecVirtual) GPVirtual {
	found, marks := YMM(), GP64()
	VPCMPEQB(want, bytes, found)
	VPMOVMSKB(found, marks.As32())
	return marks
}

// status returns all bits of the bytes before a 4 or a 5 and two digits.
func (k *kernel) status(text Register, at int) VecVirtual {
	// Signed, the digits are the largest bytes once top is added.
	tens, digits, first := YMM(), YMM(), YMM()
	VMOVDQU(Mem{Base: text, Disp: at + 2}, tens)
	VPADDB(k.top, tens, tens)
	VMOVDQU(Mem{Base: text, Disp: at + 3}, digits)
	VPADDB(k.top, digits, digits)
	VPMINSB(tens, digits, digits)
	VPCMPGTB(k.below, digits, digits)
	VMOVDQU(Mem{Base: text, Disp: at + 1}, first)
	VPOR(k.one, first, first)
	VPCMPEQB(k.five, first, first)
	VPAND(first, digits, digits)
	return digits
}
