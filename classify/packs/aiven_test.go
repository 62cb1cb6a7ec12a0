package packs_test

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"analyzer/classify"
	"analyzer/parse"
)

// aivenCodes lists the error codes that the Aiven API documents, with what
// each must be diagnosed as.
//
//go:embed testdata/aiven_codes.tsv
var aivenCodes string

func TestAivenKnowsEveryDocumentedCode(t *testing.T) {
	set := load(t)
	lines := strings.Split(strings.TrimSpace(aivenCodes), "\n")
	if len(lines) < 200 {
		t.Fatalf("testdata/aiven_codes.tsv holds %d lines", len(lines))
	}
	for _, line := range lines[1:] {
		code, rest, _ := strings.Cut(line, "\t")
		category, retry, _ := strings.Cut(rest, "\t")
		// Neither status nor message: the code alone must do.
		f := set.Classify(&parse.Record{Envelope: "aiven/coded", Errors: []parse.Detail{{Code: code}}})
		if f.Category.String() != category || f.Retry.String() != retry {
			t.Errorf("%s is %s, retry %s; want %s, retry %s (rule %s)", code, f.Category, f.Retry, category, retry, f.Rule)
		}
		if !strings.HasPrefix(f.Rule, "aiven/") || !strings.HasPrefix(f.Remedy, "aiven/") {
			t.Errorf("%s lands on rule %s with remedy %s; want ones of the aiven pack", code, f.Rule, f.Remedy)
		}
	}
}

// A reading is what a report shows of one line: category, status, code, affected
// fields, resource and route.
func TestAivenReadsItsClients(t *testing.T) {
	set := load(t)
	read := reader(t, set)
	for _, c := range []struct{ name, line, want string }{
		{
			"Go client with the body",
			`{"level":"error","msg":"apply","error":"error updating (acme/demo-pg) service: 400: {\"errors\":[{\"message\":\"Invalid 'user_config': Invalid input for ip_filter: None is not of type 'array'\",\"status\":400}],\"message\":\"Invalid 'user_config': Invalid input for ip_filter: None is not of type 'array'\"} - ; user config: map[ip_filter:<nil>]"}`,
			"validation|400||user_config.ip_filter||",
		}, {
			"Go client with the message alone",
			`{"level":"error","msg":"apply","error":"1 error occurred:\n\t* 400: Invalid plan 'startup-9' for service type 'pg' - \n\n"}`,
			"validation|400||plan, service_type||",
		}, {
			"Go client, the user's configuration behind it",
			`{"level":"error","msg":"apply","error":"failed: 409: Service name is already in use in this project - ; user config: map[a:b]"}`,
			"resource|409||service_name||",
		}, {
			"Go client, cut off",
			`{"level":"error","msg":"apply","error":"409: {\"errors\":[{\"message\":\"Service name is already in use in this project\",\"status\":409"}`,
			"resource|409||service_name||",
		}, {
			"codegen of 2024-05, the operation behind the body",
			`{"level":"error","msg":"apply","error":"409: {\"errors\":[{\"message\":\"Project VPC 1f7b2c1e-6f7d-4c57-8d0c-1d2a3b4c5d6e is in state APPROVED, not ACTIVE\",\"status\":409}],\"message\":\"\"} - ServiceCreate"}`,
			"resource|409||project_vpc_id|1f7b2c1e-6f7d-4c57-8d0c-1d2a3b4c5d6e|ServiceCreate",
		}, {
			"codegen with a list of errors",
			`{"level":"error","msg":"apply","error":"[404 UserAuth]: Account does not exist: [{\"error_code\":\"account_not_found\",\"message\":\"Account does not exist\",\"status\":404}]"}`,
			"resource|404|account_not_found|||UserAuth",
		}, {
			"codegen, the specific text in the list",
			`{"level":"error","msg":"apply","error":"[404 ServiceGet]: Oh no! ([{\"error_code\":\"service_not_found\",\"message\":\"Service demo-pg does not exist\",\"metadata\":{\"hint\":1},\"status\":404}])"}`,
			"resource|404|service_not_found|service_name|demo-pg|ServiceGet",
		}, {
			"codegen without an operation",
			`{"level":"error","msg":"apply","error":"[409 ]: already exists"}`,
			"resource|409||||",
		}, {
			"codegen, a quoted name",
			`{"level":"error","msg":"apply","error":"[404 ServiceKafkaTopicGet]: Topic \"orders\" does not exist"}`,
			"resource|404||topic_name|orders|ServiceKafkaTopicGet",
		}, {
			"Python client of 2024",
			`ERROR	command failed: Error: {"errors":[{"message":"Invalid input: 'user_config' is a required property","status":400}],"message":"x"}, status(<class 'int'>)=400`,
			"validation|400||user_config||",
		}, {
			"Python client of 2026",
			`ERROR	command failed: Error: Service 'demo-pg' does not exist (status 404)`,
			"resource|404||service_name|demo-pg|",
		}, {
			"MCP server",
			`{"level":"error","message":"Aiven API Error (404): Project not found [GET https://api.aiven.io/v1/project/acme]\nHint: Check the name.\nError code: project_not_found\nMore info: https://api.aiven.io/doc/"}`,
			"resource|404|project_not_found|project||/v1/project/{project}",
		}, {
			"status as a string, no status in the line",
			`{"level":"error","msg":"call","body":{"message":"Denied","errors":[{"message":"Not a project member","status":"403"}]}}`,
			"authentication|403||||",
		}, {
			"the dialect that names its field",
			`{"level":"error","msg":"call","method":"POST","path":"/v1/project/acme/service","body":{"errors":[{"message":"Bad plan","field":"plan","status":400},{"message":"Bad cloud","field":"cloud","status":400}],"message":"Bad input"}}`,
			"validation|400||cloud, plan||/v1/project/{project}/service",
		}, {
			"schema registry",
			`{"level":"error","msg":"register","path":"/subjects/orders-value/versions","body":{"error_code":42201,"message":"Invalid AVRO schema"}}`,
			"validation|422|42201|schema||/subjects/{subject}/versions",
		}, {
			"a code beside a status, without a body",
			`{"level":"ERROR","msg":"failed","status":409,"error_code":"not_powered","method":"PUT","path":"/v1/project/acme/service/demo-pg"}`,
			"resource|409|not_powered|||/v1/project/{project}/service/{service}",
		}, {
			"retries that hide the answer",
			`{"level":"error","msg":"apply","error":"POST https://api.aiven.io/v1/project/acme/service giving up after 7 attempt(s): timed out"}`,
			"server|0||||/v1/project/{project}/service",
		},
		{"success with a message", `{"level":"info","msg":"call","status":200,"body":{"message":"created","errors":[],"service":{"service_name":"demo-500"}}}`, "none"},
		{"success with a warning", `{"level":"info","msg":"call","status":200,"body":{"message":"x","errors":[{"message":"deprecated","status":200}]}}`, "none"},
		{"a code that says success", `{"level":"info","msg":"call","body":{"error_code":"0","message":"success"}}`, "none"},
		{"a count in brackets", `{"level":"info","msg":"[500 items]: loaded"}`, "none"},
		{"a number before a colon", `{"level":"info","msg":"processed batch 404: 12 items - done"}`, "none"},
		{"an exit status", `{"level":"error","msg":"Error: exit (status 255)"}`, "none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := aivenReading(set, read, c.line); got != c.want {
				t.Errorf("line %s\n got %s\nwant %s", c.line, got, c.want)
			}
		})
	}
}

