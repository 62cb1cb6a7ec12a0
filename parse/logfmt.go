package parse

import (
	"strings"

	"github.com/tidwall/gjson"
)

// pairForm is a form of texts that are keys with values.
type pairForm struct {
	read  func(text string, yield func(key, value string))
	sign  byte // stands behind each key
	least int  // how many pairs make a text one of this form
}

var (
	logfmt  = pairForm{readPairs, '=', 2} // one alone may be chance
	headers = pairForm{readHeaders, ':', 1}
)

// readPairs reads the key=value pairs of a logfmt text, as Heroku, Go's slog and
// logrus write them: at=error code=H12 desc="Request timeout". Words between
// pairs are passed over.
func readPairs(text string, yield func(key, value string)) {
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

// readHeaders reads the lines of a text of HTTP headers: "content-type: text/html".
func readHeaders(text string, yield func(key, value string)) {
	for line := range strings.Lines(text) {
		if key, value, found := strings.Cut(line, ":"); found && pairKey(key) == len(key) {
			yield(key, strings.TrimSpace(value))
		}
	}
}

// fits reports whether text is one of this form. Most lack the sign.
func (f *pairForm) fits(text string) bool {
	if strings.IndexByte(text, f.sign) < 0 {
		return false
	}
	found := 0
	f.read(text, func(string, string) { found++ })
	return found >= f.least
}

// unfoldPairs reads the string i as pairs in this form: they become the members of an
// object that the string holds.
func (t *tree) unfoldPairs(i int32, form *pairForm, strings, level int) {
	text := t.nodes[i].str
	if !form.fits(text) || len(t.nodes) >= maxNodes {
		return
	}
	inner := t.add(key{}, i, objectKind)
	form.read(text, func(name, value string) {
		if len(t.nodes) < maxNodes {
			t.stringValue(value, isSpecial(value), t.words.read(name), inner, strings, level+1)
		}
	})
	t.nodes[inner].end = int32(len(t.nodes))
	t.nodes[i].inner = inner
}
