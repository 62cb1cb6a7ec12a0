package main

import "strconv"

// event is what happened, before a layout makes it a line. What is zero is
// left out of the line.
type event struct {
	at      int64 // milliseconds since 1970, UTC
	level   level
	service string
	version string
	msg     string

	id      string // of the request
	method  string
	path    string
	status  int
	took    int // milliseconds
	attempt int

	body  []byte // of the response, JSON
	embed embed  // how the line holds body
	text  string // what stands before the body where embed is asText
	extra []byte // further members, each with its comma, as json.go appends them
}

// level is a severity; the layouts spell it each in their way.
type level int

const (
	debug level = iota
	info
	warn
	fail
)

var (
	lowerLevels = [...]string{"debug", "info", "warn", "error"}
	upperLevels = [...]string{"DEBUG", "INFO", "WARN", "ERROR"}
	pinoLevels  = [...]int64{20, 30, 40, 50}
)

// embed is one of the ways in which clients log the body of a response.
type embed int

const (
	asObject embed = iota // "response_body":{…}
	asString              // "response_body":"{\"errors\":…}"
	asText                // "error":"list topics: 401: {\"errors\":…} - "
)

// appendFailure appends the members that tell what the API answered.
func appendFailure(b []byte, e *event) []byte {
	switch {
	case len(e.body) == 0:
		return b
	case e.embed == asObject:
		return raw(b, "response_body", e.body)
	case e.embed == asString:
		return str(b, "response_body", e.body)
	default:
		return append(appendQuoted(appendKey(b, "error"), errorText(e)), ',')
	}
}

// errorText returns the failure as Aiven's Go client printed it until 2026.
func errorText(e *event) string {
	return e.text + ": " + strconv.Itoa(e.status) + ": " + string(e.body) + " - "
}

// appendBody appends an error envelope of Aiven's: code may be empty, field is
// the dialect of the documentation.
func appendBody(b []byte, status int, code, message, field string) []byte {
	b = append(b, `{"errors":[{`...)
	b = str(b, "message", message)
	b = str(b, "error_code", code)
	b = str(b, "field", field)
	b = append(shut(num(b, "status", int64(status))), ']', ',')
	return shut(str(b, "message", message))
}
