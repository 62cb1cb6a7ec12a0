// Package sift looks for windows, a few neighbouring bytes each, at all places of a
// text at once, with vector instructions.
//
// It proposes: it lists every place at which a window stands, and some at which none
// does. Whoever asked decides at each.
//
// For each place of a window and what is seen of a byte, a table says which of eight
// groups of windows have no byte there that looks so, a bit for each group. Where the
// tables for five bytes leave a bit clear, a window of that group may begin. Line ends are
// found beside them, and what is found is listed without a branch for each: what stands in
// a log cannot be guessed.
//
// How much of a byte is seen depends on the processor. VBMI looks six bits up at a time,
// for 64 bytes: a letter is told from all else, and statuses, three digits after a byte
// that may lead them, are windows as others. AVX2 looks up half a byte, for 32 bytes, and
// takes three times as long; to it most digits look alike, so that it finds statuses by
// comparing.
//
// The kernels are made by the program in gen, a module of its own, so that what it
// needs is needed by nothing else.
package sift

//go:generate go run -C gen . -out ../kernel_amd64.s -stubs ../kernel_amd64.go -pkg sift
