package report

// Trace is the story of one ID: the lines of all logs that carry it, in order of
// time. Of a problem it is that of the errors in it. As in a Report, slices are
// non-nil and what is not known is nil or "".
type Trace struct {
	FormatVersion string `json:"format_version"`
	Tool          Tool   `json:"tool"`
	Interrupted   bool   `json:"interrupted"`

	ID   string `json:"id"`
	Kind string `json:"kind"` // request, correlation, trace or operation, as the lines call it; KindProblem; "" if they only mention it

	Window   Window        `json:"window"` // from the first to the last line
	Filters  Filters       `json:"filters"`
	Filtered int64         `json:"filtered"` // lines that carry the ID and were not asked for
	Sources  []TraceSource `json:"sources"`  // by name
	Skipped  int64         `json:"skipped_bytes"`

	Found    int64          `json:"found"`    // lines
	Services []TraceService `json:"services"` // by their first line
	IDs      []TraceID      `json:"ids"`      // others that the lines carry
	Outcome  *TraceLine     `json:"outcome"`  // the last answer; null if no line has one
	Retries  []Retried      `json:"retries"`

	// Lines are in order of time, those without one last, then by source and
	// offset. Of very many, LeftOut lines behind the first LeftOutAfter are
	// missing; everything above but Found is about those that are there.
	Lines        []TraceLine `json:"lines"`
	LeftOut      int64       `json:"left_out"`
	LeftOutAfter int         `json:"left_out_after"`

	Problems []Problem `json:"problems"` // of the errors among the lines
	Fields   []Field   `json:"fields"`
}

// KindProblem is the Kind of a Trace whose ID is that of a problem.
const KindProblem = "problem"

// TraceSource is a source that was searched, and how it ended.
type TraceSource struct {
	Name   string `json:"name"`
	Status string `json:"status"`
	Reason string `json:"reason"`
	Bytes  int64  `json:"bytes"`
}

// TraceService is a service that wrote some of the lines.
type TraceService struct {
	Service string `json:"service"`
	Lines   int64  `json:"lines"`
	Errors  int64  `json:"errors"`
}

// TraceID is another ID that the lines carry.
type TraceID struct {
	Kind     string `json:"kind"`
	Value    string `json:"value"`
	Lines    int64  `json:"lines"`
	Followed bool   `json:"followed"` // the lines that carry it are in the story, too
}

// TraceLine is one line of a story.
type TraceLine struct {
	Place
	Time      *Time  `json:"time"`
	Gap       *int64 `json:"gap_ms"`  // since the line before
	Carries   string `json:"carries"` // the ID by which it belongs to the story
	Level     string `json:"level"`
	Service   string `json:"service"`
	Method    string `json:"method"`
	Path      string `json:"path"`
	Operation string `json:"operation"`
	Status    *int   `json:"status"`
	Message   string `json:"message"`
	Attempt   *int   `json:"attempt"`  // the log's own count of tries
	Category  string `json:"category"` // of an API error
	Problem   string `json:"problem"`  // id, of an API error
}

// Failed reports whether l is the answer to a call that failed.
func (l *TraceLine) Failed() bool {
	return l.Category != "" || l.Status != nil && *l.Status >= 400
}

// answers reports whether l tells how a call ended.
func (l *TraceLine) answers() bool { return l.Status != nil || l.Category != "" }
