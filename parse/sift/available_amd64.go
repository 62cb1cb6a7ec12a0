//go:build !purego

package sift

import "golang.org/x/sys/cpu"

// available says whether the processor has the instructions of the kernel.
var available = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasPOPCNT
