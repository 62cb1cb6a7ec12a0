package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"analyzer/classify"
	"analyzer/parse"
	"analyzer/parse/input"
	"analyzer/report"
	"analyzer/report/render"
)

// explainCommand explains one API error.
type explainCommand struct {
	Text   []string `arg:"" optional:"" help:"A response body, a log line, an error message, or a file that holds one; of several errors the first is explained. - or nothing is standard input."`
	Status *int     `env:"-" placeholder:"N" help:"The HTTP status: of the body that TEXT holds, or alone, also of a success."`

	readFlags
	pageFlags
}

// Help shows what can be explained.
func (*explainCommand) Help() string {
	return `Where there is no API error, it says so, and -o json writes null.

Examples:

  analyzer explain --status 429
  analyzer explain --status 404 '{"message":"Service not found"}'
  grep 4c5ce913 app.log | analyzer explain`
}

func (c *explainCommand) run(w world) int {
	c.takeStatus()
	if c.Status != nil && (*c.Status < 100 || *c.Status > 599) {
		return w.usage(fmt.Errorf("--status %d: want an HTTP status, 100 to 599", *c.Status))
	}
	e, err := newExplainer(&c.readFlags)
	if err != nil {
		return w.usage(err)
	}
	switch {
	case len(c.Text) > 0:
	case c.Status != nil:
		return c.write(w, e.status(*c.Status))
	case isTerminal(w.in):
		return w.usage(errors.New("nothing to explain: want a body, a log line or --status N"))
	}
	return c.explainText(w, e)
}

// explainText explains what the arguments or standard input hold.
func (c *explainCommand) explainText(w world, e *explainer) int {
	name, text, err := c.open(w)
	if err != nil {
		w.errorf("%v", err)
		return exitSource
	}
	defer text.Close()
	if c.Status != nil {
		return c.explainAnswer(w, e, name, text)
	}
	page, result := e.text(name, text)
	code := c.write(w, page)
	if result.Status != input.Complete {
		w.errorf("%s: %s: %s", name, result.Status, result.Reason)
		return max(code, exitSource)
	}
	return code
}

// takeStatus takes a text that is nothing but a status for one.
func (c *explainCommand) takeStatus() {
	if len(c.Text) != 1 || c.Status != nil || len(c.Text[0]) != 3 {
		return
	}
	if status, err := strconv.Atoi(c.Text[0]); err == nil {
		c.Status, c.Text = &status, nil
	}
}

// argument is the name of a text that the command line holds.
const argument = "the argument"

// open returns what is to be explained: the text itself, or the file or standard
// input that holds it.
func (c *explainCommand) open(w world) (name string, text io.ReadCloser, err error) {
	if len(c.Text) == 0 || len(c.Text) == 1 && c.Text[0] == input.Stdin {
		return "stdin", interruptible(w.in), nil
	}
	if _, err := os.Stat(c.Text[0]); len(c.Text) == 1 && err == nil {
		text, err = input.Open(c.Text[0])
		return c.Text[0], text, err
	}
	return argument, io.NopCloser(strings.NewReader(strings.Join(c.Text, " "))), nil
}

// explainAnswer explains a body together with its status.
func (c *explainCommand) explainAnswer(w world, e *explainer, name string, text io.Reader) int {
	body, err := io.ReadAll(io.LimitReader(text, input.MaxRecord))
	if err != nil {
		w.errorf("%s: %v", name, err)
		return exitSource
	}
	if len(body) == input.MaxRecord {
		return w.usage(fmt.Errorf("%s: longer than a body may be, %d bytes", name, input.MaxRecord))
	}
	return c.write(w, e.answer(name, *c.Status, body))
}

// explainer reads and diagnoses one error.
type explainer struct {
	rules   *classify.Set
	scanner *parse.Scanner
}

func newExplainer(flags *readFlags) (*explainer, error) {
	known, err := flags.load()
	if err != nil {
		return nil, err
	}
	return &explainer{known.rules, parse.NewScanner(known.reader(), parse.Options{Redactor: known.redactor})}, nil
}

// status explains a status alone.
func (e *explainer) status(status int) page {
	if status < 400 {
		return newSuccess(status, fmt.Sprintf("A body may hold errors all the same, as GraphQL's do: explain --status %d BODY looks.", status))
	}
	return e.explain(&parse.Record{Status: status, Envelope: "status"})
}

// answer explains a body that came with a status.
func (e *explainer) answer(name string, status int, body []byte) page {
	switch {
	case e.scan(name, answerLine(status, body)), e.scan(name, body):
		return e.explain(e.scanner.Record())
	case status < 400:
		return newSuccess(status, "The body that came with it holds no API error.")
	}
	return e.status(status)
}

