package parse_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"analyzer/parse"
	"analyzer/parse/input"
)

// words is a vocabulary without shapes: what is found with it is read by the
// structure of a body alone.
var words = parse.Vocabulary{
	Codes: []string{
		"not_found", "*_not_found", "invalid", "invalid_*", "validation_error", "missing_*", "unauthorized", "unauthenticated", "forbidden",
		"permission_denied", "access_denied", "rate_limit_exceeded", "too_many_requests", "resource_exhausted", "throttling", "timeout",
		"internal_error", "internal_server_error", "conflict", "already_exists", "expired_token", "insufficient_funds",
	},
	GeneralCodes: []string{"*fail*", "*error*", "*exception*", "*fault", "*expired*", "*locked*", "*disabled*", "*exceeded*"},
	Triggers: []string{
		`error":`, `errors":`, `err":`, `error_code":`, `"code":`, `"status":`, `"type":`, `"reason":`, `"name":`, `"message":`, `"success":false`, `"ok":false`, `"__type":`, `"fault":`, `"result":`,
	},
}

// newBareReader compiles words once for all tests.
var newBareReader = sync.OnceValue(func() *parse.Reader {
	r, err := parse.Compile(words)
	if err != nil {
		panic(err)
	}
	return r
})

// readLine returns the API error in a line of a log, false if it holds none. The
// record belongs to no scanner that goes on.
func readLine(t testing.TB, line string) (parse.Record, bool) {
	t.Helper()
	s := parse.NewScanner(newBareReader(), parse.Options{})
	s.Reset(&input.Chunk{Source: "app.log", Data: []byte(line + "\n")})
	found := s.Scan()
	if a := s.Account(); a.Malformed != [parse.NumMalformed]int64{} {
		t.Fatalf("malformed: %s", line)
	}
	return *s.Record(), found
}

// beside is a line that states a status beside a response body.
func beside(body string) string {
	return `{"level":"error","method":"POST","path":"/v1/users","status":400,"response_body":` + body + `}`
}

// fieldsOf returns the inputs that all errors of r name.
func fieldsOf(r *parse.Record) string {
	var fields []string
	for _, d := range r.Errors {
		fields = append(fields, d.Fields...)
	}
	return strings.Join(fields, " | ")
}

