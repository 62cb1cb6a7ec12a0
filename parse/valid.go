package parse

import "math/bits"

// validator reads JSON strictly (RFC 8259), nested no deeper than MaxDepth.
type validator struct {
	text  string
	at    int
	depth int
}

// validEnd returns the end of the JSON object or array that text begins with, -1
// if it is not valid or nests too deep.
func validEnd(text string) int {
	if text == "" || text[0] != '{' && text[0] != '[' {
		return -1
	}
	v := validator{text: text}
	if !v.value() {
		return -1
	}
	return v.at
}

// peek returns the next byte that is no white space, 0 at the end of the text.
func (v *validator) peek() byte {
	for ; v.at < len(v.text); v.at++ {
		if c := v.text[v.at]; c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return c
		}
	}
	return 0
}

func (v *validator) value() bool {
	switch v.peek() {
	case '{':
		return v.list('}', true)
	case '[':
		return v.list(']', false)
	case '"':
		return v.string()
	case 't':
		return v.word("true")
	case 'f':
		return v.word("false")
	case 'n':
		return v.word("null")
	}
	return v.number()
}

// list reads an object or array, which ends with closing, part by part: members
// with keys, or elements.
func (v *validator) list(closing byte, keyed bool) bool {
	if v.depth++; v.depth > MaxDepth {
		return false
	}
	v.at++
	for more := v.peek() != closing; more; {
		if keyed && !v.key() || !v.value() {
			return false
		}
		if more = v.peek() == ','; more {
			v.at++
		}
	}
	if v.peek() != closing {
		return false
	}
	v.at++
	v.depth--
	return true
}

// key reads the key of a member and the colon behind it.
func (v *validator) key() bool {
	if v.peek() != '"' || !v.string() || v.peek() != ':' {
		return false
	}
	v.at++
	return true
}

func (v *validator) string() bool {
	for v.at++; ; v.at++ {
		v.at += plainBytes(v.text[v.at:])
		if v.at == len(v.text) {
			return false
		}
		switch v.text[v.at] {
		case '"':
			v.at++
			return true
		case '\\':
			if v.at++; v.at == len(v.text) || !v.escape() {
				return false
			}
		default:
			return false
		}
	}
}

// plainBytes returns how many bytes stand at the beginning of text that need no look in
// a string: none of them is a quote, a backslash or a control byte. It takes eight
// at a time.
func plainBytes(text string) int {
	i := 0
	for ; i+8 <= len(text); i += 8 {
		x := load(text[i:])
		if found := (zeroes(x^ones*'"') | zeroes(x^ones*'\\') | (x-ones*' ')&^x) & (ones << 7); found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for ; i < len(text) && text[i] != '"' && text[i] != '\\' && text[i] >= ' '; i++ {
	}
	return i
}

// ones has one bit in each of eight bytes.
const ones = 0x0101010101010101

// zeroes marks the zero bytes of x by their highest bit. It may mark others above
// one that is zero.
func zeroes(x uint64) uint64 { return (x - ones) &^ x }

// load returns the first eight bytes of s.
func load(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// escape reads an escape behind its backslash, up to its last byte.
func (v *validator) escape() bool {
	if v.text[v.at] != 'u' {
		return unescapes[v.text[v.at]] != 0
	}
	if v.at+4 >= len(v.text) || !isHex(v.text[v.at+1:v.at+5]) {
		return false
	}
	v.at += 4
	return true
}

func (v *validator) word(word string) bool {
	end := v.at + len(word)
	if end > len(v.text) || v.text[v.at:end] != word {
		return false
	}
	v.at = end
	return true
}

func (v *validator) number() bool {
	v.skip('-')
	if !v.skip('0') && !v.digits() {
		return false
	}
	if v.skip('.') && !v.digits() {
		return false
	}
	if v.skip('e') || v.skip('E') {
		return (v.skip('+') || v.skip('-') || true) && v.digits()
	}
	return true
}

// skip passes by the byte c, if it is the next one.
func (v *validator) skip(c byte) bool {
	if v.at == len(v.text) || v.text[v.at] != c {
		return false
	}
	v.at++
	return true
}

// digits passes by digits, of which there is at least one.
func (v *validator) digits() bool {
	start := v.at
	for v.at < len(v.text) && isDigit(v.text[v.at]) {
		v.at++
	}
	return v.at > start
}
