package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"analyzer/report"
	"analyzer/report/history"
)

// historyCommand shows what earlier runs found.
type historyCommand struct {
	Of string `arg:"" optional:"" name:"run-or-problem" help:"The number of a run, whose report is shown again, or a problem (P-9sd0c9), whose life is shown; all runs by default."`

	State  string   `placeholder:"DIR" help:"Where runs with --incremental keep their state; by default analyzer in $XDG_STATE_HOME or ~/.local/state."`
	Output []string `short:"o" sep:"none" env:"-" placeholder:"FORMAT[=FILE]" help:"text or json; for the report of a run any format and file that analyzer takes, but ndjson and lines."`
	Top    int      `placeholder:"N" help:"Show the N first problems of a run's report."`
	Color  string   `enum:"auto,always,never" default:"auto" help:"Colour the text: auto (on a terminal, unless NO_COLOR is set), always, never."`

	Pack []string `sep:"none" placeholder:"FILE" help:"Rules of a further provider (TOML) whose remedies a run's report shows. Repeatable."`
}

func (c *historyCommand) run(w world) int {
	dir, err := stateDirectory(c.State, w)
	if err != nil {
		return w.usage(err)
	}
	number, notRun := strconv.ParseInt(c.Of, 10, 64)
	if c.Of != "" && !isProblem(c.Of) && notRun != nil {
		return w.usage(fmt.Errorf("history %s: want the number of a run, or a problem such as P-9sd0c9", c.Of))
	}
	store, err := history.View(dir)
	if errors.Is(err, fs.ErrNotExist) && c.Of == "" {
		return c.show(w, newRunsPage(dir, nil))
	}
	if err != nil {
		return w.stateFailed(err)
	}
	defer store.Close()
	switch {
	case c.Of == "":
		return c.showRuns(w, store, dir)
	case isProblem(c.Of):
		return c.showLife(w, store)
	}
	return c.showReport(w, store, number)
}

// show writes a page.
func (c *historyCommand) show(w world, p page) int {
	format := cmp.Or(strings.Join(c.Output, " "), "text")
	if format != "text" && format != "json" {
		return w.usage(fmt.Errorf("-o %s: want text or json; other formats are for the report of a run", format))
	}
	flags := pageFlags{Format: format, Color: c.Color}
	return flags.write(w, p)
}

func (c *historyCommand) showRuns(w world, store *history.Store, dir string) int {
	runs, err := store.Runs()
	if err != nil {
		return w.stateFailed(err)
	}
	return c.show(w, newRunsPage(dir, runs))
}

func (c *historyCommand) showLife(w world, store *history.Store) int {
	life, occurrences, err := store.Life(c.Of)
	if err != nil {
		return w.stateFailed(err)
	}
	return c.show(w, newLifePage(life, occurrences))
}

// showReport makes the report of a run again.
func (c *historyCommand) showReport(w world, store *history.Store, run int64) int {
	flags := outputFlags{Output: c.Output}
	outputs, err := flags.outputs(w.now())
	for _, o := range outputs {
		if isStream(o.format) {
			err = errors.Join(err, fmt.Errorf("-o %s: a run keeps counts, not the lines of the log", o.format))
		}
	}
	rules, packsErr := loadRules(c.Pack)
	if err = errors.Join(err, packsErr); err != nil {
		return w.usage(err)
	}
	tally, h, err := store.Tally(run)
	if err != nil {
		return w.stateFailed(err)
	}
	r := tally.Report(rules, report.Tool{Name: programName, Version: version()})
	r.History = h
	drawing := analyzeCommand{Top: c.Top, Color: c.Color}
	if err := writeReports(outputs, w.out, tally, r, drawing.drawing(w)); err != nil {
		return w.outputFailed(err)
	}
	return exitOK
}
