package render

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
	"github.com/olekukonko/tablewriter/pkg/twwidth"

	"analyzer/report"
)

var widths = []int{40, 60, 72, 80, 100, 120, 200, 240}

// checkText holds a text report against its promises: lines that fit, in
// whichever way width is measured, one screen, and no character that acts.
func checkText(t testing.TB, text string, o Options) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if o.Top == 0 && len(lines) > screenLines {
		t.Errorf("%d lines, want at most %d", len(lines), screenLines)
	}
	for _, line := range lines {
		runes := twwidth.WidthNoCache(line)
		if w := max(runes, displaywidth.String(line)); w > o.columns() {
			t.Errorf("%d columns, want at most %d: %q", w, o.columns(), line)
		}
		if strings.TrimRight(line, " ") != line {
			t.Errorf("line ends in spaces: %q", line)
		}
		if bad := strings.IndexFunc(line, forbidden); bad >= 0 {
			t.Errorf("forbidden character %q in %q", line[bad:], line)
		}
	}
	if !utf8.ValidString(text) {
		t.Errorf("invalid UTF-8: %q", text)
	}
}

// forbidden is written apart from escape.go: what a line may never hold.
func forbidden(r rune) bool {
	if r == zwj {
		return false
	}
	return !unicode.IsGraphic(r) || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp) ||
		unicode.Is(unicode.Zs, r) && r != ' ' || r == '\u3164' || r == '\u115f' || r == '\u1160' || r == '\uffa0'
}

func TestTextFits(t *testing.T) {
	for _, name := range testCases(t) {
		for _, width := range widths {
			for _, top := range []int{0, 1, 20, 1000} {
				t.Run(fmt.Sprintf("%s/%d/%d", name, width, top), func(t *testing.T) {
					o := Options{Width: width, Top: top}
					checkText(t, drawn(t, Text, load(t, name), o), o)
				})
			}
		}
	}
}

// The figures of the widest kind must not break a line either.
func TestTextFitsHugeFigures(t *testing.T) {
	r := load(t, "troubled")
	fillIn(reflect.ValueOf(r), func() string { return "x" }, func() int64 { return 1<<63 - 1 })
	for _, width := range widths {
		o := Options{Width: width}
		checkText(t, drawn(t, Text, r, o), o)
	}
}

func TestTextOddWidths(t *testing.T) {
	r := load(t, "incident")
	for _, c := range []struct{ width, as int }{{0, 80}, {-1, 40}, {1, 40}, {10000, 240}} {
		if drawn(t, Text, r, Options{Width: c.width}) != drawn(t, Text, r, Options{Width: c.as}) {
			t.Errorf("width %d is not drawn as %d", c.width, c.as)
		}
	}
}

func TestColourChangesNoText(t *testing.T) {
	sgr := regexp.MustCompile("\x1b\\[[0-9]*m")
	for _, name := range testCases(t) {
		for _, width := range widths {
			r := load(t, name)
			coloured := drawn(t, Text, r, Options{Width: width, Color: true})
			if !strings.Contains(coloured, bold) {
				t.Errorf("%s: no colour", name)
			}
			if got, want := sgr.ReplaceAllString(coloured, ""), drawn(t, Text, r, Options{Width: width}); got != want {
				t.Errorf("%s at %d: colour changed the text:\n%s", name, width, got)
			}
		}
	}
}

// The cells under SINCE must begin where the heading does, whatever stands
// before them.
func TestColumnsStand(t *testing.T) {
	clock := regexp.MustCompile(`^(\d\d-\d\d )?\d\d:\d\d`)
	for _, name := range []string{"incident", "wide", "many", "hostile"} {
		for _, width := range []int{72, 80, 120, 200} {
			rows, column := tableRows(drawn(t, Text, load(t, name), Options{Width: width}), "SINCE")
			if len(rows) == 0 {
				t.Errorf("%s at %d: no rows", name, width)
			}
			for _, row := range rows {
				if cell := row[len(head(row, column)):]; !clock.MatchString(cell) {
					t.Errorf("%s at %d: column %d is %q, want a time: %s", name, width, column, cell, row)
				}
			}
		}
	}
}

