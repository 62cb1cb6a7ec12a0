package parse

import (
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

var jsonTexts = []string{
	`{}`, `[]`, ` {}`, `{"a":1}`, `{"a":[1,-0,0.5,1e9,1.5E-3,-12.0e+7],"b":{"c":null,"d":true,"e":false}}`, "{ \"a\" :\t[ ]\r\n,\"b\": { } }",
	`{"a":"\"\\\/\b\f\n\r\t\u00e9\uD834\uDD1E"}`, `[[[]]] tail`, `{"a":1}{"b":2}`,
	`{`, `[`, `{"a"}`, `{"a":}`, `{"a":1,}`, `[1,]`, `[,1]`, `[1 2]`, `{a:1}`, `{"a":01}`, `{"a":1.}`, `{"a":.5}`, `{"a":+1}`, `{"a":1e}`, `{"a":--1}`, `{"a":-}`,
	`{"a":"\x"}`, `{"a":"\u12g4"}`, `{"a":"\u12"}`, "{\"a\":\"\x01\"}", "{\"a\":\"\n\"}", `{"a":"`, `{"a":"\`, `{"a":tru}`, `{"a":nul`, `{"a":falsey}`, `[1}`, `{"a":1]`, "[\x00]", "[1\x0b]",
	strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth), strings.Repeat("[", MaxDepth+1) + strings.Repeat("]", MaxDepth+1), strings.Repeat(`{"a":`, 300),
}

// checkValid compares validEnd with two other readings: the brackets, and gjson.
func checkValid(t *testing.T, text string) {
	want := -1
	if end, g := span(text); g == gateValid && gjson.Valid(text[:end]) && strings.IndexByte("{[", text[0]) >= 0 {
		want = end
	}
	if got := validEnd(text); got != want {
		t.Errorf("%.80q is valid up to %d, want %d", text, got, want)
	}
}

func TestValid(t *testing.T) {
	for _, text := range jsonTexts {
		checkValid(t, text)
	}
}

func FuzzValid(f *testing.F) {
	for _, text := range jsonTexts {
		f.Add(text)
	}
	f.Fuzz(checkValid)
}
