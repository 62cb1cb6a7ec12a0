package parse

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

var jsonTexts = []string{
	`{}`, `[]`, ` {}`, `{"a":1}`, `{"a":[1,-0,0.5,1e9,1.5E-3,-12.0e+7],"b":{"c":null,"d":true,"e":false}}`, "{ \"a\" :\t[ ]\r\n,\"b\": { } }",
	`{"a":"\"\\\/\b\f\n\r\t\u00e9\uD834\uDD1E"}`, `[[[]]] tail`, `{"a":1}{"b":2}`,
	`{`, `[`, `{"a"}`, `{"a":}`, `{"a":1,}`, `[1,]`, `[,1]`, `[1 2]`, `{a:1}`, `{"a":01}`, `{"a":1.}`, `{"a":.5}`, `{"a":+1}`, `{"a":1e}`, `{"a":--1}`, `{"a":-}`,
	`{"a":"\x"}`, `{"a":"\u12g4"}`, `{"a":"\u12"}`, "{\"a\":\"\x01\"}", "{\"a\":\"\n\"}", `{"a":"`, `{"a":"\`, `{"a":tru}`, `{"a":nul`, `{"a":falsey}`, `[1}`, `{"a":1]`, "[\x00]", "[1\x0b]",
	strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth), strings.Repeat("[", MaxDepth+1) + strings.Repeat("]", MaxDepth+1), strings.Repeat(`{"a":`, 300),
}

// checkValid compares validEnd with three other readings: the brackets, gjson, and the
// tree, which is built only of what is valid to the end.
func checkValid(t *testing.T, text string) {
	want := -1
	if end, g := span(text); g == gateValid && gjson.Valid(text[:end]) && strings.IndexByte("{[", text[0]) >= 0 {
		want = end
	}
	if got := validEnd(text); got != want {
		t.Errorf("%.80q is valid up to %d, want %d", text, got, want)
	}
	if text == "" || !strings.HasPrefix("{[", text[:1]) {
		return
	}
	whole := want > 0 && strings.Trim(text[want:], " \t\r\n") == ""
	x := newTestTree()
	for range 2 { // the second time it remembers the keys
		if x.build(text) != whole || len(x.nodes) > 0 != whole {
			t.Errorf("%.80q gives %d nodes, want some: %t", text, len(x.nodes), whole)
		}
	}
}

// newTestTree returns a tree that knows no words.
func newTestTree() *tree { return &tree{words: newWords().share(), notes: new([NumNotes]int64)} }

func TestValid(t *testing.T) {
	for _, text := range jsonTexts {
		checkValid(t, text)
	}
}

// TestRememberedKeys holds that a tree does not depend on those built before.
func TestRememberedKeys(t *testing.T) {
	x := newTestTree()
	for _, row := range []struct{ text, keys string }{
		{`{"a":1,"b":{"c":2},"d":3}`, "a b c d"},
		{`{"a":1,"b":{"c":2},"d":3}`, "a b c d"},
		{`{"a":1,"bb":{"c":2},"":3}`, "a bb c "},
		{`{"a" : 1, "b" : 2}`, "a b"},
		{`{"\u0061":1,"x\ty":2,"x\"y":3}`, "a x\ty x\"y"},
		{`{"\u0061":1,"x\ty":2,"x\"y":3}`, "a x\ty x\"y"},
		{"{\"a\":1,\"x\ty\":2}", ""},
		{`{"a":1,"x"y":2}`, ""},
		{`{"a`, ""},
	} {
		x.build(row.text)
		var keys []string
		for _, n := range x.nodes[min(1, len(x.nodes)):] {
			keys = append(keys, n.key)
		}
		if got := strings.Join(keys, " "); got != row.keys {
			t.Errorf("%s has the keys %q, want %q", row.text, got, row.keys)
		}
	}
}

func FuzzValid(f *testing.F) {
	for _, text := range jsonTexts {
		f.Add(text)
	}
	f.Fuzz(checkValid)
}

// checkQuoted compares the text for which a string stands with what gjson reads, and
// holds that what is special in it is seen.
func checkQuoted(t *testing.T, content string) {
	json := `"` + content + `"`
	if end := stringEnd(content + `"`); end != len(content) {
		return
	}
	text, special, ok := newTestTree().quoted(&cursor{text: json})
	if ok != gjson.Valid(json) {
		t.Errorf("%.80q is valid: %t", json, ok)
	} else if want := gjson.Parse(json).Str; ok && text != want {
		t.Errorf("%.80q stands for %q, want %q", json, text, want)
	}
	if isASCII := strings.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) < 0; !special && (strings.ContainsAny(text, "{[<\x1b") || !isASCII) {
		t.Errorf("%.80q is not special", text)
	}
}

var jsonStrings = []string{
	``, `plain`, `plain text of more than eight bytes`, `{`, `[a`, `text with a {`, `text with a [`, `12345678<`, `é`, `1234567é`, "\xff", "a\x1fb",
	`\"`, `\\`, `\\\"12345678\n{`, `{\"a\":\"b\"}`, `\u003c`, `\u001b[0m`, `\u00e9`, `\uD834\uDD1E`, `\uD834`, `\uD834\n`, `\uD834\u0041`, `\uDD1E\uDD1E`, `\uD834\u00`, `\x`, `\u12g4`, `\u12`,
}

func TestQuoted(t *testing.T) {
	for _, content := range jsonStrings {
		checkQuoted(t, content)
	}
}

func FuzzQuoted(f *testing.F) {
	for _, content := range jsonStrings {
		f.Add(content)
	}
	f.Fuzz(checkQuoted)
}
