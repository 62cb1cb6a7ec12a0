package report

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"analyzer/classify"
	"analyzer/parse"
)

var update = flag.Bool("update", false, "write the golden files")

// catalog is a small book of remedies.
type catalog map[string]classify.Remedy

func (c catalog) Remedy(id string) (classify.Remedy, bool) {
	r, ok := c[id]
	r.ID = id
	return r, ok
}

var remedies = catalog{
	"aiven/new-token": {
		Meaning: "The token has expired or was revoked.",
		Summary: "Give {who} a new token; retrying cannot help.",
		Steps:   []string{"Create a token for {service}.", "Replace {caller} by it."},
		Link:    "https://aiven.io/docs/platform/howto/create_authentication_token",
	},
	"generic/correct-field": {Meaning: "The API refuses an input.", Summary: "Correct {field} in {service}, or roll it back.", Steps: []string{"Compare {fields} with the schema of {method} {route}."}},
	"generic/slow-down":     {Meaning: "Too many requests.", Summary: "Make {who} wait {wait} before it repeats a call.", Steps: []string{"Stay below {limit}."}},
}

// incident is a small log with a story: an expired token, a field refused after
// a deploy, a storm of requests that is over.
func incident() *Tally {
	t := NewTally(Options{Packs: "3f9a51c2"})
	at := func(source string, line int64, minute int, r parse.Record) *parse.Record {
		r.Pos = parse.Pos{Source: source, Line: line, Offset: line * 200}
		if minute >= 0 {
			r.Time = epoch.Add(time.Duration(minute) * time.Minute)
		}
		return &r
	}
	id := func(value string) []parse.ID { return []parse.ID{{Kind: "request", Value: value}} }
	token := func(line int64, minute int, request string) {
		t.Add(&classify.Finding{
			Record:   at("sync.log", line, minute, parse.Record{Service: "sync", Caller: "tok-7f3a", Method: "GET", Status: 401, IDs: id(request), Host: "api.aiven.io"}),
			Category: classify.Authentication, Rule: "aiven/token-expired", Rank: 1, Evidence: "status 401", Remedy: "aiven/new-token",
			Message: "Missing (expired) db token",
			Problem: classify.Problem{Category: classify.Authentication, Status: 401, Method: "GET", Route: "/v1/project/{project}/kafka", Message: "Missing (expired) db token"},
		})
	}
	field := func(line int64, minute int, request, version string) {
		f := &classify.Finding{
			Record:   at("deploy.log", line, minute, parse.Record{Service: "deployer", Version: version, Method: "PUT", Path: "/v1/project/acme/service/demo-pg", Status: 400, Host: "api.aiven.io"}),
			Category: classify.Validation, Rule: "aiven/field", Rank: 1, Evidence: "errors[0].message", Remedy: "generic/correct-field",
			Message: "Invalid 'user_config.ip_filter': bad network", Fields: []string{"user_config.ip_filter[].network"}, Resource: "demo-pg",
			Problem: classify.Problem{Category: classify.Validation, Status: 400, Code: "invalid_value", Method: "PUT", Route: "/v1/project/{project}/service/{service}", Fields: "user_config.ip_filter[].network"},
		}
		if request != "" {
			f.IDs = id(request)
		}
		t.Add(f)
	}
	storm := func(line int64, minute int, request string, wait time.Duration) {
		t.Add(&classify.Finding{
			Record:   at("billing.log", line, minute, parse.Record{Service: "billing", Method: "GET", Status: 429, IDs: id(request), Wait: &wait, Limit: "requests per minute"}),
			Category: classify.RateLimit, Rule: "generic/429", Rank: 9, Evidence: "status 429", Remedy: "generic/slow-down", Retry: classify.AfterWait,
			Message: "Rate limit exceeded <b>",
			Problem: classify.Problem{Category: classify.RateLimit, Status: 429, Method: "GET", Route: "/v1/project/{project}/service", Message: "Rate limit exceeded <b>"},
		})
	}
	token(3, 22, "9f2c77e1")
	token(9, 50, "1b22c0de")
	field(4, 40, "9f2c77e1", "2.8.1")
	field(5, 50, "", "2.8.1")
	field(6, -1, "", "2.8.0")
	for i := range int64(4) {
		storm(10+i, 10+int(i), []string{"aa01", "aa01", "aa02", "aa01"}[i], time.Duration(1+9*i)*time.Second)
	}
	t.AddAccount("sync.log", &parse.Account{Records: 10, Errors: 2, NonErrors: 8, Unopened: 7, Bytes: 2000, Head: parse.Mark{Seen: true, Time: epoch}, Tail: parse.Mark{Seen: true, Offset: 1900, Time: epoch.Add(51 * time.Minute)}})
	deploy := parse.Account{Records: 6, Errors: 4, NonErrors: 1, Bytes: 1200, Skipped: 12, FirstDoubt: &parse.Pos{Source: "deploy.log", Line: 2, Offset: 210}}
	deploy.Malformed[parse.Truncated], deploy.Notes[parse.NoTime] = 1, 1
	t.AddAccount("deploy.log", &deploy)
	t.AddFiltered("deploy.log", 1)
	t.AddAccount("billing.log", &parse.Account{Records: 20, Errors: 4, NonErrors: 16, Bytes: 4000})
	t.EndSource("sync.log", "complete", "")
	t.EndSource("deploy.log", "partial", "gzip: unexpected end")
	t.EndSource("billing.log", "complete", "")
	return t
}

// TestReportGolden compares the report of the incident with testdata, as JSON.
func TestReportGolden(t *testing.T) {
	r := incident().Report(remedies, Tool{Name: "analyzer", Version: "test"})
	checkConservation(t, r)
	got, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	name := filepath.Join("testdata", "report.json")
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the report differs from %s (go test -update writes it); got\n%s", name, got)
	}
}

