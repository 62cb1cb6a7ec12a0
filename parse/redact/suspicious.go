package redact

import (
	"bytes"
	"strings"
)

// hints are strings of which every secret that next finds holds at least one, in
// any case. They are chosen so that the words of common messages hold none.
//
// A hint has five characters: of any five in a row, the first four or the last
// four begin at an even offset, and suspicious looks there alone. Where fewer are
// sure, ? stands for any character, # for one that ends a key, and + for a letter
// or digit.
var hints = []string{
	// Keys.
	"?pwd#", "pass?", "?key#", "?dsn#", "auth#", "user#", "login", "serna", "er_na", "er-na", "er.na",
	"er_em", "er-em", "er.em", "serem", "secre", "token", "reden", "rizat", "cooki", "sessi", "natur",
	"nstri", "n_str", "n-str", "n.str",

	// Schemes.
	"basic", "venv1", "beare",

	// Tokens and keys of a known shape.
	"avns_", "akia+", "asia+", "aiza?", "ya29.", "ghp_+", "gho_+", "ghu_+", "ghs_+", "ghr_+", "b_pat", "lpat-",
	"xoxa-", "xoxb-", "xoxe-", "xoxp-", "xoxr-", "xoxs-", "ks.sl", "k_liv", "k_tes", "k_pro", "whsec", "?sk-?",
	"npm_+", "hvs.?", "op_v1", ".eyj?", "eyjhb", "eyjlb", "eyj0e", "eyjra", "--beg",
}

// windows are the pieces of four characters, folded, that the hints hold at an
// even offset. The bits tell almost all others apart before the set is asked.
type windows struct {
	set  map[uint32]bool
	bits [1 << 16 / 64]uint64
}

var hintWindows = newWindows(hints)

func newWindows(hints []string) *windows {
	w := &windows{set: map[uint32]bool{}}
	for _, h := range hints {
		w.add(h[:4], 0, 0)
		w.add(h[1:5], 0, 0)
	}
	return w
}

// add adds all windows that pattern stands for, of which the first n characters
// are in x.
func (w *windows) add(pattern string, x uint32, n int) {
	if n == 4 {
		w.set[x] = true
		h := hash(x)
		w.bits[h/64] |= 1 << (h % 64)
		return
	}
	for _, c := range standFor(pattern[n]) {
		w.add(pattern, x|uint32(c)<<(8*n), n+1)
	}
}

// standFor returns the characters that the character p of a hint stands for,
// folded.
func standFor(p byte) []byte {
	switch p {
	case '?':
		return anyChar
	case '#':
		return keyEnds
	case '+':
		return wordChar
	}
	return []byte{p | fold&0xff}
}

var (
	anyChar  = folded(func(byte) bool { return true })
	keyEnds  = folded(func(c byte) bool { return !nameChars[c] })
	wordChar = folded(func(c byte) bool { return alnum[c] })
)

// folded returns the characters of a class, folded, each once.
func folded(holds func(byte) bool) (all []byte) {
	for c := range 256 {
		if f := byte(c) | fold&0xff; holds(byte(c)) && bytes.IndexByte(all, f) < 0 {
			all = append(all, f)
		}
	}
	return all
}

func hash(x uint32) uint32 { return x * 0x9e3779b1 >> 16 }

// fold makes letters small in each of the four bytes. It merges other characters
// too, which costs a false alarm now and then.
const fold = 0x20202020

// suspicious reports whether s may hold a secret. It is true for all that next
// finds something in, and false for almost all other texts: looking at every
// second window of four bytes costs a fraction of the scan.
func suspicious(s string) bool {
	for i := 0; i+4 <= len(s); i += 2 {
		x := uint32(s[i]) | uint32(s[i+1])<<8 | uint32(s[i+2])<<16 | uint32(s[i+3])<<24
		if h := hash(x | fold); hintWindows.bits[h/64]>>(h%64)&1 != 0 && hintWindows.set[x|fold] {
			return true
		}
		if x&0xf0f0f0f0 == 0x30303030 && manyDigits(s, i) {
			return true
		}
	}
	return strings.IndexByte(s, '@') >= 0 || strings.Contains(s, "%40") || hasLongRun(s)
}

// hasLongRun reports whether s may hold an Aiven token. One of n characters covers
// a multiple of n/2 and the n/4 characters before it.
func hasLongRun(s string) bool {
	const step, part = rawAivenLength / 2, rawAivenLength / 4
	for i := step; i < len(s); i += step {
		if run(s, i-part, base64Set, part) == i {
			return true
		}
	}
	return false
}

// manyDigits reports whether the digits around s[i], in groups or not, are enough
// for a card number. Of the groups on a card, one begins at an even offset.
func manyDigits(s string, i int) bool {
	const least = 15
	for i > 0 && cardChars[s[i-1]] {
		i--
	}
	n := 0
	for ; i < len(s) && cardChars[s[i]]; i++ {
		if digits[s[i]] {
			n++
		}
	}
	return n >= least
}
