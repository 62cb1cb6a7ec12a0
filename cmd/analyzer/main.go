// Command analyzer reads JSON logs that hold API error responses, as a stream,
// and says what is failing, for which requests and fields, why, and what to do
// first.
//
//	cat logs | analyzer
//	analyzer app.log.gz other.log
//	analyzer -o markdown=report.md -o json=report.json app.log
//	analyzer explain --status 429
//	analyzer diff before.log after.log --fail-on new,worse
//	analyzer trace 4c5ce913813ef65f app.log other.log
//	analyzer rules check pack.toml
//
// It works offline but for --notify, opens its inputs for reading only, and
// masks secrets in all that it prints.
package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"time"
)

func main() {
	boundMemory()
	os.Exit(run(os.Args[1:], world{
		in: os.Stdin, out: os.Stdout, errs: os.Stderr, env: os.Getenv, now: time.Now, ticks: ticks,
	}))
}

// boundMemory asks the collector to keep the process small: what lives long is a
// tally for each worker, all else is soon garbage. Where that is little memory, it
// collects only when that is used up. Where GOMEMLIMIT or GOGC are set, they hold
// instead.
func boundMemory() {
	const base, perWorker, little = 40 << 20, 16 << 20, 128 << 20
	if os.Getenv("GOMEMLIMIT") != "" || os.Getenv("GOGC") != "" {
		return
	}
	bound := base + perWorker*int64(runtime.GOMAXPROCS(0))
	debug.SetMemoryLimit(bound)
	if bound <= little {
		debug.SetGCPercent(-1)
	}
}

func ticks(interval time.Duration) (c <-chan time.Time, stop func()) {
	t := time.NewTicker(interval)
	return t.C, t.Stop
}

// run is the program: arguments in, exit code out.
func run(args []string, w world) int {
	c, err := parseArgs(args, &w)
	switch {
	case err != nil:
		return w.usage(err)
	case c == nil:
		return exitOK
	}
	return c.run(w)
}

// Exit codes. The first that applies of usage, state, output, interrupted, source,
// delivery and findings is returned.
const (
	exitOK          = 0   // analysed, whatever was found
	exitFindings    = 1   // analysed, and a threshold of --fail-on is met
	exitUsage       = 2   // flags, packs or keys are wrong; no log was read
	exitSource      = 3   // a source could not be read, or not to its end; the report is made all the same
	exitState       = 4   // the state of scheduled runs could not be used; nothing of this run is kept
	exitOutput      = 5   // a report could not be written
	exitDelivery    = 6   // a notification was not taken; the reports are written
	exitInterrupted = 130 // stopped by Ctrl-C; the report covers what was read
	exitTerminated  = 143 // likewise by SIGTERM
)