// inputs are error bodies and the inputs that they name, as written.
var inputs = []struct{ name, body, want string }{
	// A key beside the text names one.
	{"field", `{"message":"is too short","field":"first_name"}`, "first_name"},
	{"param of Stripe", `{"error":{"message":"Missing required param: amount.","type":"invalid_request_error","param":"amount"}}`, "amount"},
	{"param that is null", `{"error":{"message":"Incorrect key","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}`, ""},
	{"target of Azure", `{"error":{"code":"BadArgument","message":"Multiple errors","target":"contact","details":[{"code":"Null","target":"contact.phone","message":"must not be null"}]}}`, "contact | contact.phone"},
	{"pointer", `{"title":"Bad","errors":[{"detail":"must be positive","pointer":"#/age"}]}`, "#/age"},
	{"JSON:API, pointer", `{"errors":[{"status":"422","detail":"is blank","source":{"pointer":"/data/attributes/title"}}]}`, "/data/attributes/title"},
	{"JSON:API, parameter", `{"errors":[{"detail":"is not known","source":{"parameter":"page[size]"}}]}`, "page[size]"},
	{"JSON:API, header", `{"errors":[{"detail":"is missing","source":{"header":"If-Match"}}]}`, "If-Match"},
	{"propertyPath", `{"violations":[{"propertyPath":"items[0].price","message":"is negative"}]}`, "items[0].price"},
	{"a list of fields", `{"errors":[{"message":"Required fields are missing: [LastName, Company]","errorCode":"REQUIRED_FIELD_MISSING","fields":["LastName","Company"]}]}`, "LastName | Company"},
	{"missing parameters", `{"error":"bad_request","missing_parameters":["from","to"]}`, "from | to"},
	{"a list in one text", `{"message":"required","field":"from, to"}`, "from, to"},
	{"Spring", `{"status":400,"error":"Bad Request","errors":[{"objectName":"user","field":"email","rejectedValue":"x","defaultMessage":"must be an address","code":"Email"}],"path":"/v1/users"}`, "email"},
	{"GitHub", `{"message":"Validation Failed","errors":[{"resource":"Issue","field":"title","code":"missing_field"}]}`, "title"},
	{"two items", `{"errors":[{"field":"a","message":"is bad"},{"field":"b","message":"is bad"},{"field":"a","message":"is worse"}]}`, "a | b"},
	{"Kubernetes", `{"kind":"Status","status":"Failure","message":"Deployment is invalid","reason":"Invalid","details":{"name":"web","kind":"Deployment","causes":[{"reason":"FieldValueInvalid","message":"must be positive","field":"spec.replicas"}]},"code":422}`, "spec.replicas"},
	{"PayPal", `{"name":"INVALID_REQUEST","details":[{"field":"/purchase_units/0/amount","location":"body","issue":"MISSING_REQUIRED_PARAMETER","description":"is missing"}]}`, "/purchase_units/0/amount"},
	{"FHIR", `{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"required","diagnostics":"is missing","expression":["Patient.name"]}]}`, "Patient.name"},

	// Segments of a path.
	{"loc of FastAPI", `{"detail":[{"type":"missing","loc":["body","user",0,"age"],"msg":"Field required"}]}`, "body; user; 0; age"},
	{"loc that is a place alone", `{"detail":[{"type":"missing","loc":["body"],"msg":"Field required"}]}`, ""},
	{"path of Zod", `{"issues":[{"code":"invalid_type","path":["user","age"],"message":"Required"}]}`, "user; age"},
	{"path of Zod, empty", `{"issues":[{"code":"invalid_type","path":[],"message":"Required"}]}`, ""},
	{"Joi", `{"details":[{"message":"\"age\" is required","path":["user","age"],"type":"any.required","context":{"label":"user.age","key":"age"}}]}`, "user; age"},
	{"Yup", `{"inner":[{"path":"user.age","message":"must be a number"}]}`, "user.age"},
	{"Facebook", `{"error":{"message":"Invalid parameter","code":100,"error_data":{"blame_field_specs":[["account_id"],["budget"]]}}}`, "account_id | budget"},

	// A name and where it stands.
	{"location and locationType", `{"error":{"errors":[{"domain":"global","reason":"invalidParameter","message":"Bad value","locationType":"parameter","location":"maxResults"}]}}`, "maxResults"},
	{"express-validator", `{"errors":[{"type":"field","msg":"Invalid value","path":"email","location":"body"}]}`, "email"},
	{"express-validator 6", `{"errors":[{"msg":"Invalid value","param":"email","location":"body"}]}`, "email"},
	{"in", `{"errors":[{"name":"limit","in":"query","message":"is too large"}]}`, "limit"},
	{"google.rpc.BadRequest", `{"error":{"code":400,"message":"Bad","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"topic.name","description":"is too long"}]}]}}`, "topic.name"},
	{"ajv, below its path", `{"errors":[{"instancePath":"/user","keyword":"required","params":{"missingProperty":"age"},"message":"must have required property 'age'"}]}`, "/user/age"},
	{"ajv, at the root", `{"errors":[{"instancePath":"","keyword":"additionalProperties","params":{"additionalProperty":"colour"},"message":"must not have additional properties"}]}`, "colour"},
	{"ajv, itself", `{"errors":[{"instancePath":"/user/age","keyword":"type","params":{"type":"integer"},"message":"must be integer"}]}`, "/user/age"},
	{"children of class-validator", `{"message":[{"property":"address","children":[{"property":"street","children":[],"constraints":{"isString":"street must be a string"}}]}]}`, "address.street"},
	{"children, several", `{"errors":[{"property":"address","children":[{"property":"street","constraints":{"isString":"must be a string"}},{"property":"zip","constraints":{"length":"is too long"}}]}]}`, "address.street | address.zip"},

	// Names in a list.
	{"RFC 7807", `{"title":"Not valid","invalid-params":[{"name":"age","reason":"must be positive"},{"name":"colour","reason":"must be green"}]}`, "age | colour"},
	{"names in details", `{"error":"bad_request","details":[{"name":"amount","message":"is negative"}]}`, "amount"},
	{"a parameter as an object", `{"error":{"message":"is too large","parameter":{"name":"limit","value":"1000"}}}`, "limit"},
	{"parameters as objects", `{"message":"Bad request","parameters":[{"name":"limit","message":"is too large"}]}`, "limit"},

	// Errors by input.
	{"by key", `{"errors":{"name":["is too short"],"email":["is taken","is blank"]}}`, "name | email"},
	{"by key, one text each", `{"message":"Invalid","errors":{"name":"is too short"}}`, "name"},
	{"by key, one code each", `{"message":"Invalid","errors":{"email":"invalid"}}`, "email"},
	{"by key, one object each", `{"errors":{"email":{"message":"is required","kind":"required","path":"email"}}}`, "email"},
	{"by key, nested", `{"errors":{"address":{"zip":["is invalid"]}}}`, "address.zip"},
	{"by key, dotted", `{"message":"The given data was invalid.","errors":{"user.email":["is taken"]}}`, "user.email"},
	{"by key, indexed", `{"title":"One or more validation errors occurred.","errors":{"Items[0].Name":["The Name field is required."],"$.age":["is no number"]}}`, "Items[0].Name | $.age"},
	{"by key, some empty", `{"errors":{"name":[],"email":["is taken"],"age":null}}`, "email"},
	{"by key, a list in lists", `{"errors":{"lines":[{},{"zip":["is invalid"]}]}}`, "lines[].zip"},
	{"fields by key", `{"error":{"message":"Invalid","fields":{"name":"is too short"}}}`, "name"},
	{"formErrors and fieldErrors", `{"formErrors":["do not match"],"fieldErrors":{"age":["is required"]}}`, "age"},
	{"_errors", `{"errors":{"_errors":[],"user":{"_errors":[],"age":{"_errors":["Required"]}}}}`, "user.age"},
	{"flask, json", `{"messages":{"json":{"age":["Missing data for required field."]}}}`, "age"},
	{"flask, query", `{"code":422,"status":"Unprocessable Entity","errors":{"query":{"limit":["Not a valid integer."]}}}`, "limit"},
	{"inputs called as parts are", `{"errors":{"summary":"It cannot be set.","priority":"It cannot be set.","description":"It cannot be set."}}`, "summary | priority | description"},
	{"checks by key", `{"title":"validation error","errors":{"age":{"tooLow":"It must be 5 at least","required":"It must be set"}}}`, "age"},
	{"WordPress", `{"code":"rest_invalid_param","message":"Invalid parameter(s)","data":{"status":400,"params":{"weight":"It is no string.","price":"It is no string."}}}`, "weight | price"},
	{"Discord, deep", `{"code":50035,"errors":{"embeds":{"0":{"fields":{"1":{"value":{"_errors":[{"code":"MAX_LENGTH","message":"It is too long"}]}}}}}},"message":"Invalid Form Body"}`, "embeds.0.fields.1.value"},
	{"beside the phrase of the status", `{"errors":{"detail":"Unprocessable Entity","email":["has an odd format"]}}`, "email"},
	{"path of GraphQL beside an input", `{"errors":[{"message":"It is bad","path":["pay"],"extensions":{"code":"BAD","inputPath":["input","amount"]}}]}`, "input; amount"},
	{"path of GraphQL", `{"errors":[{"message":"It is bad","path":["pay"],"extensions":{"code":"BAD"}}]}`, "pay"},
	{"below a key of one's own", `{"acme_status":{"messages":[{"field":"title","message":"is not valid"}]}}`, "title"},
	{"below keys that say what they hold", `{"message":"Bad","businessRuleViolations":[{"field":"title","message":"is not valid"}]}`, "title"},
	{"a time that is a list", `{"author":{"email":["is not valid"]},"published":["is not valid"]}`, "author.email | published"},
	{"Django", `{"username":["This field is required."],"non_field_errors":["Passwords differ."]}`, "username"},
	{"Django, nested", `{"profile":{"age":["A valid integer is required."]}}`, "profile.age"},
	{"Django, a list", `{"lines":[{},{"zip":["This field may not be blank."]}]}`, "lines[].zip"},

	// Empties and decoys.
	{"no list", `{"message":"Invalid","errors":[]}`, ""},
	{"an empty object", `{"message":"Invalid","errors":{}}`, ""},
	{"errors of the whole", `{"errors":{"base":["cannot be saved"]}}`, ""},
	{"Django, errors of the whole", `{"non_field_errors":["Passwords differ."]}`, ""},
	{"an error that is an object", `{"error":{"code":"not_found","message":"No such user","status":404}}`, ""},
	{"a detail of texts", `{"detail":"Not found."}`, ""},
	{"path of the request", `{"timestamp":"2026-09-14T08:12:31Z","status":404,"error":"Not Found","message":"No static resource","path":"/v1/users/7"}`, ""},
	{"a URL", `{"message":"Bad","target":"https://api.acme.example/v1"}`, ""},
	{"a place", `{"message":"Bad","location":"body"}`, ""},
	{"a sentence", `{"message":"Bad","field":"one of the fields above is wrong"}`, ""},
	{"nobody", `{"message":"Bad","field":"N/A","param":"none"}`, ""},
	{"the name of an error", `{"errors":[{"name":"ValidationError","message":"is bad"}]}`, ""},
	{"the name of what is missing", `{"message":"No such index","error":{"root_cause":[{"type":"index_not_found_exception","reason":"no such index [x]","index":"x"}]}}`, ""},
	{"the request", `{"message":"Bad","request":{"body":{"name":"ada"},"params":{"id":"7"}}}`, ""},
	{"parts of one error", `{"error":{"message":"It is bad","title":"Bad luck","description":"It is too bad","colour":"It is green"}}`, ""},
	{"texts in a list", `[{"message":"It is bad"},{"message":"It is worse"}]`, ""},
	{"the key of a text", `{"error":{"key":"users.not_found","message":"No such user"}}`, ""},
}

