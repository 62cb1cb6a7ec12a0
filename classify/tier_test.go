package classify

import (
	"strings"
	"testing"

	"analyzer/parse"
)

// tierRule returns a rule that lines select.
func tierRule(id, category string, lines ...string) string {
	return "\n[[rule]]\nid = \"" + id + "\"\ncategory = \"" + category + "\"\nretry = \"never\"\nremedy = \"base/look\"\nexamples = [\"x\"]\n" + strings.Join(lines, "\n") + "\n"
}

const (
	otherHead   = "name = \"other\"\ntitle = \"Other\"\n"
	genericHead = "name = \"gen\"\ntitle = \"Generic\"\ngeneric = true\n"
)

// tierSet has one rule for each kind of evidence: of a provider, of another one,
// and of none.
func tierSet(t testing.TB) *Set {
	t.Helper()
	acme := head +
		tierRule("code", "resource", `codes = ["gone"]`, `fields = ["thing"]`) +
		tierRule("form", "authentication", `codes = ["acme_*"]`) +
		tierRule("message", "validation", `messages = ['^Acme says no']`) +
		tierRule("own", "rate-limit", `status = [418]`) +
		tierRule("vague-message", "server", `messages = ['^Acme says maybe']`, `vague = true`)
	other := otherHead + tierRule("code", "server", `codes = ["other_code"]`)
	generic := genericHead +
		tierRule("code", "server", `codes = ["gen_code"]`) +
		tierRule("like", "rate-limit", `codes = ["like_*"]`) +
		tierRule("header", "server", `exhausted = true`) +
		tierRule("phrase", "rate-limit", `messages = ['(?i)too much']`) +
		tierRule("vague", "validation", `codes = ["vague", "vague_*"]`, `vague = true`) +
		tierRule("status", "authentication", `status = [403, 418]`) +
		tierRule("class", "validation", `status = ["4xx"]`) +
		tierRule("input", "resource", `input = true`)
	set, err := Load(files("acme.toml", acme, "other.toml", other, "gen.toml", generic))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// TestTiers holds which evidence decides where two kinds of it meet, the stronger
// ones first, and which rules of a provider are borrowed for a record that names
// none.
func TestTiers(t *testing.T) {
	const acme, other, nobody = "acme/error", "other/error", "body"
	set := tierSet(t)
	for _, c := range []struct {
		name, envelope string
		status         int
		item           parse.Detail
		exhausted      bool
		want, evidence string
	}{
		{"code over form", acme, 0, parse.Detail{Code: "acme_x", Reasons: []string{"gone"}}, false, "resource acme/code", "error_code gone"},
		{"any code in full over form", acme, 0, parse.Detail{Code: "acme_x", Reasons: []string{"gen_code"}}, false, "server gen/code", "error_code gen_code"},
		{"of two codes, the provider's", acme, 0, parse.Detail{Code: "gen_code", Reasons: []string{"gone"}}, false, "resource acme/code", "error_code gone"},
		{"form over message", acme, 0, parse.Detail{Code: "acme_x", Message: "Acme says no"}, false, "authentication acme/form", "error_code acme_x"},
		{"message over a form that many have", acme, 0, parse.Detail{Code: "like_x", Message: "Acme says no"}, false, "validation acme/message", "message"},
		{"a form that many have over header", acme, 0, parse.Detail{Code: "like_x"}, true, "rate-limit gen/like", "error_code like_x"},
		{"header over a message overheard", nobody, 0, parse.Detail{Message: "Acme says no"}, true, "server gen/header", "header ratelimit-remaining 0"},
		{"a message overheard over phrase", nobody, 0, parse.Detail{Message: "Acme says no", Texts: []string{"It is too much"}}, false, "validation acme/message", "message"},
		{"phrase over a famous code", nobody, 0, parse.Detail{Code: "gone", Message: "It is too much"}, false, "rate-limit gen/phrase", "phrase"},
		{"a famous code over a vague one", nobody, 0, parse.Detail{Code: "vague", Reasons: []string{"gone"}}, false, "resource acme/code", "error_code gone"},
		{"a vague code over the provider's status", acme, 418, parse.Detail{Code: "vague"}, false, "validation gen/vague", "error_code vague"},
		{"the provider's status over anybody's", acme, 418, parse.Detail{}, false, "rate-limit acme/own", "status 418"},
		{"status over class", acme, 403, parse.Detail{}, false, "authentication gen/status", "status 403"},
		{"class over input", acme, 404, parse.Detail{Fields: []string{"age"}}, false, "validation gen/class", "status 404"},
		{"input over nothing", acme, 0, parse.Detail{Fields: []string{"age"}}, false, "resource gen/input", "input"},
		{"nothing", acme, 0, parse.Detail{}, false, "server base/no-evidence", "no evidence"},

		{"phrase in a text beside", acme, 403, parse.Detail{Message: "No", Texts: []string{"It is too much"}}, false, "rate-limit gen/phrase", "phrase"},
		{"a provider's message in a text beside", acme, 403, parse.Detail{Message: "No", Texts: []string{"Acme says no"}}, false, "authentication gen/status", "status 403"},
		{"phrase over a vague code", acme, 0, parse.Detail{Code: "vague", Message: "It is too much"}, false, "rate-limit gen/phrase", "phrase"},
		{"a vague form over status", acme, 403, parse.Detail{Code: "vague_x"}, false, "validation gen/vague", "error_code vague_x"},
		{"the message of a vague rule", acme, 0, parse.Detail{Code: "like_x", Message: "Acme says maybe"}, false, "server acme/vague-message", "message"},
		{"the item's status over the record's", acme, 404, parse.Detail{Status: 403}, false, "authentication gen/status", "status 403"},

		{"no form is borrowed", nobody, 403, parse.Detail{Code: "acme_x"}, false, "authentication gen/status", "status 403"},
		{"no status is borrowed", nobody, 418, parse.Detail{}, false, "authentication gen/status", "status 418"},
		{"a code is borrowed", nobody, 403, parse.Detail{Code: "gone"}, false, "resource acme/code", "error_code gone"},
		{"a code of another provider", other, 403, parse.Detail{Code: "gone"}, false, "authentication gen/status", "status 403"},
		{"a message of another provider", other, 403, parse.Detail{Message: "Acme says no"}, false, "authentication gen/status", "status 403"},
		{"its own code", other, 403, parse.Detail{Code: "other_code"}, false, "server other/code", "error_code other_code"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &parse.Record{Status: c.status, Envelope: c.envelope, Exhausted: c.exhausted, Errors: []parse.Detail{c.item}}
			f := set.Classify(r)
			if got := f.Category.String() + " " + f.Rule; got != c.want || f.Evidence != c.evidence {
				t.Errorf("got %s by %s, want %s by %s", got, f.Evidence, c.want, c.evidence)
			}
		})
	}
}

