package main

import (
	"bytes"
	"cmp"
	"fmt"
	"math/bits"
	"os/exec"
	"slices"
	"time"
)

// cost is what one run took.
type cost struct{ wall, cpu time.Duration }

// row is what is known of one tool on one corpus.
type row struct {
	tool   tool
	file   file    // what it read
	full   int64   // bytes of the whole corpus, to which costs are scaled
	runs   []cost  // as measured
	ratios []int64 // of each run to the baseline's, in hundredths
	err    error   // of the run that failed; none follows
}

// installed splits tools by whether their program is found.
func installed(all []tool) (found, skipped []tool) {
	for _, t := range all {
		path, err := exec.LookPath(t.program)
		if err != nil {
			skipped = append(skipped, t)
			continue
		}
		t.program = path
		found = append(found, t)
	}
	return found, skipped
}

// timeAll runs every tool once, then every tool again: what disturbs the
// machine for a while disturbs all of them. The first tool is the baseline, and
// each round is compared with its own run of it.
func timeAll(tools []tool, full, sample file, runs int) []row {
	rows := make([]row, len(tools))
	for i, t := range tools {
		rows[i] = row{tool: t, file: full, full: full.size}
		if t.slow {
			rows[i].file = sample
		}
	}
	for _, f := range []file{full, sample} {
		_, _ = timeOnce(tools[0], f.path) // brings the file into memory; a failure shows in the first round
	}
	for range runs {
		for i := range rows {
			rows[i].run(&rows[0])
		}
	}
	return rows
}

// run times r's tool once more, beside the baseline's last run.
func (r *row) run(base *row) {
	if r.err != nil {
		return
	}
	c, err := timeOnce(r.tool, r.file.path)
	if err != nil {
		r.err = err
		return
	}
	r.runs = append(r.runs, c)
	if base.err == nil {
		last := base.runs[len(base.runs)-1]
		r.ratios = append(r.ratios, hundredths(r.scaled(c.wall), last.wall))
	}
}

// timeOnce runs t on the file; what it prints is thrown away.
func timeOnce(t tool, path string) (cost, error) {
	var said bytes.Buffer
	cmd := exec.Command(t.program, t.args(path)...)
	cmd.Stderr = &said
	begin := time.Now()
	err := cmd.Run()
	wall := time.Since(begin)
	if err != nil {
		first, _, _ := bytes.Cut(bytes.TrimSpace(said.Bytes()), []byte("\n"))
		return cost{}, fmt.Errorf("%w: %s", err, first)
	}
	return cost{wall, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}, nil
}

// wall returns the median of the time that the whole corpus takes.
func (r *row) wall() time.Duration {
	return r.scaled(median(r.runs, func(c cost) time.Duration { return c.wall }))
}

// cpu returns the median of the processor time that the whole corpus takes.
func (r *row) cpu() time.Duration {
	return r.scaled(median(r.runs, func(c cost) time.Duration { return c.cpu }))
}

// ratio returns the median of the rounds' ratios to the baseline, in
// hundredths.
func (r *row) ratio() int64 {
	return median(r.ratios, func(n int64) int64 { return n })
}

// speed returns megabytes a second.
func (r *row) speed() int64 {
	return r.full * 1000 / max(int64(r.wall()), 1)
}

// title names the tool and its job, and says so if it read a sample.
func (r *row) title() string {
	title := r.tool.name + ": " + r.tool.job
	if r.file.size < r.full {
		title += fmt.Sprintf(" (scaled from the first %d MB)", r.file.size/1_000_000)
	}
	return title
}

// scaled takes what r's file took to what the whole corpus would take.
func (r *row) scaled(d time.Duration) time.Duration {
	if r.file.size == r.full {
		return d
	}
	// A few minutes in nanoseconds times gigabytes is more than 64 bits hold.
	hi, lo := bits.Mul64(uint64(d), uint64(r.full))
	scaled, _ := bits.Div64(hi, lo, uint64(r.file.size))
	return time.Duration(scaled)
}

// median returns the middle of what of says, the lower one of two.
func median[T any, N cmp.Ordered](from []T, of func(T) N) N {
	values := make([]N, len(from))
	for i, v := range from {
		values[i] = of(v)
	}
	slices.Sort(values)
	return values[(len(values)-1)/2]
}

// hundredths returns 100·a/b, rounded.
func hundredths(a, b time.Duration) int64 {
	return (int64(a)*100 + int64(b)/2) / max(int64(b), 1)
}
