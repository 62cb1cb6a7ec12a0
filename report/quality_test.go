package report

import (
	"fmt"
	"testing"

	"analyzer/classify"
	"analyzer/parse"
)

// complete returns an error whose log entry lacks nothing.
func complete(service string) *classify.Finding {
	return &classify.Finding{
		Record: &parse.Record{Pos: parse.Pos{Source: "app.log"}, Time: epoch, Service: service, Method: "PUT", Status: 400,
			IDs: []parse.ID{{Kind: "request", Value: "r-1"}}},
		Category: classify.Validation, Message: "bad plan", Fields: []string{"plan"},
		Problem: classify.Problem{Category: classify.Validation, Status: 400, Method: "PUT"},
	}
}

// Each thing that an error lacks counts where it belongs and has its advice.
func TestQualityGaps(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*classify.Finding)
		want   Quality
	}{
		{"nothing", func(f *classify.Finding) {}, Quality{}},
		{"status", func(f *classify.Finding) { f.Status, f.Problem.Status = 0, 0 },
			Quality{WithoutStatus: 1, Advice: "Log the status code of error responses."}},
		{"message", func(f *classify.Finding) { f.Message = "" },
			Quality{WithoutMessage: 1, Advice: "Log the message of error responses."}},
		{"field", func(f *classify.Finding) { f.Fields = nil },
			Quality{WithoutField: 1, Advice: "Log the affected fields of error responses."}},
		{"field of a server error", func(f *classify.Finding) { f.Category, f.Fields = classify.Server, nil }, Quality{}},
		{"request ID", func(f *classify.Finding) { f.IDs = nil },
			Quality{WithoutRequestID: 1, Advice: "Log the request ID (x-request-id) of error responses."}},
		{"method", func(f *classify.Finding) { f.Method = "" },
			Quality{WithoutMethod: 1, Advice: "Log the method and path of requests."}},
		{"time", func(f *classify.Finding) { f.Time = epoch.AddDate(-100, 0, 0) },
			Quality{WithoutTime: 1, Advice: "Log the time of each event."}},
		{"all that the API asks for", func(f *classify.Finding) { f.Problem.Status, f.Message, f.Fields = 0, "", nil },
			Quality{WithoutStatus: 1, WithoutMessage: 1, WithoutField: 1, Advice: "Log the status code, message and affected fields of error responses."}},
		{"three kinds", func(f *classify.Finding) {
			f.Message, f.Method, f.IDs, f.Record.Time = "", "", nil, epoch.AddDate(300, 0, 0)
		},
			Quality{WithoutMessage: 1, WithoutRequestID: 1, WithoutMethod: 1, WithoutTime: 1,
				Advice: "Log the message and request ID (x-request-id) of error responses, the method and path of requests and the time of each event."}},
	} {
		f := complete("web")
		c.change(f)
		tally := NewTally(Options{})
		tally.Add(f)
		c.want.Service, c.want.Errors = "web", 1
		if got := tally.Report(nil, Tool{}).Quality; len(got) != 1 || got[0] != c.want {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
}

// Advice is given from a tenth of a service's errors on.
func TestQualityAdvisesFromATenth(t *testing.T) {
	for _, c := range []struct {
		errors, without int
		want            bool
	}{{1, 0, false}, {1, 1, true}, {9, 1, true}, {10, 1, true}, {11, 1, false}, {19, 1, false}, {20, 2, true}, {1000, 99, false}, {1000, 100, true}} {
		l := lacks{errors: int64(c.errors)}
		l.without[gapTime] = int64(c.without)
		if got := l.advice() != ""; got != c.want {
			t.Errorf("%d of %d: advice is %t, want %t", c.without, c.errors, got, c.want)
		}
	}
}

// The service that leaves out most comes first; with too many they are one.
func TestQualityByService(t *testing.T) {
	tally := NewTally(Options{})
	bare := func(service string) *classify.Finding {
		f := complete(service)
		f.IDs = nil
		return f
	}
	for range 3 {
		tally.Add(complete("big"))
	}
	tally.Add(bare("b"))
	tally.Add(bare(""))
	tally.Add(bare(""))
	var got string
	for _, q := range tally.Report(nil, Tool{}).Quality {
		got += fmt.Sprintf("%q %d of %d; ", q.Service, q.WithoutRequestID, q.Errors)
	}
	if want := `"" 2 of 2; "b" 1 of 1; "big" 0 of 3; `; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	for i := range valuesCap {
		tally.Add(complete(fmt.Sprint("service-", i)))
	}
	list := tally.Report(nil, Tool{}).Quality
	if len(list) != 1 || list[0].Service != manyValue || list[0].Errors != 6+valuesCap || list[0].WithoutRequestID != 3 {
		t.Errorf("got %+v", list)
	}
}

// Notes on the input stand among those on records.
func TestNotes(t *testing.T) {
	tally, other := NewTally(Options{}), NewTally(Options{})
	tally.AddNote(SameFile, 1)
	other.AddNote(SameFile, 2)
	var a parse.Account
	a.Notes[parse.NoTime] = 4
	other.AddAccount("app.log", &a)
	if err := tally.Merge(other); err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(tally.Report(nil, Tool{}).Input.Notes)
	if want := "map[no_time:4 same_file:3]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