func aivenReading(set *classify.Set, read func(string) (*parse.Record, bool), line string) string {
	record, ok := read(line)
	if !ok {
		return "none"
	}
	f := set.Classify(record)
	p := f.Problem
	return fmt.Sprintf("%s|%d|%s|%s|%s|%s", p.Category, p.Status, p.Code, p.Fields, f.Resource, p.Route)
}

// Two errors that differ in names and numbers alone are one problem.
func TestAivenJoinsMessages(t *testing.T) {
	set := load(t)
	for _, pair := range [][2]string{
		{"Service demo-pg does not exist", "Service reports does not exist"},
		{"Topic 'orders' does not exist", "Topic 'audit-log' does not exist"},
		{"Project VPC 1f7b2c1e is in state APPROVED, not ACTIVE", "Project VPC 9a8b7c6d is in state DELETING, not ACTIVE"},
		{"Cluster only has 2 broker(s), cannot set replication factor to 3", "Cluster only has 3 broker(s), cannot set replication factor to 6"},
		{"Invalid plan 'startup-9' for service type 'pg'", "Invalid plan 'hobby' for service type 'kafka'"},
		{"Invalid input for config: 0 is less than the minimum of 1", "Invalid input for config: -5 is less than the minimum of 10"},
		{"You don't have permission to perform this action: service:write", "You don't have permission to perform this action: project:users:read"},
	} {
		a, b := aivenProblem(set, pair[0]), aivenProblem(set, pair[1])
		if a != b {
			t.Errorf("%q and %q are two problems:\n%+v\n%+v", pair[0], pair[1], a, b)
		}
	}
}

func aivenProblem(set *classify.Set, message string) classify.Problem {
	return set.Classify(&parse.Record{
		Status: 400, Envelope: "aiven/errors", Errors: []parse.Detail{{Status: 400, Message: message}},
	}).Problem
}

// A pasted error is one that a user met, as a tool printed it, and what the
// maintainers' answer came to.
type pasted struct {
	Page       string   `json:"page"` // where it was found
	Line       string   `json:"line"`
	Rule       string   `json:"rule"`
	RemedySays []string `json:"remedy_says"`
}

func TestAivenSaysWhatMaintainersSay(t *testing.T) {
	set := load(t)
	read := reader(t, set)
	for _, p := range pastedErrors(t) {
		t.Run(p.Page, func(t *testing.T) {
			record, ok := read(p.Line)
			if !ok {
				t.Fatalf("no API error is found in %s", p.Line)
			}
			f := set.Classify(record)
			if f.Rule != p.Rule {
				t.Errorf("lands on %s, want %s", f.Rule, p.Rule)
			}
			remedy, _ := set.Remedy(f.Remedy)
			text := strings.Join(append(remedy.Steps, remedy.Meaning, remedy.Summary), "\n")
			for _, want := range p.RemedySays {
				if !strings.Contains(text, want) {
					t.Errorf("remedy %s does not say %q:\n%s", f.Remedy, want, text)
				}
			}
		})
	}
}

func pastedErrors(t *testing.T) []pasted {
	t.Helper()
	data, err := os.ReadFile("../testdata/aiven/remedies.ndjson")
	if err != nil {
		t.Fatal(err)
	}
	var all []pasted
	for line := range strings.Lines(string(data)) {
		var p pasted
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatalf("remedies.ndjson: line %d: %v", len(all)+1, err)
		}
		all = append(all, p)
	}
	if len(all) < 40 {
		t.Fatalf("remedies.ndjson holds %d errors", len(all))
	}
	return all
}
