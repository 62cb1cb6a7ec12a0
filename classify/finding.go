package classify

import (
	"analyzer/parse"
)

// Category is what kind of trouble an API error is. The zero Category is
// unknown and never leaves the package.
type Category uint8

// The categories, in the order of every report.
const (
	Authentication Category = 1 + iota
	Validation
	Resource
	RateLimit
	Server
)

// Categories lists them in the order of every report.
var Categories = [...]Category{Authentication, Validation, Resource, RateLimit, Server}

// String returns the category as code, flags, JSON and packs spell it.
func (c Category) String() string {
	return [...]string{"unknown", "authentication", "validation", "resource", "rate-limit", "server"}[c]
}

// Retry says whether sending the same request again can help.
type Retry uint8

// The advice, from the most to the least reserved.
const (
	Never        Retry = iota // the answer stays the same until something else changes
	IfIdempotent              // the first try may have done its work: repeat with an idempotency key or after a look
	AfterWait                 // back off, then repeat
)

// String returns the advice as JSON and packs spell it.
func (r Retry) String() string {
	return [...]string{"never", "if-idempotent", "after-wait"}[r]
}

// Problem is the key by which errors are grouped: what failed, the same for
// every request that fails alike. Two Problems are the same if they are ==.
type Problem struct {
	Category Category
	Status   int
	Code     string
	Method   string
	Route    string // /v1/project/{project}/service/{service}, or the operation
	Fields   string // affected fields, sorted, joined by ", "
	Message  string // template; empty where Code tells
}

// Finding is a Record with its diagnosis. One event gives at most one.
type Finding struct {
	*parse.Record
	Category Category
	Rule     string   // id of the rule that decided the remedy
	Rank     int      // of that rule: smaller is more specific
	Evidence string   // what in the record decided the category: "error_code service_not_found"
	Problem  Problem  // the group's key
	Message  string   // of the item that decided; else what the log says
	Fields   []string // affected fields, sorted: user_config.ip_filter[].network; union over the items
	Resource string   // the name of what the message is about, if it names one: "demo-pg"
	Retry    Retry
	Remedy   string // id, see Set.Remedy
}

// Remedy says what to do about a problem. Summary and Steps may hold the
// placeholders {who} {service} {caller} {field} {fields} {resource} {named} {route}
// {method} {status} {code} {wait} {limit}, which the report fills from this log.
type Remedy struct {
	ID      string   `json:"id"`
	Meaning string   `json:"meaning"` // what the error says, in a sentence
	Summary string   `json:"summary"` // what to do first, in a sentence that begins with a verb
	Steps   []string `json:"steps"`   // in order
	Link    string   `json:"link"`    // documentation, https
}
