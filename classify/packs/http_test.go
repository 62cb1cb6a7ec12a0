package packs_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"analyzer/classify"
	"analyzer/classify/packs"
	"analyzer/parse"
)

// statusCategories is what a status says by itself.
var statusCategories = map[classify.Category][]int{
	classify.Authentication: {401, 403, 407, 510, 511},
	classify.RateLimit:      {429},
	classify.Resource:       {402, 404, 409, 410, 412, 417, 421, 423, 424, 428, 451},
	classify.Server:         {408, 425},
}

func TestStatusAlone(t *testing.T) {
	want := map[int]classify.Category{}
	for status := range 600 {
		switch {
		case status >= 500 || status < 400:
			want[status] = classify.Server
		default:
			want[status] = classify.Validation
		}
	}
	for category, list := range statusCategories {
		for _, status := range list {
			want[status] = category
		}
	}
	set := load(t)
	for status := range 600 {
		f := set.Classify(&parse.Record{Status: status, Envelope: "status"})
		if f.Category != want[status] {
			t.Errorf("status %d is %s, want %s", status, f.Category, want[status])
		}
		if evidence := status >= 400; evidence != (f.Rule != "http/no-evidence") {
			t.Errorf("status %d lands on %s", status, f.Rule)
		}
	}
}

// A status in a text is one only where the text says so.
func TestStatusInText(t *testing.T) {
	set := load(t)
	read := reader(t, set)
	for line, want := range map[string]int{
		`request failed: 404 Not Found`:                         404,
		`request failed: 404: Not Found`:                        404,
		`GET /v1/users/7 returned 503`:                          503,
		`GET https://api.example.com/v1/users: 502`:             502,
		`10.0.0.1 - - [x] "GET /v1/users HTTP/1.1" 500 17`:      500,
		`upstream answered HTTP/1.1 502`:                        502,
		`call failed: HTTP 429, backing off`:                    429,
		`call failed with status code 404`:                      404,
		`call failed (status 400)`:                              400,
		`call failed, status=503 after 3 tries`:                 503,
		`Request failed with status code 422`:                   422,
		`unexpected statusCode: 500.`:                           500,
		`server responded with a 502`:                           502,
		`got a 429 from the API`:                                429,
		`400: {"message":"no such plan"}`:                       400,
		`sync failed: 409: {"message":"already there"} - `:      409,
		`{"level":"error","msg":"call failed with status 503"}`: 503,

		`listening on port 443`:                        0,
		`http://localhost:503 is up`:                   0,
		`took 404 ms`:                                  0,
		`took 404ms`:                                   0,
		`wrote 512 bytes to /tmp/429`:                  0,
		`returned 500 rows`:                            0,
		`got 404 items`:                                0,
		`error in line 404`:                            0,
		`HTTP 200 OK in 451 ms`:                        0,
		`HTTP/1.1 2000`:                                0,
		`status 450/600`:                               0,
		`status: 47%`:                                  0,
		`version 4.0.4 of 500.1`:                       0,
		`GET /v1/users 200 404`:                        0,
		`DB::Exception: Code: 511`:                     0,
		`Error 404100`:                                 0,
		`server error budget: 500 per day`:             0,
		`{"level":"info","msg":"done","duration":503}`: 0,
	} {
		got := 0
		if r, ok := read(line); ok {
			got = r.Status
		}
		if got != want {
			t.Errorf("%s: status %d, want %d", line, got, want)
		}
	}
}

