package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"analyzer/parse/redact"
	"analyzer/report"
	"analyzer/report/render"
)

// output is one report to write: a format, and a file or "" for standard output.
type output struct{ format, file string }

// formats are those that -o takes; extensions tell that of a file named alone.
var (
	formats    = []string{"text", "markdown", "html", "json", "ndjson", "csv", "csv-requests", "bundle", "lines", "tally"}
	extensions = map[string]string{
		".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html", ".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson", ".csv": "csv", ".zip": "bundle", ".tally": "tally",
	}
)

// parseOutputs reads the -o flags. No two write to the same place.
func parseOutputs(flags []string) ([]output, error) {
	if len(flags) == 0 {
		return []output{{format: "text"}}, nil
	}
	var outputs []output
	for _, flag := range flags {
		o, err := parseOutput(flag)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(outputs, func(other output) bool { return other.file == o.file }) {
			return nil, fmt.Errorf("-o %s: another -o writes to %s", flag, o.place())
		}
		outputs = append(outputs, o)
	}
	return outputs, nil
}

func parseOutput(flag string) (output, error) {
	format, file, named := strings.Cut(flag, "=")
	switch {
	case slices.Contains(formats, format) && named && file == "":
		return output{}, fmt.Errorf("-o %s: no file after =", flag)
	case slices.Contains(formats, format):
		return output{format, strings.TrimPrefix(file, "-")}, nil
	case !named && extensions[filepath.Ext(flag)] != "":
		return output{extensions[filepath.Ext(flag)], flag}, nil
	}
	return output{}, fmt.Errorf("-o %s: want %s, alone or with =FILE, or a file named .txt, .md, .html, .json, .ndjson, .csv, .zip or .tally",
		flag, strings.Join(formats, ", "))
}

func (o output) place() string {
	if o.file == "" {
		return "standard output"
	}
	return o.file
}

// refuseInputs refuses outputs that would overwrite what is read.
func refuseInputs(outputs []output, inputs []string) error {
	for _, o := range outputs {
		written, err := os.Stat(o.file)
		if o.file == "" || err != nil {
			continue
		}
		if written.IsDir() {
			return fmt.Errorf("-o %s=%s: is a directory", o.format, o.file)
		}
		for _, path := range inputs {
			if read, err := os.Stat(path); err == nil && os.SameFile(read, written) {
				return fmt.Errorf("-o %s=%s: would overwrite the input %s", o.format, o.file, path)
			}
		}
	}
	return nil
}

// sink is where a report goes: standard output, or a file that appears whole or
// not at all, because it is written beside its place and then renamed.
type sink struct {
	*bufio.Writer
	output
	temporary *os.File // nil for standard output
}

func (o output) open(stdout io.Writer) (*sink, error) {
	if o.file == "" {
		return &sink{bufio.NewWriter(stdout), o, nil}, nil
	}
	f, err := os.CreateTemp(filepath.Dir(o.file), "."+filepath.Base(o.file)+"-*")
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", o.format, err)
	}
	return &sink{bufio.NewWriter(f), o, f}, nil
}

// close ends the report. After a failure, its own or that of whoever wrote, the
// file stays as it was.
func (s *sink) close(failure error) error {
	err := errors.Join(failure, s.Flush())
	if s.temporary == nil {
		return s.explain(err)
	}
	err = errors.Join(err, s.temporary.Chmod(0o640), s.temporary.Sync(), s.temporary.Close())
	if err == nil {
		err = os.Rename(s.temporary.Name(), s.file)
	}
	if err != nil {
		os.Remove(s.temporary.Name())
	}
	return s.explain(err)
}

func (s *sink) explain(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("write %s to %s: %w", s.format, s.place(), err)
}

// lineSinks are the outputs that are written while the logs are read.
type lineSinks []*sink

// openLines opens the outputs that are streams.
func openLines(outputs []output, stdout io.Writer) (lineSinks, error) {
	var open lineSinks
	for _, o := range outputs {
		if !isStream(o.format) {
			continue
		}
		s, err := o.open(stdout)
		if err != nil {
			return nil, errors.Join(err, open.close(err))
		}
		open = append(open, s)
	}
	return open, nil
}

// streams returns what writes to l, nil if it is empty.
func (l lineSinks) streams(r *redact.Redactor) (all []stream) {
	for _, s := range l {
		all = append(all, stream{lineFormats(r)[s.format], s})
	}
	return all
}

func (l lineSinks) close(failure error) (err error) {
	for _, s := range l {
		err = errors.Join(err, s.close(failure))
	}
	return err
}

// writeReports writes every report that is made at the end. One that fails
// leaves the others alone.
func writeReports(outputs []output, stdout io.Writer, tally *report.Tally, r *report.Report, drawing func(output) render.Options) (err error) {
	for _, o := range outputs {
		if isStream(o.format) {
			continue
		}
		s, failure := o.open(stdout)
		if failure == nil {
			failure = s.close(draw(s, o, tally, r, drawing(o)))
		}
		err = errors.Join(err, failure)
	}
	return err
}

func draw(w io.Writer, o output, tally *report.Tally, r *report.Report, drawing render.Options) error {
	if o.format != "tally" {
		return render.Formats[o.format](w, r, drawing)
	}
	frame, err := tally.AppendBinary(nil)
	if err != nil {
		return err
	}
	_, err = w.Write(frame)
	return err
}
