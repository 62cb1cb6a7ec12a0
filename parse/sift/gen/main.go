// Command gen writes the kernels of package sift.
package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// places is how many bytes a window has.
const places = 5

// kernel looks at a block with the instructions of some processors.
type kernel interface {
	// load loads what stays the same for all blocks.
	load(tables Register)
	// marks returns a bit for each byte of the block: set where a window may begin,
	// and where a line ends.
	marks(text Register) (stops, ends Register)
}

func main() {
	ConstraintExpr("!purego")
	lineEnd, allGroups := each("lineEnd", '\n'), each("allGroups", 0xff)
	generate("listAVX2", newAVX2(lineEnd, allGroups))
	generate("listVBMI", newVBMI(lineEnd, allGroups))
	Generate()
}

// generate writes the function that lists what k marks.
func generate(name string, k kernel) {
	TEXT(name, NOSPLIT, "func(stops, ends *uint32, text *byte, at uint32, blocks int, tables *byte) (stopped, ended int)")
	Doc(name + " is the list of a method.")
	stops, ends := Load(Param("stops"), GP64()), Load(Param("ends"), GP64())
	text := Load(Param("text"), GP64())
	at := Load(Param("at"), GP32())
	blocks := Load(Param("blocks"), GP64())
	k.load(Load(Param("tables"), GP64()))

	Label("next")
	PREFETCHT0(Mem{Base: text, Disp: 2048})
	stopMarks, endMarks := k.marks(text)
	list("stops", stopMarks, at, stops, 3)
	list("ends", endMarks, at, ends, 1)
	ADDQ(Imm(64), text)
	ADDL(Imm(64), at)
	DECQ(blocks)
	JNZ(LabelRef("next"))
	VZEROUPPER()
	store(stops, "stops", "stopped")
	store(ends, "ends", "ended")
	RET()
}

// list appends the places of the bits that are set. It writes a few whether there are so
// many or not, and goes on only where there are more: nothing is to be guessed.
func list(name string, marks, at, to Register, few int) {
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

// each returns 64 times b.
func each(name string, b byte) Mem { return repeated(name, uint64(b)*0x0101010101010101) }

// repeated returns eight bytes, the last first, eight times.
func repeated(name string, eight uint64) Mem {
	m := GLOBL(name, RODATA|NOPTR)
	for i := range 8 {
		DATA(8*i, U64(eight))
	}
	return m
}
