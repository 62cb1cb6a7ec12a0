package main

import (
	"cmp"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"analyzer/parse/input"
	"analyzer/report"
	"analyzer/report/render"
)

// analyzeCommand is what the program does when no command is named.
type analyzeCommand struct {
	Files []string `arg:"" optional:"" name:"file" help:"Logs to read: files, plain or compressed (gzip, zstd, bzip2), directories, patterns such as '*.log', or saved tallies; - is standard input, which is read when no file is given."`

	outputFlags

	Top    int    `placeholder:"N" help:"Show the N first problems in text and Markdown, and in text the errors over time; by default as much as fits one screen." group:"Output"`
	Color  string `enum:"auto,always,never" default:"auto" help:"Colour the text report: auto (on a terminal, unless NO_COLOR is set), always, never." group:"Output"`
	Quiet  bool   `short:"q" help:"Say only what matters: nothing on standard error but what went wrong, and no text, Markdown or HTML on standard output when there are no errors. Files are written all the same." group:"Output"`
	Always bool   `help:"With --quiet, --incremental and --notify, tell also of a run without errors." group:"Output"`

	By string `placeholder:"KEY" help:"Break the errors down by service, caller, route, version or field, in text, Markdown and HTML." group:"Output"`

	notifyFlags

	FailOn string `placeholder:"COUNT>N,..." help:"End with exit code 1 if there is more than this: server>10, authentication>=1, errors (any), problems>3; with --incremental also new, worse, returned." group:"Output"`

	incrementalFlags
	logFlags

	Full bool `help:"Open every record, also those that cannot hold an API error: counts malformed records exactly, takes longer, finds the same errors, and reads the successes, which tell how callers went on after errors." group:"Analysis"`
}

// logFlags say how logs are read, and what is asked of them.
type logFlags struct {
	filterFlags
	readFlags

	Workers   int `hidden:"" help:"Records are analysed by this many workers; 0 is one per core. Results do not depend on it."`
	ChunkSize int `hidden:"" help:"Target size of the pieces handed to workers, in bytes. Results do not depend on it."`
}

// run analyses the sources and writes the reports.
func (c *analyzeCommand) run(w world) int {
	if len(c.Files) == 0 {
		if isTerminal(w.in) {
			printShortHelp(w.errs)
			return exitUsage
		}
		c.Files = []string{"-"}
	}
	sources, same := input.Expand(c.Files)
	outputs, err := c.outputs(w.now())
	thresholds, badThreshold := parseFailOn(c.FailOn, c.Incremental)
	targets, badTarget := c.targets()
	if err = errors.Join(err, refuseInputs(outputs, paths(sources)), c.check(), c.checkIncremental(sources), badThreshold, badTarget); err != nil {
		return w.usage(err)
	}
	p, err := c.pipeline(w)
	if err == nil {
		p.full = c.Full
		err = p.filter.refuseSaved(paths(sources))
	}
	if err != nil {
		return w.usage(err)
	}
	if c.Incremental {
		if p.continued, err = c.resume(w, sources, p.readOptions()); err != nil {
			return w.stateFailed(err)
		}
		defer p.continued.store.Close()
		w.reach("planned")
	}
	ctx, signals := watchSignals()
	defer signals.stop()

	lines, err := openLines(outputs, w.out)
	if err != nil {
		return w.outputFailed(err)
	}
	p.streams = lines.streams(p.redactor)
	stopStatus := func() {}
	if !c.Quiet {
		stopStatus = w.showStatus(&p.progress, p.totalSize(sources, w.in), outputs)
	}
	tally, err := p.analyze(ctx, sources)
	stopStatus()
	if err = lines.close(err); err != nil {
		return w.outputFailed(err)
	}
	tally.AddNote(report.SameFile, int64(same))
	if signals.caught() {
		tally.Interrupt()
	}
	r := tally.Report(p.rules, report.Tool{Name: "analyzer", Version: version(), Packs: p.rules.Fingerprint()})
	if p.continued != nil {
		if code := p.continued.finish(w, tally, r); code != exitOK {
			return code
		}
	}
	if r.Calm() && !c.Always {
		targets = nil
		if c.Quiet || c.Incremental {
			outputs = slices.DeleteFunc(outputs, output.spoken)
		}
	}
	if err := writeReports(outputs, w.out, tally, r, c.drawing(w)); err != nil {
		return w.outputFailed(err)
	}
	w.reach("reported")
	if signals.caught() {
		return signals.exitCode()
	}
	return cmp.Or(w.sourcesRead(r, c.Quiet), w.notify(ctx, targets, r), w.judge(thresholds, measure(r)))
}

// check refuses flags that cannot be meant.
func (c *analyzeCommand) check() error {
	switch {
	case c.Top < 0:
		return fmt.Errorf("--top %d: want a number of problems", c.Top)
	case c.By != "" && !slices.Contains(report.Dimensions, c.By):
		return fmt.Errorf("--by %s: no key %s%s", c.By, c.By, suggest(c.By, report.Dimensions))
	}
	return nil
}

// paths returns the paths of sources.
func paths(sources []input.Source) []string {
	list := make([]string, len(sources))
	for i, s := range sources {
		list[i] = s.Path
	}
	return list
}

// pipeline loads what records are read by, and reads the filters.
func (c *logFlags) pipeline(w world) (*pipeline, error) {
	known, err := c.readFlags.load()
	if err != nil {
		return nil, err
	}
	filter, err := c.filterFlags.read(w.now(), known.redactor)
	if err != nil {
		return nil, err
	}
	workers := c.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return &pipeline{
		knowledge: known, filter: filter,
		workers: workers, chunkSize: c.ChunkSize,
		stdin: interruptible(w.in),
	}, nil
}

// drawing chooses width and colour: those of the terminal, where a report goes
// to one.
func (c *analyzeCommand) drawing(w world) func(output) render.Options {
	return func(o output) render.Options {
		options := render.Options{Top: c.Top, By: c.By}
		if o.file == "" {
			options.Width = w.width()
			options.Color = w.colour(c.Color)
		}
		return options
	}
}

// sourcesRead says on stderr which sources could not be read to their end.
func (w world) sourcesRead(r *report.Report, quiet bool) int {
	code := exitOK
	for _, s := range r.Input.Sources {
		if s.Status == input.Complete {
			continue
		}
		code = exitSource
		hint := ""
		if !quiet {
			hint = w.didYouMean(s)
		}
		w.errorf("%s: %s: %s%s", s.Name, s.Status, s.Reason, hint)
	}
	return code
}
