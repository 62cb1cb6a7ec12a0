package classify

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTemplates(t *testing.T) {
	set := &Set{routes: *routeSet()}
	for message, want := range map[string]string{
		"Missing (expired) db token":                       "Missing (expired) db token",
		"Topic 'orders-7' does not exist":                  "Topic '{name}' does not exist",
		`Topic "a" is "b"`:                                 `Topic "{name}" is "{name}"`,
		"Topic `a` doesn't exist, isn't it":                "Topic `{name}` doesn't exist, isn't it",
		"the users' topics of '' and 'x":                   "the users' topics of '' and 'x",
		"try again in 28s":                                 "try again in {n}s",
		"Requested disk space 439.0 GiB, not 50GiB":        "Requested disk space {n} GiB, not {n}GiB",
		"1,000 of 2,000 rows, 99.5%, -3":                   "{n} of {n} rows, {n}%, -{n}",
		"v1, s3, utf8, x509 and worker1234":                "v1, s3, utf8, x{n} and worker{n}",
		"kafka-3 version 1.2.3":                            "kafka-{n} version {n}",
		"id 3fa85f64-5717-4562-b3fc-2c963f66afa6.":         "id {id}.",
		"id:3fa85f64-5717-4562-b3fc-2c963f66afa6":          "id:{id}",
		"commit 9f2c77e1a0 of deadbeef, 0x1f00ff00":        "commit {id} of deadbeef, {id}",
		"job 01ARZ3NDEKTSV4RRFFQ69G5FAV failed":            "job {id} failed",
		"dial tcp 10.0.0.1:5432: refused by 192.168.1.10":  "dial tcp {ip}: refused by {ip}",
		"from 2001:db8::8a2e:370:7334 and fe80::1":         "from {ip} and {ip}",
		"mail ada.l@example.com.":                          "mail {email}.",
		"see https://example.com/a?b=c.":                   "see {url}.",
		"at 2026-09-14T08:12:31.5Z or 2026-09-14 08:12:31": "at {time} or {time}",
		"since 08:12:31, on 2026-09-14":                    "since {time}, on {time}",
		"GET /v1/project/acme/service failed":              "GET /v1/project/{project}/service failed",
		"GET /users/42/x: no":                              "GET /users/{id}/x: no",
		"and/or 1/2":                                       "and/or {n}/{n}",
		"two  spaces\n\tand\x00control":                    "two spaces and control",
		"Größe überschritten: 7 €":                         "Größe überschritten: {n} €",
		"":                                                 "",
	} {
		if got := set.template(message, nil); got != want {
			t.Errorf("template(%q)\n got %q\nwant %q", message, got, want)
		}
	}
}

func TestTemplateShowsWhatRulesNamed(t *testing.T) {
	set := &Set{}
	check := func(expr, message, want string) {
		t.Helper()
		p, err := newPattern(expr, false)
		if err != nil {
			t.Fatal(err)
		}
		spans := p.spans(p.regexp().FindStringSubmatchIndex(message))
		if got := set.template(message, spans); got != want {
			t.Errorf("template(%q)\n got %q\nwant %q", message, got, want)
		}
	}
	check(`^Service (?P<resource>\S+) does not exist`, "Service demo-pg does not exist", "Service {resource} does not exist")
	check(`^(?P<kind>\w+) '(?P<resource>\w+)' in (?P<plan>.+)$`, "Topic 'x' in a b c", "{kind} '{resource}' in {plan}")
	check(`(?P<field>'[^']+') is a required property`, "Invalid: 'user_config' is a required property of 'x'",
		"Invalid: 'user_config' is a required property of '{name}'")
	check(`for (?P<field>\S+):`, "Invalid input for ip_filter.17.x: 5 is too small", "Invalid input for ip_filter.{n}.x: {n} is too small")
	check(`(?P<outer>a (?P<inner>b) c)`, "x a b c y", "x {outer} y")
}

func TestLongPathIsCutBetweenSegments(t *testing.T) {
	set := &Set{}
	got := set.template("no route for "+strings.Repeat("/users/42", 30)+" here", nil)
	if want := "no route for " + strings.Repeat("/users/{id}", 13) + "/"; got != want {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

func TestTemplateIsCut(t *testing.T) {
	set := &Set{}
	for n := range 2 * maxTemplate { // a quoted name, a path and a number wherever the cut falls
		long := strings.Repeat("a", n)
		for _, rest := range []string{" 'orders-kafka' is not available", " /v1/project/acme/service", " 12345 of them"} {
			if got := set.template(long+rest, nil); utf8.RuneCountInString(got) > maxTemplate {
				t.Errorf("%d letters, then %q: %d runes", n, rest, utf8.RuneCountInString(got))
			}
		}
	}
	for _, message := range []string{
		strings.Repeat("word ", 100),
		strings.Repeat("ü", 300),
		strings.Repeat("17 ", 200),
		strings.Repeat("'x", 9000),
		strings.Repeat("a.", 8000),
		strings.Repeat("3fa85f64-5717-4562-b3fc-2c963f66afa6", 400),
	} {
		got := set.template(message, nil)
		if n := utf8.RuneCountInString(got); n > maxTemplate || !utf8.ValidString(got) {
			t.Errorf("template of %d bytes has %d runes: %q", len(message), n, got)
		}
		if open, closed := strings.Count(got, "{"), strings.Count(got, "}"); open != closed {
			t.Errorf("a mask is cut: %q", got)
		}
	}
}

func FuzzTemplate(f *testing.F) {
	f.Add("Topic 'x' of 10.0.0.1 at 2026-09-14T08:12:31Z in /a/b/1", 3, 8)
	f.Add("ada@example.com https://x/y 'a \"b` \xff", 0, 1)
	set := &Set{routes: *routeSet()}
	f.Fuzz(func(t *testing.T, message string, start, end int) {
		message = strings.ToValidUTF8(message, "")
		var spans []span
		if 0 <= start && start < end && end <= len(message) {
			spans = []span{{start, end, "resource"}}
		}
		got := set.template(message, spans)
		if utf8.RuneCountInString(got) > maxTemplate || got != strings.TrimSpace(got) {
			t.Errorf("template(%q) = %q", message, got)
		}
	})
}
