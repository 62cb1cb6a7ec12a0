package render

import (
	_ "embed"
	"encoding/json"
	"io"

	"analyzer/report"
)

// Schema is the JSON Schema (2020-12) of what JSON writes: every key of it is
// always present, and there are no others.
//
//go:embed schema.json
var Schema []byte

// JSON writes r as it is, indented by two spaces, with a line end. The output
// is valid UTF-8 whatever r holds, and <, > and & are escaped, so that it may
// stand inside HTML.
func JSON(w io.Writer, r *report.Report, _ Options) error {
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

// NDJSON appends f to dst as one line of JSON, with the keys in the order of
// report.Finding and a line end.
func NDJSON(dst []byte, f *report.Finding) []byte {
	b, err := json.Marshal(f)
	if err != nil {
		panic("BUG: a finding does not marshal: " + err.Error())
	}
	return append(append(dst, b...), '\n')
}
