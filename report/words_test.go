package report

import (
	"strings"
	"testing"
)

func counts(values ...string) []Count {
	list := []Count{}
	for _, v := range values {
		list = append(list, Count{v, 1})
	}
	return list
}

func TestWords(t *testing.T) {
	status := 429
	for _, c := range []struct {
		name    string
		p       Problem
		limit   string
		summary string
		want    string
	}{
		{"service and caller", Problem{By: By{Service: counts("sync"), Caller: counts("tok-7f3a")}}, "", "Give {who} a new token.", "Give sync (caller tok-7f3a) a new token."},
		{"service, several callers", Problem{By: By{Service: counts("sync"), Caller: counts("tok-1", "tok-2")}}, "", "Give {who} a new token for {caller}.", "Give sync a new token for 2 callers."},
		{"caller only", Problem{By: By{Caller: counts("tok-1"), Host: counts("api.example.com")}}, "", "Ask {who}; {service}.", "Ask tok-1; tok-1."},
		{"host only", Problem{By: By{Host: counts("api.example.com")}}, "", "Ask {who}.", "Ask api.example.com."},
		{"several services", Problem{By: By{Service: counts("a", "b", "c")}}, "", "Slow {who} down.", "Slow 3 services down."},
		{"many services", Problem{By: By{Service: counts(manyValue)}}, "", "Slow {who} down.", "Slow many services down."},
		{"verbs agree", Problem{By: By{Service: counts("a", "b")}}, "", "Check what {who} sends, {who}.", "Check what 2 services send, 2 services."},
		{"verbs agree with one", Problem{By: By{Service: counts("a")}}, "", "Check what {who} sends.", "Check what a sends."},
		{"nobody", Problem{}, "", "Slow {who} down, {service}, {caller}.", "Slow the clients down, the clients, the caller."},
		{"fields", Problem{Fields: []string{"a", "b"}}, "", "Correct {field} of {fields}.", "Correct a of a and b."},
		{"three fields", Problem{Fields: []string{"a", "b", "c"}}, "", "Correct {fields}.", "Correct a, b and c."},
		{"many fields", Problem{Fields: []string{"a", "b", "c", "d", "e"}}, "", "Correct {fields}.", "Correct a, b and 3 more."},
		{"no field", Problem{}, "", "Correct {field} and {fields}.", "Correct the named input and the named input."},
		{"resource", Problem{By: By{Resource: counts("demo-pg")}}, "", "Look for {resource}.", `Look for "demo-pg".`},
		{"resources", Problem{By: By{Resource: counts("a", "b")}}, "", "Look for {resource}.", "Look for the 2 resources that the errors name."},
		{"many resources", Problem{By: By{Resource: counts(manyValue)}}, "", "Look for {resource}.", "Look for the resources that the errors name."},
		{"named", Problem{By: By{Resource: counts("demo-pg")}}, "", "Check the name{named}.", `Check the name "demo-pg".`},
		{"several named", Problem{By: By{Resource: counts("a", "b")}}, "", "Check the name{named}.", "Check the name (2 of them)."},
		{"none named", Problem{}, "", "Check the name{named}.", "Check the name."},
		{"no resource", Problem{}, "", "Look for {resource}.", "Look for the resource."},
		{"call", Problem{Method: "PUT", Route: "/v1/{id}", Status: &status, Code: "slow"}, "5 per s", "{status} {code}: {method} {route}, {limit}.", "429 slow: PUT /v1/{id}, 5 per s."},
		{"no call", Problem{}, "", "Limit {method} {route}: {status}, {code}, {limit}.", "Limit calls to this API: the error, the error, the rate limit."},
		{"one wait", Problem{Wait: &Wait{28000, 28000, 1}}, "", "Wait {wait}.", "Wait 28 s."},
		{"waits", Problem{Wait: &Wait{200, 120000, 3}}, "", "Wait {wait}.", "Wait 200 ms to 2 min."},
		{"no wait", Problem{}, "", "Wait {wait}.", "Wait 1 s, or as asked."},
		{"log text is no template", Problem{By: By{Service: counts("{caller}")}}, "", "Stop {who}.", "Stop {caller}."},
		{"long log text", Problem{Code: strings.Repeat("é", 200)}, "", "See {code}.", "See " + strings.Repeat("é", 79) + "…."},
		{"unknown placeholder", Problem{}, "", "Stop {nonsense} {open", "Stop nonsense {open"},
	} {
		w := words{&c.p, c.limit}
		if got := w.fillSummary(c.summary); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestDuration(t *testing.T) {
	for ms, want := range map[int64]string{0: "0 s", 1: "1 ms", 200: "200 ms", 1000: "1 s", 1500: "1.5 s", 9999: "9.9 s", 28_000: "28 s", 28_400: "29 s",
		60_000: "60 s", 90_000: "90 s", 120_000: "2 min", 3_600_000: "60 min", 7_200_000: "2 h"} {
		if got := duration(ms); got != want {
			t.Errorf("%d ms: got %s, want %s", ms, got, want)
		}
	}
}
