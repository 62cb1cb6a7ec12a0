//go:build !purego

package sift

import "golang.org/x/sys/cpu"

// methods returns those for which the processor has the instructions, the fastest first.
func methods() (all []*method) {
	x86 := &cpu.X86
	if !x86.HasBMI1 || !x86.HasPOPCNT {
		return nil
	}
	if x86.HasAVX512BW && x86.HasAVX512VBMI && x86.HasAVX512GFNI {
		all = append(all, vbmi)
	}
	if x86.HasAVX2 {
		all = append(all, avx2)
	}
	return all
}

// vbmi sees six bits of each byte: all that tells what prints apart, but for the case of
// letters.
var vbmi = &method{
	views: []view{{0, 0x5f}, {1, 0x5f}, {2, 0x5f}, {3, 0x5f}, {4, 0x5f}},
	list:  listVBMI,
}

// avx2 sees the halves of each byte, too little to tell statuses from other digits. The
// high half in the middle tells little that the others do not.
var avx2 = &method{
	views:  []view{{0, low}, {0, high}, {1, low}, {1, high}, {2, low}, {3, low}, {3, high}, {4, low}, {4, high}},
	beside: true,
	list:   listAVX2,
}

const low, high = 0x0f, 0xf0