func TestInputs(t *testing.T) {
	for _, row := range inputs {
		t.Run(row.name, func(t *testing.T) {
			r, found := readLine(t, beside(row.body))
			if !found {
				t.Fatalf("no error found in %s", row.body)
			}
			if got := fieldsOf(&r); got != row.want {
				t.Errorf("body %s\n got %s\nwant %s", row.body, got, row.want)
			}
		})
	}
}

// partsOf returns what the first error of r says beside its inputs, in the order
// code, message, reasons, texts, and the ID of the request.
func partsOf(r *parse.Record) string {
	d := r.Errors[0]
	return strings.Join([]string{d.Code, d.Message, strings.Join(d.Reasons, ","), strings.Join(d.Texts, ","), r.RequestID().Value}, " | ")
}

// parts are error bodies and what they say.
var parts = []struct{ name, body, want string }{
	{"code and message", `{"code":"not_found","message":"No such user"}`, "not_found | No such user |  |  | "},
	{"a code alone", `{"error":"invalid_grant"}`, "invalid_grant |  |  |  | "},
	{"a text alone", `{"message":"No such user"}`, " | No such user |  |  | "},
	{"words under a key for codes", `{"error":"No such user"}`, " | No such user | No such user |  | "},
	{"OAuth", `{"error":"invalid_grant","error_description":"The code has expired"}`, "invalid_grant | The code has expired |  |  | "},
	{"a type beside a code", `{"error":{"type":"invalid_request_error","code":"parameter_missing","message":"Missing amount of it"}}`, "invalid_request_error | Missing amount of it | parameter_missing |  | "},
	{"codes of details", `{"code":"validation_error","message":"Two errors","errors":[{"code":"too_long","message":"is too long"},{"code":"too_short","message":"is too short"}]}`, "validation_error | Two errors | too_long,too_short | is too long,is too short | "},
	{"the same code twice", `{"code":"too_long","errors":[{"code":"too_long"},{"code":"too_long"}]}`, "too_long |  |  |  | "},
	{"the same text twice", `{"message":"is too long","errors":[{"message":"is too long"}]}`, " | is too long |  |  | "},
	{"a cause", `{"error":{"type":"search_phase_execution_exception","reason":"all shards failed","caused_by":{"type":"ignored"},"root_cause":[{"type":"index_not_found_exception","reason":"no such index"}]}}`, "search_phase_execution_exception | all shards failed | index_not_found_exception | no such index | "},
	{"Smithy", `{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"Requested resource not found"}`, "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException | Requested resource not found |  |  | "},
	{"google.rpc.ErrorInfo", `{"error":{"code":403,"message":"Billing is off","status":"PERMISSION_DENIED","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"BILLING_DISABLED","domain":"googleapis.com"}]}}`, "PERMISSION_DENIED | Billing is off | BILLING_DISABLED |  | "},
	{"GraphQL", `{"errors":[{"message":"Not allowed here","path":["user"],"extensions":{"code":"FORBIDDEN"}}],"data":null}`, "FORBIDDEN | Not allowed here |  |  | "},
	{"problem details", `{"type":"https://acme.example/probs/out-of-credit","title":"You have no credit left","detail":"It costs 50","status":403}`, "https://acme.example/probs/out-of-credit | You have no credit left |  | It costs 50 | "},
	{"a type that says nothing", `{"type":"about:blank","title":"No such thing here"}`, " | No such thing here |  |  | "},
	{"a word that says nothing", `{"status":"error","message":"It broke somewhere"}`, " | It broke somewhere |  |  | "},
	{"the phrase of the status", `{"error":"Bad Request","message":"The name is too long"}`, " | Bad Request | Bad Request | The name is too long | "},
	{"a number is no code word", `{"error":{"code":100,"message":"Invalid parameter given"}}`, " | Invalid parameter given |  |  | "},
	{"a code leads the text", `{"message":"WEAK_PASSWORD : Password should be longer"}`, " | WEAK_PASSWORD : Password should be longer | WEAK_PASSWORD |  | "},
	{"a word leads the text", `{"message":"Note: the password should be longer"}`, " | Note: the password should be longer |  |  | "},
	{"a list of texts", `{"message":["name must be a string","age must be a number"]}`, " | name must be a string |  | age must be a number | "},
	{"a body that is a text", `"The name is too long"`, " | The name is too long |  |  | "},
	{"a list of codes", `{"error":["invalid_name","invalid_age"]}`, "invalid_name |  | invalid_age |  | "},
	{"a text under a key of one's own", `{"errorReason":"INVALID_PARAMETERS","errorSource":"The amount may not be null"}`, " | The amount may not be null |  |  | "},
	{"texts by input", `{"errors":{"name":["is too short"],"age":["is no number"]}}`, " | is too short |  | is no number | "},
	{"a text in JSON in a string", `{"error":"{\"code\":\"not_found\",\"message\":\"No such user\"}"}`, "not_found | No such user |  |  | "},
	{"a value is no text", `{"message":"12 34 56","error":"invalid_grant"}`, "invalid_grant |  |  |  | "},
	{"success is no code", `{"code":"ok","error":"invalid_grant"}`, "invalid_grant |  |  |  | "},

	{"request_id", `{"message":"No such user","request_id":"req-7f3a91c2"}`, " | No such user |  |  | req-7f3a91c2"},
	{"requestId within", `{"error":{"message":"No such user","requestId":"7f3a91c2d0"}}`, " | No such user |  |  | 7f3a91c2d0"},
	{"ID of the trace", `{"error":{"message":"No such user","fbtrace_id":"AbCd12_x"}}`, " | No such user |  |  | AbCd12_x"},
	{"an ID that is made", `{"id":"9f2c77e1-5b1d-4c3a","message":"No such user"}`, " | No such user |  |  | 9f2c77e1-5b1d-4c3a"},
	{"an ID that is a code", `{"id":"not_found","message":"No such user"}`, "not_found | No such user |  |  | "},
	{"an ID that is a word", `{"id":"customers","message":"No such user"}`, "customers | No such user |  |  | "},
	{"an ID in the text", `{"message":"It broke (request id: 7f3a91c2-77)"}`, " | It broke (request id: 7f3a91c2-77) |  |  | 7f3a91c2-77"},
	{"no ID", `{"message":"No such user","request_id":null}`, " | No such user |  |  | "},
	{"zeros are no ID", `{"message":"No such user","request_id":"00000000-0000-0000"}`, " | No such user |  |  | "},
}

