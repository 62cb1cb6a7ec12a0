package render

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

var (
	heading  = regexp.MustCompile(`^#{1,3} `)
	listItem = regexp.MustCompile(`^ *(?:-|\d+\.) (?:\[ \] )?(?:\*\*[A-Z][a-z ]+:\*\* ?)?`)
	blank    = regexp.MustCompile(`_(?:owner, date|fill in: who noticed what)_$`)
	rule     = regexp.MustCompile(`^\|(?: (?:---|--:) \|)+$`)
	autolink = regexp.MustCompile(`<https://[^<> ]*>`)
	// sprawl is all that may stand outside of code: our words, and harmless
	// words of the log.
	sprawl = regexp.MustCompile(`^[\p{L}\p{M}\p{N} ,.;:?!…'’"()|/+-]*$`)
)

// checkMarkdown holds a Markdown report against its promise: outside of code
// spans nothing can be markup but ours, and tables keep their columns.
func checkMarkdown(t testing.TB, md string) {
	t.Helper()
	if !utf8.ValidString(md) {
		t.Errorf("invalid UTF-8: %q", md)
	}
	columns := 0
	for _, line := range strings.Split(md, "\n") {
		checkInert(t, line)
		if !strings.HasPrefix(line, "|") {
			columns = 0
			continue
		}
		n := strings.Count(line, "|")
		if columns != 0 && n != columns {
			t.Errorf("%d bars in a table of %d: %q", n, columns, line)
		}
		columns = n
	}
}

func checkInert(t testing.TB, line string) {
	t.Helper()
	if i := strings.IndexFunc(line, func(r rune) bool { return forbidden(r) || unicode.IsControl(r) }); i >= 0 {
		t.Errorf("forbidden character %q in %q", line[i:], line)
	}
	if rule.MatchString(line) {
		return
	}
	text := line
	for _, ours := range []*regexp.Regexp{heading, listItem} {
		text = strings.TrimPrefix(text, ours.FindString(text))
	}
	text = blank.ReplaceAllString(text, "")
	if listItem.MatchString(text) || heading.MatchString(text) {
		t.Errorf("a text begins a list or heading: %q", line)
	}
	text = autolink.ReplaceAllString(withoutCode(text), "")
	if !sprawl.MatchString(text) || strings.Contains(text, "://") || strings.Contains(text, "www.") {
		t.Errorf("markup outside of code: %q in %q", text, line)
	}
}

// withoutCode removes code spans as CommonMark finds them: a run of backticks
// to the next run of the same length.
func withoutCode(line string) string {
	var out strings.Builder
	for {
		open := strings.IndexByte(line, '`')
		if open < 0 {
			return out.String() + line
		}
		n := len(line[open:]) - len(strings.TrimLeft(line[open:], "`"))
		end := closing(line[open+n:], n)
		if end < 0 {
			return out.String() + line
		}
		out.WriteString(line[:open])
		line = line[open+n+end+n:]
	}
}

// closing returns where a run of exactly n backticks begins, -1 if there is none.
func closing(s string, n int) int {
	for i := 0; i < len(s); {
		if s[i] != '`' {
			i++
			continue
		}
		run := len(s[i:]) - len(strings.TrimLeft(s[i:], "`"))
		if run == n {
			return i
		}
		i += run
	}
	return -1
}

func TestMarkdownIsInert(t *testing.T) {
	for _, name := range testCases(t) {
		t.Run(name, func(t *testing.T) {
			for _, top := range []int{0, 1, 1000} {
				checkMarkdown(t, drawn(t, Markdown, load(t, name), Options{Top: top}))
			}
		})
	}
}

func TestCode(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"a b", "`a b`"},
		{"a`b", "``a`b``"},
		{"`a", "`` `a ``"},
		{"```", "```` ``` ````"},
		{" a ", "`  a  `"},
		{"a\nb", "`a\\nb`"},
		{strings.Repeat("`", 20), strings.Repeat("`", 21) + " " + strings.Repeat("`", 20) + " " + strings.Repeat("`", 21)},
	}
	for _, tt := range tests {
		if got := code(tt.in); got != tt.want {
			t.Errorf("code(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestProse(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Give sync a new token; retrying cannot help.", "Give sync a new token; retrying cannot help."},
		{"Correct user_config.ip_filter[].network, or roll back.", "Correct `user_config.ip_filter[].network`, or roll back."},
		{"(caller tok-7f3a)", "(caller `tok-7f3a`)"},
		{"@org/team fixes #1", "`@org/team` fixes `#1`"},
		{"GH-1 deadbeef1", "`GH-1` `deadbeef1`"},
		{"[x](javascript:alert(1))", "`[x](javascript:alert(1))`"},
		{"**bold** _it_ <b>", "`**bold**` `_it_` `<b>`"},
		{"1. item", "`1.` item"},
		{"2,318 errors", "2,318 errors"},
		{"- item", "`-` item"},
		{"注文を 確認してください。", "注文を `確認してください。`"},
		{"don't re-send", "don't re-send"},
		{"see https://evil.example.", "see `https://evil.example`."},
	}
	for _, tt := range tests {
		if got := prose(tt.in); got != tt.want {
			t.Errorf("prose(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestLink(t *testing.T) {
	tests := []struct{ in, want string }{
		{"https://aiven.io/docs#x", "<https://aiven.io/docs#x>"},
		{"http://aiven.io", "`http://aiven.io`"},
		{"https://aiven.io@evil.example/", "`https://aiven.io@evil.example/`"},
		{"https://a/> <b>", "`https://a/> <b>`"},
		{"javascript:alert(1)", "`javascript:alert(1)`"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := link(tt.in); got != tt.want {
			t.Errorf("link(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestInstruction(t *testing.T) {
	for in, want := range map[string]string{
		"Run `avn service get --project P`, then wait.": "Run `avn service get --project P`, then wait.",
		"`avn user info` tells.":                        "`avn user info` tells.",
		"Ask (`a b`) or `c`.":                           "Ask (`a b`) or `c`.",
		"One ` alone @x":                                "One `` ` `` alone `@x`",
		"`@a` and `#1` and @b":                          "`@a` and `#1` and `@b`",
	} {
		if got := instruction(in); got != want {
			t.Errorf("instruction(%q) = %q, want %q", in, got, want)
		}
	}
}
