package classify

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"analyzer/parse"
)

// acmePack is a provider with a rule of every kind.
const acmePack = `name = "acme"
title = "Acme"
hosts = ["api.acme.example", "*.acme.cloud"]
routes = ["/v1/team/{team}/user/{user}"]

[[rule]]
id = "user-gone"
category = "resource"
codes = ["user_not_found", "Gone"]
messages = ['^User (?P<resource>\S+) of (?P<team>\S+) is gone']
retry = "never"
remedy = "base/look"
fields = ["user"]
examples = ["x"]

[[rule]]
id = "any-missing"
category = "resource"
codes = ["*_not_found", "no_*_here"]
retry = "never"
remedy = "base/look"
examples = ["x"]

[[rule]]
id = "locked-user"
category = "authentication"
messages = ['^User (?P<resource>\S+) is locked']
retry = "never"
remedy = "base/look"
examples = ["x"]

[[rule]]
id = "lost-user"
category = "resource"
messages = ['^User (?P<resource>\S+) is lost']
status = [403, 404]
method = ["GET"]
retry = "never"
remedy = "base/look"
examples = ["x"]

[[rule]]
id = "bad-setting"
category = "validation"
messages = ['^Setting (?P<field>\S+) has the value (?P<value>.+)$']
retry = "never"
remedy = "base/look"
examples = ["x"]

[[rule]]
id = "password"
category = "authentication"
status = [510]
retry = "never"
remedy = "base/look"
examples = ["x"]

[[grammar]]
pattern = '''^Invalid (?P<parent>'\w+'): (?P<field>'[^:]+') (?:is|are) required'''
examples = [{ message = "Invalid 'config': 'a', 'b.0' are required", fields = ["config.a", "config.b[]"] }]

[[grammar]]
pattern = '^Plan \S+ does not exist'
fields = ["plan"]
examples = [{ message = "Plan x does not exist", fields = ["plan"] }]
`

// genericPack has phrases, a header rule and statuses.
const genericPack = `name = "gen"
title = "Generic"
generic = true

[[rule]]
id = "phrase"
category = "rate-limit"
messages = ['(?i)too many']
retry = "after-wait"
remedy = "base/look"
examples = ["x"]

[[rule]]
id = "code"
category = "validation"
codes = ["invalid_request"]
retry = "never"
remedy = "base/look"
examples = ["x"]

[[rule]]
id = "header"
category = "rate-limit"
exhausted = true
retry = "after-wait"
remedy = "base/look"
examples = ["x"]

[[rule]]
id = "forbidden"
category = "authentication"
status = [403]
retry = "never"
remedy = "base/look"
examples = ["x"]

[[rule]]
id = "client"
category = "validation"
status = ["4xx"]
retry = "never"
remedy = "base/look"
examples = ["x"]

[[rule]]
id = "server"
category = "server"
status = ["5xx"]
retry = "if-idempotent"
remedy = "base/look"
examples = ["x"]
`

const otherPack = `name = "other"
title = "Other"

[[rule]]
id = "locked"
category = "server"
messages = ['is locked']
codes = ["user_not_found"]
retry = "never"
remedy = "base/look"
examples = ["x"]
`