// Bodies of the usual forms give code, message and fields.
func TestGenericBodies(t *testing.T) {
	set := load(t)
	read := reader(t, set)
	for body, want := range map[string]string{
		`{"type":"https://example.com/probs/out-of-credit","title":"No credit","status":400,"detail":"30 short"}`:             "https://example.com/probs/out-of-credit|30 short|",
		`{"type":"about:blank","title":"Bad","status":400,"errors":[{"detail":"too short","pointer":"#/users/0/name"}]}`:      "|too short|users[].name",
		`{"title":"Bad","status":400,"invalid-params":[{"name":"age","reason":"negative"},{"name":"size","reason":"no"}]}`:    "|negative|age, size",
		`{"error":{"message":"no","code":"bad_plan","param":"plan"}}`:                                                         "bad_plan|no|plan",
		`{"error":{"code":400,"message":"no","status":"INVALID_ARGUMENT","details":[{"fieldViolations":[{"field":"a.b"}]}]}}`: "INVALID_ARGUMENT|no|a.b",
		`{"error":"invalid_scope","error_description":"no such scope"}`:                                                       "invalid_scope|no such scope|",
		`{"errors":[{"message":"is taken","field":"email"},{"message":"is short","field":"name"}]}`:                           "|is taken|email, name",
		`{"errors":[{"status":"400","detail":"no","source":{"pointer":"/data/attributes/title"}}]}`:                           "|no|data.attributes.title",
		`{"data":{"userCreate":{"user":null,"userErrors":[{"field":["input","email"],"message":"is taken"}]}}}`:               "|is taken|input.email",
		`[{"email":"is no address"},{"to":"is no number"}]`:                                                                   "|is no address|email, to",
		`{"errors":["no plan","no cloud"]}`:                                                                                   "|no plan|",
		`{"errors":"no plan"}`:                                                                                                "|no plan|",
		`{"detail":[{"loc":["body","user",0,"name"],"msg":"too short","type":"value_error"}]}`:                                "value_error|too short|user[].name",
		`{"detail":"no plan"}`: "|no plan|",
		`{"timestamp":"2026-09-14T08:12:31Z","status":400,"error":"Bad Request","message":"no plan","path":"/x"}`: "|no plan|",
		`{"statusCode":400,"message":"no plan","error":"Bad Request"}`:                                            "|no plan|",
		`{"code":"bad_plan","message":"no plan"}`:                                                                 "bad_plan|no plan|",
		`{"message":"no plan"}`: "|no plan|",
	} {
		line := fmt.Sprintf(`{"level":"error","msg":"call failed","http_status":400,"body":%s}`, body)
		r, ok := read(line)
		if !ok {
			t.Errorf("%s: no API error found", body)
			continue
		}
		f := set.Classify(r)
		if got := f.Problem.Code + "|" + f.Message + "|" + f.Problem.Fields; got != want {
			t.Errorf("%s\n got %s (%s)\nwant %s", body, got, f.Envelope, want)
		}
	}
}

// The pack that README.md shows holds to its own examples.
func TestReadmePack(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, pack, _ := strings.Cut(string(text), "```toml\n")
	pack, _, _ = strings.Cut(pack, "```")
	set, err := classify.Load(packs.FS, fstest.MapFS{"acme.toml": {Data: []byte(pack)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range set.Check(reader(t, set)) {
		t.Error(err)
	}
	if _, ok := set.Remedy("acme/raise-quota"); !ok {
		t.Error("README.md holds no pack")
	}
}

func TestSetIsSharedByWorkers(t *testing.T) {
	set := load(t)
	line := `{"level":"error","status":404,"path":"/v1/project/acme/service/x","body":{"message":"Topic 'x' does not exist"}}`
	want := make(chan string)
	for range 4 {
		record, _ := reader(t, set)(line)
		go func() {
			id := ""
			for range 100 {
				f := set.Classify(record)
				id = f.Problem.ID()
			}
			want <- id
		}()
	}
	first := <-want
	for range 3 {
		if id := <-want; id != first {
			t.Errorf("workers disagree: %s and %s", first, id)
		}
	}
}

func BenchmarkClassify(b *testing.B) {
	set := load(b)
	for name, line := range map[string]string{
		"code":    `{"level":"error","status":404,"method":"GET","path":"/v1/project/acme/service/demo-pg","body":{"errors":[{"error_code":"service_not_found","message":"Service demo-pg does not exist","status":404}],"message":"Service demo-pg does not exist"}}`,
		"message": `{"level":"error","status":400,"method":"PUT","path":"/v1/project/acme/service/demo-pg","body":{"errors":[{"message":"Invalid 'user_config': Invalid input for ip_filter: None is not of type 'array'","status":400}],"message":"x"}}`,
		"status":  `{"level":"error","msg":"call failed","method":"GET","path":"/v1/users/7","status":503}`,
	} {
		record, ok := reader(b, set)(line)
		if !ok {
			b.Fatalf("%s: no API error", name)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				set.Classify(record)
			}
		})
	}
}
