package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// avx2 sees of each byte the low half and, but for the one at lowOnly, the high half. It
// finds statuses beside the windows.
type avx2 struct {
	low, high         [places]VecVirtual // tables of the windows
	leadLow, leadHigh VecVirtual         // tables of what may stand before a status
	lowHalf, lineEnd  Mem                // constants
	allGroups         Mem
	one, five         Mem
	top, below        Mem // added to bytes, top makes the digits the largest, beyond below
}

func newAVX2(lineEnd, allGroups Mem) *avx2 {
	return &avx2{
		lineEnd: lineEnd, allGroups: allGroups, lowHalf: each("lowHalf", 0x0f),
		one: each("one", 1), five: each("five", '5'), top: each("top", 127-'9'), below: each("below", 127-10),
	}
}

const lowOnly = 2

func (k *avx2) load(tables Register) {
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

func (k *avx2) marks(text Register) (stops, ends Register) {
	refused, ended := k.half(text, 0)
	upperRefused, upperEnded := k.half(text, 32)
	SHLQ(Imm(32), upperRefused)
	ORQ(upperRefused, refused)
	NOTQ(refused)
	SHLQ(Imm(32), upperEnded)
	ORQ(upperEnded, ended)
	return refused, ended
}

// half returns a bit for each of 32 bytes: set where nothing begins, and where a
// line ends.
func (k *avx2) half(text Register, at int) (refused, ends Register) {
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
	return equal(k.allGroups, groups), ends
}

// halves returns the bytes at a place of windows, of which a shuffle sees the low half,
// and the high halves, if those are looked at.
func (k *avx2) halves(text Register, at, place int) (low, high VecVirtual) {
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
func (k *avx2) refuse(groups, low, high VecVirtual, place int) {
	refused := YMM()
	VPSHUFB(low, k.low[place], refused)
	VPOR(refused, groups, groups)
	if place != lowOnly {
		VPSHUFB(high, k.high[place], high)
		VPOR(high, groups, groups)
	}
}

// keepLed clears the bytes of status that may not stand before one.
func (k *avx2) keepLed(status, low, high VecVirtual) {
	lead := YMM()
	VPSHUFB(low, k.leadLow, lead)
	VPAND(lead, status, status)
	VPSHUFB(high, k.leadHigh, lead)
	VPAND(lead, status, status)
}

// status returns all bits of the bytes before a 4 or a 5 and two digits.
func (k *avx2) status(text Register, at int) VecVirtual {
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

// equal returns a bit for each byte that is the one in want.
func equal(want Mem, bytes VecVirtual) Register {
	found, marks := YMM(), GP64()
	VPCMPEQB(want, bytes, found)
	VPMOVMSKB(found, marks.As32())
	return marks
}