// tableRows returns the rows of the problems table, and where a heading begins.
func tableRows(text, heading string) (rows []string, column int) {
	_, table, _ := strings.Cut(text, "\nPROBLEM")
	headings, table, _ := strings.Cut(table, "\n")
	for line := range strings.Lines(table) {
		if strings.HasPrefix(line, "…") || strings.HasPrefix(line, "FIELDS") || strings.HasPrefix(line, "INPUT") {
			break
		}
		rows = append(rows, line)
	}
	return rows, len("PROBLEM") + strings.Index(headings, heading)
}

func TestTextSays(t *testing.T) {
	tests := []struct {
		name string
		o    Options
		want []string
	}{
		{"incident", Options{}, []string{
			"2,854 API errors in 48,214 records of 4 files   2026-11-22 13:40:07-14:31:52 UTC",
			"2 of 5 problems still failing at the end of the log; 412 errors without an ID",
			"1 P-4c1e02  Give sync (caller tok-7f3a) a new token; retrying cannot help.",
			`401 "Missing (expired) db token" 412x since 14:02:11  sync.log:10482`,
			"GET  …/{project}/kafka",
			"503 503 503",
			"12 malformed (first sync.log:881)",
		}},
		{"incident", Options{Width: 120}, []string{"/v1/project/{project}/kafka: Missing (expired) db token"}},
		{"many", Options{}, []string{"more problems (--top 40)"}},
		{"troubled", Options{}, []string{
			"partial: interrupted; 90,505 API errors",
			"500 many different messages",
			"2 of 3 not read whole: b.log.gz partial, unexpected EOF",
			"problems beyond 1,024 folded · request IDs beyond 16,384 estimated",
			"11-18 09:00",
		}},
		{"empty", Options{}, []string{"nothing to read in stdin", "TRY"}},
		{"no-errors", Options{}, []string{"no API errors in 48,314 records of 2 files", "3 malformed", "none of them is one"}},
		{"plain-text", Options{}, []string{"No record looks like an answer of an API"}},
		{"all-malformed", Options{}, []string{"No record could be read: 118 invalid json, 2 truncated", "dump.json:1"}},
		{"one-problem", Options{}, []string{"1 API error in 1 record of stdin", "1 problem, still failing", "-o json"}},
		{"hostile", Options{Width: 240}, []string{`\x1b[2J\x1b[31mred`, `\u202egnp.exe\u2066b`, `\x08`}},
	}
	for _, tt := range tests {
		text := drawn(t, Text, load(t, tt.name), tt.o)
		for _, want := range tt.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q in\n%s", tt.name, want, text)
			}
		}
	}
}

// TestTextSaysRequests: what was derived for errors without an ID is said only
// of a log without any.
func TestTextSaysRequests(t *testing.T) {
	status := 404
	derived := func(n int64) report.Request {
		at := slices.Repeat([]report.ErrorAt{{Status: &status}}, int(n))
		return report.Request{RequestID: "ServiceGet /v1/project/acme/service/demo-pg", Kind: "derived", Errors: n, ErrorsAt: at}
	}
	known := report.Request{RequestID: "9f2c77e1", Kind: "request", Errors: 2, ErrorsAt: []report.ErrorAt{{Status: &status}, {}}}
	for _, c := range []struct {
		name  string
		list  []report.Request
		ids   int64
		width int
		want  string
	}{
		{"IDs", []report.Request{derived(12), known}, 7, 100, "REQUESTS  7 IDs; most errors: 9f2c77e1 2 (404 -)"},
		{"IDs beyond the list", []report.Request{derived(12)}, 7, 100, "REQUESTS  7 IDs"},
		{"none", []report.Request{derived(12), derived(3)}, 0, 100, "REQUESTS  no IDs in the log; most errors: ServiceGet /v1/project/acme/service/demo-pg 12 (404 x12)"},
		{"none, narrow", []report.Request{derived(12)}, 0, 80, "REQUESTS  no IDs in the log; most errors: ServiceGet /v1/pr…e/service/demo-pg 12"},
		{"none twice", []report.Request{derived(1)}, 0, 80, "REQUESTS  no IDs in the log; one error per operation and path"},
	} {
		r := load(t, "incident")
		r.Requests, r.Input.RequestIDs = c.list, c.ids
		o := Options{Width: c.width}
		text := drawn(t, Text, r, o)
		checkText(t, text, o)
		if !strings.Contains(text, "\n"+c.want+"\n") {
			t.Errorf("%s: no line %q in\n%s", c.name, c.want, text)
		}
	}
}