func testSet(t testing.TB) *Set {
	t.Helper()
	set, err := Load(files("acme.toml", acmePack, "gen.toml", genericPack, "other.toml", otherPack))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func testRecord(status int, code, message string) *parse.Record {
	return &parse.Record{
		Status: status, Envelope: "acme/error",
		Errors: []parse.Detail{{Code: code, Message: message}},
	}
}

func TestPrecedence(t *testing.T) {
	set := testSet(t)
	for _, c := range []struct {
		name                     string
		status                   int
		code, message            string
		exhausted                bool
		category, rule, evidence string
	}{
		{"code", 500, "user_not_found", "", false, "resource", "acme/user-gone", "error_code user_not_found"},
		{"code in any case", 500, "GONE", "", false, "resource", "acme/user-gone", "error_code GONE"},
		{"code over message", 500, "user_not_found", "User ada is locked", false, "resource", "acme/user-gone", "error_code user_not_found"},
		{"code in full over its form", 400, "user_not_found", "", true, "resource", "acme/user-gone", "error_code user_not_found"},
		{"form of a code", 500, "team_not_found", "", false, "resource", "acme/any-missing", "error_code team_not_found"},
		{"star in the middle", 500, "no_team_here", "", false, "resource", "acme/any-missing", "error_code no_team_here"},
		{"form of a code, remedy of the message", 500, "team_not_found", "User ada of red is gone", false, "resource", "acme/user-gone", "error_code team_not_found"},
		{"form of a code, message of another category", 500, "team_not_found", "User ada is locked", false, "resource", "acme/any-missing", "error_code team_not_found"},
		{"generic code over message", 500, "invalid_request", "User ada is locked", false, "validation", "gen/code", "error_code invalid_request"},
		{"message over header", 400, "", "User ada is locked", true, "authentication", "acme/locked-user", "message"},
		{"header over phrase", 400, "", "Too many x", true, "rate-limit", "gen/header", "header ratelimit-remaining 0"},
		{"phrase over status", 403, "", "Too many x", false, "rate-limit", "gen/phrase", "phrase"},
		{"status", 403, "unheard_of", "x", false, "authentication", "gen/forbidden", "status 403"},
		{"class", 418, "", "x", false, "validation", "gen/client", "status 418"},
		{"provider's status", 510, "", "x", false, "authentication", "acme/password", "status 510"},
		{"nothing", 200, "", "x", false, "server", "base/no-evidence", "no evidence"},
		{"nothing at all", 0, "", "", false, "server", "base/no-evidence", "no evidence"},
		{"narrowed by status", 400, "", "User ada is lost", false, "validation", "gen/client", "status 400"},
		{"narrowed by method", 404, "", "User ada is lost", false, "validation", "gen/client", "status 404"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := testRecord(c.status, c.code, c.message)
			r.Exhausted = c.exhausted
			f := set.Classify(r)
			if f.Category.String() != c.category || f.Rule != c.rule || f.Evidence != c.evidence {
				t.Errorf("got %s, %s, %q; want %s, %s, %q", f.Category, f.Rule, f.Evidence, c.category, c.rule, c.evidence)
			}
		})
	}
}

func TestNarrowedRules(t *testing.T) {
	set := testSet(t)
	for status, want := range map[int]string{404: "acme/lost-user", 0: "acme/lost-user", 500: "gen/server"} {
		r := testRecord(status, "", "User ada is lost")
		r.Method = "GET"
		if f := set.Classify(r); f.Rule != want {
			t.Errorf("status %d: %s, want %s", status, f.Rule, want)
		}
	}
}

func TestRulesSeeTheirOwnRecords(t *testing.T) {
	set := testSet(t)
	for _, c := range []struct{ envelope, host, message, want string }{
		{"acme/error", "", "User ada is locked", "acme/locked-user"},
		{"acme/error", "api.other.example", "User ada is locked", "acme/locked-user"},
		{"other/error", "", "User ada is locked", "other/locked"},
		{"gen/error", "", "User ada is locked", "acme/locked-user"},
		{"gen/error", "", "Ada is locked", "other/locked"},
		{"gen/error", "api.acme.example", "Ada is locked", "acme/password"},
		{"status", "pg.ACME.cloud", "", "acme/password"},
		{"status", "acme.cloud", "", "gen/server"},
		{"status", "", "", "gen/server"},
		{"other/error", "api.acme.example", "", "gen/server"},
	} {
		r := testRecord(510, "", c.message)
		r.Envelope, r.Host = c.envelope, c.host
		if f := set.Classify(r); f.Rule != c.want {
			t.Errorf("%s on host %q, %q: %s, want %s", c.envelope, c.host, c.message, f.Rule, c.want)
		}
	}
}

func TestItemThatDecides(t *testing.T) {
	set := testSet(t)
	missing := parse.Detail{Status: 404, Code: "user_not_found"}
	invalid := parse.Detail{Status: 400, Code: "invalid_request"}
	limited := parse.Detail{Message: "Too many calls"}
	broken := parse.Detail{Status: 500}
	silent := parse.Detail{}
	for _, c := range []struct {
		name   string
		status int
		items  []parse.Detail
		want   string
	}{
		{"states the HTTP status", 400, []parse.Detail{broken, missing, invalid}, "gen/code"},
		{"worst of those that state it", 404, []parse.Detail{{Status: 404}, missing}, "acme/user-gone"},
		{"worst", 0, []parse.Detail{invalid, missing, limited}, "gen/phrase"},
		{"worst is server", 0, []parse.Detail{invalid, limited, broken}, "gen/server"},
		{"first of equals", 0, []parse.Detail{{Code: "a_not_found"}, missing}, "acme/any-missing"},
		{"one with evidence", 0, []parse.Detail{silent, invalid}, "gen/code"},
		{"item disagrees with HTTP", 403, []parse.Detail{{Status: 404, Message: "x"}}, "gen/client"},
		{"no item", 403, nil, "gen/forbidden"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &parse.Record{Status: c.status, Envelope: "acme/errors", Errors: c.items}
			if f := set.Classify(r); f.Rule != c.want {
				t.Errorf("got %s, want %s", f.Rule, c.want)
			}
		})
	}
}

