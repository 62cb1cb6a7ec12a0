package render

import (
	"strings"
	"testing"
)

func TestPlain(t *testing.T) {
	tests := []struct{ in, want string }{
		{"plain ASCII ~!", "plain ASCII ~!"},
		{"grün, 日本語, العربية, नमस्ते", "grün, 日本語, العربية, नमस्ते"},
		{"\x1b[2J\x1b]0;title\x07", `\x1b[2J\x1b]0;title\x07`},
		{"a\nb\r\tc\x00\x7f", `a\nb\r\tc\x00\x7f`},
		{"\u009b31m\u0085", `\u009b31m\u0085`},
		{"\x9b31m\xff", "\ufffd31m\ufffd"},
		{"a\u202eb\u2066c\u200ed", `a\u202eb\u2066c\u200ed`},
		{"zero\u200bwidth\u2060\ufeff\u00ad", `zero\u200bwidth\u2060\ufeff\u00ad`},
		{"\U000e0041\U000e0100", `\U000e0041\U000e0100`},
		{"\u2028\u2029", `\u2028\u2029`},
		{"a\u00a0b\u3000c", "a b c"},
		{"\u3164\u115f\u034f", `\u3164\u115f\u034f`},
		{"\ue000\U0010ffff", `\ue000\U0010ffff`},
		{"e\u0301", "e\u0301"},
		{"\u0301e", `\u0301e`},
		{"x \u0301", `x \u0301`},
		{"a" + strings.Repeat("\u0301", 6), "a\u0301\u0301\u0301\u0301" + `\u0301\u0301`},
		{"👨\u200d👩\u200d👧 ❤\ufe0f 👍🏽 🇩🇪 1\ufe0f\u20e3", "👨\u200d👩\u200d👧 ❤\ufe0f 👍🏽 🇩🇪 1\ufe0f\u20e3"},
		{"a\u200db", `a\u200db`},
		{"👨\u200d", `👨\u200d`},
		{"a\ufe0f", `a\ufe0f`},
	}
	for _, tt := range tests {
		if got := Plain(tt.in); got != tt.want {
			t.Errorf("Plain(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// In a cell, what terminals measure differently is shown.
func TestSteady(t *testing.T) {
	tests := []struct{ in, want string }{
		{"日本語 🔥", "日本語 🔥"},
		{"👨\u200d👩", `👨\u200d👩`},
		{"❤\ufe0f", `❤\ufe0f`},
		{"👍🏽", `👍\U0001f3fd`},
		{"🇩🇪", `\U0001f1e9\U0001f1ea`},
	}
	for _, tt := range tests {
		if got := steady(tt.in); got != tt.want {
			t.Errorf("steady(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
