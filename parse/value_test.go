package parse

import (
	"testing"
	"time"

	"analyzer/parse/input"
)

func TestParseTime(t *testing.T) {
	check := func(text, want string) {
		t.Helper()
		got, ok := parseTime(text)
		if s := got.Format(time.RFC3339Nano); ok && s != want || !ok && want != "" {
			t.Errorf("parseTime(%q) = %s, %v, want %q", text, s, ok, want)
		}
	}
	check("2026-09-14T08:12:31Z", "2026-09-14T08:12:31Z")
	check("2026-09-14T08:12:31.123456789+02:00", "2026-09-14T06:12:31.123456789Z")
	check("2026-09-14T08:12:31+0200", "2026-09-14T06:12:31Z")
	check("2026-09-14T08:12:31+02", "2026-09-14T06:12:31Z")
	check("2026-09-14 08:12:31,250", "2026-09-14T08:12:31.25Z")
	check("2026-09-14 08:12:31.5 +0000", "2026-09-14T08:12:31.5Z")
	check("2026-09-14 08:12:31 UTC", "2026-09-14T08:12:31Z")
	check("2026-09-14t08:12:31z", "2026-09-14T08:12:31Z")
	check("2026/09/14 08:12:31", "2026-09-14T08:12:31Z")
	check("14/Sep/2026:08:12:31 +0200", "2026-09-14T06:12:31Z")
	check("Mon, 14 Sep 2026 08:12:31 GMT", "2026-09-14T08:12:31Z")
	check("2026-05-20 08:00:12.500 +0000 UTC", "2026-05-20T08:00:12.5Z")
	check("Wed May 20 08:00:15 UTC 2026", "2026-05-20T08:00:15Z")
	check("Wed May  6 08:00:15 2026", "2026-05-06T08:00:15Z")
	check("1786780351", "2026-08-15T07:52:31Z")
	check("1786780351.25", "2026-08-15T07:52:31.25Z")
	check("1.7062750644760764e+09", "2024-01-26T13:17:44.4760764Z")
	check("1786780351250", "2026-08-15T07:52:31.25Z")
	check("1786780351250000", "2026-08-15T07:52:31.25Z")
	check("1786780351250000001", "2026-08-15T07:52:31.250000001Z")
	for _, none := range []string{
		"", "now", "0", "-1", "12", "99999", "2026-02-29T00:00:00Z", "2026-09-14T24:00:00Z", "0001-01-01T00:00:00Z", "9999-01-01T00:00:00Z",
		"2026-09-14 08:12:31 EST", "1e999999999", "NaN", "0x7fffffff", "253402300800",
	} {
		check(none, "")
	}
}