func TestProblemKey(t *testing.T) {
	set := testSet(t)
	r := testRecord(404, "", "User ada of red is gone since 2026-09-14 08:12:31")
	r.Method, r.Path, r.Operation = "GET", "/v1/team/red/user/ada?x=1", "UserGet"
	f := set.Classify(r)
	want := Problem{
		Category: Resource, Status: 404, Method: "GET", Route: "/v1/team/{team}/user/{user}",
		Fields: "user", Message: "User {resource} of {team} is gone since {time}",
	}
	if f.Problem != want {
		t.Errorf("\n got %+v\nwant %+v", f.Problem, want)
	}
	if f.Resource != "ada" || f.Message != r.Errors[0].Message {
		t.Errorf("resource %q, message %q", f.Resource, f.Message)
	}
}

func TestProblemKeyParts(t *testing.T) {
	set := testSet(t)
	check := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: got %q, want %q", what, got, want)
		}
	}
	r := testRecord(500, "a_code", "User 17 failed")
	r.Operation = "UserGet"
	p := set.Classify(r).Problem
	check("code leaves no message", p.Code+"|"+p.Message, "a_code|")
	check("operation without a path", p.Route, "UserGet")

	p = set.Classify(testRecord(500, "500", "User 17 failed")).Problem
	check("code that repeats the status", p.Code+"|"+p.Message, "|User {n} failed")
	p = set.Classify(testRecord(500, "about:blank", "User 17 failed")).Problem
	check("type that says nothing", p.Code+"|"+p.Message, "|User {n} failed")

	two := &parse.Record{Errors: []parse.Detail{{Status: 400, Message: "first"}, {Status: 503}}}
	f := set.Classify(two)
	check("message of another item", f.Message, "first")
	if f.Problem.Status != 503 {
		t.Errorf("status of the item that decided: got %d", f.Problem.Status)
	}
}

func TestFields(t *testing.T) {
	set := testSet(t)
	for _, c := range []struct {
		name  string
		items []parse.Detail
		want  string
	}{
		{"envelope", []parse.Detail{{Fields: []string{"/a/0/b"}, Message: "Setting x has the value 1"}}, "a[].b"},
		{"group of a rule", []parse.Detail{{Message: "Setting x.0 has the value 1"}}, "x[]"},
		{"grammar", []parse.Detail{{Message: "Invalid 'config': 'a', 'b.0' are required"}}, "config.a, config.b[]"},
		{"implied by grammar", []parse.Detail{{Message: "Plan x does not exist"}}, "plan"},
		{"implied by rule", []parse.Detail{{Code: "user_not_found", Message: "x"}}, "user"},
		{"union", []parse.Detail{{Fields: []string{"b"}}, {Message: "Plan x does not exist"}, {Fields: []string{"a"}}, {Fields: []string{"b"}}}, "a, b, plan"},
		{"none", []parse.Detail{{Message: "x"}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := set.Classify(&parse.Record{Status: 400, Envelope: "acme/e", Errors: c.items})
			if f.Problem.Fields != c.want || strings.Join(f.Fields, ", ") != c.want {
				t.Errorf("got %q and %q, want %q", f.Problem.Fields, f.Fields, c.want)
			}
		})
	}
}

func TestFieldsAreBounded(t *testing.T) {
	set := testSet(t)
	r := &parse.Record{Status: 400}
	for i := range 100 {
		r.Errors = append(r.Errors, parse.Detail{Fields: []string{fmt.Sprintf("f%c%c", 'a'+i/10, 'a'+i%10)}})
	}
	f := set.Classify(r)
	if len(f.Fields) != maxFields || !slices.IsSorted(f.Fields) || f.Fields[0] != "faa" {
		t.Errorf("got %d fields: %q", len(f.Fields), f.Fields)
	}
}

