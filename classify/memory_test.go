package classify

import (
	"reflect"
	"testing"

	"analyzer/parse"
)

const routedPack = `name = "routed"
title = "Routed"

[[rule]]
id = "busy"
category = "rate-limit"
status = [503]
routes = ["/v1/user/{user}"]
retry = "after-wait"
remedy = "base/look"
examples = ["x"]
`

// Records that differ in one thing that rules look at are not taken for the same,
// whichever comes first.
func TestDiagnosesAreNotMixedUp(t *testing.T) {
	record := func(change func(r *parse.Record, d *parse.Detail)) *parse.Record {
		r := testRecord(404, "", "User ada is lost")
		r.Method, r.Path = "GET", "/v1/team/red/user/ada"
		change(r, &r.Errors[0])
		return r
	}
	same := func(*parse.Record, *parse.Detail) {}
	bare := func(r *parse.Record, d *parse.Detail) { *d, r.Status = parse.Detail{}, 403 }
	busy := func(r *parse.Record, _ *parse.Detail) { r.Status, r.Envelope = 503, "routed/error" }
	for name, c := range map[string]struct {
		a, b func(r *parse.Record, d *parse.Detail)
	}{
		"method":    {same, func(r *parse.Record, _ *parse.Detail) { r.Method = "POST" }},
		"status":    {same, func(r *parse.Record, _ *parse.Detail) { r.Status = 500 }},
		"item":      {same, func(_ *parse.Record, d *parse.Detail) { d.Status = 500 }},
		"envelope":  {same, func(r *parse.Record, _ *parse.Detail) { r.Envelope = "other/error" }},
		"host":      {func(r *parse.Record, _ *parse.Detail) { r.Envelope = "" }, func(r *parse.Record, _ *parse.Detail) { r.Envelope, r.Host = "", "eu.acme.cloud" }},
		"code":      {same, func(_ *parse.Record, d *parse.Detail) { d.Code = "invalid_request" }},
		"message":   {same, func(_ *parse.Record, d *parse.Detail) { d.Message = "User ada is locked" }},
		"reasons":   {same, func(_ *parse.Record, d *parse.Detail) { d.Reasons = []string{"user_not_found"} }},
		"texts":     {bare, func(r *parse.Record, d *parse.Detail) { bare(r, d); d.Texts = []string{"Too many of them"} }},
		"fields":    {same, func(_ *parse.Record, d *parse.Detail) { d.Fields = []string{"name"} }},
		"exhausted": {bare, func(r *parse.Record, d *parse.Detail) { bare(r, d); r.Exhausted = true }},
		"path":      {busy, func(r *parse.Record, d *parse.Detail) { busy(r, d); r.Path = "/v1/user/ada" }},
		"route":     {same, func(r *parse.Record, _ *parse.Detail) { r.Path = "/v1/user/ada" }},
		"items": {same, func(r *parse.Record, _ *parse.Detail) {
			r.Errors = append(r.Errors, parse.Detail{Status: 404, Code: "Gone"})
		}},
		"no longer":  {same, func(r *parse.Record, _ *parse.Detail) { r.Errors = nil }},
		"text apart": {func(_ *parse.Record, d *parse.Detail) { d.Code, d.Message = "Gone", "x" }, func(_ *parse.Record, d *parse.Detail) { d.Code, d.Message = "Go", "nex" }},
	} {
		t.Run(name, func(t *testing.T) {
			find := func(records ...*parse.Record) (last Finding) {
				set, err := Load(files("acme.toml", acmePack, "gen.toml", genericPack, "routed.toml", routedPack))
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range records {
					last = set.Classify(r)
					last.Record = nil
				}
				return last
			}
			a, b := record(c.a), record(c.b)
			if reflect.DeepEqual(find(a), find(b)) {
				t.Fatal("both are diagnosed alike, which shows nothing")
			}
			if got, want := find(a, b), find(b); !reflect.DeepEqual(got, want) {
				t.Errorf("after the other:\n got %+v\nwant %+v", got, want)
			}
			if got, want := find(b, a, b), find(b); !reflect.DeepEqual(got, want) {
				t.Errorf("again:\n got %+v\nwant %+v", got, want)
			}
		})
	}
}
