package parse

// Shape says, in data, where one kind of API error keeps its parts.
//
// A path is a dotted list of keys below the envelope's root; [] after a key
// means every element of that array, | separates alternatives, of which the
// first one present counts: "errors[].detail | errors[].title | message". The
// key * means every member.
// A value is present unless it is null, false, "", 0, [] or {}.
type Shape struct {
	Name  string   // pack/shape
	When  []string // paths that must all be present for the shape to match
	Items string   // path of the array whose elements are the errors: "errors[]"; empty if the envelope is one error

	Status, Code, Message, Field, Link string // paths; those that begin with Items are read per element, others for all
	RequestID, Wait                    string // paths, read once

	// Strong shapes match any object. The others are too common to be told from
	// a log line's own keys: they match a response body, never the object that
	// carries the line's time or level.
	Strong bool

	// Stated shapes match only where a status stands at Status.
	Stated bool

	// Triggers are the words of which a body of this shape holds at least one.
	// A shape whose bodies always hold a status of three digits needs none.
	Triggers []string
}

// Text says how one client prints an API error as text. Pattern is a regular
// expression whose named groups say what they hold: status, code, message,
// operation, method, url, request_id, link, body. A text that matches is an
// API error; where the text holds a JSON body too, the body's parts win. The
// pattern sees that body as {} or [], unless it breaks off.
type Text struct {
	Name     string
	Pattern  string
	Triggers []string // literal strings of which the text holds at least one; needed where the pattern has no status group
}

// Key says under which key of a log of one's own an attribute stands, before all
// the names that the reader knows: request-id under ctx.rid.
type Key struct {
	Attribute string // one of KeyAttributes
	Path      string // dotted keys, nested or flat, at any depth
}

// Vocabulary is all that the reader knows of providers, which packs declare, and
// of a log of one's own.
type Vocabulary struct {
	Shapes []Shape // in order of preference
	Texts  []Text
	Keys   []Key

	// Codes are the error codes that the packs know, * holding any characters.
	// One of them in a response body says that the call failed.
	Codes []string

	// GeneralCodes say no more than that something failed. They count under keys
	// that hold nothing but codes.
	GeneralCodes []string

	// Triggers are the words of which a record holds at least one where nothing
	// but such a code says so.
	Triggers []string
}
