package parse

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"analyzer/parse/input"
)

// each returns n members or elements by a format with one number.
func each(n int, format string) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(format, i)
	}
	return strings.Join(list, ",")
}

// nest returns inner within n pairs of before and after.
func nest(n int, before, inner, after string) string {
	return strings.Repeat(before, n) + inner + strings.Repeat(after, n)
}

// body is a record with a response body beside a status.
func body(json string) string {
	return `{"status":400,"path":"/x","response_body":` + json + `}`
}

// hostile are records made to cost much: what stands in them would be looked at
// again for each level, each member or each other error.
var hostile = []struct{ name, record string }{
	{"many errors", body(`{"errors":[` + each(6000, `{"code":"nope_%d","message":"is too bad"}`) + `]}`)},
	{"many errors that tell", body(`{"errors":[` + each(6000, `{"code":"not_found","message":"is too bad","field":"f%d"}`) + `]}`)},
	{"many objects", `{` + each(3000, `"o%d":{"status":200,"code":"nope","message":"is too bad"}`) + `}`},
	{"many objects for errors", `{"response_body":{` + each(5000, `"error%d":{"code":"nope","message":"is too bad"}`) + `}}`},
	{"many events in one", `{"level":"error","a":[` + each(3000, `{"error":{"code":"nope","message":"is too bad","time":%d}}`) + `]}`},
	{"many keys", body(`{` + each(10_000, `"k%d":"not_found"`) + `}`)},
	{"many equal keys", body(`{` + each(10_000, `"error":"nope_%d"`) + `}`)},
	{"many texts", body(`{` + each(10_000, `"message":"is bad number %d"`) + `}`)},
	{"many inputs", body(`{"errors":{` + each(5000, `"f%d":["is bad"]`) + `}}`)},
	{"many inputs in inputs", body(`{"errors":{` + each(3000, `"f%d":{"g":{"h":["is bad"]}}`) + `}}`)},
	{"many sparse lists", body(`{"errors":{` + each(2000, `"f%d":{"_errors":["is bad"],"g":[{},{"h":["is bad"]}]}`) + `}}`)},
	{"many segments", body(`{"message":"is bad","path":[` + each(10_000, `"s%d"`) + `],"loc":[` + each(2000, `["t%d"]`) + `]}`)},
	{"many statuses", `{"level":"error",` + each(5000, `"status":["nope",%d]`) + `}`},
	{"many flags", body(`{` + each(190, `"code":"nope_%d","success":"maybe"`) + `}`)},

	{"deep errors", nest(30, `{"error":{"code":"nope","message":"is bad","errors":[`, `{"code":"nope"}`, `]}}`)},
	{"deep bodies", nest(60, `{"response":`, `{"error":"no such thing"}`, `}`)},
	{"deep lists of inputs", body(`{"errors":` + nest(28, `[{"a":`, `["is bad"]`, `}]`) + `}`)},
	{"deep objects of inputs", body(`{"errors":` + nest(58, `{"a":`, `["is bad"]`, `}`) + `}`)},
	{"deep lists of Zod", body(`{"errors":` + nest(28, `[{"_errors":["is bad"],"a":`, `["is bad"]`, `}]`) + `}`)},
	{"deep lists of Django", body(nest(28, `{"a":[`, `{"b":["is too bad"]}`, `]}`))},
	{"deep children", body(`{"errors":` + nest(28, `[{"property":"a","children":`, `[]`, `}]`) + `}`)},
	{"deep and wide", nest(20, `{"error":`, `{"code":"nope"}`, `,`+each(100, `"errors%d":[{"code":"nope","message":"is bad"}]`)+`}`)},
	{"deep strings", body(`"` + strings.Repeat(`{\"error\":`, 25) + `1` + strings.Repeat(`}`, 25) + `"`)},

	{"long texts", body(`{` + each(15, `"message%d":"`+strings.Repeat("A b ", 50_000)+`"`) + `}`)},
	{"long flags", `{"response_body":{` + each(90, `"status":"`+strings.Repeat("A B ", 5000)+`","code":"nope_%d"`) + `}}`},
	{"long errors of inputs", body(`{"errors":{` + each(15, `"f%d":"`+strings.Repeat("is bad ", 28_000)+`"`) + `}}`)},
	{"long keys", body(`{` + each(150, `"`+strings.Repeat("k", 10_000)+`%derr":"no","error_code":"nope"`) + `}`)},
	{"long inputs", body(`{"errors":{` + each(150, `"`+strings.Repeat("f", 10_000)+`%d":["is bad"]`) + `}}`)},
	{"long names", body(`{"errors":[` + each(15, `{"field":"`+strings.Repeat("f", 200_000)+`","missingProperty":"`+strings.Repeat("g", 20_000)+`%d"}`) + `]}`)},
	{"long codes", body(`{"errors":[` + each(15, `{"code":"`+strings.Repeat("not_found", 20_000)+`%d"}`) + `]}`)},
}

