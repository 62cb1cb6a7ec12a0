package parse_test

import (
	"strings"
	"sync"
	"testing"

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
		`error":`, `errors":`, `err":`, `error_code":`, `"code":`, `"status":`, `"type":`, `"reason":`, `"name":`, `"message":`, `"success":`, `"ok":`, `"__type":`, `"fault":`, `"result":`,
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
	s.Reset(&input.Chunk{Source: "app.log", Line: 1, Data: []byte(line + "\n")})
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
