package parse_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"analyzer/parse"
	"analyzer/parse/input"
)

// vocabulary is a small one, so that these tests depend on no pack.
var vocabulary = parse.Vocabulary{
	Shapes: []parse.Shape{
		{
			Name: "acme/errors", Strong: true,
			When:  []string{"errors[].message", "errors[].status | errors[].error_code"},
			Items: "errors[]", Status: "errors[].status", Code: "errors[].error_code",
			Message: "errors[].message | message", Field: "errors[].field", Link: "errors[].more_info",
			Triggers: []string{`error_code`},
		},
		{Name: "http/error", When: []string{"error.message"}, Code: "error.code", Message: "error.message", Field: "error.param", RequestID: "error.request_id", Wait: "error.retry_in", Triggers: []string{`"error`}},
		{Name: "http/text", When: []string{"error"}, Message: "error", Triggers: []string{`"error`}},
		{Name: "http/message", When: []string{"message"}, Status: "status | error_code", Code: "code", Message: "message"},
	},
	Texts: []parse.Text{
		{Name: "acme/client", Pattern: `(?s)\b(?P<status>[45]\d\d): (?P<body>\{.*\})`},
		{Name: "acme/operation", Pattern: `\[(?P<status>[45]\d\d) (?P<operation>\w*)\]: (?P<message>[^({]+)`},
		{Name: "acme/token", Pattern: `(?P<message>expired db token)`, Triggers: []string{"expired db"}},
	},
}

// newReader compiles the vocabulary once for all tests.
var newReader = sync.OnceValue(func() *parse.Reader {
	r, err := parse.Compile(vocabulary)
	if err != nil {
		panic(err)
	}
	return r
})

// scan reads log in chunks of about size bytes and returns its records as text
// and the account.
func scan(t testing.TB, log string, size int, o parse.Options) (records []string, a parse.Account) {
	t.Helper()
	return scanWith(t, newReader(), log, size, o)
}

func scanWith(t testing.TB, r *parse.Reader, log string, size int, o parse.Options) (records []string, a parse.Account) {
	t.Helper()
	return scanBy(t, parse.NewScanner(r, o), log, size)
}

func scanBy(t testing.TB, s *parse.Scanner, log string, size int) (records []string, a parse.Account) {
	t.Helper()
	eachChunk(t, log, size, func(c *input.Chunk) {
		s.Reset(c)
		for s.Scan() {
			records = append(records, describe(s.Record()))
		}
		a.Add(s.Account())
	})
	return records, a
}

