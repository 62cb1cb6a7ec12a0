package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"analyzer/parse"
	"analyzer/parse/input"
	"analyzer/report/render"
)

// read is what became of a text that was searched for an API error.
type read struct {
	name    string
	account parse.Account
	found   *explanation // nil if there is none
	only    string       // the text, if it is one record
}

// errFound ends the reading of a text.
var errFound = errors.New("found")

// search reads a text up to its first API error.
func (e *explainer) search(name string, text io.Reader) (r read, result input.Result) {
	r.name = name
	options := input.Options{Cut: parse.Cut, Split: parse.Split, Text: true}
	result, err := input.Read(context.Background(), name, text, options, func(c *input.Chunk) error {
		defer c.Release()
		e.scanner.Reset(c)
		if e.scanner.Scan() {
			r.found = e.explain(e.scanner.Record())
			r.found.notes = placeNotes(name, r.found.Line, isAlone(c, e.scanner.Raw()))
			return errFound
		}
		r.account.Add(e.scanner.Account())
		r.only = ""
		if c.Offset == 0 && r.account.Records == 1 {
			r.only = strings.TrimSpace(string(c.Data))
		}
		return nil
	})
	if err != nil {
		result.Status = input.Complete // as far as it was asked for
	}
	return r, result
}

// isAlone reports whether a chunk is a whole text that holds nothing but one
// record.
func isAlone(c *input.Chunk, raw []byte) bool {
	return c.Offset == 0 && len(bytes.TrimSpace(c.Data)) <= len(bytes.TrimSpace(raw))
}

// placeNotes says where the error stands in a text that holds more.
func placeNotes(name string, line int64, alone bool) []string {
	if alone {
		return nil
	}
	return []string{fmt.Sprintf("This is the first API error of %s, in line %d. Without explain, analyzer reports on all.", name, line)}
}

// isBody reports whether the text may be the body of an answer, no event of a
// log: JSON without a time, or an argument in plain words.
func (r *read) isBody() bool {
	switch {
	case r.only == "" || !r.account.Tail.Time.IsZero():
		return false
	case beginsJSON(r.only):
		return isJSON(r.only)
	}
	return r.name == argument
}

// beginsJSON reports whether text begins as a JSON object or array.
func beginsJSON(text string) bool {
	return text != "" && (text[0] == '{' || text[0] == '[')
}

// isJSON reports whether text is a JSON object or array.
func isJSON(text string) bool {
	return beginsJSON(text) && json.Valid([]byte(text))
}

// jsonValue returns a body as a JSON value: what it is, or else its text.
func jsonValue(body []byte) string {
	if text := strings.TrimSpace(string(body)); isJSON(text) {
		return text
	}
	quoted, err := json.Marshal(string(body))
	if err != nil {
		panic("BUG: a string does not marshal: " + err.Error())
	}
	return string(quoted)
}

// nothing says that a text holds no API error.
type nothing struct {
	read
	binary bool
}

// MarshalJSON writes null: there is no error.
func (*nothing) MarshalJSON() ([]byte, error) { return []byte("null"), nil }

func (n *nothing) draw(w io.Writer, o render.Options) error {
	return render.Sheet(w, "no API error in "+n.name, o, []render.Part{
		{Label: "LOOKED AT", Texts: []string{n.looked()}},
		{Label: "NEEDED", Texts: []string{
			"a status of 400 to 599, in the body or beside it in the log line;",
			"or an error code, a key or a message that is known: analyzer rules",
		}},
		{Label: "TRY", Texts: []string{
			"--status N, with the status that the answer had",
			"--pack FILE, for an API of your own; --key status=PATH, for a log of your own",
		}},
	})
}

// looked says what was read.
func (n *nothing) looked() string {
	malformed := 0
	for _, m := range n.account.Malformed {
		malformed += int(m)
	}
	switch {
	case n.binary:
		return "what is no text"
	case n.account.Records == 0:
		return "nothing: it is empty"
	case beginsJSON(n.only) && !isJSON(n.only):
		return "what begins as JSON and is broken"
	case malformed > 0:
		return fmt.Sprintf("%s, %d of them malformed JSON", count(int(n.account.Records), "record"), malformed)
	case n.name == argument && !beginsJSON(n.only) && !strings.ContainsAny(n.only, " \n"):
		return "the text itself; there is no file of this name"
	}
	return count(int(n.account.Records), "record")
}
