package render

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"analyzer/report"
)

// eachDiff compares every two reports of testdata.
func eachDiff(t *testing.T, f func(name string, d *report.Diff)) {
	t.Helper()
	changes := 0
	for _, before := range testCases(t) {
		for _, after := range testCases(t) {
			d := report.Compare(load(t, before), load(t, after))
			changes += len(d.Changes)
			f(before+" and "+after, d)
		}
	}
	if changes == 0 {
		t.Error("no report differs from another")
	}
}

func drawnDiff(t *testing.T, draw func(*bytes.Buffer) error) string {
	t.Helper()
	var out bytes.Buffer
	if err := draw(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Whatever differs, its text fits one screen and its Markdown is inert.
func TestDiffFits(t *testing.T) {
	eachDiff(t, func(name string, d *report.Diff) {
		for _, width := range []int{40, 60, 80, 120, 240} {
			for _, top := range []int{0, 3} {
				o := Options{Width: width, Top: top}
				checkText(t, drawnDiff(t, func(b *bytes.Buffer) error { return Diff(b, d, o) }), o)
			}
		}
		checkMarkdown(t, drawnDiff(t, func(b *bytes.Buffer) error { return DiffMarkdown(b, d, Options{}) }))
		if t.Failed() {
			t.Fatal(name)
		}
	})
}

func TestDiffColourChangesNoText(t *testing.T) {
	eachDiff(t, func(name string, d *report.Diff) {
		plain := drawnDiff(t, func(b *bytes.Buffer) error { return Diff(b, d, Options{}) })
		colour := drawnDiff(t, func(b *bytes.Buffer) error { return Diff(b, d, Options{Color: true}) })
		if unpainted(colour) != plain || colour == plain {
			t.Errorf("%s: in colour\n%s", name, colour)
		}
	})
}

// The figures of the widest kind neither break a line nor stop a comparison.
func TestDiffOfHugeFigures(t *testing.T) {
	before, after := load(t, "incident"), load(t, "troubled")
	for _, r := range []*report.Report{before, after} {
		fillIn(reflect.ValueOf(r), func() string { return "x" }, func() int64 { return 1<<63 - 1 })
	}
	o := Options{}
	checkText(t, drawnDiff(t, func(b *bytes.Buffer) error { return Diff(b, report.Compare(before, after), o) }), o)
}

func TestSchemaHoldsDiffs(t *testing.T) {
	schema := parsedSchema(t)
	compareKeys(t, schema, "diff", schema.defs["diff"].(map[string]any), reflect.TypeFor[report.Diff]())
	eachDiff(t, func(name string, d *report.Diff) {
		text, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(text, &v); err != nil {
			t.Fatal(err)
		}
		for _, complaint := range slices.Compact(schema.check(schema.defs["diff"].(map[string]any), v, name)) {
			t.Error(complaint)
		}
	})
}
