package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

type compareCmd struct {
	Before string   `arg:"" help:"The analyzer as it was, a path."`
	After  string   `arg:"" help:"The analyzer as it is now, a path."`
	Size   byteSize `default:"48MiB" placeholder:"BYTES" help:"Size of the corpus with 1 % errors; that of errors alone has a quarter of it."`
	Runs   int      `default:"9" help:"Runs of each; medians are compared."`
	Loss   int      `default:"15" placeholder:"PERCENT" help:"By how much more processor time is refused."`
}

// Validate refuses a comparison of nothing; kong calls it.
func (c *compareCmd) Validate() error {
	return atLeast(1, "--runs", c.Runs)
}

// Run compares the two on two corpora. The error says that one of them takes too
// much more time.
func (c *compareCmd) Run(out io.Writer) error {
	dir, err := os.MkdirTemp("", "analyzer-compare-*")
	if err != nil {
		return fmt.Errorf("make the corpora's folder: %w", err)
	}
	defer os.RemoveAll(dir)
	for _, k := range []struct {
		percent int
		size    byteSize
	}{{1, c.Size}, {100, c.Size / 4}} {
		corpus, err := corpusFile(dir, k.percent, k.size)
		if err != nil {
			return err
		}
		rows := timeAll([]tool{c.tool("before", c.Before), c.tool("after", c.After)}, corpus, corpus, c.Runs)
		if err := c.judge(out, &rows[0], &rows[1]); err != nil {
			return fmt.Errorf("%d %% errors: %w", k.percent, err)
		}
	}
	return nil
}

func (c *compareCmd) tool(name, program string) tool {
	path, err := filepath.Abs(program)
	if err != nil {
		path = program
	}
	return tool{name: name, program: path, args: onlyFile}
}

// judge says how the processor times compare. Whoever else uses the machine
// hardly changes these, and what does, changes both runs of a round.
func (c *compareCmd) judge(out io.Writer, before, after *row) error {
	for _, r := range []*row{before, after} {
		if r.err != nil {
			return fmt.Errorf("run %s: %w", r.tool.program, r.err)
		}
	}
	var ratios []int64
	for i, run := range after.runs {
		ratios = append(ratios, hundredths(run.cpu, before.runs[i].cpu))
	}
	ratio := median(ratios, func(n int64) int64 { return n })
	fmt.Fprintf(out, "%s: %s before, %s after, %s times as much processor time\n",
		filepath.Base(before.file.path), inSeconds(before.cpu()), inSeconds(after.cpu()), inHundredths(ratio))
	if most := int64(100 + c.Loss); ratio > most {
		return fmt.Errorf("%s times the processor time of before, more than %s", inHundredths(ratio), inHundredths(most))
	}
	return nil
}
