package report

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

// FormatVersion is the version of the JSON report. Its minor part grows when
// keys are added, its major part when one changes or goes.
const FormatVersion = "0.1"

// Report is a finished analysis: sorted, plain values that renderers draw and
// the JSON output is exactly. Every slice is non-nil; a time that is not known
// is nil, a text that is not known is "".
type Report struct {
	FormatVersion string     `json:"format_version"`
	Tool          Tool       `json:"tool"`
	Interrupted   bool       `json:"interrupted"`
	Window        Window     `json:"window"`
	Filters       Filters    `json:"filters"`
	Input         Input      `json:"input"`
	Limits        []Limit    `json:"limits"`
	Categories    []Category `json:"categories"`
	Problems      []Problem  `json:"problems"`
	Fields        []Field    `json:"fields"`
	Requests      []Request  `json:"requests"`
	Quality       []Quality  `json:"quality"`
	Audit         Audit      `json:"audit"`
	Stories       []Story    `json:"stories"`
	Actions       []Action   `json:"actions"`
	History       *History   `json:"history"` // nil unless the run continues earlier ones
}

// Calm reports whether r holds nothing to act upon: there are no errors, and it
// is certain that there are none, because the log could be read.
func (r *Report) Calm() bool {
	in := &r.Input
	unread := slices.ContainsFunc(in.Sources, func(s Source) bool { return s.Status != "complete" })
	return in.Errors == 0 && !unread && (in.Records == 0 || in.Malformed < in.Records)
}

// Tool names the program that made the report.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Packs   string `json:"packs"` // fingerprint of the rules in force
}

// Window is the time that the log spans: the times of errors and those of
// each source's first and last record. Since and Until are what was asked for:
// errors from Since on, and before Until. Of the log's span, only what lies
// between them counts.
type Window struct {
	First *Time `json:"first"`
	Last  *Time `json:"last"`
	Since *Time `json:"since"`
	Until *Time `json:"until"`
}

// Filters is what else was asked for, besides the window. Errors that were not
// count as Input.Filtered and nowhere else.
type Filters struct {
	Where   []string  `json:"where"`   // conditions, all of which the errors meet; those on the same key are alternatives
	Ignored []Ignored `json:"ignored"` // problems left out on demand, by id
}

// Ignored is a problem that was left out, and the errors in it that would have
// been shown.
type Ignored struct {
	Problem string `json:"problem"` // id
	Errors  int64  `json:"errors"`
}

// Input is the account of what was read: Records is the sum of Errors,
// NonErrors, Malformed and Filtered, per source and in all.
type Input struct {
	Records          int64            `json:"records"`
	Errors           int64            `json:"errors"`
	NonErrors        int64            `json:"non_errors"`
	Malformed        int64            `json:"malformed"`
	Filtered         int64            `json:"filtered"`
	Unopened         int64            `json:"unopened"`
	Bytes            int64            `json:"bytes"`
	SkippedBytes     int64            `json:"skipped_bytes"`
	RequestIDs       int64            `json:"request_ids"` // different ones among the errors
	WithoutRequestID int64            `json:"without_request_id"`
	MalformedBy      map[string]int64 `json:"malformed_by"` // by class; only classes that occurred
	Notes            map[string]int64 `json:"notes"`        // by note; only those that occurred
	Sources          []Source         `json:"sources"`      // by name
}

// Source is the account of one source.
type Source struct {
	Name       string `json:"name"`
	Status     string `json:"status"` // complete, partial or failed
	Reason     string `json:"reason"` // why it is not complete
	Records    int64  `json:"records"`
	Errors     int64  `json:"errors"`
	NonErrors  int64  `json:"non_errors"`
	Malformed  int64  `json:"malformed"`
	Filtered   int64  `json:"filtered"`
	Bytes      int64  `json:"bytes"`
	FirstDoubt *Place `json:"first_doubt"` // the first malformed record
}

// Place is where a record stands.
type Place struct {
	Source string `json:"source"`
	Line   int64  `json:"line"`
	Offset int64  `json:"offset"`
}

