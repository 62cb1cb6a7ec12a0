package main

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/alecthomas/kong"
)

// grammar is the command line. Each command is a struct with its flags and
// their help, in a file of its own.
type grammar struct {
	Analyze analyzeCommand `cmd:"" default:"withargs" hidden:"" help:"Report on logs; what analyzer does when no command is named."`
	Explain explainCommand `cmd:"" help:"Explain one error: a body, a log line or a status."`
	Trace   traceCommand   `cmd:"" help:"Tell the story of a request, trace or problem across all logs."`
	Diff    diffCommand    `cmd:"" help:"Say what changed between two logs, or two times of a log."`
	History historyCommand `cmd:"" help:"Show what runs with --incremental found: all of them, one, or the life of a problem."`
	Rules   rulesCommand   `cmd:"" help:"Show which APIs and errors are known, or check a pack of rules."`

	Version kong.VersionFlag `env:"-" help:"Print the version and stop."`
}

const programName = "analyzer"

// command is what a command line asks for.
type command interface {
	// run does it and returns the exit code.
	run(w world) int
}

const description = `Reads JSON logs that hold API error responses and says what is failing, for which requests and fields, why, and what to do first.

Examples:

  cat logs | analyzer                           the answer in one screen
  analyzer -o markdown=report.md app.log.gz     a report to paste into an issue
  kubectl logs deploy/web | analyzer -o ndjson  one JSON line per API error

It works offline, changes nothing, and masks secrets in all that it prints.`

// parseArgs reads the command line and tells w which command it names. It
// returns none if there is nothing left to do: help or the version was printed.
func parseArgs(args []string, w *world) (c command, err error) {
	parser, err := kong.New(&grammar{},
		kong.Name(programName),
		kong.Description(description),
		kong.Writers(w.out, w.errs),
		kong.Exit(func(int) { panic(errExit) }),
		kong.DefaultEnvars("ANALYZER"),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 80, NoExpandSubcommands: true}),
		kong.Help(printHelp),
		kong.Vars{"version": programName + " " + version()},
	)
	if err != nil {
		return nil, fmt.Errorf("BUG: command line: %w", err)
	}
	defer func() {
		if p := recover(); p != nil && p != errExit {
			panic(p)
		}
	}()
	root := parser.Model.Node
	w.command, w.commands = programName, commandNames(root)
	ctx, err := parser.Parse(args)
	if err != nil {
		if failure := (*kong.ParseError)(nil); errors.As(err, &failure) {
			w.command = fullName(failure.Context.Selected())
		}
		return nil, fmt.Errorf("%w%s", err, meantCommand(root, args))
	}
	w.command = fullName(ctx.Selected())
	return ctx.Selected().Target.Addr().Interface().(command), nil
}

// errExit carries kong's wish to exit, after help or version, out of Parse.
var errExit = errors.New("exit")

// printHelp prints the page of a command. That of the program itself, and of a
// command with a default, is the default command's page and the list of the
// others.
func printHelp(o kong.HelpOptions, ctx *kong.Context) error {
	node := ctx.Model.Node
	if selected := ctx.Selected(); selected != nil {
		node = selected
	}
	if d := node.DefaultCmd; d != nil {
		node.Positional = d.Positional
		node.Flags = append(node.Flags, d.Flags...)
	}
	return kong.DefaultHelpPrinter(o, ctx)
}

// fullName returns how a command is called: a default command by the name of
// what it is the default of.
func fullName(node *kong.Node) string {
	if node == nil {
		return programName
	}
	if node.Parent != nil && node.Parent.DefaultCmd == node {
		node = node.Parent
	}
	return node.FullPath()
}

// commandNames lists the commands below node that its help lists.
func commandNames(node *kong.Node) (names []string) {
	for _, child := range node.Children {
		if !child.Hidden {
			names = append(names, child.Name)
		}
	}
	return names
}

// meantCommand suggests the command that was meant by the first of args that
// names none.
func meantCommand(node *kong.Node, args []string) string {
	for _, arg := range args {
		i := slices.IndexFunc(node.Children, func(c *kong.Node) bool { return c.Name == arg })
		if i < 0 {
			if name := slip(arg, commandNames(node)); name != "" {
				return fmt.Sprintf("; did you mean %s %s?", node.FullPath(), name)
			}
			return ""
		}
		node = node.Children[i]
	}
	return ""
}

// printShortHelp is the answer to a call without input.
func printShortHelp(w io.Writer) {
	fmt.Fprint(w, `analyzer reads JSON logs and says which API errors are in them and what to do.

  cat logs | analyzer
  analyzer app.log other.log.gz
  analyzer --help
`)
}
