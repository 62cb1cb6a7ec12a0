package classify_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"analyzer/classify"
)

// accuracyDir holds the rows of the benchmark, one JSON object a line, labelled
// by meaning from public documentation.
const accuracyDir = "testdata/accuracy"

// What the benchmark must hold at least.
const (
	minBodies    = 400
	minProviders = 100
	minQuiet     = 300
)

// body is an error response and what it means.
type body struct {
	Provider   string   `json:"provider"`
	Page       string   `json:"page"`   // the public page whose shape it follows
	Status     int      `json:"status"` // what stands beside it in the log; 0 if nothing does
	Body       string   `json:"body"`
	Category   string   `json:"category"`
	HTTPStatus int      `json:"http_status"` // the right answer; 0 if nothing says
	Code       string   `json:"code"`
	Fields     []string `json:"fields"`
	RequestID  string   `json:"request_id"`

	at string // file:line
}

// quietLine is a log line that holds no API error.
type quietLine struct {
	Page string `json:"page"`
	Line string `json:"line"`

	at string // file:line
}

func readBodies(t *testing.T) []*body {
	t.Helper()
	var rows []*body
	readRows(t, "bodies-*.ndjson", func(at string, row body) {
		row.at = at
		rows = append(rows, &row)
	})
	return rows
}

func readQuiet(t *testing.T) []*quietLine {
	t.Helper()
	var rows []*quietLine
	readRows(t, "quiet-*.ndjson", func(at string, row quietLine) {
		row.at = at
		rows = append(rows, &row)
	})
	return rows
}

// readRows reads the rows of all files of a pattern; there is at least one.
func readRows[T any](t *testing.T, pattern string, add func(at string, row T)) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(accuracyDir, pattern))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range bytes.Split(bytes.TrimSpace(content), []byte("\n")) {
			at := fmt.Sprintf("%s:%d", filepath.Base(path), i+1)
			var row T
			decoder := json.NewDecoder(bytes.NewReader(line))
			decoder.DisallowUnknownFields()
			if err := decoder.Decode(&row); err != nil {
				t.Fatalf("%s: read row: %v", at, err)
			}
			add(at, row)
			n++
		}
	}
	if n == 0 {
		t.Fatalf("%s holds no row of %s", accuracyDir, pattern)
	}
}

// The places in which a body stands in a log.
const (
	nested  = iota // an object in a JSON line
	escaped        // a string in a JSON line
	inText         // after a sentence
	bare           // alone
	numPlacements
)

var placementNames = [numPlacements]string{"nested", "escaped", "text", "bare"}

// line returns the log line in which b stands in a placement; false if b cannot
// stand there, as text cannot be an object.
func (b *body) line(placement int) (string, bool) {
	text, isJSON := oneLine(b.Body)
	switch placement {
	case nested:
		return b.jsonLine(text), isJSON
	case escaped:
		return b.jsonLine(quote(text)), true
	case inText:
		return "2026-01-02T03:04:05Z ERROR call failed: " + b.besideText() + text, true
	}
	return text, true
}

// oneLine returns a body as it stands in a line, and whether it is JSON.
func oneLine(text string) (string, bool) {
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(text)); err != nil {
		return strings.Join(strings.Fields(text), " "), false
	}
	return compact.String(), true
}

// jsonLine returns a JSON line with value as the response. Half of the bodies
// stand in a line with other names than the rest.
func (b *body) jsonLine(value string) string {
	statusKey, bodyKey := "status", "response"
	if crc32.ChecksumIEEE([]byte(b.Body))%2 == 1 {
		statusKey, bodyKey = "http.response.status_code", "body"
	}
	beside := ""
	if b.Status != 0 {
		beside = fmt.Sprintf(`"%s":%d,`, statusKey, b.Status)
	}
	return fmt.Sprintf(`{"level":"error","time":"2026-01-02T03:04:05Z","msg":"call failed",%s"%s":%s}`, beside, bodyKey, value)
}

func (b *body) besideText() string {
	if b.Status == 0 {
		return ""
	}
	return strconv.Itoa(b.Status) + ": "
}

