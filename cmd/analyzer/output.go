package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"analyzer/parse/redact"
	"analyzer/report"
	"analyzer/report/render"
)

// output is one report to write.
type output struct {
	format string
	file   string // "" is standard output
	latest string // link to set to file, "" for none
}

// formats are those that -o takes; extensions tell that of a file named alone.
var (
	formats    = []string{"text", "markdown", "html", "json", "ndjson", "csv", "csv-requests", "prometheus", "bundle", "lines", "tally"}
	extensions = map[string]string{
		".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html", ".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson", ".csv": "csv", ".prom": "prometheus", ".zip": "bundle", ".tally": "tally",
	}
)

// outputFlags say what is written, and where.
type outputFlags struct {
	Output []string `short:"o" sep:"none" placeholder:"FORMAT[=FILE]" help:"What to write: text, markdown, html (one file for a browser), json, ndjson (one line of JSON per error, in input order), csv (one row per problem), csv-requests (one row per request), prometheus (metrics for the textfile collector), bundle (a ZIP file for the support of the API), lines (the log lines behind the errors, secrets masked) or tally (a saved count, to merge or report later). A FILE alone takes its format from its name, in which %Y%m%d and other parts of date(1) stand for the time of the call, in UTC. Repeatable; text on standard output by default." group:"Output"`
	Latest bool     `help:"Beside each FILE with a date in its name, set a link to it that is named latest instead: report-latest.html." group:"Output"`
}

// outputs reads the flags of a call at now.
func (f *outputFlags) outputs(now time.Time) ([]output, error) {
	var outputs []output
	for _, flag := range f.Output {
		o, err := parseOutput(flag, now)
		if err != nil {
			return nil, fmt.Errorf("-o %w", err)
		}
		if !f.Latest {
			o.latest = ""
		}
		if place := o.conflict(outputs); place != "" {
			return nil, fmt.Errorf("-o %s: another -o writes to %s", flag, place)
		}
		outputs = append(outputs, o)
	}
	if f.Latest && !slices.ContainsFunc(outputs, func(o output) bool { return o.latest != "" }) {
		return nil, errors.New("--latest: no -o names a FILE with a date, such as report-%Y%m%d.html")
	}
	if len(outputs) == 0 {
		outputs = []output{{format: "text"}}
	}
	return outputs, nil
}

func parseOutput(flag string, now time.Time) (o output, err error) {
	format, file, named := strings.Cut(flag, "=")
	switch {
	case slices.Contains(formats, format) && named && file == "":
		return o, fmt.Errorf("%s: no file after =", flag)
	case slices.Contains(formats, format) && (file == "-" || file == "/dev/stdout"):
		return output{format: format}, nil
	case slices.Contains(formats, format):
		o = output{format: format, file: file}
	case !named && extensions[filepath.Ext(flag)] != "":
		o = output{format: extensions[filepath.Ext(flag)], file: flag}
	default:
		return o, fmt.Errorf("%s: want %s, alone or with =FILE, or a file named .txt, .md, .html, .json, .ndjson, .csv, .prom, .zip or .tally",
			flag, strings.Join(formats, ", "))
	}
	o.file, o.latest, err = dated(o.file, now)
	return o, err
}

// place names where a report goes.
func (o output) place() string {
	if o.file == "" {
		return "standard output"
	}
	return filepath.Clean(o.file)
}

// spoken reports whether a report is told to people, as mail of a cron job is,
// and not kept in a file or handed to a program.
func (o output) spoken() bool {
	return o.file == "" && slices.Contains([]string{"text", "markdown", "html"}, o.format)
}

// places names all that is written for a report.
func (o output) places() []string {
	if o.latest == "" {
		return []string{o.place()}
	}
	return []string{o.place(), filepath.Clean(o.latest)}
}

// conflict returns the place that o and one of others write to, "" if there is
// none.
func (o output) conflict(others []output) string {
	for _, other := range others {
		for _, place := range o.places() {
			if slices.Contains(other.places(), place) {
				return place
			}
		}
	}
	return ""
}

// refuseInputs refuses outputs that would overwrite what is read, or what is no
// report.
func refuseInputs(outputs []output, inputs []string) error {
	for _, o := range outputs {
		if err := o.refuse(inputs); err != nil {
			return fmt.Errorf("-o %s=%s: %w", o.format, o.file, err)
		}
	}
	return nil
}

func (o output) refuse(inputs []string) error {
	if link, err := os.Lstat(o.latest); err == nil && link.Mode().Type() != os.ModeSymlink {
		return fmt.Errorf("--latest would overwrite %s, which is no link", o.latest)
	}
	written, err := os.Stat(o.file)
	if o.file == "" || err != nil {
		return nil
	}
	if written.IsDir() {
		return errors.New("is a directory")
	}
	for _, path := range inputs {
		if read, err := os.Stat(path); err == nil && os.SameFile(read, written) {
			return fmt.Errorf("would overwrite the input %s", path)
		}
	}
	return nil
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
		s, err := o.create(stdout)
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
		s, failure := o.create(stdout)
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
