// Package sift looks for windows, a few neighbouring bytes each, at all places of a
// text at once, with the vector instructions of AVX2.
//
// It proposes: it lists every place at which a window stands, and some at which none
// does. Whoever asked decides at each.
//
// For each place of a window and each half of a byte, a table says which of eight
// groups of windows have no byte with that half there, a bit for each group. Where
// the nine tables for five bytes leave a bit clear, a window of that group may begin.
// Statuses, three digits after a byte that may lead them, and line ends are found beside
// them. The kernel does this for 32 bytes in some fifty instructions, and lists what it
// finds without a branch for each: what stands in a log cannot be guessed.
//
// The kernel is made by the program in gen, a module of its own, so that what it
// needs is needed by nothing else.
package sift

//go:generate go run -C gen . -out ../kernel_amd64.s -stubs ../kernel_amd64.go -pkg sift
