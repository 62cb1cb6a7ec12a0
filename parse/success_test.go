package parse_test

import (
	"strings"
	"testing"

	"analyzer/parse"
)

// isSuccess tells a described success from an error.
func isSuccess(described string) bool { return !strings.Contains(described, "envelope=") }

// successes are log records and the successful call that is read from them, if
// there is one.
var successes = []struct{ name, line, want string }{
	{"zap", `{"level":"info","ts":1786780351.25,"msg":"topics listed","service":"sync","method":"GET","path":"/v1/project/acme","status":200,"request_id":"r-1"}`,
		"line=1 time=2026-08-15T07:52:31.25Z level=info service=sync method=GET path=/v1/project/acme status=200 request=r-1"},
	{"access log", `{"time_iso8601":"2026-11-22T13:40:07.1Z","request_method":"GET","request_uri":"/catalog?page=3","status":304,"error":"-"}`,
		"line=1 time=2026-11-22T13:40:07.1Z method=GET path=/catalog status=304"},
	{"with an attempt", `{"status_code":201,"method":"POST","path":"/v1/project","attempt":2,"authorization":"Bearer abcdefghijklmnop"}`,
		"line=1 method=POST path=/v1/project status=201 caller=tok-"},
	{"empty errors", `{"status":200,"method":"GET","path":"/a","errors":[],"error":null}`, "line=1 method=GET path=/a status=200"},
	{"deprecated", `{"status":200,"method":"GET","path":"/a","headers":{"Deprecation":["@1767225600"],"Sunset":"Sat, 31 Jan 2026 00:00:00 GMT"}}`,
		"line=1 method=GET path=/a status=200 deprecated=2026-01-01 sunset=2026-01-31"},
	{"deprecated since some time", `{"status":200,"method":"GET","path":"/a","deprecation":"true","sunset":"soon"}`,
		"line=1 method=GET path=/a status=200 deprecated=0001-01-01"},
	{"no status", `{"msg":"refreshed","method":"GET","path":"/a"}`, ""},
	{"no request", `{"msg":"refreshed","status_code":200}`, ""},
	{"a state", `{"msg":"reconciled","status":"RUNNING","path":"/a"}`, ""},
	{"a failure", `{"status":404,"method":"GET","path":"/a"}`, ""},
}

// TestSuccesses: a successful call is read when it is asked for, and counts as
// a non-error with or without.
func TestSuccesses(t *testing.T) {
	for _, row := range successes {
		got, with := scan(t, row.line+"\n", 0, parse.Options{Full: true, Successes: true})
		_, without := scan(t, row.line+"\n", 0, parse.Options{Full: true})
		if with.NonErrors != without.NonErrors || with.Errors != without.Errors || with.Notes != without.Notes {
			t.Errorf("%s: account %+v, without successes %+v", row.name, with, without)
		}
		switch {
		case row.want == "" && len(got) > 0 && isSuccess(got[0]), row.want != "" && len(got) != 1:
			t.Errorf("%s: got %q", row.name, got)
		case row.want != "" && !strings.HasPrefix(got[0], row.want):
			t.Errorf("%s: got  %s\nwant %s", row.name, got[0], row.want)
		}
	}
}
