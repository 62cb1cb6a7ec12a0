package parse

import "time"

// Pos says where a record was read. Positions of one source order by Offset.
type Pos struct {
	Source string
	Line   int64 // of the record's first line, from 1
	Offset int64 // of the record's first byte, in the decompressed source
}

// Record is one API response found in a log, in the same words for every
// provider and layout. It is a pure function of one log event: records meet by
// ID in the report, they are never completed from one another.
//
// A Record and all it points to are valid until the next call to Scan; its
// strings are safe to keep. Every string has been redacted and is valid UTF-8.
type Record struct {
	Pos
	Time time.Time // UTC; zero if the log does not say

	Level   string // lower case: debug, info, warn, error, fatal; empty if absent
	Service string // what the log says of the program that wrote the line
	Version string // and of its release

	Method    string // HTTP method, upper case
	Path      string // of the request, without query; may be a route where the log holds one
	Operation string // the client's name for the call: ServiceCreate
	Host      string // the API's host, without port
	Status    int    // HTTP status, 100 to 599; 0 if absent

	IDs         []ID           // request, correlation, trace, operation, in this order; the first one groups
	Caller      string         // pseudonym of the token or principal: tok-7f3a
	Wait        *time.Duration // what the API asked for, by header, body or message text; never negative
	Limit       string         // the limit that the API named
	Exhausted   bool           // a rate-limit header said that nothing remains
	Attempt     int            // the log's own count of tries, from 1; 0 if absent
	Idempotency string         // pseudonym of the idempotency key

	// The endpoint is deprecated since one time and goes at the other, by the
	// headers Deprecation and Sunset; nil where they are absent. A zero
	// Deprecated says that it is, but not since when.
	Deprecated, Sunset *time.Time

	Envelope string   // name of the shape that matched: aiven/errors, http/problem; "status" where only a status told; empty for a success
	Errors   []Detail // one per item of the envelope; empty for a success

	// Text is what the line says for people. Only records found by
	// Options.Wanted have it.
	Text string
}

// Detail is one item of an error envelope.
type Detail struct {
	Status  int    // as the item states it; 0 if absent
	Code    string // the provider's machine-readable code, as written
	Message string // the provider's text for people
	Link    string // documentation that it points to

	Reasons []string // the codes that it says beside Code: a type, a subcode, those of its details
	Texts   []string // the sentences that it says beside Message
	Fields  []string // the inputs that it names, as written
}

// ID is an identifier that links a record to others.
type ID struct {
	Kind  string // request, correlation, trace, operation
	Value string
}

// Succeeded reports whether r is a successful call rather than an API error.
func (r *Record) Succeeded() bool { return r.Envelope == "" }

// RequestID returns the identifier by which the report groups r: the first of
// its IDs, the zero ID if it has none.
func (r *Record) RequestID() ID {
	if len(r.IDs) == 0 {
		return ID{}
	}
	return r.IDs[0]
}
