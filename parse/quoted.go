package parse

import (
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

// skipString moves behind the string at hand.
func (c *cursor) skipString() bool {
	c.at++
	for {
		n, _ := plainBytes(c.text[c.at:])
		c.at += n
		_, n = escape(c.text[c.at:])
		if n == 0 {
			return c.take('"')
		}
		c.at += n
	}
}

// quoted moves behind the string at hand and returns the text for which it stands.
// The text lives as long as the tree: until the next record. special is that of
// plainBytes.
func (t *tree) quoted(c *cursor) (text string, special, ok bool) {
	start := c.at + 1
	n, special := plainBytes(c.text[start:])
	c.at = start + n
	if c.take('"') {
		return c.text[start : c.at-1], special, true
	}
	return t.unescape(c, c.text[start:c.at], special)
}

// unescape is quoted for what goes on with an escape.
func (t *tree) unescape(c *cursor, begin string, special bool) (text string, _, ok bool) {
	start := len(t.unescaped)
	b := append(t.unescaped, begin...)
	for {
		r, n := escape(c.text[c.at:])
		if n == 0 {
			break
		}
		b = utf8.AppendRune(b, r)
		special = special || n > 2
		c.at += n

		n, odd := plainBytes(c.text[c.at:])
		b = append(b, c.text[c.at:c.at+n]...)
		special = special || odd
		c.at += n
	}
	t.unescaped = b
	return view(b[start:]), special, c.take('"')
}

// escape returns the character for which the escape stands that text begins with,
// and the length of the escape, 0 if it is none. Half of a surrogate pair is no
// character: it becomes U+FFFD where it is written.
func escape(text string) (r rune, length int) {
	if len(text) < 2 || text[0] != '\\' {
		return 0, 0
	}
	if unescapes[text[1]] != 0 {
		return rune(unescapes[text[1]]), 2
	}
	r, ok := unicodeEscape(text)
	if !ok {
		return 0, 0
	}
	if low, ok := unicodeEscape(text[6:]); ok {
		if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
			return pair, 12
		}
	}
	return r, 6
}

// unicodeEscape reads the escape of four hexadecimal digits that text begins with.
func unicodeEscape(text string) (r rune, ok bool) {
	if len(text) < 6 || text[:2] != `\u` || !isHex(text[2:6]) {
		return 0, false
	}
	return hexRune(text[2:6]), true
}

// unescapes maps the letter of a short escape to its character.
var unescapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// hexRune reads four hexadecimal digits.
func hexRune(digits string) (r rune) {
	for i := range len(digits) {
		c := digits[i]
		if c > '9' {
			c = c&0xf + 9
		}
		r = r<<4 | rune(c&0xf)
	}
	return r
}

// plainBytes returns how many bytes stand at the beginning of text that need no look in
// a string: none of them is a quote, a backslash or a control byte. It takes eight
// at a time. special says that there may be something to unfold or repair among
// them: a bracket of JSON or XML, or a byte that is no ASCII.
func plainBytes(text string) (n int, special bool) {
	var seen uint64
	for ; n+8 <= len(text); n += 8 {
		stop, odd := marks(load(text[n:]))
		if stop != 0 {
			return n + bits.TrailingZeros64(stop)/8, seen|odd&(stop&-stop-1) != 0
		}
		seen |= odd
	}
	stop, odd := marks(loadLast(text[n:]))
	return n + bits.TrailingZeros64(stop)/8, seen|odd&(stop&-stop-1) != 0
}

// isSpecial reports whether there may be something to unfold or repair in text.
func isSpecial(text string) bool {
	n, special := plainBytes(text)
	return special || n < len(text)
}

// marks marks bytes of x by their highest bit: those that are plain in no string,
// and those that are special. It may mark others above one that it marks with reason.
func marks(x uint64) (stop, special uint64) {
	stop = zeroes(x^ones*'\\') | (x^ones*2-ones*0x21)&^x
	special = zeroes((x|ones*0x20)^ones*'{') | zeroes(x^ones*'<') | x
	return stop & (ones << 7), special & (ones << 7)
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

// loadLast returns the last bytes of a text, less than eight, with quotes behind
// them.
func loadLast(s string) uint64 {
	x := uint64(0)
	for i := range len(s) {
		x |= uint64(s[i]^'"') << (8 * i)
	}
	return x ^ ones*'"'
}
