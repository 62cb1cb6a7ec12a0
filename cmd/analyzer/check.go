package main

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"analyzer/classify"
	"analyzer/classify/packs"
	"analyzer/parse"
	"analyzer/parse/input"
	"analyzer/report/render"
)

// rulesCheckCommand proves packs.
type rulesCheckCommand struct {
	Files []string `arg:"" name:"file" help:"Packs (TOML). They are loaded beside those that are known, all together."`
}

// Help says what a check is.
func (*rulesCheckCommand) Help() string {
	return `Every example must land on its own rule and every near miss on the rule that it names, grammars must read their examples, and every remedy must be used.
No rule may take an example of another pack. Something must make the reader open a line, a trigger or a status, and triggers may open at most ` + percent(mostOpened, 1000) + ` of an ordinary log.

Each fault is a line, FILE:LINE: what is wrong. The exit code is 2 if there are any.`
}

func (c *rulesCheckCommand) run(w world) int {
	roots, err := packFiles("rules check", c.Files)
	if err != nil {
		return w.usage(err)
	}
	known, err := classify.Load(packs.FS)
	if err != nil {
		return w.usage(err)
	}
	set, err := classify.Load(append(roots, packs.FS)...)
	if err != nil {
		return c.refuse(w, c.own(faultsOf(err)))
	}
	check, err := newPackCheck(known, set)
	if err != nil {
		return c.refuse(w, faultsOf(err))
	}
	if faults := check.faults(); len(faults) > 0 {
		return c.refuse(w, faults)
	}
	return w.written(check.accept(w.out))
}

// refuse prints the faults, each with the path by which its file was given.
func (c *rulesCheckCommand) refuse(w world, faults []error) int {
	for _, fault := range faults {
		text := fault.Error()
		for _, path := range c.Files {
			if rest, found := strings.CutPrefix(text, filepath.Base(path)+":"); found {
				text = path + ":" + rest
				break
			}
		}
		fmt.Fprintln(w.out, render.Plain(text))
	}
	fmt.Fprintf(w.out, "refused: %s\n", count(len(faults), "fault"))
	return exitUsage
}

// own drops faults of files that were not given, such as the one that a name
// clashes with, unless there are no others.
func (c *rulesCheckCommand) own(faults []error) []error {
	var own []error
	for _, fault := range faults {
		file, _, _ := strings.Cut(fault.Error(), ":")
		if slices.ContainsFunc(c.Files, func(path string) bool { return filepath.Base(path) == file }) {
			own = append(own, fault)
		}
	}
	if own == nil {
		return faults
	}
	return own
}

// faultsOf takes joined errors apart.
func faultsOf(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range joined.Unwrap() {
			all = append(all, faultsOf(e)...)
		}
		return all
	}
	return []error{err}
}

// packCheck proves the packs of a set that are not known already.
type packCheck struct {
	set    *classify.Set
	own    []classify.PackDescription
	reader *parse.Reader
	before openings // of the known packs
	after  openings
}

func newPackCheck(known, set *classify.Set) (*packCheck, error) {
	c := &packCheck{set: set}
	names := map[string]bool{}
	for _, p := range known.Describe() {
		names[p.Name] = true
	}
	for _, p := range set.Describe() {
		if !names[p.Name] {
			c.own = append(c.own, p)
		}
	}
	plain, err := compileReader(known, nil)
	if err != nil {
		return nil, err
	}
	if c.reader, err = compileReader(set, nil); err != nil {
		return nil, err
	}
	c.before, c.after = openBenchmark(plain), openBenchmark(c.reader)
	return c, nil
}

// faults is all that is wrong with the packs.
func (c *packCheck) faults() []error {
	var all []error
	read := readLine(c.reader)
	for _, p := range c.own {
		all = append(all, c.set.CheckPack(p.Name, read)...)
	}
	if c.after.opened*1000 > mostOpened*c.after.lines {
		all = append(all, fmt.Errorf("%s:1: %s; at most %s of them may be opened: choose triggers that ordinary lines do not hold", c.own[0].File, c.opening(), percent(mostOpened, 1000)))
	}
	return all
}

// accept says what was proved.
func (c *packCheck) accept(w io.Writer) error {
	for _, p := range c.own {
		examples, near := 0, 0
		for _, r := range p.Rules {
			examples += len(r.Examples)
			near += len(r.Near)
		}
		_, err := fmt.Fprintf(w, "%s: %s, %s and %s hold\n", p.Name, count(len(p.Rules), "rule"), count(examples, "example"), countNear(near))
		if err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w, c.opening())
	return err
}

func countNear(n int) string {
	if n == 1 {
		return "1 near miss"
	}
	return fmt.Sprintf("%d near misses", n)
}

// opening says which share of an ordinary log the triggers open.
func (c *packCheck) opening() string {
	return fmt.Sprintf("triggers open %s of the lines of an ordinary log with 1%% errors, beyond the %s that are opened anyway",
		percent(c.after.opened-c.before.opened, c.after.lines), percent(c.before.opened, c.before.lines))
}

// percent writes the share of n in all with one digit after the point.
func percent(n, all int) string {
	perMille := (n*1000 + all/2) / all
	return fmt.Sprintf("%d.%d%%", perMille/10, perMille%10)
}

// mostOpened is the share of an ordinary log that may be opened, in per mille:
// beyond it, the shortcut that makes analyzer fast is gone.
const mostOpened = 30

// benchmark is a log of a thousand lines, 1 % of them errors, as
//
//	go run ./cmd/corpus bench --errors 1 --size 512KiB
//
// writes it.
//
//go:embed benchmark.log.gz
var benchmark []byte

// openings counts the lines of the benchmark that a reader opens.
type openings struct{ opened, lines int }

func openBenchmark(r *parse.Reader) (o openings) {
	text, err := readBenchmark()
	if err != nil {
		panic("BUG: the embedded benchmark is not read: " + err.Error())
	}
	for line := range bytes.Lines(text) {
		o.lines++
		if r.Opens(bytes.TrimSuffix(line, []byte("\n"))) {
			o.opened++
		}
	}
	return o
}

func readBenchmark() ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(benchmark))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// readLine returns what reads the API error in one log line.
func readLine(r *parse.Reader) classify.ReadLine {
	s := parse.NewScanner(r, parse.Options{})
	return func(line string) (*parse.Record, bool) {
		s.Reset(&input.Chunk{Source: "example", Data: []byte(line)})
		if !s.Scan() {
			return nil, false
		}
		return s.Record(), true
	}
}