// The most that one record may cost: looks at each of its values, one for each
// that stands beside it, and bytes made of each of its own.
const (
	mostVisits = maxMembers
	mostBytes  = 24
)

// TestBounds holds that no record costs more than its size allows, and that of
// each no more is kept than the bounds say.
func TestBounds(t *testing.T) {
	for _, row := range hostile {
		t.Run(row.name, func(t *testing.T) {
			s := boundsScanner(t)
			read(s, row.record) // the arena grows once
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			found := read(s, row.record)
			runtime.ReadMemStats(&after)

			if most := mostVisits * len(s.tree.nodes); s.tree.visits > most {
				t.Errorf("%d looks at %d values, want at most %d", s.tree.visits, len(s.tree.nodes), most)
			}
			if made, most := after.TotalAlloc-before.TotalAlloc, uint64(mostBytes*len(row.record)+1<<20); made > most {
				t.Errorf("%d bytes made of %d, want at most %d", made, len(row.record), most)
			}
			if found {
				CheckBounds(t, &s.record)
			}
		})
	}
}

// boundsScanner returns a scanner that knows a few codes and one shape.
func boundsScanner(t testing.TB) *Scanner {
	t.Helper()
	r, err := Compile(Vocabulary{
		Shapes:       []Shape{{Name: "acme/errors", When: []string{"errors[].code | errors[].message"}, Items: "errors[]", Code: "errors[].code", Message: "errors[].message"}},
		Codes:        []string{"not_found", "invalid_*"},
		GeneralCodes: []string{"*error*", "*exceeded*"},
		Triggers:     []string{`error`, `"code"`, `"message"`},
	})
	if err != nil {
		t.Fatal(err)
	}
	return NewScanner(r, Options{})
}

// read reads one record and reports whether it holds an API error.
func read(s *Scanner, record string) bool {
	s.Reset(&input.Chunk{Source: "app.log"})
	return s.open([]byte(record), s.pos(), true)
}

// CheckBounds holds that no more of a record is kept than the bounds say, and that
// all of it is valid UTF-8.
func CheckBounds(t testing.TB, r *Record) {
	t.Helper()
	check := func(what string, n, most int) {
		t.Helper()
		if n > most {
			t.Errorf("%d %s, want at most %d", n, what, most)
		}
	}
	check("errors", len(r.Errors), maxItems)
	for _, d := range r.Errors {
		check("inputs", len(d.Fields), maxAffected)
		check("reasons", len(d.Reasons), maxReasons)
		check("texts", len(d.Texts), maxTexts)
		for _, text := range append(append(append([]string{d.Code, d.Message}, d.Fields...), d.Reasons...), d.Texts...) {
			check("bytes of one text", len(text), maxField)
			if !utf8.ValidString(text) {
				t.Errorf("%q is not valid UTF-8", text)
			}
		}
	}
}

// TestVisitsEnd holds that a record for which these bounds are not enough is
// given up, with a note, and costs the next one nothing.
func TestVisitsEnd(t *testing.T) {
	s := boundsScanner(t)
	read(s, `{"response_body":{"errors":[`+each(80, `{`+each(180, `"code":"nope_%d"`)+`,"message":"is bad number %d"}`)+`]}}`)
	if s.tree.visits != maxVisits || s.account.Notes[ManyItems] != 1 {
		t.Errorf("%d looks, %d notes", s.tree.visits, s.account.Notes[ManyItems])
	}
	if !read(s, `{"response_body":{"code":"not_found","message":"No such user"}}`) {
		t.Error("the next record is not read")
	}
}
