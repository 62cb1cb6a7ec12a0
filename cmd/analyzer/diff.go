package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"analyzer/parse/input"
	"analyzer/report"
	"analyzer/report/render"
)

// diffCommand says what changed between two logs, or two times of a log.
type diffCommand struct {
	Files []string `arg:"" optional:"" name:"file" help:"Two logs or saved tallies, the one before first; or, with --before and --after, any number of logs."`

	Before string   `env:"-" placeholder:"FROM..TO" help:"The time before, such as 2026-11-22T13:00..14:00 or 3h..1h (ages), UTC." group:"Filters"`
	After  string   `env:"-" placeholder:"FROM..TO" help:"The time after; without TO, to the end." group:"Filters"`
	FailOn []string `env:"-" placeholder:"CHANGE" enum:"new,worse,better,gone" help:"Exit with 1 if there is a change of this kind: new, worse, better or gone. Several with commas." group:"Output"`

	Format string `name:"output" short:"o" env:"-" enum:"text,markdown,json" default:"text" help:"text, markdown or json." group:"Output"`
	Top    int    `env:"-" placeholder:"N" help:"Show the N largest changes; by default as many as fit one screen, in Markdown 20." group:"Output"`
	Color  string `enum:"auto,always,never" default:"auto" help:"Colour the text: auto (on a terminal, unless NO_COLOR is set), always, never." group:"Output"`
	logFlags
}

// Help says what a change is.
func (*diffCommand) Help() string {
	return `Problems are new, worse, better or gone, as errors over equal time, where that is more than chance explains: the longer the time before, the fewer errors it takes to call a problem new. Where most of a change lies in one service, caller, version, route or field, that is named.

Examples:

  analyzer diff before.log after.log
  analyzer diff --before 13:00..14:00 --after 14:00.. app.log
  analyzer diff last-week.tally today.tally --fail-on new,worse`
}

func (c *diffCommand) run(w world) int {
	p, err := c.pipeline(w)
	if err != nil {
		return w.usage(err)
	}
	sides, err := c.sides(p, w.now())
	if err != nil {
		return w.usage(err)
	}
	ctx, signals := watchSignals()
	defer signals.stop()

	stopStatus := w.showStatus(&p.progress, totalSize(slices.Concat(sides[0].sources, sides[1].sources), w.in), nil)
	before, after, err := p.readSides(ctx, sides)
	stopStatus()
	if err != nil {
		return w.outputFailed(err)
	}
	after.Interrupted = signals.caught()
	d := report.Compare(before, after)
	code := c.write(w, d)
	switch {
	case code != exitOK:
		return code
	case signals.caught():
		return signals.exitCode()
	}
	if code := c.sidesRead(w, before, after); code != exitOK {
		return code
	}
	return c.verdict(d)
}

// diffSide is what is read for one side of a diff.
type diffSide struct {
	sources []input.Source
	filter  filter
}

// sides returns what is to be compared, or what is wrong with the call.
func (c *diffCommand) sides(p *pipeline, now time.Time) (sides [2]diffSide, err error) {
	switch {
	case c.Before != "" || c.After != "":
		return c.windows(p, now)
	case len(c.Files) != 2:
		return sides, fmt.Errorf("%s: want two, or --before and --after", count(len(c.Files), "file"))
	}
	for i, file := range c.Files {
		sources, _ := input.Expand([]string{file})
		if err := p.filter.refuseSaved(paths(sources)); err != nil {
			return sides, err
		}
		sides[i] = diffSide{sources, p.filter}
	}
	return sides, nil
}

// windows makes sides of two times of the same files.
func (c *diffCommand) windows(p *pipeline, now time.Time) (sides [2]diffSide, err error) {
	sources, _ := input.Expand(c.Files)
	switch {
	case c.Before == "" || c.After == "":
		return sides, errors.New("want both --before and --after")
	case c.Since != "" || c.Until != "":
		return sides, errors.New("want --before and --after, or --since and --until, not both")
	case len(sources) == 0 || !areFiles(sources):
		return sides, errors.New("--before and --after: want files, since they are read twice")
	}
	for i, text := range []string{c.Before, c.After} {
		flag := []string{"--before", "--after"}[i]
		f := p.filter
		if f.since, f.until, err = parsePeriod(flag, text, now); err != nil {
			return sides, err
		}
		f.asked.Since, f.asked.Until = f.since, f.until
		sides[i] = diffSide{sources, f}
	}
	for _, path := range paths(sources) {
		if isSaved(path) {
			return sides, fmt.Errorf("%s is a saved tally: --before and --after work on logs", path)
		}
	}
	return sides, nil
}

// readSides reads both sides, one after the other.
func (p *pipeline) readSides(ctx context.Context, sides [2]diffSide) (before, after *report.Report, err error) {
	p.filter = sides[0].filter
	if before, err = p.report(ctx, sides[0].sources); err != nil {
		return nil, nil, err
	}
	p.filter = sides[1].filter
	after, err = p.report(ctx, sides[1].sources)
	return before, after, err
}

// write writes d and returns the exit code.
func (c *diffCommand) write(w world, d *report.Diff) int {
	options := render.Options{Width: w.width(), Color: w.colour(c.Color), Top: c.Top}
	switch c.Format {
	case "json":
		return w.written(writeJSON(w.out, d))
	case "markdown":
		return w.written(render.DiffMarkdown(w.out, d, options))
	}
	return w.written(render.Diff(w.out, d, options))
}

// sidesRead says which sources could not be read to their end: each once.
func (c *diffCommand) sidesRead(w world, before, after *report.Report) int {
	code := w.sourcesRead(after, false)
	if c.Before != "" {
		return code
	}
	return max(code, w.sourcesRead(before, false))
}

// verdict returns the exit code for a gate.
func (c *diffCommand) verdict(d *report.Diff) int {
	if slices.ContainsFunc(d.Changes, func(x report.Change) bool { return slices.Contains(c.FailOn, x.Change) }) {
		return exitFindings
	}
	return exitOK
}
