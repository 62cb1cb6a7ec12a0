package classify

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// basePack is the smallest generic pack: every Set needs the rule for errors
// that nothing explains.
const basePack = `name = "base"
title = "Base"
generic = true

[[rule]]
id = "no-evidence"
category = "server"
otherwise = true
retry = "never"
remedy = "look"
examples = ["x"]

[[remedy]]
id = "look"
meaning = "Unknown."
summary = "Look closer."
steps = ["Look.", "Look again."]
`

// files returns a root with the base pack and the given files.
func files(pairs ...string) fs.FS {
	root := fstest.MapFS{"base.toml": {Data: []byte(basePack)}}
	for i := 0; i < len(pairs); i += 2 {
		root[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return root
}

// mustLoad loads the base pack and one more.
func mustLoad(t testing.TB, src string) *Set {
	t.Helper()
	set, err := Load(files("acme.toml", src))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

const head = "name = \"acme\"\ntitle = \"Acme\"\n"

func TestBadPacksSayWhatIsWrongAndWhere(t *testing.T) {
	rule := func(lines ...string) string {
		return head + "\n[[rule]]\nid = \"r\"\ncategory = \"server\"\nretry = \"never\"\nremedy = \"base/look\"\n" + strings.Join(lines, "\n") + "\n"
	}
	for _, c := range []struct{ name, pack, want string }{
		{"syntax", "name = \n", "acme.toml:1: unexpected character U+000A at start of value"},
		{"duplicate key", head + "title = \"x\"\n", "acme.toml:3: key title is already defined"},
		{"unknown key", head + "\ncolour = 1\n", "acme.toml:4: unknown key \"colour\""},
		{"no name", "title = \"x\"\n", "acme.toml:1: pack: name \"\" is not of the form [a-z0-9-]+"},
		{"no title", "name = \"x\"\n", "acme.toml:1: pack: title is missing"},
		{"bad host", head + "hosts = [\"https://x.example\"]\n", "acme.toml:3: pack: host \"https://x.example\": not a host name in lower case"},
		{"bad route", head + "routes = [\n\"/a/{b\"]\n", "acme.toml:3: pack: route \"/a/{b\": a parameter is a whole segment in braces"},
		{"unknown table", head + "[[rules]]\nid = 1\n", "acme.toml:3: unknown table [[rules]]; there are shape, text, rule, grammar and remedy"},
		{"unknown key in table", rule("status = [500]", "", "# why", "colour = '''", "[[rule]]", "'''"), "acme.toml:12: unknown key \"colour\""},
		{"unknown key in list", rule("status = [500]", "near = [{ line = \"x\", is = \"y\", at = 1 }]"), "acme.toml:10: unknown key \"at\""},
		{"wrong type", rule("status = 500"), "acme.toml:9: rule.status: cannot decode TOML integer"},
		{"nothing selects", rule(), "acme.toml:4: rule acme/r: nothing selects it: codes, messages, exhausted, status, input, words or otherwise is missing"},
		{"bad pattern", rule("messages = ['(x']"), "acme.toml:9: rule acme/r: pattern \"(x\": error parsing regexp: missing closing ): `(x`"},
		{"empty pattern", rule("messages = ['x*']"), "acme.toml:9: rule acme/r: pattern \"x*\": matches the empty text"},
		{"large pattern", rule(`messages = ['(?:\w{33}abcdef){30}']`), `acme.toml:9: rule acme/r: pattern "(?:\\w{33}abcdef){30}": 1172 instructions; at most 1000 are allowed`},
		{"bad status", rule("status = [99]"), "acme.toml:9: rule acme/r: status 99 is not within 100 to 599"},
		{"bad class", rule("status = [\"6xx\"]"), "acme.toml:9: rule acme/r: status class \"6xx\" is not of the form \"4xx\""},
		{"any code", rule("codes = [\"*\"]"), "acme.toml:9: rule acme/r: code \"*\" matches every code"},
		{"words", rule("words = true"), "acme.toml:9: rule acme/r: words belongs in a generic pack"},
		{"otherwise", rule("otherwise = true"), "acme.toml:9: rule acme/r: otherwise belongs in a generic pack"},
		{"bad method", rule("status = [500]", "method = [\"post\"]"), "acme.toml:10: rule acme/r: method \"post\" is not in upper case"},
		{"id twice", rule("status = [500]") + strings.TrimPrefix(rule("status = [501]"), head), "acme.toml:12: rule \"r\" stands twice"},
		{"no such remedy", strings.Replace(rule("status = [500]"), "base/look", "lok", 1), "acme.toml:8: rule acme/r: remedy \"acme/lok\" does not exist"},
		{"bad category", strings.Replace(rule("status = [500]"), "server", "fault", 1), "acme.toml:6: rule acme/r: category \"fault\" is none of authentication, validation, resource, rate-limit, server"},
		{"bad retry", strings.Replace(rule("status = [500]"), "never", "later", 1), "acme.toml:7: rule acme/r: retry \"later\" is none of never, if-idempotent, after-wait"},
		{"path", head + "[[shape]]\nname = \"s\"\nwhen = [\"a..b\"]\n", "acme.toml:5: shape s: when: path \"a..b\": \"\" is not a key, or a key with []"},
		{"wildcard", head + "[[shape]]\nname = \"s\"\nwhen = [\"a\"]\ncode = \"a.# | b\"\n", "acme.toml:6: shape s: code: path \"a.# | b\": \"#\" is not a key, or a key with []"},
		{"no when", head + "[[shape]]\nname = \"s\"\n", "acme.toml:3: shape s: when is missing; it would match every object"},
		{"items", head + "[[shape]]\nname = \"s\"\nwhen = [\"a\"]\nitems = \"a\"\n", "acme.toml:6: shape s: items \"a\" is not the path of one array; it ends with []"},
		{"trigger", head + "[[shape]]\nname = \"s\"\nwhen = [\"a\"]\ntriggers = ['<abc']\n", `acme.toml:6: shape s: trigger "<abc": "<" may be written as an escape and would hide it`},
		{"group", head + "[[text]]\nname = \"t\"\npattern = '(?P<state>4\\d\\d)'\ntriggers = [\"xyzzy\"]\n", "acme.toml:5: text t: unknown group \"state\""},
		{"untriggered", head + "[[text]]\nname = \"t\"\npattern = '(?P<message>x)'\n", "acme.toml:3: text t: triggers are missing; its pattern has no status group"},
		{"grammar", head + "[[grammar]]\npattern = 'x'\n", "acme.toml:4: grammar: it names no field: a group parent, path, field or label, or fields is missing"},
		{"placeholder", head + "[[remedy]]\nid = \"x\"\nmeaning = \"m\"\nsummary = \"Look at {what}.\"\nsteps = [\"a\", \"b\"]\n", "acme.toml:6: remedy acme/x: summary: unknown placeholder {what}"},
		{"one step", head + "[[remedy]]\nid = \"x\"\nmeaning = \"m\"\nsummary = \"s\"\nsteps = [\"a\"]\n", "acme.toml:7: remedy acme/x: 1 steps; two to five are allowed"},
		{"link", head + "[[remedy]]\nid = \"x\"\nmeaning = \"m\"\nsummary = \"s\"\nsteps = [\"a\", \"b\"]\nlink = \"http://x.example\"\n", "acme.toml:8: remedy acme/x: link \"http://x.example\" is not an https URL"},
		{"deep", head + "routes = " + strings.Repeat("[", 2000) + "\n", "acme.toml:3: nested beyond 16 levels"},
		{"large", strings.Repeat("#", maxFile+1), fmt.Sprintf("acme.toml: %d bytes; a pack has at most %d", maxFile+1, maxFile)},
		{"same name", strings.Replace(basePack, "otherwise = true", "status = [500]", 1), "base.toml:1: pack \"base\" stands in acme.toml too\nacme.toml:1: pack \"base\" stands in base.toml too"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Load(files("acme.toml", c.pack))
			if err == nil {
				t.Fatal("it loads")
			}
			if err.Error() != c.want {
				t.Errorf("\n got %s\nwant %s", err, c.want)
			}
		})
	}
}

func TestAllFaultsAreSaid(t *testing.T) {
	_, err := Load(files("acme.toml", head+"a = 1\n[[rule]]\nid = \"A\"\n[[remedy]]\nid = \"x\"\nlink = \"y\"\n", "b.toml", "x = 1\n"))
	if err == nil || strings.Count(err.Error(), "\n") < 9 {
		t.Errorf("got %v", err)
	}
}

func TestLoadNeedsAGenericPack(t *testing.T) {
	if _, err := Load(fstest.MapFS{}); err == nil || err.Error() != "read packs: no *.toml file found" {
		t.Errorf("no file: %v", err)
	}
	_, err := Load(fstest.MapFS{"acme.toml": {Data: []byte(head)}})
	if err == nil || err.Error() != "read packs: no generic pack holds a rule with otherwise = true" {
		t.Errorf("no generic pack: %v", err)
	}
}

func TestFingerprintFollowsFilesAlone(t *testing.T) {
	load := func(roots ...fs.FS) string {
		t.Helper()
		set, err := Load(roots...)
		if err != nil {
			t.Fatal(err)
		}
		return set.Fingerprint()
	}
	acme := fstest.MapFS{"acme.toml": {Data: []byte(head)}}
	a, b := load(files(), acme), load(acme, files())
	if a != b || len(a) != 12 {
		t.Errorf("the order of roots changes the fingerprint: %s, %s", a, b)
	}
	if c := load(files("acme.toml", head+"\n")); c == a {
		t.Errorf("a new byte does not change the fingerprint %s", a)
	}
}

func TestVocabularyHasGenericPacksLast(t *testing.T) {
	shape := "[[shape]]\nname = \"%s\"\nwhen = [\"a\"]\n[[text]]\nname = \"t%s\"\npattern = '(?P<status>4\\d\\d) x'\n"
	set, err := Load(files("zeta.toml", strings.ReplaceAll(head, "acme", "zeta")+fmt.Sprintf(shape, "one", "1")+fmt.Sprintf(shape, "two", "2"),
		"acme.toml", head+fmt.Sprintf(shape, "three", "3"),
		"aa.toml", strings.Replace(head, "acme", "aa", 1)+"generic = true\n"+fmt.Sprintf(shape, "four", "4")))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range set.Vocabulary().Shapes {
		names = append(names, s.Name)
	}
	for _, x := range set.Vocabulary().Texts {
		names = append(names, x.Name)
	}
	want := "acme/three zeta/one zeta/two aa/four acme/t3 zeta/t1 zeta/t2 aa/t4"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func FuzzPack(f *testing.F) {
	f.Add([]byte(basePack))
	f.Add([]byte(acmePack))
	f.Add([]byte(head + "x = '''\n[[rule]]\n'''\n[[rule]] # x\nid = \"\"\"a\\\n\"\"\"\n[[grammar]]\npattern = \"(?P<field>x)\"\n"))
	f.Add([]byte("a = [[[{b = {c = [\"]\", ']', '''']'''']}}]]]\n[[shape]]\nitems = \"x[]\"\n[rule.near]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := Load(files("acme.toml", string(data)))
		if err != nil {
			if !strings.Contains(err.Error(), ".toml") {
				t.Errorf("the error names no file: %v", err)
			}
			return
		}
		described := 0
		for _, p := range set.Describe() {
			described += len(p.Rules)
		}
		if described != len(set.rules) {
			t.Errorf("%d of %d rules are described", described, len(set.rules))
		}
		f := set.Classify(testRecord(500, "a_code", "Service 'x' does not exist"))
		if f.Category == 0 || f.Rule == "" {
			t.Errorf("no diagnosis: %+v", f)
		}
	})
}
