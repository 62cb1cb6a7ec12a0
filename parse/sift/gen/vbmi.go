package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// vbmi sees of each byte six bits.
type vbmi struct {
	tables                      [places]VecVirtual
	sixBits, lineEnd, allGroups Op // constants: sixBits is a matrix
}

func newVBMI(lineEnd, allGroups Mem) *vbmi {
	// A row for each bit, the first of the two highest, which nothing looks at.
	return &vbmi{sixBits: repeated("sixBits", 0x0102040810400000), lineEnd: lineEnd, allGroups: allGroups}
}

func (k *vbmi) load(tables Register) {
	for _, c := range []*Op{&k.sixBits, &k.lineEnd, &k.allGroups} {
		*c = loaded(*c)
	}
	for i := range places {
		k.tables[i] = loaded(Mem{Base: tables, Disp: 64 * i})
	}
}

func loaded(from Op) VecVirtual {
	r := ZMM()
	VMOVDQU64(from, r)
	return r
}

func (k *vbmi) marks(text Register) (stops, ends Register) {
	var refused [places]VecVirtual
	for i := range places {
		seen := loaded(Mem{Base: text, Disp: i})
		if i == 0 {
			ends = marked(equals, k.lineEnd, seen)
		}
		VGF2P8AFFINEQB(Imm(0), k.sixBits, seen, seen)
		refused[i] = ZMM()
		VPERMB(k.tables[i], seen, refused[i])
	}
	groups := refused[0]
	for i := 1; i < places; i += 2 {
		const or = 0xfe // of three
		VPTERNLOGD(Imm(or), refused[i], refused[i+1], groups)
	}
	return marked(differs, k.allGroups, groups), ends
}

// How bytes compare.
const (
	equals  = 0
	differs = 4
)

// marked returns a bit for each byte that compares with the one in with.
func marked(how uint8, with Op, bytes VecVirtual) Register {
	found, marks := K(), GP64()
	VPCMPUB(Imm(uint64(how)), with, bytes, found)
	KMOVQ(found, marks)
	return marks
}
