package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1 // a corpus or a table could not be made
	exitUsage  = 2
)

// grammar is the command line.
type grammar struct {
	Story       storyCmd       `cmd:"" help:"Write the log of an hour of five services in which five things go wrong."`
	Day         dayCmd         `cmd:"" help:"Write the log of a day of ordinary traffic, with one plot planted in it."`
	Bench       benchCmd       `cmd:"" help:"Write a mixed log of a given size and share of errors."`
	Cardinality cardinalityCmd `cmd:"" help:"Write errors with given numbers of distinct request IDs, messages and paths."`
	Table       tableCmd       `cmd:"" help:"Time analyzer beside the tools that are installed and print a table."`
	Compare     compareCmd     `cmd:"" help:"Time two builds of analyzer in turn, and fail if the second takes more processor time."`
}

type storyCmd struct {
	Seed  uint64 `default:"1" help:"Which story: the same seed gives the same bytes."`
	Scale int    `default:"1" help:"How busy the services are."`
	Dir   string `placeholder:"DIR" help:"Write one log for each service to DIR instead of one log to stdout."`
}

type dayCmd struct {
	Plant string `default:"none" help:"What goes wrong: incident, credential, refreshed, permission, contract, client, deprecated, retired, zombie, storm, created, unfinished; or none."`
	Seed  uint64 `default:"1" help:"Which day: the same seed gives the same bytes."`
	Scale int    `default:"1" help:"How busy the services are: 17,000 lines, times this."`
}

type benchCmd struct {
	Errors int      `required:"" placeholder:"PERCENT" help:"Share of lines that hold an API error, in percent."`
	Size   byteSize `required:"" placeholder:"BYTES" help:"Least size; the last line is whole. 1048576, 64MiB, 1GiB."`
	Seed   uint64   `default:"1" help:"Which log: the same seed gives the same bytes."`
}

type cardinalityCmd struct {
	Ids      int    `default:"1000" help:"Distinct request IDs."`
	Messages int    `default:"1000" help:"Distinct messages, which differ in words, not in numbers."`
	Paths    int    `default:"1000" help:"Distinct paths."`
	Records  int    `default:"100000" help:"Lines in all, each an error."`
	Skew     bool   `help:"Give 90 of 100 errors the same message."`
	Seed     uint64 `default:"1" help:"Which log: the same seed gives the same bytes."`
}

func run(args []string, out, errOut io.Writer) int {
	var g grammar
	parser, err := kong.New(&g, kong.Name("corpus"), kong.Writers(out, errOut),
		kong.Description("Makes the logs that analyzer is shown, tested and measured with."),
		kong.BindTo(out, (*io.Writer)(nil)))
	if err != nil {
		panic("BUG: command line grammar: " + err.Error())
	}
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(errOut, "corpus: %v\n", err)
		return exitUsage
	}
	if err := command.Run(); err != nil {
		fmt.Fprintf(errOut, "corpus: %v\n", err)
		return exitFailed
	}
	return exitOK
}

// Validate refuses what makes no story; kong calls it.
func (c *storyCmd) Validate() error {
	return atLeast(1, "--scale", c.Scale)
}

// Run writes the story.
func (c *storyCmd) Run(out io.Writer) error {
	if c.Dir != "" {
		return writeStoryDir(c.Dir, c.Seed, c.Scale)
	}
	return writeStory(out, c.Seed, c.Scale)
}

// Validate refuses what makes no day; kong calls it.
func (c *dayCmd) Validate() error {
	if plots[c.Plant] == nil {
		return fmt.Errorf("--plant %s: want one of %s", c.Plant, strings.Join(slices.Sorted(maps.Keys(plots)), ", "))
	}
	return atLeast(1, "--scale", c.Scale)
}

// Run writes the day.
func (c *dayCmd) Run(out io.Writer) error {
	return writeDay(out, c.Seed, c.Scale, c.Plant)
}

// Validate refuses what is no share; kong calls it.
func (c *benchCmd) Validate() error {
	if c.Errors < 0 || c.Errors > 100 {
		return fmt.Errorf("--errors must be from 0 to 100, not %d", c.Errors)
	}
	return nil
}

// Run writes the benchmark corpus.
func (c *benchCmd) Run(out io.Writer) error {
	return writeBench(out, c.Seed, c.Errors, int64(c.Size))
}

// Validate refuses numbers of which there is nothing to count; kong calls it.
func (c *cardinalityCmd) Validate() error {
	for _, n := range []struct {
		flag  string
		value int
	}{{"--ids", c.Ids}, {"--messages", c.Messages}, {"--paths", c.Paths}, {"--records", c.Records}} {
		if err := atLeast(1, n.flag, n.value); err != nil {
			return err
		}
	}
	return nil
}

// Run writes the errors.
func (c *cardinalityCmd) Run(out io.Writer) error {
	return writeCardinality(out, c)
}

func atLeast(least int, flag string, n int) error {
	if n < least {
		return fmt.Errorf("%s must be at least %d, not %d", flag, least, n)
	}
	return nil
}
