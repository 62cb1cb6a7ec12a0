package render

import (
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"testing"

	"analyzer/report"
)

// TestCSVIsSafe: whatever a log says, rows stay rows, cells stay text, and
// numbers stay numbers.
func TestCSVIsSafe(t *testing.T) {
	for _, name := range testCases(t) {
		r := load(t, name)
		var problems, requests []int64
		for i := range r.Problems {
			problems = append(problems, r.Problems[i].Errors)
		}
		for i := range r.Requests {
			requests = append(requests, r.Requests[i].Errors)
		}
		checkCSV(t, name, drawn(t, CSV, r, Options{}), problems)
		checkCSV(t, name, drawn(t, RequestsCSV, r, Options{}), requests)
	}
}

// checkCSV holds a table against its promises. errors are those of each row.
func checkCSV(t *testing.T, name, table string, errors []int64) {
	t.Helper()
	if lines := strings.Count(table, "\r\n"); lines != strings.Count(table, "\n") || lines != 1+len(errors) {
		t.Errorf("%s: %d lines for %d rows", name, lines, len(errors))
	}
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for i, row := range rows[1:] {
		for c, cell := range row {
			if strings.ContainsAny(cell, "\t\r\n") || cell != "" && strings.ContainsAny(cell[:1], "=+-@") {
				t.Errorf("%s: cell %s is %q", name, rows[0][c], cell)
			}
		}
		if got := row[slices.Index(rows[0], "errors")]; got != strconv.FormatInt(errors[i], 10) {
			t.Errorf("%s: %s errors, want %d", name, got, errors[i])
		}
	}
}

func TestCSVFormulas(t *testing.T) {
	for text, want := range map[string]string{
		"":           "",
		"plain":      "plain",
		"a=b":        "a=b",
		"=1+1":       "'=1+1",
		"+1":         "'+1",
		"-1":         "'-1",
		"@SUM(A1)":   "'@SUM(A1)",
		"＝1":         "'＝1",
		"\t=1":       `\t=1`,
		"\r=1":       `\r=1`,
		"a\nb":       `a\nb`,
		"say \"no\"": `say "no"`,
		"\x1b]0;x\a": `\x1b]0;x\x07`,
	} {
		if got := cell(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// The headings are keys of the JSON report, nested ones with a dot.
func TestCSVHeadingsAreKeys(t *testing.T) {
	checkHeadings(t, "problem", problemColumns)
	checkHeadings(t, "request", requestColumns)
}

func checkHeadings[T any](t *testing.T, of string, columns []csvColumn[T]) {
	t.Helper()
	schema := parsedSchema(t)
	for _, c := range columns {
		node, _ := schema.defs[of].(map[string]any)
		for key := range strings.SplitSeq(c.name, ".") {
			if items, ok := node["items"].(map[string]any); ok {
				node = schema.deref(items)
			}
			properties, _ := node["properties"].(map[string]any)
			child, ok := properties[key].(map[string]any)
			if !ok {
				t.Errorf("%s: no such key", c.name)
				break
			}
			node = schema.deref(child)
		}
	}
}

func TestBreakdownFits(t *testing.T) {
	for _, name := range testCases(t) {
		for _, by := range report.Dimensions {
			for _, width := range widths {
				for _, top := range []int{0, 1, 20} {
					o := Options{Width: width, Top: top, By: by}
					checkText(t, drawn(t, Text, load(t, name), o), o)
				}
			}
		}
	}
}

func TestBreakdownSays(t *testing.T) {
	r := load(t, "many")
	text := drawn(t, Text, r, Options{By: "route"})
	for _, want := range []string{"\nROUTE ", " SHARE  PROBLEMS\n", "… and 37 more routes\n", " 5%  P-b6589f\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if drawn(t, Text, r, Options{Top: 1000, By: "route"}) == drawn(t, Text, r, Options{Top: 1000}) {
		t.Error("no breakdown beside all problems")
	}
}

func TestFiltersAreSaid(t *testing.T) {
	at := func(clock string) *report.Time {
		var when report.Time
		if err := when.UnmarshalJSON([]byte(`"` + clock + `"`)); err != nil {
			t.Fatal(err)
		}
		return &when
	}
	r := load(t, "incident")
	r.Filters = report.Filters{Where: []string{"service=\x1bweb"}, Ignored: []report.Ignored{{Problem: "P-4c1e02", Errors: 1234}}}
	for _, c := range []struct {
		since, until *report.Time
		want         string
	}{
		{nil, nil, ""},
		{at("2026-11-22T14:00:00Z"), nil, " · since 2026-11-22 14:00 UTC"},
		{nil, at("2026-11-22T14:00:07Z"), " · until 2026-11-22 14:00:07 UTC"},
		{at("2026-11-22T14:00:00Z"), at("2026-11-22T15:10:07Z"), " · 2026-11-22 14:00-15:10:07 UTC"},
		{at("2026-11-21T14:00:00Z"), at("2026-11-22T15:10:00Z"), " · 2026-11-21 14:00 to 2026-11-22 15:10 UTC"},
	} {
		r.Window.Since, r.Window.Until = c.since, c.until
		want := "\nFILTERS   service=\\x1bweb · P-4c1e02 ignored (1,234)" + c.want + "\n"
		if text := drawn(t, Text, r, Options{Width: 120}); !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if text := drawn(t, Markdown, r, Options{}); !strings.Contains(text, "\n- **Filters:** `service=\\x1bweb`, `P-4c1e02 ignored (1,234)`, `2026-11-21 14:00 to") {
		t.Errorf("no filters in\n%s", text)
	}
}
