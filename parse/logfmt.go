package parse

import (
	"strings"

	"github.com/tidwall/gjson"
)

// leastPairs is how many pairs make a text logfmt: one alone may be chance.
const leastPairs = 2

// pairs reads the key=value pairs of a logfmt text, as Heroku, Go's slog and
// logrus write them: at=error code=H12 desc="Request timeout". Words between
// pairs are passed over.
func pairs(text string, yield func(key, value string)) {
	for i := 0; i < len(text); {
		end := i + pairKey(text[i:])
		if end == i || end == len(text) || text[end] != '=' || i > 0 && !mayPrecedePair(text[i-1]) {
			i = end + 1
			continue
		}
		value, n := pairValue(text[end+1:])
		if n > 0 {
			yield(text[i:end], value)
		}
		i = end + 1 + n
	}
}

func mayPrecedePair(c byte) bool {
	return isSpace(c) || c == ',' || c == ';' || c == '[' || c == '('
}

// pairKey returns the length of the key that text begins with, 0 if none.
func pairKey(text string) int {
	n := 0
	for n < len(text) && n < 64 && (isAlphanumeric(text[n]) || n > 0 && (text[n] == '.' || text[n] == '-')) {
		n++
	}
	if n > 0 && isDigit(text[0]) {
		return 0
	}
	return n
}

// pairValue reads the value that text begins with: in quotes with JSON's
// escapes, or up to a space. n is the number of bytes it takes.
func pairValue(text string) (value string, n int) {
	if strings.HasPrefix(text, `"`) {
		end := stringEnd(text[1:])
		if end < 0 {
			return text[1:], len(text) // cut off
		}
		quoted := text[:end+2]
		if gjson.Valid(quoted) {
			return gjson.Parse(quoted).Str, len(quoted)
		}
		return quoted[1 : len(quoted)-1], len(quoted)
	}
	n = strings.IndexAny(text, " \t\r\n")
	if n < 0 {
		n = len(text)
	}
	return strings.TrimRight(text[:n], ",;)]"), n
}

// headers reads the lines of a text of HTTP headers: "content-type: text/html".
func headers(text string, yield func(key, value string)) {
	for line := range strings.Lines(text) {
		if key, value, found := strings.Cut(line, ":"); found && pairKey(key) == len(key) {
			yield(key, strings.TrimSpace(value))
		}
	}
}

// mayHoldPairs reports whether text holds what ends the key of a pair: most do not.
func mayHoldPairs(text string) bool {
	return strings.IndexByte(text, '=') >= 0 || strings.IndexByte(text, ':') >= 0
}

// unfoldPairs reads the string i as pairs, logfmt's or headers: they become the
// members of an object that the string holds.
func (t *tree) unfoldPairs(i int32, read func(text string, yield func(key, value string)), least, strings, level int) {
	text := t.nodes[i].str
	if !mayHoldPairs(text) {
		return
	}
	found := 0
	read(text, func(string, string) { found++ })
	if found < least || len(t.nodes) >= maxNodes {
		return
	}
	inner := t.add(key{}, i, objectKind)
	read(text, func(name, value string) {
		if len(t.nodes) < maxNodes {
			t.stringValue(value, isSpecial(value), t.words.read(name), inner, strings, level+1)
		}
	})
	t.nodes[inner].end = int32(len(t.nodes))
	t.nodes[i].inner = inner
}
