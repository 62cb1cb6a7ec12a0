package parse

import (
	"strings"
	"testing"
)

func TestWhole(t *testing.T) {
	for block, want := range map[string]bool{
		`{"a":1}` + "\n":            true,
		`{"a":1}`:                   true,
		`{"a":1} `:                  true,
		"{\n \"a\":1\n}\n":          true,
		"[{\"a\":1}]\n":             true,
		"plain text\n":              true,
		"panic: x\n\tat y\n":        true,
		"ERROR {\"a\":1}\n":         true,
		"ERROR {\"a\":1} in 3 ms\n": true,
		"{\"a\":1}\n\x00\x00":       true,
		`{"a":1`:                    false,
		`{"a":{"b":1}`:              false,
		`{"a":"}`:                   false,
		"{\"a\":1,\n":               false,
		"[{\"a\":1},\n":             false,
		"plain tex":                 false,
		"ERROR {\n":                 false,
		`ERROR {"a":1} in 3`:        false,
		"2026-09-14T08:12:31.5Z stdout P {\"a\"\n":                                       false,
		"2026-09-14T08:12:31.5Z stdout F {\"a\":1}\n":                                    true,
		`{"log":"{\"a\":1","stream":"stdout","time":"2026-09-14T08:12:31.5Z"}` + "\n":    false,
		`{"log":"{\"a\":1}\n","stream":"stdout","time":"2026-09-14T08:12:31.5Z"}` + "\n": true,
		strings.Repeat("[", 300) + "\n":                                                  true, // too deep is not cut short
	} {
		if got := Whole([]byte(block)); got != want {
			t.Errorf("%.60q: whole %v, want %v", block, got, want)
		}
	}
}