func TestReadStatus(t *testing.T) {
	for text, want := range map[string]int{
		"404": 404, "404.0": 404, "404 Not Found": 404, " 503 ": 503, "100": 100, "599": 599,
		"4e2": 0, "4040": 0, "404.5": 0, "-404": 0, "600": 0, "99": 0, "": 0, "404ms": 0, "404 of 500": 0, "null": 0, "+40": 0,
	} {
		if got, _ := readStatus(text); got != want {
			t.Errorf("readStatus(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestReadLevel(t *testing.T) {
	for text, want := range map[string]string{
		"ERROR": "error", "ERROR+2": "error", "Warning": "warn", "50": "error", "60": "fatal", "30": "info", "20": "debug",
		"3": "error", "4": "warn", "6": "info", "7": "debug", "0": "fatal", "critical": "fatal", "": "", "high": "", "-1": "", "27": "",
	} {
		if got := readLevel(text); got != want {
			t.Errorf("readLevel(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestReadID(t *testing.T) {
	for text, want := range map[string]string{
		"req-1": "req-1",
		"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01":                    "4bf92f3577b34da6a3ce929d0e0e4736",
		"4bf92f3577b34da6a3ce929d0e0e4736:00f067aa0ba902b7:0:1":                      "4bf92f3577b34da6a3ce929d0e0e4736",
		"Root=1-67891233-abcdef012345678912345678;Parent=463ac35c9f6413ad;Sampled=1": "1-67891233-abcdef012345678912345678",
		"projects/acme/traces/06796866738c859f2f19b7cfb3214824":                      "06796866738c859f2f19b7cfb3214824",
		"-": "", "null": "", "0": "", "00000000-0000-0000-0000-000000000000": "", "": "", "two words": "",
		"9007199254740993": "9007199254740993",
	} {
		if got := readID(text); got != want {
			t.Errorf("readID(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestWaits(t *testing.T) {
	now := time.Date(2026, 9, 14, 8, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"28": 28 * time.Second, "0.5": 500 * time.Millisecond, "3.5s": 3500 * time.Millisecond, "0": 0,
		"PT28S": 28 * time.Second, "PT1M30S": 90 * time.Second, "PT": -1,
		"Mon, 14 Sep 2026 08:00:30 GMT": 30 * time.Second,
		"-1":                            -1, "soon": -1, "Mon, 14 Sep 2026 07:00:00 GMT": -1, "99999999": -1,
	} {
		got, ok := readWait(text, now)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("readWait(%q) = %v, %v, want %v", text, got, ok, want)
		}
	}
	for text, want := range map[string]time.Duration{
		"Too many requests, try again in 28s":           28 * time.Second,
		"Rate limit exceeded. Retry after 28 seconds.":  28 * time.Second,
		"please wait 2 minutes before the next request": 2 * time.Minute,
		"Retry after: 250ms":                            250 * time.Millisecond,
		"retry in 7":                                    7 * time.Second,
		"please try again later. Error 503":             -1,
		"quota of 28 requests":                          -1,
	} {
		got, ok := waitInText(text)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("waitInText(%q) = %v, %v, want %v", text, got, ok, want)
		}
	}
}

func TestIDInText(t *testing.T) {
	for text, want := range map[string]string{
		`POST failed (request "4c1a7b9e-6b7c-4f0e-9a42-8f0a5f0f1c55")`: "4c1a7b9e-6b7c-4f0e-9a42-8f0a5f0f1c55",
		`oops (request-id: req-77aa12)`:                                "req-77aa12",
		`RequestID: 4C1A7B9E12`:                                        "4C1A7B9E12",
		`request id: 4c1a7b9e-12`:                                      "4c1a7b9e-12",
		`request identification failed`:                                "",
		`bad request`:                                                  "",
	} {
		if got := idInText(text); got != want {
			t.Errorf("idInText(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestTriggers(t *testing.T) {
	words := &triggers{}
	words.digits = true
	for _, key := range []string{"status", "http_status", "code"} {
		words.addStatusKey(key)
	}
	for _, word := range []string{`"error"`, "expired db", "Not a project", `"okay":false`, "rpc error: code"} {
		if err := words.add(word); err != nil {
			t.Fatal(err)
		}
	}
	words.compile()
	for text, want := range map[string]bool{
		`{"status":404}`: true, `{"status": "503"}`: true, `{\"status\":\n 429,`: true, `{\"code\":\t\"500\"}`: true,
		`[404 Op]`: true, `status=500`: true, `HTTP/1.1" 502 `: true, `{"error_code":42201}`: true, `400: {`: true, `500`: true,
		`{"Error":1}`: true, `x expired DB token`: true, `not A PROJECT member`: true, `{\"error\":`: true, `{\\\"error\\\":`: true, `{"errors":`: false,
		`{"okay" : false}`: true, `{"okay": false}`: true, `RPC error: code = 5`: true, `rpc error:code`: true, `{\"okay\":false}`: true,
		`{"stat\u0075s":1}`: true, `\u0034\u0030\u0034`: true, `a \u003c b \u0026 c`: false, `\u00e9`: false,
		`{"httpStatusCode" : "503"}`: true, `{"took_ms":432}`: false, `{\"bytes\": 404}`: false, `{"size":"500"}`: false,
		`{"key":"http.status_code","value":{"intValue":"404"}}`: true, `{\"name\": \"status\", \"value\": 404}`: true, `{"key":"size","value":{"intValue":"404"}}`: false,
		`{"msg":"404: no"}`: true, `AppleWebKit/537.36`: false, `main.go:404`: false, `?size=500`: false, `http.status_code=500`: true, `code:404`: true, `GET: 404`: true, `/items/404`: false, `{"status":404.0}`: true, `{"status":404.05}`: false,
		`{"status":200}`: false, `{"rows":4040}`: false, `v4.04`: false, `1.404`: false, `-404`: false, `x404`: false, `404x`: false, ``: false, `4`: false,
	} {
		if got := words.in(text); got != want {
			t.Errorf("in(%s) = %v, want %v", text, got, want)
		}
	}
	for _, bad := range []string{"ab", "café", "a<b>", `a\b`, "42201"} {
		if err := words.add(bad); err == nil {
			t.Errorf("trigger %q was taken", bad)
		}
	}
}

func TestCompileRefuses(t *testing.T) {
	check := func(want string, v Vocabulary) {
		t.Helper()
		_, err := Compile(v)
		if err == nil || err.Error() != want {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
	shape := func(s Shape) Vocabulary { s.Name = "p/s"; return Vocabulary{Shapes: []Shape{s}} }
	text := func(x Text) Vocabulary { x.Name = "p/t"; return Vocabulary{Texts: []Text{x}} }
	check(`shape p/s: when: no path; every body would match`, shape(Shape{}))
	check(`shape p/s: when: path "a.*[]": want dotted keys, [] after a key for its elements, * for any key, | between alternatives`, shape(Shape{When: []string{"a.*[]"}}))
	check(`shape p/s: items "errors": want the path of one array, ending in []`, shape(Shape{When: []string{"a"}, Items: "errors"}))
	check(`shape p/s: trigger "er": shorter than four bytes, it would open nearly every line`, shape(Shape{When: []string{"a"}, Triggers: []string{"er"}}))
	check(`text p/t: neither a status group nor triggers: nothing would open a line for it`, text(Text{Pattern: "x"}))
	check(`text p/t: group "nope": want one of status, code, message, operation, method, url, request_id, link, body`, text(Text{Pattern: "(?P<nope>x)"}))
}

func TestKeys(t *testing.T) {
	r, err := Compile(Vocabulary{Keys: []Key{{"request-id", "ctx.rid"}, {"status", "outcome"}, {"service", "who"}}})
	if err != nil {
		t.Fatal(err)
	}
	s := NewScanner(r, Options{})
	s.Reset(&input.Chunk{Data: []byte(`{"ctx":{"rid":"r-1"},"request_id":"other","outcome":503,"who":"web","service":"x"}`)})
	if !s.Scan() {
		t.Fatal("a status under a key of one's own opens nothing")
	}
	if got := s.Record(); got.Status != 503 || got.RequestID().Value != "r-1" || got.Service != "web" {
		t.Errorf("got %+v", got)
	}
	for want, k := range map[string]Key{
		"key id=x: want one of attempt, caller, code, host, idempotency, level, limit, message, method, operation, path, remaining, request-id, service, status, time, version, wait before =": {"id", "x"},
		"key time=a[]: want dotted keys after =, as in ctx.rid": {"time", "a[]"},
		"key time=: want dotted keys after =, as in ctx.rid":    {"time", ""},
	} {
		if _, err := Compile(Vocabulary{Keys: []Key{k}}); err == nil || err.Error() != want {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
}

func BenchmarkTriggers(b *testing.B) {
	r, err := Compile(Vocabulary{Shapes: []Shape{{Name: "a/b", When: []string{"error"}, Triggers: []string{`"error`}}}})
	if err != nil {
		b.Fatal(err)
	}
	line := []byte(`{"level":"info","ts":1786780351.25,"msg":"request served","service":"web","request_id":"4c1a7b9e-6b7c-4f0e-9a42-8f0a5f0f1c55","http":{"method":"GET","status_code":200},"url":"/v1/project/acme/service/demo-pg","duration_ms":32}`)
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		if r.Opens(line) {
			b.Fatal("opened")
		}
	}
}
