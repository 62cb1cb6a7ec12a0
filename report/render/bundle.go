package render

import (
	"archive/zip"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"time"

	"analyzer/report"
)

// Bundle writes r as a ZIP file to send to the support of the API: a letter, and
// tables of the problems, requests, samples and times. It holds what the lists
// below name and nothing else of r, so no names of services, callers, files or
// places. The same report gives the same bytes: files are not compressed, stand
// in one order, and carry no time.
func Bundle(w io.Writer, r *report.Report, _ Options) error {
	z := zip.NewWriter(w)
	for _, f := range newSupportCase(r).files() {
		if err := f.add(z); err != nil {
			return err
		}
	}
	return z.Close()
}

// bundleFile is one of the files of a bundle.
type bundleFile struct {
	name, holds string
	write       func(io.Writer) error
}

// files lists them in the order in which they stand.
func (c *supportCase) files() []bundleFile {
	return []bundleFile{
		{"letter.md", "this text", c.letter},
		{"problems.csv", "calls that fail alike: endpoint, answer, counts, first and last time", func(w io.Writer) error {
			return writeCSV(w, allowed(problemColumns, sentOfProblems), c.Problems)
		}},
		{"requests.csv", "request IDs with the times and statuses of their errors", func(w io.Writer) error {
			return writeCSV(w, allowed(requestColumns, sentOfRequests), c.requests)
		}},
		{"samples.csv", "answers of the API, up to three of each problem", func(w io.Writer) error {
			return writeCSV(w, sampleColumns, c.samples())
		}},
		{"summary.json", "the totals", c.summary},
		{"timeline.csv", "errors of each problem per slot of time", func(w io.Writer) error {
			return writeCSV(w, slotColumns, c.slots())
		}},
	}
}

// bundleFolder keeps the files together where the bundle is opened.
const bundleFolder = "support/"

// firstDay is the earliest time that ZIP knows.
var firstDay = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

func (f *bundleFile) add(z *zip.Writer) error {
	header := &zip.FileHeader{Name: bundleFolder + f.name, Method: zip.Store, Modified: firstDay}
	header.SetMode(0o644)
	file, err := z.CreateHeader(header)
	if err != nil {
		return err
	}
	return f.write(file)
}

// What is sent of problems and requests, by their columns in CSV.
var (
	sentOfProblems = []string{"id", "category", "status", "code", "method", "route", "message", "fields", "errors", "requests", "first", "last", "by.version", "by.host", "by.resource"}
	sentOfRequests = []string{"request_id", "kind", "errors", "first", "last", "fields", "errors_at.status", "errors_at.problem"}
)

// allowed returns the columns of those names.
func allowed[T any](columns []csvColumn[T], names []string) []csvColumn[T] {
	return slices.DeleteFunc(slices.Clone(columns), func(c csvColumn[T]) bool { return !slices.Contains(names, c.name) })
}

// supportCase is what is sent of a report.
type supportCase struct {
	*report.Report
	requests []report.Request // those with an ID, which support can look up
	window   report.Window    // from the first error to the last
}

func newSupportCase(r *report.Report) *supportCase {
	requests := slices.DeleteFunc(slices.Clone(r.Requests), func(q report.Request) bool { return isDerived(&q) })
	return &supportCase{r, requests, errorWindow(r)}
}

// summary writes what the figures are of, and who made them.
func (c *supportCase) summary(w io.Writer) error {
	text, err := json.MarshalIndent(struct {
		Tool       report.Tool  `json:"tool"`
		First      *report.Time `json:"first"`
		Last       *report.Time `json:"last"`
		Errors     int64        `json:"errors"`
		RequestIDs int64        `json:"request_ids"`
		Problems   int          `json:"problems"`
	}{c.Tool, c.window.First, c.window.Last, c.Input.Errors, c.Input.RequestIDs, len(c.Problems)}, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

// sentSample is an error as evidence, beside the id of its problem.
type sentSample struct {
	problem string
	*report.Sample
}

var sampleColumns = []csvColumn[sentSample]{
	{"problem", func(s *sentSample) string { return cell(s.problem) }},
	{"time", func(s *sentSample) string { return instant(s.Time) }},
	{"request_id", func(s *sentSample) string { return cell(s.RequestID) }},
	{"message", func(s *sentSample) string { return cell(s.Message) }},
}

func (c *supportCase) samples() (all []sentSample) {
	for i := range c.Problems {
		p := &c.Problems[i]
		for k := range p.Samples {
			all = append(all, sentSample{p.ID, &p.Samples[k]})
		}
	}
	return all
}

// sentSlot is the errors of a problem in a slot of time.
type sentSlot struct {
	problem string
	seconds int64
	report.Point
}

var slotColumns = []csvColumn[sentSlot]{
	{"problem", func(s *sentSlot) string { return cell(s.problem) }},
	{"from", func(s *sentSlot) string { return s.Time.String() }},
	{"seconds", func(s *sentSlot) string { return strconv.FormatInt(s.seconds, 10) }},
	{"errors", func(s *sentSlot) string { return strconv.FormatInt(s.Errors, 10) }},
}

func (c *supportCase) slots() (all []sentSlot) {
	for i := range c.Problems {
		p := &c.Problems[i]
		for _, point := range p.Timeline.Points {
			all = append(all, sentSlot{p.ID, p.Timeline.Step, point})
		}
	}
	return all
}
