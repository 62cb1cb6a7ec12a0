package parse

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

// cursor walks over a JSON text that has passed the gate: no step can fail.
type cursor struct {
	text string
	at   int
}

// next goes to the next member or element of the object or array that the cursor
// is in, and reports whether there is one; else it moves behind the closing bracket.
func (c *cursor) next() bool {
	for {
		switch c.text[c.at] {
		case ' ', '\t', '\r', '\n', ',':
			c.at++
		case '}', ']':
			c.at++
			return false
		default:
			return true
		}
	}
}

// toValue moves from the end of a key to the value.
func (c *cursor) toValue() {
	for c.text[c.at] <= ' ' || c.text[c.at] == ':' {
		c.at++
	}
}

// quoted moves behind the string at hand and returns what stands in its quotes,
// and how much of it is before the first escape.
func (c *cursor) quoted() (text string, bare int) {
	start := c.at + 1
	bare = plainBytes(c.text[start:])
	end := start + bare
	if c.text[end] != '"' {
		end += stringEnd(c.text[end:])
	}
	c.at = end + 1
	return c.text[start:end], bare
}

// literal moves behind the number or word at hand and returns it.
func (c *cursor) literal() string {
	start := c.at
	for c.at < len(c.text) && c.text[c.at] != ',' && c.text[c.at] != ']' && c.text[c.at] != '}' && c.text[c.at] > ' ' {
		c.at++
	}
	return c.text[start:c.at]
}

// raw moves behind the object or array at hand and returns it.
func (c *cursor) raw() string {
	start := c.at
	end, _ := span(c.text[start:])
	c.at += end
	return c.text[start:c.at]
}

// skip moves behind the value at hand.
func (c *cursor) skip() {
	switch c.text[c.at] {
	case '"':
		c.quoted()
	case '{', '[':
		c.raw()
	default:
		c.literal()
	}
}

// value appends the value at c and all below it, and moves behind it. strings
// counts the levels of JSON in strings above, level the brackets.
func (t *tree) value(c *cursor, key string, parent int32, strings, level int) {
	if len(t.nodes) >= maxNodes {
		t.notes[ManyItems]++
		c.skip()
		return
	}
	switch first := c.text[c.at]; first {
	case '"':
		t.stringValue(t.unescape(c.quoted()), key, parent, strings, level)
	case '{':
		t.object(c, key, parent, strings, level)
	case '[':
		t.array(c, key, parent, strings, level)
	default:
		t.literal(c, key, parent, first)
	}
}

// literal appends a number, a truth value or null, which begins with first.
func (t *tree) literal(c *cursor, key string, parent int32, first byte) {
	k := numberKind
	switch first {
	case 't':
		k = trueKind
	case 'f':
		k = falseKind
	case 'n':
		k = nullKind
	}
	i := t.add(key, parent, k)
	if text := c.literal(); k == numberKind {
		t.nodes[i].str = text
	}
	t.nodes[i].end = int32(len(t.nodes))
}

// object appends an object, or the value in one that says nothing but its type.
func (t *tree) object(c *cursor, key string, parent int32, strings, level int) {
	if inner, ok := unwrapAny(c); ok {
		t.value(&cursor{text: inner}, key, parent, strings, level)
		return
	}
	i, start := t.add(key, parent, objectKind), c.at
	if level < maxLevels {
		for c.at++; c.next(); {
			name := t.unescape(c.quoted())
			c.toValue()
			t.value(c, name, i, strings, level+1)
			if len(t.nodes) >= maxNodes {
				break
			}
		}
	}
	t.close(c, i, start)
}

// array appends an array, or the text that it spells.
func (t *tree) array(c *cursor, key string, parent int32, strings, level int) {
	i, start := t.add(key, parent, arrayKind), c.at
	if text, ok := t.byteText(i, c); ok {
		t.nodes = t.nodes[:i]
		t.stringValue(text, key, parent, strings, level)
		return
	}
	if level < maxLevels {
		for c.at++; c.next(); {
			if name, value, ok := pair(c); ok {
				t.value(&cursor{text: value}, name, i, strings, level+1)
			} else {
				t.value(c, "", i, strings, level+1)
			}
			if len(t.nodes) >= maxNodes {
				break
			}
		}
	}
	t.close(c, i, start)
}