// TestLimitsSay: each kind of bound says what became of the rest.
func TestLimitsSay(t *testing.T) {
	figures, lists := beyond([]report.Limit{
		{What: "problems", Cap: 1024}, {What: "request ids", Cap: 16384}, {What: "derived requests", Cap: 1024},
		{What: "requests listed", Cap: 1000}, {What: "operations", Cap: 4096}, {What: "fields", Cap: 512, Exact: true},
	})
	got := strings.Join(append(figures, lists...), " · ")
	want := "problems beyond 1,024 folded · request IDs beyond 16,384 estimated · derived requests beyond 1,024 left out · requests listed: at most 1,000 · operations beyond 4,096 not audited"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestTopShowsMore(t *testing.T) {
	text := drawn(t, Text, load(t, "many"), Options{Top: 20})
	if n := strings.Count(text, "\nP-"); n != 20 {
		t.Errorf("--top 20 shows %d problems", n)
	}
	if want := "… and 20 more problems (--top 40)"; !strings.Contains(text, want) {
		t.Errorf("no %q in\n%s", want, text)
	}
	if text := drawn(t, Text, load(t, "many"), Options{Top: 40}); strings.Contains(text, "more problem") {
		t.Errorf("--top 40 of 40 problems leaves some out:\n%s", text)
	}
}

// fillIn sets every string and number of a report.
func fillIn(v reflect.Value, text func() string, n func() int64) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			fillIn(v.Elem(), text, n)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[report.Time]() {
			return
		}
		for i := range v.NumField() {
			fillIn(v.Field(i), text, n)
		}
	case reflect.Slice:
		for i := range v.Len() {
			fillIn(v.Index(i), text, n)
		}
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]int64{text(): n()}))
	case reflect.String:
		v.SetString(text())
	case reflect.Int, reflect.Int64:
		v.SetInt(n())
	}
}

// FuzzText draws reports in which every text is cut from the input.
func FuzzText(f *testing.F) {
	for _, name := range testCases(f) {
		for _, p := range load(f, name).Problems[:min(1, len(load(f, name).Problems))] {
			f.Add(strings.Join([]string{p.ID, p.Route, p.Message, p.Code, p.Remedy.Summary}, "\n\n"), int64(1), uint8(80))
		}
	}
	f.Add("\x1b[31m\n\n\u202e\u200d\ufe0f\n\n1.\n\n`|``\\\n\n\xff\xfe\n\ne\u0301\u0301\u0301\u0301\u0301\u0301", int64(1)<<62, uint8(40))
	f.Fuzz(func(t *testing.T, text string, n int64, width uint8) {
		r := load(t, "troubled")
		pieces, i := strings.Split(text, "\n\n"), 0
		fillIn(reflect.ValueOf(r),
			func() string { i++; return pieces[i%len(pieces)] },
			func() int64 { return max(1, n&(1<<63-1)-int64(i)) })
		o := Options{Width: int(width)}
		checkText(t, drawn(t, Text, r, o), o)
		o.Top = 20
		checkText(t, drawn(t, Text, r, o), o)
		checkMarkdown(t, drawn(t, Markdown, r, o))
		checkJSON(t, drawn(t, JSON, r, o))
		r.Input.Errors = 0
		o.Top = 0
		checkText(t, drawn(t, Text, r, o), o)
		checkMarkdown(t, drawn(t, Markdown, r, o))
	})
}
