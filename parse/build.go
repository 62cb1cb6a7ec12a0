package parse

import (
	"strings"

	"github.com/tidwall/gjson"
)

// value appends the next value at c and all below it, and moves behind it. strings
// counts the levels of JSON in strings above, level the brackets.
func (t *tree) value(c *cursor, key key, parent int32, strings, level int) bool {
	if len(t.nodes) >= maxNodes {
		t.notes[ManyItems]++
		return c.skip()
	}
	switch first := c.peek(); first {
	case '"':
		text, special, ok := t.quoted(c)
		if ok {
			t.stringValue(text, special, key, parent, strings, level)
		}
		return ok
	case '{':
		return t.object(c, key, parent, strings, level)
	case '[':
		return t.array(c, key, parent, strings, level)
	default:
		return t.literal(c, key, parent, first)
	}
}

// literal appends a number, a truth value or null, which begins with first.
func (t *tree) literal(c *cursor, key key, parent int32, first byte) bool {
	start := c.at
	if !c.literal(first) {
		return false
	}
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
	if k == numberKind {
		t.nodes[i].str = c.text[start:c.at]
	}
	t.nodes[i].end = int32(len(t.nodes))
	return true
}

// object appends an object, or the value in one that says nothing but its type.
func (t *tree) object(c *cursor, key key, parent int32, strings, level int) bool {
	if inner, ok := unwrapAny(c); ok {
		return t.value(&cursor{text: inner}, key, parent, strings, level)
	}
	return t.list(c, '}', t.add(key, parent, objectKind), strings, level)
}

// array appends an array, or the text that it spells.
func (t *tree) array(c *cursor, key key, parent int32, strings, level int) bool {
	i := t.add(key, parent, arrayKind)
	if text, ok := t.byteText(i, c); ok {
		t.nodes = t.nodes[:i]
		t.stringValue(text, true, key, parent, strings, level)
		return true
	}
	return t.list(c, ']', i, strings, level)
}

// list appends what stands in the object or array i, as far as there is room for it,
// and moves behind its closing bracket.
func (t *tree) list(c *cursor, closing byte, i int32, strings, level int) bool {
	start := *c
	sound, full := t.parts(c, closing, i, strings, level+1)
	if full {
		*c = start
		sound = c.skip()
	}
	t.nodes[i].str = c.text[start.at:c.at]
	t.nodes[i].end = int32(len(t.nodes))
	return sound
}

// parts appends members or elements below i until there is no room for more.
func (t *tree) parts(c *cursor, closing byte, i int32, strings, level int) (sound, full bool) {
	if level > maxLevels || !c.enter() {
		return false, level > maxLevels
	}
	for more := c.peek() != closing; more; more = c.pass(',') {
		if !t.part(c, closing, i, strings, level) {
			return false, false
		}
		if len(t.nodes) >= maxNodes {
			return true, true
		}
	}
	return c.leave(closing), false
}

// part appends the next member of the object i, or element of the array i. An element
// may stand for a member.
func (t *tree) part(c *cursor, closing byte, i int32, strings, level int) bool {
	if closing == '}' {
		key, ok := t.key(c)
		return ok && t.value(c, key, i, strings, level)
	}
	if name, value, ok := pair(c); ok {
		return t.value(&cursor{text: value}, t.words.read(name), i, strings, level)
	}
	return t.value(c, key{}, i, strings, level)
}

// key moves behind the next key and its colon, and returns the key.
func (t *tree) key(c *cursor) (_ key, ok bool) {
	if c.peek() != '"' {
		return key{}, false
	}
	if key, ok := t.words.expect(c.text[c.at+1:]); ok {
		c.at += len(key.text) + len(`""`)
		return key, c.pass(':')
	}
	text, _, ok := t.quoted(c)
	if !ok {
		return key{}, false
	}
	return t.words.read(text), c.pass(':')
}

// byteText returns the text that an array of bytes spells under a key for text:
// journald writes a MESSAGE so that is not plain text.
func (t *tree) byteText(i int32, c *cursor) (string, bool) {
	if t.nodes[i].key == "" || !t.isText(i) {
		return "", false
	}
	if first := (cursor{text: c.text, at: c.at + 1}); !isDigit(first.peek()) {
		return "", false
	}
	inside := *c
	raw, spelled := inside.raw()
	if !spelled {
		return "", false
	}
	var b []byte
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
	if !found || rest == "" || strings.IndexByte("sibdak$", rest[0]) < 0 {
		return "", false
	}
	for _, name := range anyValues {
		if !strings.HasPrefix(rest, name) {
			continue
		}
		inside := *c
		object, ok := inside.raw()
		if !ok {
			return "", false
		}
		value := gjson.Get(object, gjson.Escape(name))
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
	if c.peek() != '{' {
		return "", "", false
	}
	rest := c.text[c.at:]
	if !strings.HasPrefix(rest, `{"key"`) && !strings.HasPrefix(rest, `{"name"`) && !strings.HasPrefix(rest, "{\n") && !strings.HasPrefix(rest, "{ ") {
		return "", "", false
	}
	inside := *c
	object, ok := inside.raw()
	if !ok {
		return "", "", false
	}
	members, name := 0, gjson.Result{}
	gjson.Parse(object).ForEach(func(k, v gjson.Result) bool {
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
