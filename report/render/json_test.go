package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"analyzer/report"
)

// checkJSON holds a JSON report against what encoding cannot break.
func checkJSON(t testing.TB, s string) {
	t.Helper()
	if !json.Valid([]byte(s)) || !utf8.ValidString(s) || !strings.HasSuffix(s, "}\n") {
		t.Errorf("not a line-ended JSON text in UTF-8: %q", s)
	}
	if strings.ContainsAny(s, "<>&\u2028\u2029") {
		t.Errorf("a character that HTML or scripts would act on: %q", s)
	}
}

func TestJSONIsSafe(t *testing.T) {
	for _, name := range testCases(t) {
		checkJSON(t, drawn(t, JSON, load(t, name), Options{}))
	}
}

func TestSchemaHoldsGoldens(t *testing.T) {
	schema := parsedSchema(t)
	for _, name := range testCases(t) {
		var v any
		if err := json.Unmarshal([]byte(drawn(t, JSON, load(t, name), Options{})), &v); err != nil {
			t.Fatal(err)
		}
		for _, complaint := range schema.check(schema.root, v, name) {
			t.Error(complaint)
		}
	}
}

// A schema that accepts everything would pass the test above.
func TestSchemaRefuses(t *testing.T) {
	schema := parsedSchema(t)
	for _, change := range []struct{ old, new string }{
		{`"interrupted": false`, `"interrupted": 0`},
		{`"interrupted": false,`, ``},
		{`"interrupted": false`, `"interrupted": false, "more": 1`},
		{`"state": "still"`, `"state": "maybe"`},
		{`"status": 401`, `"status": 99`},
		{`"status": 401`, `"status": "401"`},
		{`"first": "2026-11-22T13:40:07Z"`, `"first": "2026-11-22 13:40:07"`},
		{`"errors": 412`, `"errors": 412.5`},
		{`"step": 60`, `"step": null`},
		{`"limits": [`, `"limits": [ {},`},
	} {
		text := drawn(t, JSON, load(t, "incident"), Options{})
		changed := strings.Replace(text, change.old, change.new, 1)
		var v any
		if err := json.Unmarshal([]byte(changed), &v); err != nil || changed == text {
			t.Fatalf("no test: %s -> %s: %v", change.old, change.new, err)
		}
		if len(schema.check(schema.root, v, "")) == 0 {
			t.Errorf("schema accepts %s -> %s", change.old, change.new)
		}
	}
}

// The schema lists the keys of the Go types, in their order.
func TestSchemaIsTheTypes(t *testing.T) {
	schema := parsedSchema(t)
	compareKeys(t, schema, "report", schema.root, reflect.TypeFor[report.Report]())
	compareKeys(t, schema, "finding", schema.defs["finding"].(map[string]any), reflect.TypeFor[report.Finding]())
}

func compareKeys(t *testing.T, s *schema, path string, node map[string]any, typ reflect.Type) {
	t.Helper()
	node = s.deref(node)
	switch typ.Kind() {
	case reflect.Pointer:
		compareKeys(t, s, path, node, typ.Elem())
	case reflect.Slice:
		items, ok := node["items"].(map[string]any)
		if !ok {
			t.Fatalf("%s: no items in the schema", path)
		}
		compareKeys(t, s, path+"[]", items, typ.Elem())
	case reflect.Struct:
		if typ == reflect.TypeFor[report.Time]() || typ == reflect.TypeFor[report.Point]() {
			return
		}
		keys, types := jsonKeys(typ)
		var required []string
		for _, k := range list(node["required"]) {
			required = append(required, k.(string))
		}
		if !slices.Equal(required, keys) {
			t.Errorf("%s: schema requires %v, the type has %v", path, required, keys)
			return
		}
		properties := node["properties"].(map[string]any)
		if len(properties) != len(keys) || node["additionalProperties"] != false {
			t.Errorf("%s: properties beyond the required ones", path)
		}
		for i, k := range keys {
			compareKeys(t, s, path+"."+k, properties[k].(map[string]any), types[i])
		}
	}
}

// jsonKeys returns the keys of a struct as encoding/json writes them.
func jsonKeys(typ reflect.Type) (keys []string, types []reflect.Type) {
	for i := range typ.NumField() {
		f := typ.Field(i)
		if f.Anonymous {
			k, ts := jsonKeys(f.Type)
			keys, types = append(keys, k...), append(types, ts...)
			continue
		}
		keys, types = append(keys, f.Tag.Get("json")), append(types, f.Type)
	}
	return keys, types
}

func TestNDJSON(t *testing.T) {
	status := 400
	f := &report.Finding{
		Place:    report.Place{Source: "app.log", Line: 12, Offset: 3456},
		Category: "validation", Status: &status, Message: "a\nb\u2028<\xff", Fields: []string{"plan"},
		Problem: "P-4c1e02", Retry: "never",
	}
	got := string(NDJSON([]byte("before\n"), f))
	want := `before
{"source":"app.log","line":12,"offset":3456,"time":null,"category":"validation","status":400,"code":"","message":"a\nb\u2028\u003c\ufffd",` +
		`"fields":["plan"],"request_id":"","method":"","path":"","route":"","caller":"","service":"","envelope":"","rule":"","evidence":"",` +
		`"problem":"P-4c1e02","retry":"never"}
`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	schema := parsedSchema(t)
	var v any
	if err := json.Unmarshal([]byte(strings.TrimPrefix(got, "before\n")), &v); err != nil {
		t.Fatal(err)
	}
	for _, complaint := range schema.check(schema.defs["finding"].(map[string]any), v, "finding") {
		t.Error(complaint)
	}
}

