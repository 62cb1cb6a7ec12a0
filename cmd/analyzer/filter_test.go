package main

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"analyzer/parse/redact"
	"analyzer/report"
	"analyzer/report/render"
)

func filterHelp(t *testing.T) string {
	t.Helper()
	field, ok := reflect.TypeFor[filterFlags]().FieldByName("Where")
	if !ok {
		t.Fatal("no flag --where")
	}
	return field.Tag.Get("help")
}

// filterOf reads flags at half past two on the day of the incident.
func filterOf(t *testing.T, flags filterFlags) filter {
	t.Helper()
	f, err := flags.read(time.Date(2026, 11, 22, 14, 30, 0, 0, time.UTC), redact.New(nil))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestInWindow(t *testing.T) {
	at := func(clock string) time.Time {
		if clock == "" {
			return time.Time{}
		}
		m, err := parseMoment("2026-11-22 "+clock, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for _, c := range []struct {
		since, until, at string
		want             bool
	}{
		{"", "", "", true},
		{"", "", "14:00", true},
		{"14:00", "", "", false},
		{"", "14:00", "", false},
		{"14:00", "", "13:59:59.999", false},
		{"14:00", "", "14:00", true},
		{"14:00", "14:10", "14:09:59.999", true},
		{"14:00", "14:10", "14:10", false},
		{"", "14:10", "13:00", true},
		{"30m", "", "14:00", true},
		{"30m", "", "13:59", false},
	} {
		f := filterOf(t, filterFlags{Since: c.since, Until: c.until})
		if got := f.inWindow(at(c.at)); got != c.want {
			t.Errorf("since %q until %q: %q is in the window: %v", c.since, c.until, c.at, got)
		}
	}
}

// TestFilterNamesNoSecret: the flags stand in reports.
func TestFilterNamesNoSecret(t *testing.T) {
	f := filterOf(t, filterFlags{Where: []string{"path=/a?api_key=hunter2secret"}})
	if got := f.asked.Where[0]; strings.Contains(got, "hunter2") || !strings.HasPrefix(got, "path=/a?") {
		t.Errorf("got %s", got)
	}
}

var filterCases = []filterFlags{
	{Since: "2026-11-22 14:00"},
	{Until: "2026-11-22 14:00"},
	{Since: "30m", Until: "20m"},
	{Since: "2027-01-01"},
	{Where: []string{"status=5xx", "status=404"}},
	{Where: []string{"service!=billing", "category=authentication"}},
	{Where: []string{"request-id="}},
	{Where: []string{"service=nobody"}},
	{Ignore: []string{"P-yrzsz8", "P-9sd0c9"}},
	{Since: "30m", Where: []string{"service=billing"}, Ignore: []string{"P-byg0rm"}},
}

// TestFilteredConservation: what passes a filter and what does not add up to
// what there is, in each source and in all.
func TestFilteredConservation(t *testing.T) {
	log := "../../testdata/incident.log"
	all := analyzeLog(t, testPipeline(t, nil), log).Input
	for _, flags := range filterCases {
		p := testPipeline(t, nil)
		p.filter = filterOf(t, flags)
		r := analyzeLog(t, p, log)
		in := r.Input
		if in.Errors+in.Filtered != all.Errors || in.Records != all.Records || in.NonErrors != all.NonErrors || in.Malformed != all.Malformed {
			t.Errorf("%+v: %+v of %+v", flags, in, all)
		}
		if s := in.Sources[0]; s.Errors != in.Errors || s.Filtered != in.Filtered {
			t.Errorf("%+v: the source has %+v", flags, s)
		}
		var problems, categories, ignored int64
		for _, p := range r.Problems {
			problems += p.Errors
			if slices.Contains(flags.Ignore, p.ID) {
				t.Errorf("%+v: reports the ignored %s", flags, p.ID)
			}
		}
		for _, c := range r.Categories {
			categories += c.Errors
		}
		for _, i := range r.Filters.Ignored {
			ignored += i.Errors
		}
		if problems != in.Errors || categories != in.Errors || ignored > in.Filtered {
			t.Errorf("%+v: %d errors, %d in problems, %d in categories, %d ignored", flags, in.Errors, problems, categories, ignored)
		}
		inside(t, r)
	}
}

// inside checks that a report shows nothing outside the window.
func inside(t *testing.T, r *report.Report) {
	t.Helper()
	times := []*report.Time{r.Window.First, r.Window.Last}
	for _, p := range r.Problems {
		times = append(times, p.First, p.Last)
	}
	for _, at := range times {
		if at == nil {
			continue
		}
		if s := r.Window.Since; s != nil && at.Before(s.Time) {
			t.Errorf("since %v: shows %v", s, at)
		}
		if u := r.Window.Until; u != nil && at.After(u.Time) {
			t.Errorf("until %v: shows %v", u, at)
		}
	}
}

// TestFilteredWorkers: filters do not depend on workers and chunks.
func TestFilteredWorkers(t *testing.T) {
	for _, flags := range filterCases {
		var want []byte
		for _, c := range []struct{ workers, size int }{{1, 0}, {3, 1000}} {
			var got bytes.Buffer
			p := testPipeline(t, &got)
			p.workers, p.chunkSize, p.filter = c.workers, c.size, filterOf(t, flags)
			if err := render.JSON(&got, analyzeLog(t, p, "../../testdata/incident.log"), render.Options{}); err != nil {
				t.Fatal(err)
			}
			if want != nil && !bytes.Equal(got.Bytes(), want) {
				t.Errorf("%+v: %d workers, chunks of %d bytes: another report", flags, c.workers, c.size)
			}
			want = got.Bytes()
		}
	}
}

// TestLinesStandForErrors: the lines of a log's errors give the same errors.
func TestLinesStandForErrors(t *testing.T) {
	for _, log := range bundled(t) {
		var lines bytes.Buffer
		p := testPipeline(t, nil)
		p.streams = []stream{{rawLine(p.redactor), &lines}}
		r := analyzeLog(t, p, log)
		if n := int64(bytes.Count(lines.Bytes(), []byte("\n"))); n > r.Input.Errors || n == 0 && r.Input.Errors > 0 {
			t.Errorf("%s: %d lines for %d errors", log, n, r.Input.Errors)
		}
		if control := bytes.IndexFunc(lines.Bytes(), func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f }); control >= 0 {
			t.Errorf("%s: a control character in the lines", log)
		}
	}
}

func TestOneLine(t *testing.T) {
	for raw, want := range map[string]string{
		`{"a": 1}`:                  `{"a": 1}`,
		"{\n\t\"a\": \"b\\n\"\r\n}": `{"a":"b\n"}`,
		"{\"a\": 1}\n\tat main":     `{"a": 1}\n\tat main`,
		"\x1b[31mred\u202e":         `\x1b[31mred\u202e`,
	} {
		got := string(rawLine(redact.New(nil))(nil, nil, []byte(raw), true))
		if got != want+"\n" {
			t.Errorf("%q: got %q, want %q", raw, got, want)
		}
	}
}
