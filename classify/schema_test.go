package classify

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"analyzer/classify/packs"

	"github.com/pelletier/go-toml/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func parsedSchema(t *testing.T) map[string]any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(packs.Schema))
	if err != nil {
		t.Fatal(err)
	}
	return v.(map[string]any)
}

// validate says what the schema finds wrong with a pack.
func validate(t *testing.T, content string) error {
	t.Helper()
	c := jsonschema.NewCompiler()
	if err := c.AddResource("pack.schema.json", parsedSchema(t)); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("pack.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var tables map[string]any
	if err := toml.Unmarshal([]byte(content), &tables); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(tables)
	if err != nil {
		t.Fatal(err)
	}
	pack, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(pack)
}

// The schema lists the keys that the loader takes, and no others.
func TestSchemaHasTheKeysOfPacks(t *testing.T) {
	schema := parsedSchema(t)
	defs := schema["$defs"].(map[string]any)
	tables := []string{"shape", "text", "rule", "grammar", "remedy"}
	for name, c := range map[string]struct {
		def   any
		table reflect.Type
		also  []string
	}{
		"pack":            {schema, reflect.TypeFor[headTable](), tables},
		"shape":           {defs["shape"], reflect.TypeFor[shapeTable](), nil},
		"text":            {defs["text"], reflect.TypeFor[textTable](), nil},
		"rule":            {defs["rule"], reflect.TypeFor[ruleTable](), nil},
		"near":            {defs["near"], reflect.TypeFor[nearTable](), nil},
		"grammar":         {defs["grammar"], reflect.TypeFor[grammarTable](), nil},
		"grammar-example": {defs["grammar-example"], reflect.TypeFor[grammarExample](), nil},
		"remedy":          {defs["remedy"], reflect.TypeFor[remedyTable](), nil},
	} {
		want := slices.Clone(c.also)
		for i := range c.table.NumField() {
			want = append(want, c.table.Field(i).Tag.Get("toml"))
		}
		slices.Sort(want)
		def := c.def.(map[string]any)
		if got := slices.Sorted(maps.Keys(def["properties"].(map[string]any))); !slices.Equal(got, want) {
			t.Errorf("%s: the schema has %q, the loader takes %q", name, got, want)
		}
		if def["additionalProperties"] != false {
			t.Errorf("%s: the schema takes any key", name)
		}
	}
}

func TestSchemaHoldsPacks(t *testing.T) {
	for _, dir := range []fs.FS{packs.FS, os.DirFS("../testdata/packs")} {
		names, err := fs.Glob(dir, "*.toml")
		if err != nil || len(names) == 0 {
			t.Fatalf("no packs: %v", err)
		}
		for _, name := range names {
			content, err := fs.ReadFile(dir, name)
			if err != nil {
				t.Fatal(err)
			}
			if err := validate(t, string(content)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// What the schema refuses, the loader refuses too, and the other way round where
// a schema can tell.
func TestSchemaRefuses(t *testing.T) {
	good := head + `
hosts = ["*.acme.example"]
[[shape]]
name = "error"
when = ["error"]
items = "errors[]"
triggers = ["\"acme\""]
[[rule]]
id = "one"
category = "server"
codes = ["one"]
status = [404, "5xx"]
method = ["GET"]
retry = "never"
remedy = "fix"
examples = ["one"]
[[remedy]]
id = "fix"
meaning = "m"
summary = "Fix it."
steps = ["a", "b"]
link = "https://acme.example"
`
	if err := validate(t, good); err != nil {
		t.Fatal(err)
	}
	if _, err := compilePack("acme.toml", good, false); err != nil {
		t.Fatal(err)
	}
	for _, change := range []struct{ old, new string }{
		{`name = "acme"`, `name = "Acme"`},
		{`hosts = [`, `hostss = [`},
		{`"*.acme.example"`, `"*"`},
		{`when = ["error"]`, `when = []`},
		{`"errors[]"`, `"errors"`},
		{`["\"acme\""]`, `["a"]`},
		{`id = "one"`, `id = "one!"`},
		{`"server"`, `"servers"`},
		{`codes = ["one"]`, ``},
		{`404`, `4040`},
		{`"5xx"`, `"5x"`},
		{`"GET"`, `"get"`},
		{`"never"`, `"sometimes"`},
		{`remedy = "fix"`, ``},
		{`"Fix it."`, `"` + strings.Repeat("Fix it. ", 20) + `"`},
		{`["a", "b"]`, `["a"]`},
		{`https://`, `http://`},
	} {
		bad := strings.Replace(good, change.old, change.new, 1)
		if change.old == `codes = ["one"]` {
			bad = strings.Replace(bad, `status = [404, "5xx"]`, ``, 1)
		}
		if bad == good {
			t.Fatalf("no test: %s", change.old)
		}
		if validate(t, bad) == nil {
			t.Errorf("the schema accepts %s in place of %s", change.new, change.old)
		}
		if _, err := compilePack("acme.toml", bad, false); err == nil {
			t.Errorf("the loader accepts %s in place of %s", change.new, change.old)
		}
	}
}
