package render

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"analyzer/report"
)

var update = flag.Bool("update", false, "write the golden files")

// drawing is one golden file of each case.
type drawing struct {
	file string
	draw Func
	o    Options
}

var drawings = []drawing{
	{"text.txt", Text, Options{}},
	{"text-60.txt", Text, Options{Width: 60}},
	{"text-120.txt", Text, Options{Width: 120}},
	{"text-200.txt", Text, Options{Width: 200}},
	{"text-top.txt", Text, Options{Top: 20}},
	{"text-by.txt", Text, Options{By: "service"}},
	{"report.md", Markdown, Options{}},
	{"report-by.md", Markdown, Options{By: "route"}},
	{"report.json", JSON, Options{}},
	{"report.csv", CSV, Options{}},
	{"report.prom", Prometheus, Options{}},
	{"requests.csv", RequestsCSV, Options{}},
	{"bundle.txt", bundleText, Options{}},
}

// testCases returns the folders of testdata that hold a report.
func testCases(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/*/report.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases in testdata: %v", err)
	}
	for i, p := range paths {
		paths[i] = filepath.Base(filepath.Dir(p))
	}
	return paths
}

// load reads the report of a case.
func load(t testing.TB, name string) *report.Report {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	r := new(report.Report)
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(r); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return r
}

func drawn(t testing.TB, f Func, r *report.Report, o Options) string {
	t.Helper()
	var out bytes.Buffer
	if err := f(&out, r, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestGolden(t *testing.T) {
	for _, name := range testCases(t) {
		t.Run(name, func(t *testing.T) {
			for _, d := range drawings {
				golden(t, filepath.Join("testdata", name, d.file), drawn(t, d.draw, load(t, name), d.o))
			}
		})
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (-update writes it):\n%s", path, got)
	}
}

// Drawing must neither change the report nor depend on what was drawn before.
func TestDrawingIsPure(t *testing.T) {
	for _, name := range testCases(t) {
		r := load(t, name)
		before := drawn(t, JSON, r, Options{})
		for _, d := range drawings {
			first := drawn(t, d.draw, r, d.o)
			if again := drawn(t, d.draw, r, d.o); again != first {
				t.Errorf("%s: %s differs when drawn twice", name, d.file)
			}
		}
		if drawn(t, JSON, r, Options{}) != before {
			t.Errorf("%s: drawing changed the report", name)
		}
	}
}

func TestWriteErrorIsReturned(t *testing.T) {
	for name, f := range Formats {
		if err := f(brokenWriter{}, load(t, "incident"), Options{}); err != errBroken {
			t.Errorf("%s: got error %v, want that of the writer", name, err)
		}
	}
}

var errBroken = fmt.Errorf("broken")

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }
