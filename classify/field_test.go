package classify

import (
	"slices"
	"testing"
)

func TestFieldsHaveOneSpelling(t *testing.T) {
	for raw, want := range map[string]string{
		"plan":                               "plan",
		"user_config.ip_filter[].network":    "user_config.ip_filter[].network",
		"user_config.ip_filter[0].network":   "user_config.ip_filter[].network",
		"user_config.ip_filter.0.network":    "user_config.ip_filter[].network",
		"user_config[ip_filter][0][network]": "user_config.ip_filter[].network",
		"user_config['ip_filter'][0]":        "user_config.ip_filter[]",
		"/user_config/ip_filter/0/network":   "user_config.ip_filter[].network",
		"#/user_config/ip_filter/-":          "user_config.ip_filter[]",
		"/a~1b/c~0d":                         "a/b.c~d",
		"$.user_config.ip_filter[*].network": "user_config.ip_filter[].network",
		"$['user_config']['plan']":           "user_config.plan",
		`["body","user_config","items",0]`:   "user_config.items[]",
		`["body",0,"name"]`:                  "body[].name",
		"body; users; 0; name":               "users[].name",
		"widgets[1].id":                      "widgets[].id",
		"body.email":                         "email",
		"requestBody.email":                  "email",
		"query.limit":                        "limit",
		"header.x-api-key":                   "x-api-key",
		"path.project":                       "project",
		"path":                               "path",
		"/data/":                             "",
		"location.city":                      "location.city",
		"'min.insync.replicas'":              "min.insync.replicas",
		"users.3fa85f64-5717-4562-b3fc-2c963f66afa6.name": "users.{id}.name",
		"0.name":                "[].name",
		"a..b":                  "a.b",
		"a[0":                   "a[]",
		"  `name` ":             "name",
		"":                      "",
		"''":                    "",
		"non_field_errors":      "non_field_errors",
		"spec.containers[0].x9": "spec.containers[].x9",
	} {
		if got := spellField(raw); got != want {
			t.Errorf("spellField(%q) = %q, want %q", raw, got, want)
		}
	}
}

func TestFieldListsAreTakenApart(t *testing.T) {
	for raw, want := range map[string][]string{
		"'a', 'b'":      {"a", "b"},
		`"a.b" and "c"`: {"a.b", "c"},
		"a,b":           {"a", "b"},
		"'open":         nil,
	} {
		if got := fieldList(raw); !slices.Equal(got, want) {
			t.Errorf("fieldList(%q) = %q, want %q", raw, got, want)
		}
	}
}

func TestEnvelopeMayNameSeveralFields(t *testing.T) {
	for raw, want := range map[string][]string{
		"plan":         {"plan"},
		"plan, cloud":  {"plan", "cloud"},
		`["a","b", 0]`: {"a.b[]"},
		"":             nil,
	} {
		if got := envelopeFields([]string{raw}); !slices.Equal(got, want) {
			t.Errorf("envelopeFields(%q) = %q, want %q", raw, got, want)
		}
	}
}

func FuzzField(f *testing.F) {
	for _, raw := range []string{"a.b[0].c", "/a/b/0", "$.a", `["a",0]`, "a[b][", "\xff[~1"} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		once := spellField(raw)
		if len(once) > maxField {
			t.Errorf("spellField(%q) has %d bytes", raw, len(once))
		}
	})
}
