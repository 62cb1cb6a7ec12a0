package render

import (
	"regexp"
	"strings"
)

// Text from a log stands in Markdown as code, where nothing is a link, an
// image, a mention, a heading or HTML. A backslash is not enough: forges look
// for @names and #numbers after Markdown has been read.

// code returns s as a code span, "" if s is empty.
func code(s string) string {
	s = Plain(s)
	if s == "" {
		return ""
	}
	fence := strings.Repeat("`", longestRun(s, '`')+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") ||
		strings.HasPrefix(s, " ") && strings.HasSuffix(s, " ") {
		s = " " + s + " " // a reader takes one space off each side
	}
	return fence + s + fence
}

func longestRun(s string, c byte) int {
	longest, run := 0, 0
	for i := range len(s) {
		if run++; s[i] != c {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}

var (
	// token is a word with the punctuation around it that means nothing.
	token = regexp.MustCompile(`^(["'(]*)(.*?)([)"',.;:?!…]*)$`)

	// harmless is what may stand outside a code span: words of letters, and
	// numbers too short for the name of a commit.
	harmless = regexp.MustCompile(`^(?:[\p{L}\p{M}]+(?:[-'’][\p{L}\p{M}]+)*|\d{1,3}(?:[,.]\d{3})*)$`)

	// marker begins a list where it begins a line.
	marker = regexp.MustCompile(`^\d+[.)]`)
)

// prose returns a sentence that holds words from a log: words of letters and
// numbers as they are, all others as code spans.
func prose(s string) string { return proseIn(s, code) }

// proseIn is prose with code spans of another kind.
func proseIn(s string, code func(string) string) string {
	words := strings.Fields(Plain(s))
	for i, word := range words {
		if i == 0 && marker.MatchString(word) {
			words[i] = code(word)
		} else {
			words[i] = proseWord(word, code)
		}
	}
	return strings.Join(words, " ")
}

func proseWord(word string, code func(string) string) string {
	m := token.FindStringSubmatch(word)
	open, core, closing := m[1], m[2], m[3]
	switch {
	case strings.EqualFold(core, "www"): // www. begins a link
		return code(word)
	case harmless.MatchString(core):
		return word
	case core == "", strings.Contains(core, "("): // f(x), not (x)
		return code(word)
	default:
		return open + code(core) + closing
	}
}

// between splits what stands between two code spans into the punctuation that
// belongs to the spans and the words, with the spaces around them. Brackets are
// none of it: they make links.
var between = regexp.MustCompile(`^([)"',.;:?!]*)( ?)(.*?)( ?)([("']*)$`)

// instruction is prose in which backquotes set commands apart, as remedies do.
// What stands between them is code whoever wrote the backquotes.
func instruction(s string) string {
	parts := strings.Split(Plain(s), "`")
	if len(parts) == 1 || len(parts)%2 == 0 {
		return prose(s)
	}
	var b strings.Builder
	for i, part := range parts {
		if i%2 == 1 {
			b.WriteString(code(part))
			continue
		}
		m := between.FindStringSubmatch(part)
		b.WriteString(m[1] + m[2] + prose(m[3]) + m[4] + m[5])
	}
	return strings.TrimSpace(b.String())
}

// safeLink is an https address that cannot end a link or hide its host.
var safeLink = regexp.MustCompile(`^https://[A-Za-z0-9.-]+(?:/[A-Za-z0-9/._~%?#=&,;:+-]*)?$`)

// link returns a link of a remedy, as code if it is not a plain address.
func link(s string) string {
	if safeLink.MatchString(s) {
		return "<" + s + ">"
	}
	return code(s)
}