// String returns the place as editors take it: app.log:12.
func (p Place) String() string {
	return p.Source + ":" + strconv.FormatInt(p.Line, 10)
}

// Limit is a bound that the analysis keeps. Beyond it a figure is an estimate
// or a fold, or a list is not whole, and Exact is false.
type Limit struct {
	What  string `json:"what"` // request ids, problems, fields, callers
	Cap   int64  `json:"cap"`
	Exact bool   `json:"exact"`
}

// Category counts the errors of one category.
type Category struct {
	Category string `json:"category"`
	Errors   int64  `json:"errors"`
	Requests int64  `json:"requests"`
	Problems int64  `json:"problems"`
}

// Problem is a group of errors that fail alike.
type Problem struct {
	ID       string   `json:"id"`
	Category string   `json:"category"`
	Status   *int     `json:"status"`
	Code     string   `json:"code"`
	Method   string   `json:"method"`
	Route    string   `json:"route"`
	Message  string   `json:"message"` // template; of a folded problem, a word on what it holds
	Folded   bool     `json:"folded"`  // many problems counted as one, because there were too many to keep apart
	Fields   []string `json:"fields"`
	Errors   int64    `json:"errors"`
	Requests int64    `json:"requests"`
	Callers  int64    `json:"callers"`

	// Successes are the calls of the same endpoint, by those who met the problem,
	// that succeeded between First and Last, as exactly as timelines tell; null
	// unless successes were read and the problem lasted.
	Successes *int64 `json:"successes"`

	First    *Time    `json:"first"`
	Last     *Time    `json:"last"`
	State    string   `json:"state"` // still, if it fails at the end of the log; else over; "" without times
	Timeline Timeline `json:"timeline"`
	By       By       `json:"by"`
	Wait     *Wait    `json:"wait"` // what the API asked callers to wait
	Retry    string   `json:"retry"`
	Rule     string   `json:"rule"`
	Evidence string   `json:"evidence"`
	Remedy   Remedy   `json:"remedy"`
	Samples  []Sample `json:"samples"`
}

// Timeline counts errors per slot of time. Slots begin at multiples of Step
// since 1970 UTC; only occupied ones are listed, in order.
type Timeline struct {
	Step   int64   `json:"step"` // seconds
	Points []Point `json:"points"`
}

// Point is one slot: its beginning and its errors. In JSON it is a pair.
type Point struct {
	Time   Time
	Errors int64
}

// MarshalJSON writes the pair ["2026-11-22T13:40:00Z", 12].
func (p Point) MarshalJSON() ([]byte, error) {
	return []byte(`["` + p.Time.String() + `",` + strconv.FormatInt(p.Errors, 10) + `]`), nil
}

// UnmarshalJSON reads what MarshalJSON writes, so that a JSON report can be
// read back into a Report.
func (p *Point) UnmarshalJSON(b []byte) error {
	var pair [2]json.RawMessage
	if err := json.Unmarshal(b, &pair); err != nil {
		return err
	}
	if err := json.Unmarshal(pair[0], &p.Time); err != nil {
		return err
	}
	return json.Unmarshal(pair[1], &p.Errors)
}

// By counts a problem's errors by who met it. Values beyond the cap are folded
// into one whose Value is "(many)".
type By struct {
	Service  []Count `json:"service"`
	Caller   []Count `json:"caller"`
	Version  []Count `json:"version"`
	Host     []Count `json:"host"`
	Resource []Count `json:"resource"`
}

// Count is a value and its errors.
type Count struct {
	Value  string `json:"value"`
	Errors int64  `json:"errors"`
}

// Wait is the shortest and longest wait that the API asked for, in milliseconds.
type Wait struct {
	Min    int64 `json:"min_ms"`
	Max    int64 `json:"max_ms"`
	Errors int64 `json:"errors"` // errors that named a wait
}