// answerLine is a log line that holds an answer.
func answerLine(status int, body []byte) []byte {
	return []byte(`{"level":"error","http_status":` + strconv.Itoa(status) + `,"response_body":` + jsonValue(body) + `}`)
}

// scan goes to the first API error of one line.
func (e *explainer) scan(name string, line []byte) bool {
	e.scanner.Reset(&input.Chunk{Source: name, Data: line})
	return e.scanner.Scan()
}

// explain diagnoses a record. The remedy is in the words of a report on this
// error alone.
func (e *explainer) explain(r *parse.Record) *explanation {
	f := e.rules.Classify(r)
	t := report.NewTally(report.Options{Packs: e.rules.Fingerprint()})
	t.Add(&f)
	problem := t.Report(e.rules, report.Tool{}).Problems[0]
	x := &explanation{Finding: report.NewFinding(&f), Remedy: &problem.Remedy, limit: f.Limit}
	if f.Wait != nil {
		x.wait = strconv.FormatInt(int64((*f.Wait+time.Second-1)/time.Second), 10) + " s"
	}
	return x
}

// explanation is an API error explained. Its JSON is the line that ndjson has
// for the error, and the remedy.
type explanation struct {
	report.Finding
	Remedy *report.Remedy `json:"remedy"` // null for what is no error

	wait, limit string // that the API named
	notes       []string
}

// evidenceWords say what the kinds of evidence are.
var evidenceWords = map[string]string{
	"message":     "message: one that this API is known for",
	"phrase":      "phrase: words in the message that many APIs use",
	"words":       "words: those of code and message, taken together",
	"no evidence": "none: neither a status, a code nor the message tells",
}

func evidenceText(evidence string) string { return cmp.Or(evidenceWords[evidence], evidence) }

func (x *explanation) draw(w io.Writer, o render.Options) error {
	title := x.Category + " error"
	if x.Status != nil {
		title = statusTitle(*x.Status) + ": " + title
	}
	return render.Sheet(w, title, o, []render.Part{
		{Label: "MESSAGE", Texts: joined(x.Message)},
		{Label: "CODE", Texts: joined(x.Code)},
		{Label: "FIELDS", Texts: joined(x.Fields...)},
		{Label: "CALL", Texts: joined(strings.TrimSpace(x.Method + " " + x.Route))},
		{Label: "SERVICE", Texts: joined(x.Service)},
		{Label: "CALLER", Texts: joined(x.Caller)},
		{Label: "REQUEST ID", Texts: joined(x.RequestID)},
		{Label: "WAIT", Texts: joined(x.wait)},
		{Label: "LIMIT", Texts: joined(x.limit)},
	}, []render.Part{
		{Label: "RULE", Texts: []string{x.Rule}},
		{Label: "EVIDENCE", Texts: []string{evidenceText(x.Evidence)}},
		retryPart(x.Retry),
		{Label: "PROBLEM", Texts: joined(x.problem())},
	}, remedyParts(*x.Remedy), []render.Part{{Label: "NOTE", Texts: x.notes}})
}

// problem returns the id under which a report groups the error, "" if there is
// but a status.
func (x *explanation) problem() string {
	if x.Source == "" {
		return ""
	}
	return x.Problem
}

// statusTitle writes a status with its name.
func statusTitle(status int) string {
	return strings.TrimSpace(strconv.Itoa(status) + " " + http.StatusText(status))
}

// text explains the first API error in a text of any length.
func (e *explainer) text(name string, text io.Reader) (page, input.Result) {
	r, result := e.search(name, text)
	if r.found == nil && r.isBody() {
		r.found = e.body(name, r.only)
	}
	if r.found == nil {
		return &nothing{r, result.Binary}, result
	}
	return r.found, result
}

// assumedStatus is the status under which a body without one is read.
const assumedStatus = http.StatusBadRequest

// body explains a text that nothing marks as an error, as if it were the body of
// a failed call; nil if its words tell nothing either.
func (e *explainer) body(name, text string) *explanation {
	body := []byte(text)
	if !isJSON(text) {
		body = []byte(`{"message":` + jsonValue(body) + `}`)
	}
	if !e.scan(name, answerLine(assumedStatus, body)) {
		return nil
	}
	record := *e.scanner.Record()
	record.Status = 0
	x := e.explain(&record)
	if x.Evidence == "no evidence" {
		return nil
	}
	x.notes = append(x.notes, "Nothing marks it as an error; it was read as the body of a failed call. In a log, a status beside it is needed. --status N makes sure.")
	return x
}