// quote returns s as JSON, without the escapes that only HTML needs.
func quote(s string) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil {
		panic(err)
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// word finds what makes a code one that tells: three letters.
var word = regexp.MustCompile(`[A-Za-z]{3}`)

// tells reports whether b alone shows that it is an error: it states a status,
// or has a code that is a word.
func (b *body) tells() bool { return b.statesStatus() || word.MatchString(b.Code) }

// statesStatus reports whether the right HTTP status comes from b alone.
func (b *body) statesStatus() bool {
	if b.HTTPStatus == 0 || b.HTTPStatus != b.Status {
		return b.HTTPStatus != 0
	}
	return containsNumber(b.Body, b.HTTPStatus)
}

func containsNumber(text string, n int) bool {
	return regexp.MustCompile(`(?:^|[^0-9A-Za-z.-])` + strconv.Itoa(n) + `(?:[^0-9A-Za-z-]|$)`).MatchString(text)
}

func TestAccuracyBodies(t *testing.T) {
	seen := map[string]string{}
	for _, b := range readBodies(t) {
		for _, fault := range b.faults() {
			t.Errorf("%s: %s: %s", b.at, b.Provider, fault)
		}
		key := fmt.Sprintf("%d %s", b.Status, b.Body)
		if other := seen[key]; other != "" {
			t.Errorf("%s: the same body stands in %s", b.at, other)
		}
		seen[key] = b.at
	}
}

func TestAccuracyQuietLines(t *testing.T) {
	seen := map[string]string{}
	for _, q := range readQuiet(t) {
		if q.Page == "" || strings.TrimSpace(q.Line) == "" || strings.Contains(q.Line, "\n") {
			t.Errorf("%s: not one line with its page", q.at)
		}
		if other := seen[q.Line]; other != "" {
			t.Errorf("%s: the same line stands in %s", q.at, other)
		}
		seen[q.Line] = q.at
	}
}

// The benchmark is large enough to be hard to please by accident.
func TestAccuracyIsLarge(t *testing.T) {
	bodies, providers := readBodies(t), map[string]bool{}
	for _, b := range bodies {
		providers[b.Provider] = true
	}
	for _, c := range []struct {
		what    string
		n, want int
	}{
		{"bodies", len(bodies), minBodies},
		{"providers", len(providers), minProviders},
		{"lines without an error", len(readQuiet(t)), minQuiet},
	} {
		if c.n < c.want {
			t.Errorf("%d %s, want at least %d", c.n, c.what, c.want)
		}
	}
}

var slug = regexp.MustCompile(`^[a-z0-9]+([.-][a-z0-9]+)*$`)

// faults returns what is wrong with the labels of b by themselves.
func (b *body) faults() []string {
	var faults []string
	claim := func(holds bool, format string, args ...any) {
		if !holds {
			faults = append(faults, fmt.Sprintf(format, args...))
		}
	}
	claim(slug.MatchString(b.Provider), "provider is no slug")
	claim(b.Page != "", "no page")
	claim(strings.TrimSpace(b.Body) != "", "no body")
	claim(isCategory(b.Category), "category %q is unknown", b.Category)
	claim(b.Status == 0 || b.Status >= 400 && b.Status <= 599, "status %d is no error", b.Status)
	claim(b.HTTPStatus == 0 || b.HTTPStatus >= 100 && b.HTTPStatus <= 599, "http_status %d is none", b.HTTPStatus)
	claim(b.HTTPStatus != 0 || b.Status == 0, "http_status is 0 beside status %d", b.Status)
	claim(b.holds(b.Code), "code %q is not in the body", b.Code)
	claim(b.holds(b.RequestID), "request_id %q is not in the body", b.RequestID)
	claim(b.Fields != nil, "no list of fields")
	for i, field := range b.Fields {
		claim(!slices.Contains(b.Fields[:i], field), "field %q stands twice", field)
		claim(b.names(lastSegment(field)), "field %q is not in the body", field)
		claim(!numbered.MatchString(field), "field %q has a numbered index", field)
	}
	return faults
}

var numbered = regexp.MustCompile(`\[[^]]+\]|(^|\.)\d+(\.|$)`)

func isCategory(name string) bool {
	return slices.ContainsFunc(classify.Categories[:], func(c classify.Category) bool { return c.String() == name })
}

// holds reports whether the body says s, as it is or unescaped.
func (b *body) holds(s string) bool {
	said := strings.ToLower(b.Body)
	s = strings.ToLower(s)
	return strings.Contains(said, s) || strings.Contains(said, strings.Trim(strings.ToLower(quote(s)), `"`))
}

// names reports whether the body says the name of a field, be it in words as
// "Escalation policy" for escalation_policy.
func (b *body) names(field string) bool {
	return b.holds(field) || strings.Contains(letters(b.Body), letters(field))
}

// letters returns text in lower case without what joins words.
func letters(text string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "").Replace(strings.ToLower(text))
}

// lastSegment returns the name at the end of a field's path.
func lastSegment(field string) string {
	field = strings.TrimRight(field, "[]")
	return field[strings.LastIndexByte(field, '.')+1:]
}