func TestParts(t *testing.T) {
	for _, row := range parts {
		t.Run(row.name, func(t *testing.T) {
			r, found := readLine(t, beside(row.body))
			if !found {
				t.Fatalf("no error found in %s", row.body)
			}
			if got := partsOf(&r); got != row.want {
				t.Errorf("body %s\n got %s\nwant %s", row.body, got, row.want)
			}
		})
	}
}

// statuses are response bodies in lines that state no status, and the one that is
// read of each: 0 where it tells of an error all the same, -1 where it does not.
var statuses = []struct {
	name, body string
	want       int
}{
	{"status", `{"status":404,"message":"No such user"}`, 404},
	{"as a string", `{"status":"404","message":"No such user"}`, 404},
	{"with its phrase", `{"status":"404 Not Found","message":"No such user"}`, 404},
	{"statusCode", `{"statusCode":400,"message":"is too short","error":"Bad Request"}`, 400},
	{"http_code", `{"error":{"http_code":422,"message":"is too short"}}`, 422},
	{"code within an error", `{"error":{"code":403,"message":"Billing is off"}}`, 403},
	{"code as a string", `{"error":{"code":"403","message":"Billing is off"}}`, 403},
	{"error", `{"error":404,"message":"No such user"}`, 404},
	{"of an item", `{"errors":[{"status":"422","detail":"is blank"}]}`, 422},
	{"beside a code alone", `{"status":429,"code":"rate_limit_exceeded"}`, 429},

	{"a code without a status", `{"code":"user_not_found","message":"No such user"}`, 0},
	{"a code that is the name of a status", `{"code":"not_found","message":"No such user"}`, 404},
	{"a number of one's own", `{"error":{"code":1002,"type":"invalid_request","message":"is too short"}}`, 0},
	{"a success that failed", `{"status":200,"error_code":"not_found","message":"No such user"}`, 0},

	{"a number beside other things", `{"code":404,"message":"No such user","rows":12,"shard":"b"}`, -1},
	{"a status without words", `{"status":404}`, -1},
	{"a success", `{"status":200,"message":"All is well"}`, -1},
	{"a number in a longer one", `{"status":4040,"message":"All is well"}`, -1},
	{"a duration", `{"took":404,"message":"All is well"}`, -1},
}