// close ends the object or array i, which begins at start, wherever in it the
// cursor is.
func (t *tree) close(c *cursor, i int32, start int) {
	if c.at == start || len(t.nodes) >= maxNodes {
		c.at = start
		c.raw()
	}
	t.nodes[i].str = c.text[start:c.at]
	t.nodes[i].end = int32(len(t.nodes))
}

// byteText returns the text that an array of bytes spells under a key for text:
// journald writes a MESSAGE so that is not plain text.
func (t *tree) byteText(i int32, c *cursor) (string, bool) {
	if t.nodes[i].key == "" || !t.isText(i) {
		return "", false
	}
	if first := (cursor{c.text, c.at + 1}); !first.next() || !isDigit(first.text[first.at]) {
		return "", false
	}
	inside := *c
	raw := inside.raw()
	var b []byte
	spelled := true
	gjson.Parse(raw).ForEach(func(_, e gjson.Result) bool {
		n := e.Int()
		spelled = e.Type == gjson.Number && n >= 0 && n < 256
		b = append(b, byte(n))
		return spelled
	})
	if spelled {
		*c = inside
	}
	return string(b), spelled
}

// anyValues are the members by which OTLP JSON and MongoDB's Extended JSON say
// the type of a value: {"stringValue":"GET"}, {"intValue":"404"}, {"$date":…}.
var anyValues = [...]string{"stringValue", "intValue", "boolValue", "doubleValue", "bytesValue", "arrayValue", "kvlistValue",
	"$date", "$numberLong", "$numberInt"}

// unwrapAny returns the JSON of the value in the object at c, if the object says
// its type, and moves behind the object.
func unwrapAny(c *cursor) (inner string, ok bool) {
	rest, found := strings.CutPrefix(c.text[c.at:], `{"`)
	if !found || strings.IndexByte("sibdak$", rest[0]) < 0 {
		return "", false
	}
	for _, name := range anyValues {
		if !strings.HasPrefix(rest, name) {
			continue
		}
		inside := *c
		value := gjson.Get(inside.raw(), gjson.Escape(name))
		if name == "arrayValue" || name == "kvlistValue" {
			value = value.Get("values")
		}
		if value.Exists() {
			*c = inside
			return value.Raw, true
		}
	}
	return "", false
}

// pair reads an element of an attribute list, {"key":K,"value":V} or
// {"name":K,"value":V}, as a member, and moves behind it.
func pair(c *cursor) (key, value string, ok bool) {
	rest := c.text[c.at:]
	if !strings.HasPrefix(rest, `{"key"`) && !strings.HasPrefix(rest, `{"name"`) && !strings.HasPrefix(rest, "{\n") && !strings.HasPrefix(rest, "{ ") {
		return "", "", false
	}
	inside := *c
	members, name := 0, gjson.Result{}
	gjson.Parse(inside.raw()).ForEach(func(k, v gjson.Result) bool {
		switch members++; k.Str {
		case "key", "name":
			name = v
		case "value":
			value = v.Raw
		}
		return members < 3
	})
	if members != 2 || name.Type != gjson.String || name.Str == "" || value == "" {
		return "", "", false
	}
	*c = inside
	return name.Str, value, true
}

// unescape returns the text for which quoted stands, in JSON's escapes; the first
// bare bytes of it have none. It lives as long as the tree: until the next record.
func (t *tree) unescape(quoted string, bare int) string {
	if bare == len(quoted) {
		return quoted
	}
	start := len(t.unescaped)
	b := append(t.unescaped, quoted[:bare]...)
	quoted = quoted[bare:]
	for n := strings.IndexByte(quoted, '\\'); n >= 0; n = strings.IndexByte(quoted, '\\') {
		b = append(b, quoted[:n]...)
		var length int
		b, length = appendEscape(b, quoted[n:])
		quoted = quoted[n+length:]
	}
	t.unescaped = append(b, quoted...)
	return view(t.unescaped[start:])
}

// appendEscape appends the character for which the escape stands that text begins
// with. Halves of a surrogate pair that do not belong together become U+FFFD.
func appendEscape(b []byte, text string) (_ []byte, length int) {
	if text[1] != 'u' {
		return append(b, unescapes[text[1]]), 2
	}
	r, length := hexRune(text[2:6]), 6
	if utf16.IsSurrogate(r) && strings.HasPrefix(text[6:], `\u`) {
		r, length = utf16.DecodeRune(r, hexRune(text[8:12])), 12
	}
	return utf8.AppendRune(b, r), length
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