// TestFamousCodesImplyNoInput holds that a code borrowed from a provider tells the
// category, not which input of an API that nobody named is wrong.
func TestFamousCodesImplyNoInput(t *testing.T) {
	set := tierSet(t)
	for envelope, want := range map[string]string{"acme/error": "thing", "body": ""} {
		r := &parse.Record{Envelope: envelope, Errors: []parse.Detail{{Code: "gone"}}}
		if f := set.Classify(r); f.Problem.Fields != want {
			t.Errorf("%s: inputs %q, want %q", envelope, f.Problem.Fields, want)
		}
	}
}

// TestRulesOfInputs holds when a rule that asks for a named input, or for none,
// matches.
func TestRulesOfInputs(t *testing.T) {
	set := mustLoad(t, head+
		tierRule("with", "validation", `codes = ["bad"]`, `input = true`)+
		tierRule("without", "resource", `codes = ["bad"]`, `input = false`)+
		tierRule("with-status", "validation", `status = [404]`, `input = true`)+
		tierRule("without-status", "resource", `status = [404]`, `input = false`)+
		tierRule("narrow", "rate-limit", `codes = ["narrow"]`, `status = [429]`, `input = false`)+
		tierRule("any", "authentication", `codes = ["any"]`, `status = [401]`)+
		"\n[[grammar]]\npattern = 'Bad (?P<field>\\w+)'\n")
	age := []string{"age"}
	for _, c := range []struct {
		name   string
		status int
		item   parse.Detail
		want   string
	}{
		{"code and input", 0, parse.Detail{Code: "bad", Fields: age}, "acme/with"},
		{"code and none", 0, parse.Detail{Code: "bad"}, "acme/without"},
		{"an input in the message", 0, parse.Detail{Code: "bad", Message: "Bad age"}, "acme/with"},
		{"an input in a text beside", 0, parse.Detail{Code: "bad", Message: "No", Texts: []string{"Bad age"}}, "acme/with"},
		{"an input that is empty", 0, parse.Detail{Code: "bad", Fields: []string{""}}, "acme/without"},
		{"status and input", 404, parse.Detail{Fields: age}, "acme/with-status"},
		{"status and none", 404, parse.Detail{}, "acme/without-status"},
		{"another status and input", 405, parse.Detail{Fields: age}, "base/no-evidence"},
		{"no status and input", 0, parse.Detail{Fields: age}, "base/no-evidence"},
		{"code, status and none", 429, parse.Detail{Code: "narrow"}, "acme/narrow"},
		{"code, no status and none", 0, parse.Detail{Code: "narrow"}, "acme/narrow"},
		{"code, status and input", 429, parse.Detail{Code: "narrow", Fields: age}, "base/no-evidence"},
		{"code and no status, of a rule that asks for no input", 0, parse.Detail{Code: "any", Fields: age}, "acme/any"},
		{"code and another status, of such a rule", 403, parse.Detail{Code: "any"}, "base/no-evidence"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &parse.Record{Status: c.status, Envelope: "acme/error", Errors: []parse.Detail{c.item}}
			if f := set.Classify(r); f.Rule != c.want {
				t.Errorf("got %s, want %s", f.Rule, c.want)
			}
		})
	}
}