func TestStatuses(t *testing.T) {
	for _, row := range statuses {
		t.Run(row.name, func(t *testing.T) {
			r, found := readLine(t, `{"level":"error","response_body":`+row.body+`}`)
			got := r.Status
			if !found {
				got = -1
			}
			if got != row.want {
				t.Errorf("body %s\n got %d\nwant %d", row.body, got, row.want)
			}
		})
	}
}

// TestTelling holds that the structure of a body alone tells an API error from
// what looks like one. Package classify holds the same of all packs.
func TestTelling(t *testing.T) {
	for _, line := range readLines(t, "testdata/telling.txt") {
		if _, found := readLine(t, line); !found {
			t.Errorf("no error found in %s", line)
		}
	}
	for _, line := range readLines(t, "testdata/quiet.txt") {
		if r, found := readLine(t, line); found {
			t.Errorf("found %s in %s", describe(&r), line)
		}
	}
}

// readLines returns the lines of a file that are neither empty nor a heading.
func readLines(t testing.TB, path string) (lines []string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		t.Fatalf("%s: no line", path)
	}
	return lines
}

// FuzzBody holds the laws of the reader on any body: nothing panics, no more is
// kept than the bounds say, a body escaped in a string is the same body, and the
// status of the line does not change what inputs are found.
func FuzzBody(f *testing.F) {
	for _, row := range inputs {
		f.Add(row.body)
	}
	for _, row := range parts {
		f.Add(row.body)
	}
	for _, row := range statuses {
		f.Add(row.body)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if body, ok := plainBody(text); ok {
			checkBody(t, body)
		}
	})
}

