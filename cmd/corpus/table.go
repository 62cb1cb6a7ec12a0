package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"
)

type tableCmd struct {
	Dir      string   `placeholder:"DIR" help:"Where the corpora are kept for the next time; a folder for temporary files unless given."`
	Analyzer string   `default:"analyzer" placeholder:"PATH" help:"The analyzer to time; looked for in PATH unless it is a path."`
	Size1    byteSize `name:"size-1" default:"1GiB" placeholder:"BYTES" help:"Size of the corpus with 1 % errors."`
	Size10   byteSize `name:"size-10" default:"1GiB" placeholder:"BYTES" help:"Size of the corpus with 10 % errors."`
	Size100  byteSize `name:"size-100" default:"256MiB" placeholder:"BYTES" help:"Size of the corpus of errors alone."`
	Sample   byteSize `default:"64MiB" placeholder:"BYTES" help:"How much of a corpus the slow tools read."`
	Runs     int      `default:"5" help:"Runs of each tool; the table shows medians."`
}

// Validate refuses a table of nothing; kong calls it.
func (c *tableCmd) Validate() error {
	return atLeast(1, "--runs", c.Runs)
}

// Run makes what corpora are absent, times the tools on each and prints a
// table for each, and for each way in which one may be stored or piped.
func (c *tableCmd) Run(out io.Writer) error {
	if c.Dir == "" {
		c.Dir = filepath.Join(os.TempDir(), "analyzer-corpora")
	}
	if err := os.MkdirAll(c.Dir, 0o755); err != nil {
		return fmt.Errorf("make the corpora's folder: %w", err)
	}
	found, skipped := installed(tools(c.Analyzer))
	if len(found) == 0 || found[0].name != baseline.name {
		return fmt.Errorf("find %s, with which all are compared: not installed", baseline.program)
	}
	fmt.Fprintf(out, "%s/%s, %d cores. Times are medians of %d interleaved runs of the whole process, files in memory.\n",
		runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), c.Runs)
	fmt.Fprintln(out, skippedText(skipped))
	for _, k := range []struct {
		percent int
		size    byteSize
	}{{1, c.Size1}, {10, c.Size10}, {100, c.Size100}} {
		full, err := corpusFile(c.Dir, k.percent, k.size)
		if err != nil {
			return err
		}
		sample, err := corpusFile(c.Dir, k.percent, min(k.size, c.Sample))
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "\n%d %% errors, %v\n", k.percent, k.size)
		writeTable(out, timeAll(found, full, sample, c.Runs))
		if k.percent == 1 {
			if err := timePassages(out, full, k.percent, k.size, c.Analyzer, c.Runs); err != nil {
				return err
			}
		}
	}
	return nil
}

// file is a corpus on disk.
type file struct {
	path string
	size int64
}

// corpusFile returns the corpus with that share of errors and size; it makes
// the file if there is none.
func corpusFile(dir string, percent int, size byteSize) (file, error) {
	path := filepath.Join(dir, fmt.Sprintf("errors-%d-%d.jsonl", percent, int64(size)))
	info, err := os.Stat(path)
	if os.IsNotExist(err) {
		if err := makeCorpus(path, percent, size); err != nil {
			return file{}, err
		}
		info, err = os.Stat(path)
	}
	if err != nil {
		return file{}, fmt.Errorf("open the corpus: %w", err)
	}
	return file{path, info.Size()}, nil
}

// makeCorpus writes beside the final name first, so that an interrupted run
// leaves no corpus that is too short.
func makeCorpus(path string, percent int, size byteSize) error {
	f, err := os.CreateTemp(filepath.Dir(path), "making-*.jsonl")
	if err != nil {
		return fmt.Errorf("make the corpus: %w", err)
	}
	defer os.Remove(f.Name())
	err = writeBench(f, 1, percent, int64(size))
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return fmt.Errorf("make the corpus: %w", err)
	}
	return os.Rename(f.Name(), path)
}

func skippedText(skipped []tool) string {
	if len(skipped) == 0 {
		return "No tool was skipped."
	}
	names := make([]string, len(skipped))
	for i, t := range skipped {
		names[i] = t.program
	}
	return "Skipped, because not found: " + strings.Join(names, ", ") + "."
}

// writeTable draws the rows as text: a line for each tool, and a line for each
// that failed.
func writeTable(out io.Writer, rows []row) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight|tabwriter.DiscardEmptyColumns)
	fmt.Fprintln(w, "TIME\tCPU\tMB/S\tTIMES FIRST\t  TOOL")
	var failed []row
	for _, r := range rows {
		if r.err != nil {
			failed = append(failed, r)
			continue
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t  %s\n", inSeconds(r.wall()), inSeconds(r.cpu()), r.speed(), inHundredths(r.ratio()), r.title())
	}
	w.Flush()
	for _, r := range failed {
		fmt.Fprintf(out, "%s failed: %v\n", r.tool.name, r.err)
	}
}

// inSeconds writes d with three decimals.
func inSeconds(d time.Duration) string {
	ms := d.Round(time.Millisecond).Milliseconds()
	return fmt.Sprintf("%d.%03d s", ms/1000, ms%1000)
}

func inHundredths(n int64) string {
	return fmt.Sprintf("%d.%02d", n/100, n%100)
}