func BenchmarkNDJSON(b *testing.B) {
	f := &report.Finding{Place: report.Place{Source: "app.log", Line: 12}, Category: "validation", Message: "Invalid plan", Fields: []string{"plan"}}
	var line []byte
	for b.Loop() {
		line = NDJSON(line[:0], f)
	}
	b.SetBytes(int64(len(line)))
}

// schema is a JSON Schema of the few keywords that schema.json uses.
type schema struct{ root, defs map[string]any }

func parsedSchema(t *testing.T) *schema {
	t.Helper()
	var root map[string]any
	d := json.NewDecoder(bytes.NewReader(Schema))
	if err := d.Decode(&root); err != nil {
		t.Fatal(err)
	}
	return &schema{root, root["$defs"].(map[string]any)}
}

func (s *schema) deref(node map[string]any) map[string]any {
	if ref, ok := node["$ref"].(string); ok {
		return s.deref(s.defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any))
	}
	return node
}

// check returns what is wrong with v.
func (s *schema) check(node map[string]any, v any, path string) []string {
	node = s.deref(node)
	var wrong []string
	complain := func(format string, args ...any) {
		wrong = append(wrong, path+": "+fmt.Sprintf(format, args...))
	}
	for keyword := range node {
		if !slices.Contains(keywords, keyword) {
			complain("the test does not know the keyword %s", keyword)
		}
	}
	if types, ok := node["type"]; ok && !slices.Contains(typesOf(v), types) &&
		!slices.ContainsFunc(list(types), func(t any) bool { return slices.Contains(typesOf(v), t) }) {
		complain("%v is not of type %v", v, types)
		return wrong
	}
	if c, ok := node["const"]; ok && c != v {
		complain("%v is not %v", v, c)
	}
	if enum := list(node["enum"]); enum != nil && !slices.Contains(enum, v) {
		complain("%v is not one of %v", v, enum)
	}
	switch v := v.(type) {
	case string:
		if p, ok := node["pattern"].(string); ok && !regexp.MustCompile(p).MatchString(v) {
			complain("%q does not match %s", v, p)
		}
	case float64:
		if v < bound(node, "minimum", math.Inf(-1)) || v > bound(node, "maximum", math.Inf(1)) {
			complain("%v is out of range", v)
		}
	case []any:
		n := float64(len(v))
		if n < bound(node, "minItems", 0) || n > bound(node, "maxItems", math.Inf(1)) {
			complain("%v items", n)
		}
		wrong = append(wrong, s.checkItems(node, v, path)...)
	case map[string]any:
		wrong = append(wrong, s.checkObject(node, v, path)...)
	}
	return wrong
}

var keywords = []string{"$schema", "$defs", "title", "description", "type", "const", "enum", "pattern", "minimum", "maximum",
	"items", "prefixItems", "minItems", "maxItems", "properties", "required", "additionalProperties"}

func (s *schema) checkItems(node map[string]any, items []any, path string) []string {
	var wrong []string
	prefix := list(node["prefixItems"])
	for i, item := range items {
		at := fmt.Sprintf("%s[%d]", path, i)
		switch rest := node["items"].(type) {
		case map[string]any:
			wrong = append(wrong, s.check(rest, item, at)...)
		case bool:
			if i >= len(prefix) {
				wrong = append(wrong, at+": one item too many")
			} else {
				wrong = append(wrong, s.check(prefix[i].(map[string]any), item, at)...)
			}
		}
	}
	return wrong
}

func (s *schema) checkObject(node, object map[string]any, path string) []string {
	var wrong []string
	for _, k := range list(node["required"]) {
		if _, ok := object[k.(string)]; !ok {
			wrong = append(wrong, fmt.Sprintf("%s: no key %s", path, k))
		}
	}
	properties, _ := node["properties"].(map[string]any)
	for k, v := range object {
		if p, ok := properties[k].(map[string]any); ok {
			wrong = append(wrong, s.check(p, v, path+"."+k)...)
		} else if more, ok := node["additionalProperties"].(map[string]any); ok {
			wrong = append(wrong, s.check(more, v, path+"."+k)...)
		} else {
			wrong = append(wrong, path+": unknown key "+k)
		}
	}
	return wrong
}

// typesOf returns the names of v's type.
func typesOf(v any) []any {
	switch v := v.(type) {
	case nil:
		return []any{"null"}
	case bool:
		return []any{"boolean"}
	case string:
		return []any{"string"}
	case float64:
		if v == math.Trunc(v) {
			return []any{"number", "integer"}
		}
		return []any{"number"}
	case []any:
		return []any{"array"}
	default:
		return []any{"object"}
	}
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

func bound(node map[string]any, keyword string, otherwise float64) float64 {
	if n, ok := node[keyword].(float64); ok {
		return n
	}
	return otherwise
}
