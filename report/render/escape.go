package render

import (
	"fmt"
	"strings"
	"unicode"
)

// maxMarks is how many combining marks one character may carry: enough for
// every living script, too few to paint over the lines above.
const maxMarks = 4

// Plain returns s as a line of text may show it: letters, marks, digits,
// punctuation, symbols and the space. Anything else, such as a control
// character, a bidi control, a character without width or an unassigned one,
// is shown as \x1b or \u202e, and invalid UTF-8 as U+FFFD. Emoji keep what
// joins them.
func Plain(s string) string { return escape(s, true) }

// steady is Plain for table cells, where columns must stand: terminals
// disagree about the width of joined emoji, so what joins them is shown too.
func steady(s string) string { return escape(s, false) }

func escape(s string, joined bool) string {
	if printableASCII(s) {
		return s
	}
	var b strings.Builder
	rs := []rune(s)
	marks := maxMarks // a mark needs a character to stand on
	for i, r := range rs {
		switch {
		case joinsEmoji(r):
			if joined && joinedAt(rs, i) {
				b.WriteRune(r)
			} else {
				writeEscaped(&b, r)
			}
		case unicode.Is(unicode.M, r):
			if marks < maxMarks && !hidden(r) {
				b.WriteRune(r)
				marks++
			} else {
				writeEscaped(&b, r)
			}
		case unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
			marks = maxMarks
		case unicode.IsPrint(r) && !hidden(r):
			b.WriteRune(r)
			marks = 0
		default:
			writeEscaped(&b, r)
			marks = maxMarks
		}
	}
	return b.String()
}

func printableASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// hidden reports whether r is printable by its class, and yet draws nothing:
// fillers, joiners and variation selectors.
func hidden(r rune) bool {
	return unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) ||
		r == '\u17b4' || r == '\u17b5' // Khmer inherent vowels
}

const (
	zwj    = '\u200d'
	vs16   = '\ufe0f' // asks for the colourful form
	keycap = '\u20e3'
)

// joinsEmoji reports whether r only changes or joins the emoji around it.
func joinsEmoji(r rune) bool {
	return r == zwj || r == vs16 || r == keycap || skinTone(r) || regional(r)
}

func skinTone(r rune) bool { return '\U0001f3fb' <= r && r <= '\U0001f3ff' }

// regional reports whether r is one of the letters that form flags in pairs.
func regional(r rune) bool { return '\U0001f1e6' <= r && r <= '\U0001f1ff' }

// joinedAt reports whether rs[i], which joins emoji, has emoji to join.
func joinedAt(rs []rune, i int) bool {
	if regional(rs[i]) {
		return true
	}
	if i == 0 {
		return false
	}
	prev := rs[i-1]
	switch r := rs[i]; {
	case r == zwj:
		return (emoji(prev) || prev == vs16 || skinTone(prev)) && i+1 < len(rs) && emoji(rs[i+1])
	case r == vs16:
		return emoji(prev) || keycapBase(prev)
	case r == keycap:
		return keycapBase(prev) || prev == vs16
	default:
		return emoji(prev) || prev == vs16
	}
}

// emoji reports whether r may be a pictograph: Unicode's "other symbols" hold
// them all.
func emoji(r rune) bool { return unicode.Is(unicode.So, r) }

func keycapBase(r rune) bool { return r == '#' || r == '*' || '0' <= r && r <= '9' }

// writeEscaped writes r in ASCII as Go spells it in a string.
func writeEscaped(b *strings.Builder, r rune) {
	switch {
	case r == '\n':
		b.WriteString(`\n`)
	case r == '\r':
		b.WriteString(`\r`)
	case r == '\t':
		b.WriteString(`\t`)
	case r < 0x80:
		fmt.Fprintf(b, `\x%02x`, r)
	case r < 0x10000:
		fmt.Fprintf(b, `\u%04x`, r)
	default:
		fmt.Fprintf(b, `\U%08x`, r)
	}
}