// TestAnyBody holds the same laws on bodies made of the words that the reader
// knows, which a fuzzer seldom meets.
func TestAnyBody(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		checkBody(t, randomObject(random, 4))
	}
}

// The keys and values of random bodies.
var (
	randomKeys = []string{
		"error", "errors", "code", "message", "status", "type", "field", "path", "loc", "details", "detail", "name", "source", "pointer", "params",
		"missingProperty", "children", "property", "_errors", "json", "success", "title", "id", "request_id", "reason", "fields", "data", "base",
		"result", "response", "zip", "target", "exception", "time", "level",
	}
	randomValues = []string{
		`null`, `true`, `false`, `0`, `200`, `404`, `"404"`, `""`, `"not_found"`, `"invalid_name"`, `"error"`, `"ok"`, `"is too short"`, `"body"`, `"age"`,
		`"/user/age"`, `"user.age"`, `"ValidationError"`, `"No such user"`, `"7f3a91c2d0"`, `[]`, `{}`, `["is bad"]`, `["body","age"]`,
	}
)

// randomObject returns an object of at most levels levels.
func randomObject(random *rand.Rand, levels int) string {
	var members []string
	for range random.IntN(5) {
		key := randomKeys[random.IntN(len(randomKeys))]
		members = append(members, `"`+key+`":`+randomValue(random, levels-1))
	}
	return `{` + strings.Join(members, ",") + `}`
}

