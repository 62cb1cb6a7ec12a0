package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"analyzer/classify"
	"analyzer/parse"
	"analyzer/parse/input"
	"analyzer/report"
)

// traceCommand tells the story of one ID.
type traceCommand struct {
	ID    string   `arg:"" name:"id" help:"An ID that a report prints: of a request, a trace, a correlation or an operation; or of a problem (P-9sd0c9)."`
	Files []string `arg:"" optional:"" name:"file" help:"Logs to read: files, plain or compressed, directories or patterns; - or nothing is standard input."`

	All bool `env:"-" help:"Show every line, not just the first and last 100."`
	pageFlags
	logFlags
}

// Help says what belongs to a story.
func (*traceCommand) Help() string {
	return `Shows every line that carries the ID, in order of time: errors, successes and plain lines, with the gaps between them, retries, how long the API asked to wait and how long was waited, and how it ended. Lines that carry the ID as part of a longer word do not count.

Other IDs that these lines carry, such as the trace of a request, are followed in a second reading; standard input is read once.

A problem shows what makes its errors one group, what to do, and up to 20 of them.

Callers are pseudonyms, which no log holds: analyzer -o lines --where caller=tok-7f3a9c.`
}

// Bounds of a story: lines kept of its beginning and its end, and of those that
// are errors of a problem.
const (
	traceLines   = 10_000
	problemLines = 10
)

// mostID is the length of the longest ID.
const mostID = 256

func (c *traceCommand) run(w world) int {
	c.ID = strings.TrimSpace(c.ID)
	sources, err := c.sources(w)
	if err != nil {
		return w.usage(err)
	}
	if isProblem(c.ID) {
		c.Where = append(c.Where, "problem="+c.ID)
	}
	p, err := c.pipeline(w)
	if err != nil {
		return w.usage(err)
	}
	ctx, signals := watchSignals()
	defer signals.stop()

	stopStatus := w.showStatus(&p.progress, totalSize(sources, w.in), nil)
	r, followed, err := c.read(ctx, p, sources)
	stopStatus()
	if err != nil {
		return w.outputFailed(err)
	}
	r.Interrupted = signals.caught()
	code := c.write(w, c.page(p, r, followed))
	switch {
	case code != exitOK:
		return code
	case signals.caught():
		return signals.exitCode()
	}
	return w.sourcesRead(r, false)
}

// sources returns what is to be read, or what is wrong with the call.
func (c *traceCommand) sources(w world) ([]input.Source, error) {
	switch {
	case c.ID == "" || len(c.ID) > mostID:
		return nil, fmt.Errorf("ID of %d bytes: want 1 to %d", len(c.ID), mostID)
	case len(c.Files) > 0:
	case isTerminal(w.in):
		return nil, errors.New("nothing to read: want a file, or a log on standard input")
	default:
		c.Files = []string{input.Stdin}
	}
	sources, _ := input.Expand(c.Files)
	for _, path := range paths(sources) {
		if isSaved(path) {
			return nil, fmt.Errorf("%s is a saved tally: trace works on logs", path)
		}
	}
	return sources, nil
}

var problemID = regexp.MustCompile(`^P-[0-9a-z]{6}$`)

func isProblem(id string) bool { return problemID.MatchString(id) }

// read collects the lines: in a second reading also those that carry other IDs
// of the lines that the first one found, which it returns.
func (c *traceCommand) read(ctx context.Context, p *pipeline, sources []input.Source) (r *report.Report, followed []string, err error) {
	if isProblem(c.ID) {
		p.trail = report.NewTrail(problemLines)
		r, err = p.report(ctx, sources)
		return r, nil, err
	}
	if r, err = p.search(ctx, sources, c.ID); err != nil || !areFiles(sources) {
		return r, nil, err
	}
	if followed = p.trail.Follow(c.ID); len(followed) > 0 && ctx.Err() == nil {
		r, err = p.search(ctx, sources, append([]string{c.ID}, followed...)...)
	}
	return r, followed, err
}

// areFiles reports whether sources can be read again.
func areFiles(sources []input.Source) bool {
	return !slices.ContainsFunc(sources, func(s input.Source) bool {
		info, err := os.Stat(s.Path)
		return s.Err == nil && err == nil && !info.Mode().IsRegular() || s.Path == input.Stdin
	})
}

// search collects the lines that carry one of ids.
func (p *pipeline) search(ctx context.Context, sources []input.Source, ids ...string) (*report.Report, error) {
	p.wanted, p.trail = parse.NewWanted(ids...), report.NewTrail(traceLines)
	return p.report(ctx, sources)
}

func (p *pipeline) report(ctx context.Context, sources []input.Source) (*report.Report, error) {
	tally, err := p.analyze(ctx, sources)
	if err != nil {
		return nil, err
	}
	return tally.Report(p.rules, report.Tool{Name: programName, Version: version(), Packs: p.rules.Fingerprint()}), nil
}

// tell adds the line that s found to the trail, and to t if it is an API error.
func (p *pipeline) tell(s *parse.Scanner, t *report.Tally) {
	r := s.Record()
	f, ok := p.line(r)
	if len(r.Errors) > 0 {
		if ok = p.diagnose(&f, r, t); ok {
			t.Add(&f)
		}
	}
	switch {
	case ok:
		carried, _ := p.redactor.Text(s.Carried())
		p.trail.Add(&f, carried)
	case p.wanted != nil:
		p.trail.AddFiltered(&f)
	}
}

// line makes a Finding of a line that is no API error, and reports whether it is
// asked for.
func (p *pipeline) line(r *parse.Record) (f classify.Finding, ok bool) {
	f = classify.Finding{Record: r, Problem: classify.Problem{Status: r.Status, Method: r.Method}}
	return f, p.filter.inWindow(r.Time) && p.filter.matches(&f)
}

// page returns what there is to show.
func (c *traceCommand) page(p *pipeline, r *report.Report, followed []string) page {
	id, _ := p.redactor.Text(c.ID)
	t := p.trail.Trace(id, followed, r)
	if isProblem(c.ID) {
		t.Kind = report.KindProblem
	}
	return &tracePage{Trace: t, all: c.All}
}