// TestGrammarLimits holds when a grammar reads a message, and which of the words
// that it finds are inputs.
func TestGrammarLimits(t *testing.T) {
	grammar := func(lines ...string) string {
		return "\n[[grammar]]\n" + strings.Join(lines, "\n") + "\n"
	}
	acme := head +
		tierRule("missing", "resource", `status = [404]`) +
		tierRule("invalid", "validation", `status = [400, 422]`) +
		grammar(`pattern = 'lacks (?P<field>\w+)'`, `category = ["validation", "server"]`) +
		grammar(`pattern = 'skewed (?P<field>\w+)'`, `status = [422]`) +
		grammar(`pattern = '(?P<field>\w+) is bad'`, `except = ["value", "this"]`) +
		grammar(`pattern = '''(?P<label>[A-Z]\w*(?: \w+)*) can't be blank'''`, `except = ["it"]`) +
		grammar(`pattern = 'in (?P<parent>\w+), (?P<field>\w+) is odd'`)
	set, err := Load(files("acme.toml", acme, "gen.toml", genericHead+grammar(`pattern = 'generic (?P<field>\w+)'`), "other.toml", otherHead))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, envelope string
		status         int
		message, want  string
	}{
		{"its category", "acme/e", 400, "lacks age", "age"},
		{"its other category", "acme/e", 0, "lacks age", "age"},
		{"another category", "acme/e", 404, "lacks age", ""},
		{"its status", "acme/e", 422, "skewed age", "age"},
		{"another status", "acme/e", 400, "skewed age", ""},
		{"no status", "acme/e", 0, "skewed age", "age"},
		{"a status of success", "acme/e", 200, "skewed age", "age"},
		{"a word", "acme/e", 400, "age is bad", "age"},
		{"an excepted word", "acme/e", 400, "value is bad", ""},
		{"in any case", "acme/e", 400, "This is bad", ""},
		{"a word that begins with one", "acme/e", 400, "value_added is bad", "value_added"},
		{"one of two", "acme/e", 400, "value is bad, age is bad", "age"},
		{"a label", "acme/e", 400, "First name can't be blank", "first_name"},
		{"a label of one word", "acme/e", 400, "Email can't be blank", "email"},
		{"a label spelled like a name", "acme/e", 400, "LastName can't be blank", "LastName"},
		{"an excepted label", "acme/e", 400, "It can't be blank", ""},
		{"a label that begins with one", "acme/e", 400, "It all can't be blank", ""},
		{"below its parent", "acme/e", 400, "in user, age is odd", "user.age"},
		{"of a provider, in a record of none", "body", 400, "age is bad", "age"},
		{"of a provider, in a record of another", "other/e", 400, "age is bad", ""},
		{"of none, in a record of a provider", "acme/e", 400, "generic age", "age"},
		{"nothing", "acme/e", 400, "It broke", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &parse.Record{Status: c.status, Envelope: c.envelope, Errors: []parse.Detail{{Message: c.message}}}
			if f := set.Classify(r); f.Problem.Fields != c.want {
				t.Errorf("%q with status %d: inputs %q, want %q", c.message, c.status, f.Problem.Fields, c.want)
			}
		})
	}
}
