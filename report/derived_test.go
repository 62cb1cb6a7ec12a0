package report

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"analyzer/classify"
	"analyzer/parse"
)

// call is a finding about one operation and path, with an ID unless it is "".
func call(line int64, operation, method, path, id string) *classify.Finding {
	f := &classify.Finding{
		Record:   &parse.Record{Pos: parse.Pos{Source: "app.log", Line: line, Offset: line * 100}, Operation: operation, Method: method, Path: path, Status: 404},
		Category: classify.Resource,
		Fields:   []string{"plan"},
		Problem:  classify.Problem{Category: classify.Resource, Status: 404, Method: method, Message: "not found"},
	}
	if id != "" {
		f.IDs = []parse.ID{{Kind: "request", Value: id}}
	}
	return f
}

// TestDerivedNames: errors without an ID are listed by what they were about.
func TestDerivedNames(t *testing.T) {
	for _, c := range []struct{ operation, method, path, want string }{
		{"ServiceGet", "GET", "/v1/project/acme/service/demo-pg", "ServiceGet /v1/project/acme/service/demo-pg"},
		{"", "GET", "/v1/project/acme/service/demo-pg", "GET /v1/project/acme/service/demo-pg"},
		{"", "", "/v1/project/acme/service/demo-pg", "/v1/project/acme/service/demo-pg"},
		{"ServiceGet", "GET", "", "ServiceGet"},
		{"", "GET", "", ""},
		{"", "", "", ""},
		{"", "GET", "/" + strings.Repeat("é", 200), "GET /" + strings.Repeat("é", 97)},
		{strings.Repeat("x", 300), "", "/v1", strings.Repeat("x", 200)},
	} {
		tally := NewTally(Options{})
		tally.Add(call(1, c.operation, c.method, c.path, ""))
		var got, kind string
		for _, q := range tally.Report(nil, Tool{}).Requests {
			got, kind = got+q.RequestID, q.Kind
		}
		if got != c.want || got != "" && kind != "derived" || !utf8.ValidString(got) {
			t.Errorf("%.20q %q %.20q: listed as %q of kind %q, want %q", c.operation, c.method, c.path, got, kind, c.want)
		}
	}
}

// TestDerivedRequestsCountNowhere: the list of requests knows them, and no
// figure about requests does.
func TestDerivedRequestsCountNowhere(t *testing.T) {
	const path = "/v1/project/acme/service/demo-pg"
	tally := NewTally(Options{})
	for i := range int64(3) {
		tally.Add(call(1+i, "ServiceGet", "GET", path, ""))
	}
	for i := range int64(2) {
		tally.Add(call(4+i, "ServiceGet", "GET", path, "9f2c77e1"))
	}
	tally.Add(call(6, "ServiceList", "GET", "/v1/project/acme/service", ""))
	r := tally.Report(nil, Tool{})

	var listed []string
	for _, q := range r.Requests {
		listed = append(listed, fmt.Sprint(q.Kind, " ", q.RequestID, " ", q.Errors, " at ", len(q.ErrorsAt)))
	}
	want := "derived ServiceGet " + path + " 3 at 3, request 9f2c77e1 2 at 2, derived ServiceList /v1/project/acme/service 1 at 1"
	if got := strings.Join(listed, ", "); got != want {
		t.Errorf("listed %s\nwant   %s", got, want)
	}
	resource := r.Categories[2]
	if r.Input.RequestIDs != 1 || resource.Requests != 1 || r.Problems[0].Requests != 1 || r.Fields[0].Requests != 1 {
		t.Errorf("requests: %d in the input, %d in the category, %d in the problem, %d in the field; want 1", r.Input.RequestIDs, resource.Requests, r.Problems[0].Requests, r.Fields[0].Requests)
	}
	if r.Input.WithoutRequestID != 4 || r.Quality[0].WithoutRequestID != 4 {
		t.Errorf("%d errors without an ID, %d of the service; want 4", r.Input.WithoutRequestID, r.Quality[0].WithoutRequestID)
	}
	for _, s := range r.Problems[0].Samples {
		if s.RequestID != "" && s.RequestID != "9f2c77e1" {
			t.Errorf("a sample has the request ID %q, which the log does not hold", s.RequestID)
		}
	}
}

// TestDerivedRequestsBeyondCap: their bound is said, and is none of request IDs.
func TestDerivedRequestsBeyondCap(t *testing.T) {
	for n, want := range map[int64]string{derivedCap: "requests listed", derivedCap + 1: "derived requests, requests listed"} {
		tally := NewTally(Options{})
		for i := range n {
			tally.Add(call(1+i, "", "GET", fmt.Sprint("/v1/", i), ""))
		}
		if got := bitten(tally.Report(nil, Tool{})); got != want {
			t.Errorf("%d paths: bounds met: %s; want %s", n, got, want)
		}
	}
}