func randomValue(random *rand.Rand, levels int) string {
	switch n := random.IntN(4); {
	case levels > 0 && n == 0:
		return `[` + randomObject(random, levels) + `,` + randomValue(random, levels-1) + `]`
	case levels > 0 && n <= 2:
		return randomObject(random, levels)
	}
	return randomValues[random.IntN(len(randomValues))]
}

// checkBody holds the laws of FuzzBody on one body.
func checkBody(t *testing.T, body string) {
	t.Helper()
	escaped, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	for _, rest := range []string{``, `"status":400,`, `"status":503,`} {
		found := describeAll(t, `{`+rest+`"path":"/x","response_body":`+body+`}`)
		if got := describeAll(t, `{`+rest+`"path":"/x","response_body":`+string(escaped)+`}`); got != found {
			t.Errorf("%s after %s\n  escaped %s\nas it is %s", body, rest, got, found)
		}
	}
	bad, _ := readLine(t, beside(body))
	worse, _ := readLine(t, strings.Replace(beside(body), "400", "503", 1))
	if a, b := fieldsOf(&bad), fieldsOf(&worse); a != b {
		t.Errorf("%s: inputs %s with status 400, %s with 503", body, a, b)
	}
}

// plainBody returns text without the space between its tokens, if it is a JSON
// object with no JSON in its strings: how deep that is read depends on what is
// around it.
func plainBody(text string) (string, bool) {
	var b bytes.Buffer
	if len(text) > 1<<13 || !strings.HasPrefix(text, "{") || strings.Contains(text, `\`) || json.Compact(&b, []byte(text)) != nil {
		return "", false
	}
	return b.String(), utf8.ValidString(text)
}

// describeAll writes all that the record of a line holds, if it is an error.
func describeAll(t *testing.T, line string) string {
	t.Helper()
	r, found := readLine(t, line)
	if !found {
		return ""
	}
	parse.CheckBounds(t, &r)
	text := describe(&r)
	for _, d := range r.Errors {
		text += fmt.Sprintf(" %q %q", d.Reasons, d.Texts)
	}
	return text
}