func TestSharedFieldsStayAsTheyAre(t *testing.T) {
	set := testSet(t)
	r := &parse.Record{Envelope: "acme/errors", Status: 400, Errors: []parse.Detail{{Code: "user_not_found"}, {Fields: []string{"a"}}}}
	set.Classify(r)
	r.Errors = r.Errors[:1]
	if f := set.Classify(r); f.Problem.Fields != "user" {
		t.Errorf("an earlier record changed the rule's fields: %q", f.Problem.Fields)
	}
}

// Whatever a record holds, its Finding has a category, a rule and a remedy
// that exists, and the same one each time.
func TestEveryRecordHasADiagnosis(t *testing.T) {
	set := testSet(t)
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(list ...string) string { return list[random.IntN(len(list))] }
	for range 5000 {
		r := &parse.Record{
			Status: random.IntN(700) - 50, Envelope: pick("", "acme/x", "gen/y", "status", "nobody/z"),
			Host: pick("", "api.acme.example"), Path: pick("", "/", "x", "/v1/team/a/user/b"), Exhausted: random.IntN(4) == 0,
		}
		for range random.IntN(4) {
			r.Errors = append(r.Errors, parse.Detail{
				Status: random.IntN(3) * 250, Code: pick("", "user_not_found", "x", "404", "*"),
				Message: pick("", "too many", "User x is locked", "\xff\x00'"), Fields: []string{pick("", "a.b", "[", "/")},
			})
		}
		f := set.Classify(r)
		if f.Category < Authentication || f.Category > Server || f.Problem.Category != f.Category || f.Evidence == "" {
			t.Fatalf("%+v: category %d, evidence %q", r, f.Category, f.Evidence)
		}
		if _, ok := set.Remedy(f.Remedy); !ok {
			t.Fatalf("%+v: remedy %q does not exist", r, f.Remedy)
		}
		if again := set.Classify(r); again.Problem != f.Problem || again.Rule != f.Rule {
			t.Fatalf("%+v: %+v, then %+v", r, f, again)
		}
	}
}

func TestCheckHoldsPacksToTheirExamples(t *testing.T) {
	pack := head + `
[[rule]]
id = "one"
category = "server"
codes = ["one"]
retry = "never"
remedy = "fix"
examples = ["one", "two", "none"]
near = [{ line = "two", is = "acme/two" }, { line = "one", is = "acme/two" }, { line = "none", is = "none" }]
[[rule]]
id = "two"
category = "server"
codes = ["two"]
retry = "never"
remedy = "fix"
[[grammar]]
pattern = '(?P<field>x+)'
examples = [{ message = "axx", fields = ["xx"] }, { message = "a", fields = ["a"] }]
[[remedy]]
id = "fix"
meaning = "m"
summary = "Fix it."
steps = ["a", "b"]
[[remedy]]
id = "idle"
meaning = "m"
summary = "Idle."
steps = ["a", "b"]
`
	read := func(line string) (*parse.Record, bool) {
		if line == "none" {
			return nil, false
		}
		return testRecord(0, line, ""), true
	}
	var got []string
	for _, err := range mustLoad(t, pack).Check(read) {
		got = append(got, err.Error())
	}
	want := []string{
		`acme.toml:10: rule acme/one: example 2 lands on acme/two by error_code two; it reads as acme/error, code "two", message ""`,
		"acme.toml:10: rule acme/one: example 3 lands on none: no trigger or status opens it, or no shape or text matches where the body stands",
		`acme.toml:11: rule acme/one: near 2 lands on acme/one, not acme/two by error_code one; it reads as acme/error, code "one", message ""`,
		"acme.toml:12: rule acme/two: it has no example",
		"acme.toml:20: grammar: example 2 names [], not [\"a\"]",
		"acme.toml:26: remedy acme/idle is not used by any rule",
	}
	if !slices.Equal(got, want) {
		t.Errorf("\n got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func TestRemedyIsACopy(t *testing.T) {
	set := testSet(t)
	remedy, ok := set.Remedy("base/look")
	if !ok || remedy.Summary != "Look closer." {
		t.Fatalf("got %+v, %v", remedy, ok)
	}
	remedy.Steps[0] = "changed"
	if again, _ := set.Remedy("base/look"); again.Steps[0] != "Look." {
		t.Error("a caller can change the Set")
	}
	if _, ok := set.Remedy("base/none"); ok {
		t.Error("a remedy that no pack declares is there")
	}
}