// TestReportSurvivesFrame: what arrives over the wire makes the same report.
func TestReportSurvivesFrame(t *testing.T) {
	text := func(tally *Tally) string {
		b, err := json.Marshal(tally.Report(remedies, Tool{}))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	tally := incident()
	if got, want := text(read(t, frameOf(t, tally))), text(tally); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestEmptyReport: no key is ever missing and no list is null.
func TestEmptyReport(t *testing.T) {
	b, err := json.Marshal(NewTally(Options{}).Report(nil, Tool{}))
	if err != nil {
		t.Fatal(err)
	}
	got := string(b)
	for _, part := range []string{
		`"window":{"first":null,"last":null,"since":null,"until":null}`,
		`"malformed_by":{},"notes":{},"sources":[]`,
		`{"category":"rate-limit","errors":0,"requests":0,"problems":0}`,
		`"problems":[],"fields":[],"requests":[],"quality":[],"audit":{"successes":false,"operations":{"examined":0,"total":0},"retries":[],"rate_limits":[],"outcomes":[]},"stories":[],"actions":[]`,
	} {
		if !strings.Contains(got, part) {
			t.Errorf("no %s in %s", part, got)
		}
	}
}

func TestStill(t *testing.T) {
	minute := int64(time.Minute)
	for _, c := range []struct {
		name string
		log  span
		last int64
		want string
	}{
		{"no time in the log", noSpan, -1, ""},
		{"no time in the problem", span{0, minute}, -1, ""},
		{"the only error", span{5, 5}, 5, "still"},
		{"a minute before the end of a short log", span{0, 10 * minute}, 9 * minute, "still"},
		{"just over a minute", span{0, 10 * minute}, 9*minute - 1, "over"},
		{"a twentieth of a long log", span{0, 100 * minute}, 95 * minute, "still"},
		{"just over a twentieth", span{0, 100 * minute}, 95*minute - 1, "over"},
		{"the log goes on in other records", span{0, 200 * minute}, 100 * minute, "over"},
	} {
		if got := state(c.last, stillAfter(c.log)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestOrderOfProblems(t *testing.T) {
	list := []Problem{
		{ID: "P-over", State: "over", Requests: 900, Errors: 900},
		{ID: "P-timeless", State: "", Requests: 901, Errors: 901},
		{ID: "P-b", State: "still", Requests: 2, Errors: 5},
		{ID: "P-a", State: "still", Requests: 2, Errors: 5},
		{ID: "P-few", State: "still", Requests: 1, Errors: 90},
		{ID: "P-errors", State: "still", Requests: 2, Errors: 6},
	}
	slices.SortFunc(list, func(a, b Problem) int { return compareProblems(&a, &b) })
	var got []string
	for _, p := range list {
		got = append(got, p.ID)
	}
	if want := "P-errors P-a P-b P-few P-timeless P-over"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

// TestSourceEndings: the worst word wins, in any order.
func TestSourceEndings(t *testing.T) {
	tally := NewTally(Options{})
	tally.EndSource("a", "complete", "")
	tally.EndSource("a", "partial", "z")
	tally.EndSource("a", "partial", "b")
	tally.EndSource("b", "failed", "no such file")
	tally.EndSource("b", "partial", "a")
	tally.AddAccount("c", &parse.Account{})
	check := func(want string) {
		t.Helper()
		var got []string
		for _, s := range tally.Report(nil, Tool{}).Input.Sources {
			got = append(got, s.Name+" "+s.Status+" "+s.Reason)
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	check("a partial b; b failed no such file; c complete ")
	tally.Interrupt()
	check("a partial b; b failed no such file; c partial ")
}

func TestSourcesBeyondCap(t *testing.T) {
	tally := NewTally(Options{})
	for i := range sourceCap + 10 {
		tally.AddAccount(time.Duration(i).String(), &parse.Account{Records: 1, NonErrors: 1})
	}
	in := tally.Report(nil, Tool{}).Input
	if len(in.Sources) != sourceCap+1 || in.Sources[0].Name != otherSources || in.Sources[0].Records != 10 || in.Records != sourceCap+10 {
		t.Errorf("%d sources, first %+v, %d records", len(in.Sources), in.Sources[0], in.Records)
	}
}

func TestNewFinding(t *testing.T) {
	wait := time.Second
	f := &classify.Finding{
		Record: &parse.Record{Pos: parse.Pos{Source: "app.log", Line: 12, Offset: 3456}, Time: epoch, Method: "POST", Path: "/v1/project/demo/service",
			IDs: []parse.ID{{Kind: "request", Value: "r1"}}, Caller: "tok-1", Service: "web", Envelope: "aiven/errors", Wait: &wait},
		Category: classify.Validation, Rule: "aiven/field", Evidence: "status 400", Message: "bad plan", Fields: []string{"plan"},
		Problem: classify.Problem{Category: classify.Validation, Status: 400, Code: "invalid", Route: "/v1/project/{project}/service"},
	}
	got, err := json.Marshal(NewFinding(f))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"source":"app.log","line":12,"offset":3456,"time":"2026-11-22T13:40:00Z","category":"validation","status":400,"code":"invalid","message":"bad plan",` +
		`"fields":["plan"],"request_id":"r1","method":"POST","path":"/v1/project/demo/service","route":"/v1/project/{project}/service","caller":"tok-1","service":"web",` +
		`"envelope":"aiven/errors","rule":"aiven/field","evidence":"status 400","problem":"` + f.Problem.ID() + `","retry":"never"}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