// Remedy is what to do about a problem, in this log's words.
type Remedy struct {
	ID      string   `json:"id"`
	Meaning string   `json:"meaning"`
	Summary string   `json:"summary"`
	Steps   []string `json:"steps"`
	Link    string   `json:"link"`
}

// Sample is one error of a problem, as evidence.
type Sample struct {
	Place
	Time      *Time  `json:"time"`
	RequestID string `json:"request_id"`
	Message   string `json:"message"`
}

// Field counts the errors that name an input.
type Field struct {
	Field    string   `json:"field"`
	Errors   int64    `json:"errors"`
	Requests int64    `json:"requests"`
	Callers  int64    `json:"callers"`
	Problems []string `json:"problems"` // ids
}

// Request is what happened under one request ID; or, where errors have none,
// to one operation and path. Only those with an ID count as requests elsewhere
// in the report.
type Request struct {
	RequestID string `json:"request_id"`

	// Kind says what RequestID is: request, correlation, trace or operation of
	// an ID that stands in the log; derived of one made for errors that have no
	// ID and count as WithoutRequestID: the operation, or else the method, then
	// a space and the path, cut to 200 bytes. Such errors were about the same
	// thing, but need not belong to one request.
	Kind string `json:"kind"`

	Errors   int64     `json:"errors"`
	First    *Time     `json:"first"`
	Last     *Time     `json:"last"`
	Fields   []string  `json:"fields"`
	ErrorsAt []ErrorAt `json:"errors_at"` // in time order, at most 32
}

// ErrorAt is one error of a request.
type ErrorAt struct {
	Time *Time `json:"time"`
	Place
	Status  *int   `json:"status"`
	Problem string `json:"problem"` // id
}

// Quality says how complete the log of a service is: how many of its errors lack
// something that would help to understand them.
type Quality struct {
	Service          string `json:"service"` // "" for errors that name none, "(many)" for all services of a log with too many
	Errors           int64  `json:"errors"`
	WithoutStatus    int64  `json:"without_status"`
	WithoutMessage   int64  `json:"without_message"`
	WithoutField     int64  `json:"without_field"` // validation errors that name no field
	WithoutRequestID int64  `json:"without_request_id"`
	WithoutMethod    int64  `json:"without_method"`
	WithoutTime      int64  `json:"without_time"`
	Advice           string `json:"advice"` // what to log, a sentence; "" unless a tenth of the errors lack something
}

// Action is a thing to do, the most useful first. One without errors is a
// precaution.
type Action struct {
	Rank     int      `json:"rank"`
	Summary  string   `json:"summary"`
	Errors   int64    `json:"errors"`
	Requests int64    `json:"requests"`
	Problems []string `json:"problems"` // ids
	Evidence []string `json:"evidence"` // places, app.log:12

	SharePercent int64  `json:"share_percent"` // of all errors, those of the problems; rounded
	Story        string `json:"story"`         // kind of the story that explains it, "" if none does
}

// Finding is one error as -o ndjson writes it.
type Finding struct {
	Place
	Time      *Time    `json:"time"`
	Category  string   `json:"category"`
	Status    *int     `json:"status"`
	Code      string   `json:"code"`
	Message   string   `json:"message"`
	Fields    []string `json:"fields"`
	RequestID string   `json:"request_id"`
	Method    string   `json:"method"`
	Path      string   `json:"path"`
	Route     string   `json:"route"`
	Caller    string   `json:"caller"`
	Service   string   `json:"service"`
	Envelope  string   `json:"envelope"`
	Rule      string   `json:"rule"`
	Evidence  string   `json:"evidence"`
	Problem   string   `json:"problem"` // id
	Retry     string   `json:"retry"`
}

// Time is an instant in UTC, written as RFC 3339 with as many digits of the
// second as it needs.
type Time struct{ time.Time }

// String returns t as RFC 3339 in UTC.
func (t Time) String() string {
	return t.UTC().Format(time.RFC3339Nano)
}

// MarshalJSON writes t as String does, quoted.
func (t Time) MarshalJSON() ([]byte, error) {
	return []byte(`"` + t.String() + `"`), nil
}