// eachChunk reads log in chunks of about size bytes, released when f returns.
func eachChunk(t testing.TB, log string, size int, f func(*input.Chunk)) {
	t.Helper()
	options := input.Options{ChunkSize: size, Cut: parse.Cut, Split: parse.Split}
	_, err := input.Read(context.Background(), "app.log", iotest.HalfReader(strings.NewReader(log)), options, func(c *input.Chunk) error {
		defer c.Release()
		f(c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// describe writes what r holds, in the order of its fields, without the empty
// ones.
func describe(r *parse.Record) string {
	var b strings.Builder
	put := func(name string, value any) {
		if text := fmt.Sprint(value); text != "" && text != "0" && text != "false" && text != "<nil>" {
			fmt.Fprintf(&b, "%s=%s ", name, text)
		}
	}
	put("line", r.Line)
	if !r.Time.IsZero() {
		put("time", r.Time.Format("2006-01-02T15:04:05.999999999Z07:00"))
	}
	put("level", r.Level)
	put("service", r.Service)
	put("version", r.Version)
	put("method", r.Method)
	put("path", r.Path)
	put("op", r.Operation)
	put("host", r.Host)
	put("status", r.Status)
	for _, id := range r.IDs {
		put(id.Kind, id.Value)
	}
	put("caller", r.Caller)
	if r.Wait != nil {
		put("wait", *r.Wait)
	}
	put("limit", r.Limit)
	put("exhausted", r.Exhausted)
	put("attempt", r.Attempt)
	if r.Deprecated != nil {
		put("deprecated", r.Deprecated.Format(time.DateOnly))
	}
	if r.Sunset != nil {
		put("sunset", r.Sunset.Format(time.DateOnly))
	}
	put("envelope", r.Envelope)
	for _, d := range r.Errors {
		fmt.Fprintf(&b, "{%d|%s|%s|%s|%s}", d.Status, d.Code, d.Message, strings.Join(d.Fields, ","), d.Link)
	}
	return strings.TrimSpace(b.String())
}

// lines are log records and what is read from them. They also seed the fuzz
// targets.
var lines = []struct{ name, line, want string }{
	{"body nested in a zap line",
		`{"level":"error","ts":1786780351.25,"msg":"call failed","service":"deployer","version":"2.8.1","request_id":"r-1","http":{"method":"PUT","status_code":400},"url":"https://api.acme.example:443/v1/project/x?token=abc","response":{"errors":[{"message":"bad plan","status":400,"field":"plan"}],"message":"bad plan"}}`,
		`line=1 time=2026-08-15T07:52:31.25Z level=error service=deployer version=2.8.1 method=PUT path=/v1/project/x host=api.acme.example status=400 request=r-1 envelope=acme/errors {400||bad plan|plan|}`},
	{"body escaped in a string",
		`{"time":"2026-09-14T08:12:31Z","level":"ERROR","msg":"failed","body":"{\"errors\":[{\"message\":\"no such user\",\"status\":404,\"error_code\":\"user_not_found\"}],\"message\":\"no such user\"}"}`,
		`line=1 time=2026-09-14T08:12:31Z level=error status=404 envelope=acme/errors {404|user_not_found|no such user||}`},
	{"body in text in a string, wrapped by Docker",
		`{"log":"{\"ts\":\"2026-09-14T08:12:31Z\",\"level\":\"error\",\"error\":\"update: 409: {\\\"errors\\\":[{\\\"message\\\":\\\"in use\\\",\\\"status\\\":409}]} - \"}\n","stream":"stdout","time":"2026-09-14T08:12:32Z"}`,
		`line=1 time=2026-09-14T08:12:31Z level=error status=409 envelope=acme/errors {409||in use||}`},
	{"text before the JSON",
		`2026-09-14T08:12:31Z ERROR {"errors":[{"message":"slow down, try again in 28s","status":"429"}]}`,
		`line=1 time=2026-09-14T08:12:31Z level=error status=429 wait=28s envelope=acme/errors {429||slow down, try again in 28s||}`},
	{"text alone",
		`2026-09-14 08:12:31,250 [error] apply: [404 ServiceGet]: Service x does not exist (request-id: 0a1b2c3d-1111)`,
		`line=1 time=2026-09-14T08:12:31.25Z level=error op=ServiceGet status=404 request=0a1b2c3d-1111 envelope=acme/operation {404||Service x does not exist||}`},
	{"a body escaped in a quoted value of text",
		`time="2026-09-14T08:12:31Z" level=error msg="create: 409: {\"errors\":[{\"message\":\"in use\",\"status\":409}]} - "`,
		`line=1 time=2026-09-14T08:12:31Z level=error status=409 envelope=acme/errors {409||in use||}`},
	{"a cut body in a string is text",
		`{"level":"error","msg":"500: {\"errors\":[{\"message\":\"boo","status":500}`,
		`line=1 level=error status=500 envelope=status {0||500: {"errors":[{"message":"boo||}`},
	{"status alone, nginx",
		`{"time_iso8601":"2026-09-14T10:12:31+02:00","request":"GET /v1/x?y=1 HTTP/1.1","status":"503","request_id":"abc"}`,
		`line=1 time=2026-09-14T08:12:31Z method=GET path=/v1/x status=503 request=abc envelope=status {0||||}`},
	{"status alone, dotted keys",
		`{"@timestamp":"2026-09-14T08:12:31.5Z","log.level":"warn","http.response.status_code":429,"http.request.method":"get","url.path":"/a","trace.id":"t-77","error.message":"Too many"}`,
		`line=1 time=2026-09-14T08:12:31.5Z level=warn method=GET path=/a status=429 trace=t-77 envelope=status {0||Too many||}`},
	{"request beats trace, headers are lists",
		`{"status":401,"method":"GET","trace_id":"t-1","headers":{"X-Request-Id":["r-9"],"Retry-After":["3"],"X-RateLimit-Limit":"120","X-RateLimit-Remaining":"0","Authorization":"aivenv1 c3VwZXJzZWNyZXQ"},"retry_count":2}`,
		`line=1 method=GET status=401 request=r-9 trace=t-1 caller=tok-* wait=3s limit=120 exhausted=true attempt=3 envelope=status {0||||}`},
	{"no id is none", `{"status":500,"path":"/x","request_id":"-","correlation_id":"00000000-0000-0000-0000-000000000000","trace_id":""}`,
		`line=1 path=/x status=500 envelope=status {0||||}`},
	{"a numeric code carries the status", `{"error_code":42201,"message":"Invalid schema"}`,
		`line=1 status=422 envelope=http/message {422||Invalid schema||}`},
	{"a list of errors stands for itself", `{"level":"error","error":"call: [404 UserAuth]: Account does not exist: [{\"message\":\"Account does not exist\",\"status\":404,\"error_code\":\"account_not_found\"}]"}`,
		`line=1 level=error op=UserAuth status=404 envelope=acme/errors {404|account_not_found|Account does not exist||}`},
	{"a known text without status", `{"level":"error","msg":"poll: Missing (expired db token)"}`,
		`line=1 level=error envelope=acme/token {0||expired db token||}`},
	{"HTTP status beside the body's", `{"status_code":403,"body":{"errors":[{"message":"gone","status":404}]}}`,
		`line=1 status=403 envelope=acme/errors {404||gone||}`},
	{"the last of two equal keys counts", `{"path":"/x","status":200,"status":500}`,
		`line=1 path=/x status=500 envelope=status {0||||}`},
	{"200 with an error", `{"http":{"status_code":200},"response":{"error":"quota"}}`,
		`line=1 status=200 envelope=http/text {0||quota||}`},
	{"secrets are masked", `{"status":401,"path":"/x","error":{"message":"bad token Bearer abcdefghijklmnopqrstuvwxyz0123456789"}}`,
		`line=1 path=/x status=401 envelope=http/error {0||bad token Bearer [redacted*||}`},

	{"OTLP attributes",
		`{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"web"}}]},"scopeLogs":[{"logRecords":[{"timeUnixNano":"1786780351250000000","severityText":"ERROR","traceId":"0a1b2c3d4e5f","attributes":[{"key":"http.response.status_code","value":{"intValue":"503"}}]}]}]}]}`,
		`line=1 time=2026-08-15T07:52:31.25Z level=error service=web status=503 trace=0a1b2c3d4e5f envelope=status {0||||}`},

	{"success", `{"level":"info","status":200,"path":"/x","response":{"errors":[],"message":"ok","service":{}}}`, ""},
	{"a success with a message", `{"level":"info","status":201,"method":"POST","response":{"message":"created","error":null}}`, ""},
	{"an application's own error", `{"level":"error","msg":"worker died","error":"dial tcp 10.0.0.1:443: i/o timeout","took_ms":503}`, ""},
	{"a number that is no status", `{"level":"info","msg":"job done","rows":404,"code":500,"duration":432}`, ""},
	{"text that a brace follows", `x{"status":500,"path":"/a"}`, `line=1 path=/a status=500 envelope=status {0||||}`},
	{"nanoseconds beside seconds, and other keys", `{"instant":{"epochSecond":1786780351,"nanoOfSecond":250000000,"shard":7},"status":503,"path":"/a"}`, `line=1 time=2026-08-15T07:52:31.25Z path=/a status=503 envelope=status {0||||}`},
	{"seconds alone, and other keys", `{"timestamp":{"seconds":1786780351,"shard":7},"status":503,"path":"/a"}`, `line=1 time=2026-08-15T07:52:31Z path=/a status=503 envelope=status {0||||}`},
	{"brackets in a message", `{"level":"error","body":{"errors":[{"message":"Invalid input for acl: {} is not valid","status":400}]}}`, `line=1 level=error status=400 envelope=acme/errors {400||Invalid input for acl: {} is not valid||}`},
	{"colours of a terminal", "\x1b[0mERROR [\x1b[31m404 ServiceGet\x1b[0m]: gone", `line=1 level=error op=ServiceGet status=404 envelope=acme/operation {404||gone||}`},
	{"plain text", `Compiled 512 files in 431 ms`, ""},
}

func TestScan(t *testing.T) {
	for _, row := range lines {
		t.Run(row.name, func(t *testing.T) {
			records, account := scan(t, row.line+"\n", 0, parse.Options{})
			got := strings.Join(records, "\n")
			if !matches(row.want, got) {
				t.Errorf("line %s\n got %s\nwant %s", row.line, got, row.want)
			}
			if account.Records != 1 {
				t.Errorf("records = %d, want 1", account.Records)
			}
		})
	}
}

// matches compares with * in want standing for anything within a word.
func matches(want, got string) bool {
	parts := strings.Split(want, "*")
	if len(parts) == 1 {
		return want == got
	}
	if !strings.HasPrefix(got, parts[0]) {
		return false
	}
	for _, part := range parts {
		i := strings.Index(got, part)
		if i < 0 {
			return false
		}
		got = got[i+len(part):]
	}
	return got == "" || parts[len(parts)-1] == ""
}

// mixed is a log with all that stands between records.
const mixed = "\ufeff" + `{"status":500,"path":"/a"}` + "\r\n\n" +
	"Starting up\n\tat main.go:12\n" +
	"\x00\x00\x00" + `{"status":404,"path":"/b"}` + "\n" +
	"{\n  \"status\": 429,\n  \"path\": \"/c\"\n}\n" +
	`  {"status":503,"path":"/d"}` + "\n" +
	`{"status":500,"path":"/broken` + "\n" +
	`{"status":500 "path":"/worse"}` + "\n" +
	`{"status":200,"path":"/fine"}` + "\n" +
	`{"status":401,"path":"/last"}`

func TestScanAccount(t *testing.T) {
	records, a := scan(t, mixed, 0, parse.Options{})
	want := []string{
		"line=1 path=/a status=500 envelope=status {0||||}",
		"line=5 path=/b status=404 envelope=status {0||||}",
		"line=6 path=/c status=429 envelope=status {0||||}",
		"line=10 path=/d status=503 envelope=status {0||||}",
		"line=14 path=/last status=401 envelope=status {0||||}",
	}
	if !slices.Equal(records, want) {
		t.Errorf("records:\n%s\nwant:\n%s", strings.Join(records, "\n"), strings.Join(want, "\n"))
	}
	if a.Records != 9 || a.Errors != 5 || a.NonErrors != 2 || a.Malformed[parse.Truncated] != 1 || a.Malformed[parse.InvalidJSON] != 1 {
		t.Errorf("account = %+v", a)
	}
	if a.FirstDoubt == nil || a.FirstDoubt.Line != 11 {
		t.Errorf("first doubt = %+v, want line 11", a.FirstDoubt)
	}
	if a.Bytes != int64(len(mixed)) {
		t.Errorf("bytes = %d, want %d", a.Bytes, len(mixed))
	}
}

// TestScanChunks holds that records and account do not depend on the chunks.
func TestScanChunks(t *testing.T) {
	log := mixed + "\n"
	for _, row := range lines {
		log += row.line + "\n"
	}
	wantRecords, wantAccount := scan(t, log, 0, parse.Options{})
	for _, size := range []int{1, 2, 3, 7, 64, 200, 1000, 4096} {
		records, account := scan(t, log, size, parse.Options{})
		if !slices.Equal(records, wantRecords) {
			t.Errorf("chunks of %d: records differ:\n%s\nwant:\n%s", size, strings.Join(records, "\n"), strings.Join(wantRecords, "\n"))
		}
		if got, want := fmt.Sprintf("%+v", flat(account)), fmt.Sprintf("%+v", flat(wantAccount)); got != want {
			t.Errorf("chunks of %d: account %s, want %s", size, got, want)
		}
	}
}

// flat is the account with its pointer followed, for printing.
func flat(a parse.Account) any {
	var doubt parse.Pos
	if a.FirstDoubt != nil {
		doubt = *a.FirstDoubt
	}
	a.FirstDoubt = nil
	return struct {
		parse.Account
		doubt parse.Pos
	}{a, doubt}
}

// frames are logs in which records are not lines, and the paths of the errors
// that are found in them.
var frames = []struct {
	name, log string
	paths     string
	records   int64
}{
	{"an array on one line", `[{"status":500,"path":"/a"},{"status":404,"path":"/b"}]` + "\n", "/a /b", 2},
	{"an array, a record a line", "[{\"status\":500,\"path\":\"/a\"},\n{\"status\":404,\"path\":\"/b\"},\n{\"status\":429,\"path\":\"/c\"}]\n", "/a /b /c", 3},
	{"an array, pretty", "[\n  {\n    \"status\": 500,\n    \"path\": \"/a\"\n  },\n  {\n    \"status\": 404,\n    \"path\": \"/b\",\n    \"tags\": [\n      1\n    ]\n  }\n]\n", "/a /b", 2},
	{"arrays in arrays", `[[{"status":500,"path":"/a"}],[{"status":404,"path":"/b"}]]`, "/a /b", 2},
	{"several on a line", `{"status":500,"path":"/a"}{"status":404,"path":"/b"} {"status":429,"path":"/c"}` + "\n", "/a /b /c", 3},
	{"pretty, one after the other", "{\n\t\"status\": 500,\n\t\"path\": \"/a\"\n}\n{\n\t\"status\": 404,\n\t\"path\": \"/b\"\n}\n", "/a /b", 2},
	{"a list of errors is one answer", `[{"message":"no","status":400,"path":"/a"},{"message":"no","status":400}]`, "/a", 1},
	{"text spoils an object", `{"status":500,"path":"/a"} and so on` + "\n" + `{"status":404,"path":"/b"}`, "/b", 2},
	{"a cut array", `[{"status":500,"path":"/a"},{"status":404,"path":"/b"},{"status":5`, "/a /b", 3},
	{"a broken string ends with its line", "[\n  {\"status\":500,\"path\":\"/a},\n  {\"status\":404,\"path\":\"/b\"}\n]\n", "/b", 2},
	{"a prefix in brackets", "[pod/web-1/app] {\"status\":500,\"path\":\"/a\"}\n", "/a", 1},
	{"JSON over the lines of a text", "2026-09-14T08:12:31Z ERROR {\n  \"status\": 500,\n  \"path\": \"/a\"\n}\n", "/a", 1},
	{"CRI parts", "2026-09-14T08:12:31.5Z stdout P {\"status\":5\n2026-09-14T08:12:31.5Z stdout P 00,\"pa\n2026-09-14T08:12:31.5Z stdout F th\":\"/a\"}\n2026-09-14T08:12:31.5Z stderr F {\"status\":404,\"path\":\"/b\"}\n", "/a /b", 2},
	{"Docker parts", `{"log":"{\"status\":5","stream":"stdout","time":"2026-09-14T08:12:31Z"}` + "\n" + `{"log":"00,\"path\":\"/a\"}\n","stream":"stdout","time":"2026-09-14T08:12:31Z"}` + "\n" + `{"log":"{\"status\":404,\"path\":\"/b\"}","stream":"stdout","time":"2026-09-14T08:12:31Z"}` + "\n" + `{"log":"{\"status\":429,\"path\":\"/c\"}","stream":"stdout","time":"2026-09-14T08:12:31Z"}`, "/a /b /c", 3},
	{"a batch of CloudWatch", `{"logGroup":"g","logEvents":[{"timestamp":1786780351250,"message":"{\"status\":500,\"path\":\"/a\"}"},{"timestamp":1786780351251,"message":"fine"},{"timestamp":1786780351250,"message":"{\"status\":404,\"path\":\"/b\"}"}]}`, "/a /b", 3},
	{"OTLP", `{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"web"}}]},"scopeLogs":[{"logRecords":[{"timeUnixNano":"1786780351250000000","body":{"stringValue":"failed"},"attributes":[{"key":"http.response.status_code","value":{"intValue":"500"}},{"key":"url.path","value":{"stringValue":"/a"}}]},{"body":{"stringValue":"ok"}}]}]}]}`, "/a", 2},
	{"a batch that shares a list, under a key with a quote", `{"resourceLogs":[{"a\"b:resource":["x{","y"],"scopeLogs":[{"logRecords":[{"status":500,"path":"/a"}]}]}]}`, "/a", 1},
	{"an event with a list of events", `{"level":"error","status":500,"path":"/a","events":[{"name":"x","code":1}]}`, "/a", 1},
	{"HAR", `{"log":{"version":"1.2","entries":[{"startedDateTime":"2026-09-14T08:12:31Z","request":{"method":"GET","url":"https://api.acme.example/a"},"response":{"status":404,"headers":[{"name":"X-Request-Id","value":"r-1"}]}},{"request":{"url":"https://x.example/"},"response":{"status":200}}]}}`, "/a", 2},
	{"nothing in an array", "[]\n[\n]\n", "", 2},
}

func TestFrames(t *testing.T) {
	for _, row := range frames {
		for _, size := range []int{0, 1, 20} {
			records, a := scan(t, row.log, size, parse.Options{})
			var paths []string
			for _, r := range records {
				_, rest, _ := strings.Cut(r, "path=")
				path, _, _ := strings.Cut(rest, " ")
				paths = append(paths, path)
			}
			if got := strings.Join(paths, " "); got != row.paths || a.Records != row.records {
				t.Errorf("%s, chunks of %d: found %q in %d records, want %q in %d", row.name, size, got, a.Records, row.paths, row.records)
			}
		}
	}
}

// TestHugeArray reads an array that is longer than any record may be, with one
// element that is too long.
func TestHugeArray(t *testing.T) {
	element := "  {\n    \"status\": 500,\n    \"path\": \"/a\"\n  },\n"
	n := input.MaxRecord / len(element) * 3 / 2
	long := "  {\"status\": 500, \"path\": \"" + strings.Repeat("x", input.MaxRecord) + "\"},\n"
	log := "[\n" + strings.Repeat(element, n) + long + strings.Repeat(element, n) + "{}]\n" + `{"status":404,"path":"/b"}` + "\n"
	for _, size := range []int{0, 100_000} {
		records, a := scan(t, log, size, parse.Options{})
		if len(records) != 2*n+1 || a.Malformed[parse.Oversize] != 1 || a.Bytes != int64(len(log)) {
			t.Errorf("chunks of %d: %d errors, want %d; account %+v", size, len(records), 2*n+1, a)
		}
	}
}

func TestScanMarks(t *testing.T) {
	log := `{"time":"2026-09-14T08:00:00Z","msg":"up"}` + "\n" + `{"status":500,"path":"/a"}` + "\n" + `09:30 nothing` + "\n" + `{"time":"2026-09-14T09:00:00Z","msg":"down"}` + "\n\n"
	for _, size := range []int{0, 1, 50} {
		_, a := scan(t, log, size, parse.Options{})
		if got := a.Head.Time.Format("15:04"); got != "08:00" {
			t.Errorf("chunks of %d: head = %s", size, got)
		}
		if got := a.Tail.Time.Format("15:04"); got != "09:00" {
			t.Errorf("chunks of %d: tail = %s", size, got)
		}
	}
}

func TestScanHostile(t *testing.T) {
	deep := strings.Repeat("[", 10_000_000)
	long := `{"status":500,"path":"` + strings.Repeat("x", input.MaxRecord) + `"}`
	good := `{"status":500,"path":"/a"}`
	check := func(name, log string, want func(parse.Account) bool) {
		t.Helper()
		records, a := scan(t, log+"\n"+good+"\n", 0, parse.Options{Full: true})
		if len(records) != 1 || !want(a) {
			t.Errorf("%s: %d records, account %+v", name, len(records), a)
		}
		if sum := a.Errors + a.NonErrors + malformed(a); sum != a.Records {
			t.Errorf("%s: %d records, but their kinds add up to %d", name, a.Records, sum)
		}
	}
	check("ten million brackets", deep, func(a parse.Account) bool { return a.Malformed[parse.Oversize] == 1 })
	check("a million brackets", deep[:1_000_000], func(a parse.Account) bool { return a.Malformed[parse.TooDeep] == 1 })
	check("a long record", long, func(a parse.Account) bool {
		return a.Malformed[parse.Oversize] == 1 && a.Skipped == int64(len(long))
	})
	check("NUL inside", `{"status":500,"path":"`+"\x00"+`"}`, func(a parse.Account) bool { return a.Malformed[parse.InvalidJSON] == 1 })
	check("deep objects", strings.Repeat(`{"a":`, 300)+"1"+strings.Repeat("}", 300), func(a parse.Account) bool { return a.Malformed[parse.TooDeep] == 1 })
	check("many keys", `{"a":[`+strings.Repeat(`{"b":1},`, 200_000)+`{}]}`, func(a parse.Account) bool { return a.Malformed == [parse.NumMalformed]int64{} })
}

func malformed(a parse.Account) (sum int64) {
	for _, n := range a.Malformed {
		sum += n
	}
	return sum
}

func TestScanInvalidUTF8(t *testing.T) {
	records, a := scan(t, "{\"status\":500,\"path\":\"/a\xff\xc0\xaf\",\"error\":{\"message\":\"b\xffd\"}}\n", 0, parse.Options{})
	if len(records) != 1 || !strings.Contains(records[0], "b\uFFFDd") || a.Notes[parse.RepairedUTF8] == 0 {
		t.Errorf("got %q, notes %v", records, a.Notes)
	}
}

// FuzzScan holds the laws of the scanner on any bytes: nothing panics, the
// account adds up, no chunk size and no shortcut changes what is found.
func FuzzScan(f *testing.F) {
	if len(lines) == 0 {
		f.Fatal("no seeds")
	}
	f.Add([]byte(mixed), uint16(10))
	for _, row := range frames {
		f.Add([]byte(row.log), uint16(len(row.log)/2))
	}
	for _, row := range lines {
		f.Add([]byte(row.line+"\n"), uint16(len(row.line)/2))
		f.Add([]byte(strings.ReplaceAll(row.line, "status", `st\u0061tus`)), uint16(1))
	}
	f.Fuzz(func(t *testing.T, log []byte, size uint16) {
		if len(log) > 1<<16 || bytes.HasPrefix(log, []byte("BZh")) || bytes.HasPrefix(log, []byte{0x1f, 0x8b}) || bytes.HasPrefix(log, []byte{0x28, 0xb5, 0x2f, 0xfd}) {
			return
		}
		whole, a := scan(t, string(log), 0, parse.Options{})
		if sum := a.Errors + a.NonErrors + malformed(a); sum != a.Records {
			t.Errorf("%d records, but their kinds add up to %d", a.Records, sum)
		}
		parts, b := scan(t, string(log), int(size)+1, parse.Options{})
		if !slices.Equal(whole, parts) || fmt.Sprintf("%+v", flat(a)) != fmt.Sprintf("%+v", flat(b)) {
			t.Errorf("chunks of %d: %q, %+v\nwhole: %q, %+v", size+1, parts, flat(b), whole, flat(a))
		}
		full, c := scan(t, string(log), 0, parse.Options{Full: true})
		if !slices.Equal(whole, full) || c.Records < a.Records || c.Errors != a.Errors {
			t.Errorf("opened in full: %q, %+v\nby triggers: %q, %+v", full, flat(c), whole, flat(a))
		}
		both, d := scan(t, string(log), int(size)+1, parse.Options{Full: true, Successes: true})
		if errors := slices.DeleteFunc(both, isSuccess); !slices.Equal(errors, full) || fmt.Sprintf("%+v", flat(c)) != fmt.Sprintf("%+v", flat(d)) {
			t.Errorf("beside successes: %q, %+v\nalone: %q, %+v", errors, flat(d), full, flat(c))
		}
	})
}

// TestDuplicateKeys holds that a record or batch in which keys stand twice is noted
// once, however often its keys are looked at, and that a success is not.
func TestDuplicateKeys(t *testing.T) {
	const body = `{"errors":[{"message":"no such user","message":"no such user","status":404}],"message":"x","message":"y"}`
	event := func(text string) string {
		return `{"severityText":"INFO","body":{"stringValue":` + strconv.Quote(text) + `}}`
	}
	for name, row := range map[string]struct {
		log  string
		want int64
	}{
		"an error":  {`{"status":404,"status":404,"path":"/a","body":` + body + `}`, 1},
		"two":       {strings.Repeat(`{"status":404,"status":404,"path":"/a","body":`+body+"}\n", 2), 2},
		"a success": {`{"status":200,"status":200,"method":"GET","path":"/a"}`, 0},
		"a batch": {`{"resourceLogs":[{"resource":{},"resource":{},"scopeLogs":[{"logRecords":[` +
			event("a") + "," + event(`x {"errors":[{"message":"no","status":404}],"message":"no"}`) + "," + event("b") + `]}]}]}`, 1},
	} {
		for _, o := range []parse.Options{{}, {Full: true, Successes: true}} {
			if _, a := scanWith(t, packReader(), row.log, 0, o); a.Notes[parse.DuplicateKeys] != row.want {
				t.Errorf("%s, %+v: noted %d times, want %d", name, o, a.Notes[parse.DuplicateKeys], row.want)
			}
		}
	}
}
