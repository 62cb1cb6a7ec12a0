package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/alecthomas/kong"
)

// grammar is the command line: each flag with its help beside it.
type grammar struct {
	analyzeCommand
	Version kong.VersionFlag `env:"-" help:"Print the version and stop."`
}

// analyzeCommand is what the program does when no command is named.
type analyzeCommand struct {
	Files []string `arg:"" optional:"" name:"file" help:"Logs to read: files, plain or compressed (gzip, zstd, bzip2), directories, patterns such as '*.log', or saved tallies; - is standard input, which is read when no file is given."`

	Output []string `short:"o" sep:"none" placeholder:"FORMAT[=FILE]" help:"What to write: text, markdown, json, ndjson (one line of JSON per error, in input order), csv (one row per problem), lines (the log lines behind the errors, secrets masked) or tally (a saved count, to merge or report later). A FILE alone takes its format from its name. Repeatable; text on standard output by default." group:"Output"`
	Top    int      `placeholder:"N" help:"Show the N first problems in text and Markdown; by default as many as fit one screen." group:"Output"`
	Color  string   `enum:"auto,always,never" default:"auto" help:"Colour the text report: auto (on a terminal, unless NO_COLOR is set), always, never." group:"Output"`
	Quiet  bool     `short:"q" help:"Say nothing on standard error but what went wrong: no status line, no hints." group:"Output"`

	By string `placeholder:"KEY" help:"Break the errors down by service, caller, route, version or field, in text and Markdown." group:"Output"`

	filterFlags

	Full bool     `help:"Open every record, also those that cannot hold an API error: counts malformed records exactly, takes longer, finds the same errors." group:"Analysis"`
	Pack []string `sep:"none" placeholder:"FILE" help:"Rules of a further provider (TOML). Repeatable." group:"Analysis"`
	Key  []string `sep:"none" placeholder:"NAME=PATH" help:"Where a log of your own keeps something: request-id=ctx.rid, status=outcome.http, service=svc. Counts before all known names. Repeatable." group:"Analysis"`

	PseudonymKey string `placeholder:"FILE" help:"Key file for the pseudonyms of tokens and users, so that they differ from those of other installations." group:"Privacy"`

	Workers   int `hidden:"" help:"Records are analysed by this many workers; 0 is one per core. Results do not depend on it."`
	ChunkSize int `hidden:"" help:"Target size of the pieces handed to workers, in bytes. Results do not depend on it."`
}

const description = `Reads JSON logs that hold API error responses and says what is failing, for which requests and fields, why, and what to do first.

Examples:
  cat logs | analyzer                           the answer in one screen
  analyzer -o markdown=report.md app.log.gz     a report to paste into an issue
  kubectl logs deploy/web | analyzer -o ndjson  one JSON line per API error

It works offline, changes nothing, and masks secrets in all that it prints.`

// parseArgs reads the command line. It returns done if the program has nothing
// left to do: help or the version was printed.
func parseArgs(args []string, w world, g *grammar) (done bool, err error) {
	parser, err := kong.New(g,
		kong.Name("analyzer"),
		kong.Description(description),
		kong.Writers(w.out, w.errs),
		kong.Exit(func(int) { panic(errExit) }),
		kong.DefaultEnvars("ANALYZER"),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 80, NoExpandSubcommands: true}),
		kong.Vars{"version": "analyzer " + version()},
	)
	if err != nil {
		return false, fmt.Errorf("BUG: command line: %w", err)
	}
	defer func() {
		p := recover()
		if done = p == errExit; p != nil && !done {
			panic(p)
		}
	}()
	_, err = parser.Parse(args)
	return false, err
}

// errExit carries kong's wish to exit, after help or version, out of Parse.
var errExit = errors.New("exit")

// printShortHelp is the answer to a call without input.
func printShortHelp(w io.Writer) {
	fmt.Fprint(w, `analyzer reads JSON logs and says which API errors are in them and what to do.

  cat logs | analyzer
  analyzer app.log other.log.gz
  analyzer --help
`)
}
