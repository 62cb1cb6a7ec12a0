package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"analyzer/parse"
	"analyzer/parse/input"
	"analyzer/report"
	"analyzer/report/history"
)

// incrementalFlags let a run go on where the last one stopped.
type incrementalFlags struct {
	Incremental bool   `help:"Report only what is new in these logs since the last run with --incremental, however they were rotated, and what changed: new, returned, worse and gone problems." group:"Schedule"`
	State       string `placeholder:"DIR" help:"Where --incremental remembers what was read and found; one directory for each set of logs. By default analyzer in $XDG_STATE_HOME or ~/.local/state." group:"Schedule"`
	Retention   string `placeholder:"AGE" default:"400d" help:"Forget runs that are older than this: 90d, 52w." group:"Schedule"`
}

// stateDirectory returns where the state is.
func stateDirectory(flag string, w world) (string, error) {
	switch {
	case flag != "":
		return flag, nil
	case filepath.IsAbs(w.env("XDG_STATE_HOME")):
		return filepath.Join(w.env("XDG_STATE_HOME"), programName), nil
	case filepath.IsAbs(w.env("HOME")):
		return filepath.Join(w.env("HOME"), ".local", "state", programName), nil
	}
	return "", errors.New("no HOME and no XDG_STATE_HOME to keep the state in; name a directory with --state")
}

// checkIncremental refuses what no run could go on with.
func (f *incrementalFlags) checkIncremental(sources []input.Source) error {
	if !f.Incremental {
		return nil
	}
	if _, ok := parseAge(f.Retention); !ok {
		return fmt.Errorf("--retention %q: want an age, such as 90d or 52w", f.Retention)
	}
	for _, s := range sources {
		if s.Path == input.Stdin || isPipe(s.Path) {
			return fmt.Errorf("--incremental: %s is a pipe, which cannot be read on from where the last run stopped; name the files", s.Path)
		}
		if isSaved(s.Path) {
			return fmt.Errorf("--incremental: %s is a saved tally, which does not grow; name the logs", s.Path)
		}
	}
	return nil
}

func isPipe(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode()&os.ModeNamedPipe != 0
}

// continued is a run that goes on where the last one stopped.
type continued struct {
	*input.Continuation
	store     *history.Store
	started   time.Time
	retention time.Duration
	spoilt    error // why nobody knows what was read
}

// readOptions are how logs are read.
func (p *pipeline) readOptions() input.Options {
	return input.Options{ChunkSize: p.chunkSize, Cut: parse.Cut, Split: parse.Split, Text: true, View: p.wanted == nil && !p.full}
}

// resume opens the state, which is locked until it is closed, and finds out what
// is new in the sources.
func (f *incrementalFlags) resume(w world, sources []input.Source, o input.Options) (*continued, error) {
	dir, err := stateDirectory(f.State, w)
	if err != nil {
		return nil, err
	}
	c := &continued{started: w.now()}
	c.retention, _ = parseAge(f.Retention)
	if c.store, err = history.Open(dir, c.started); err != nil {
		return nil, err
	}
	var cursors []input.Cursor
	data, err := c.store.Cursors()
	if err == nil && data != nil {
		err = json.Unmarshal(data, &cursors)
	}
	if err != nil {
		c.store.Close()
		return nil, err
	}
	c.Continuation = input.Continue(sources, cursors, o, parse.Whole, c.started)
	return c, nil
}

// size returns how many bytes of text are new.
func (c *continued) size() (sum int64) {
	for _, s := range c.Steps {
		if s.Err == nil {
			sum += s.New()
		}
	}
	return sum
}

// readNew sends what is new, and tells the tally how each file ended and what may
// be lost.
func (p *pipeline) readNew(ctx context.Context, total *report.Tally, send func(*input.Chunk) error) {
	c := p.continued
	for _, step := range c.Steps {
		if step.Err == nil && step.New() > 0 {
			c.read(ctx, step, p.readOptions(), total, func(chunk *input.Chunk) error {
				p.progress.bytes.Add(int64(len(chunk.Data)))
				return send(chunk)
			})
		}
		switch {
		case step.NotText && step.Found:
			total.AddNote(report.NotText, 1)
		case step.Err != nil:
			total.EndSource(step.Path, input.Failed, input.Reason(step.Err))
		default:
			total.EndSource(step.Path, input.Complete, "")
		}
	}
	total.AddNote(report.SameFile, int64(c.Copies))
	for _, k := range c.Lost {
		total.AddNote(report.PossibleLoss, 1)
		total.EndSource(k.Path, input.Partial, fmt.Sprintf("possible loss: removed or emptied after %s were read, perhaps with more in it", count(int(k.Offset), "byte")))
	}
}

// read reads one file. Where that breaks off, the counts hold an unknown part of
// it, so that nothing may be kept of this run.
func (c *continued) read(ctx context.Context, step *input.Step, o input.Options, total *report.Tally, send func(*input.Chunk) error) {
	err := step.Read(ctx, o, send)
	switch {
	case err == nil:
	case ctx.Err() != nil:
		total.EndSource(step.Path, input.Partial, "interrupted")
	default:
		c.spoilt = fmt.Errorf("%s: %s", step.Path, input.Reason(err))
		total.EndSource(step.Path, input.Partial, input.Reason(err))
	}
}

// finish compares r with earlier runs and commits it, before anyone is told of
// it: what was told once is not told again. A run that was interrupted tells what
// it read and leaves no trace.
func (c *continued) finish(w world, tally *report.Tally, r *report.Report) int {
	w.reach("read")
	switch {
	case r.Interrupted:
		w.errorf("interrupted: nothing of this run is kept; the next one reads it again")
		return exitOK
	case c.spoilt != nil:
		w.errorf("%v: nothing of this run is kept; the next one reads it again", c.spoilt)
		return exitSource
	}
	past, err := c.store.Past(r.Window)
	if err == nil {
		r.Compare(past)
		err = c.commit(w, tally, r)
	}
	if err != nil {
		return w.stateFailed(err)
	}
	w.reach("committed")
	return exitOK
}

// commit keeps what the run found and where it stopped, both or neither.
func (c *continued) commit(w world, tally *report.Tally, r *report.Report) error {
	cursors, err := json.Marshal(c.Cursors())
	if err != nil {
		return err
	}
	commit, err := c.store.Add(&history.Entry{
		Started: c.started, Finished: w.now(), Retention: c.retention,
		Tally: tally, Report: r, Cursors: cursors, Sources: int64(len(r.Input.Sources)),
	})
	if err != nil {
		return err
	}
	w.reach("added")
	return commit.Commit()
}
