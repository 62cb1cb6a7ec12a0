package parse_test

import (
	"testing"

	"analyzer/parse"
)

func TestCut(t *testing.T) {
	for _, row := range []struct {
		prev, next string
		want       bool
	}{
		{`{"a":1}`, `{"b":2}`, true},
		{`{"a":`, `{"b":2}`, true}, // a broken record never swallows the next
		{`plain`, `text`, true},
		{`Exception in thread`, "\tat main", false},
		{`{`, `  "a": 1`, false},
		{`  "a": 1`, `}`, false},
		{`[`, `  {`, false},
		{`  },`, `  {`, false},
		{`  "a": 1`, `, "b": 2`, false},
		{`  ]`, `]`, false},
		{`{"a":1}`, `  {"b":2}`, true}, // an indented log
		{`plain`, ``, true},
		{`plain`, ` `, true},
		{`plain`, "\r", true},
		{``, `{"b":2}`, true},
	} {
		if got := parse.Cut([]byte(row.prev), []byte(row.next)); got != row.want {
			t.Errorf("Cut(%q, %q) = %v, want %v", row.prev, row.next, got, row.want)
		}
	}
}
