package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"golang.org/x/term"

	"analyzer/report"
	"analyzer/report/render"
)

// world is all that the program knows of the system around it.
//
// Rules of speech: the report goes to standard output, everything else to
// standard error, a line each, beginning with "analyzer: ", in lower case and
// without a full stop: what was tried on what, then the cause. Names of files
// and texts of the log are escaped like those in the report.
type world struct {
	in   *os.File
	out  io.Writer
	errs io.Writer
	env  func(string) string
	now  func() time.Time

	command  string   // as it is called: "analyzer rules"
	commands []string // that can be called

	// ticks returns a channel on which the time comes at each interval, until stop.
	ticks func(time.Duration) (c <-chan time.Time, stop func())

	reached func(point string) // if not nil, called where a run of a schedule has come to: tests end it there
}

func (w world) reach(point string) {
	if w.reached != nil {
		w.reached(point)
	}
}

func (w world) errorf(format string, args ...any) {
	fmt.Fprintln(w.errs, "analyzer:", render.Plain(fmt.Sprintf(format, args...)))
}

// usage says what is wrong with the call, a line for each fault.
func (w world) usage(err error) int {
	faults := strings.Split(err.Error(), "\n")
	last := len(faults) - 1
	for _, fault := range faults[:last] {
		w.errorf("%s", fault)
	}
	w.errorf("%s; see %s --help", faults[last], w.command)
	return exitUsage
}

// outputFailed says which reports could not be written.
func (w world) outputFailed(err error) int {
	for line := range strings.SplitSeq(err.Error(), "\n") {
		w.errorf("%s", line)
	}
	return exitOutput
}

// stateFailed says why the state of scheduled runs is not used, or not changed.
func (w world) stateFailed(err error) int {
	w.errorf("%v", err)
	return exitState
}

// written returns the exit code of a command that wrote to standard output.
func (w world) written(err error) int {
	if err != nil {
		return w.outputFailed(fmt.Errorf("write to standard output: %w", err))
	}
	return exitOK
}

// isTerminal reports whether f is a terminal.
func isTerminal(f *os.File) bool {
	return f != nil && term.IsTerminal(int(f.Fd()))
}

// width returns the columns of the terminal that standard output is, else
// COLUMNS, else 0 for the default.
func (w world) width() int {
	if f, ok := w.out.(*os.File); ok && isTerminal(f) {
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil && columns > 0 {
			return columns
		}
	}
	columns, err := strconv.Atoi(w.env("COLUMNS"))
	if err != nil || columns < 0 {
		return 0
	}
	return columns
}

// colour decides whether standard output is coloured. See no-color.org.
func (w world) colour(flag string) bool {
	switch flag {
	case "always":
		return true
	case "never":
		return false
	}
	f, ok := w.out.(*os.File)
	return ok && isTerminal(f) && w.env("NO_COLOR") == "" && w.env("TERM") != "dumb"
}

// didYouMean suggests what was meant by a file that does not exist: a command,
// or another file.
func (w world) didYouMean(s report.Source) string {
	if _, err := os.Stat(s.Name); !os.IsNotExist(err) {
		return ""
	}
	if name := slip(s.Name, w.commands); name != "" {
		return fmt.Sprintf("; did you mean %s %s?", programName, name)
	}
	names, _ := filepath.Glob(filepath.Join(filepath.Dir(s.Name), "*"))
	for _, name := range names {
		if near(filepath.Base(name), filepath.Base(s.Name)) {
			return fmt.Sprintf("; did you mean %s?", name)
		}
	}
	return ""
}

// slip returns the one of names that word was meant to be, "" if it is near
// none of them.
func slip(word string, names []string) string {
	for _, name := range names {
		if near(strings.ToLower(word), name) {
			return name
		}
	}
	return ""
}

// near reports whether a and b are one slip of the finger apart: a letter more,
// less or different, or two that changed places.
func near(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case len(b) == len(a)+1:
		return a[i:] == b[i+1:]
	case len(a) != len(b) || i == len(a):
		return false
	case a[i+1:] == b[i+1:]:
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// version returns the program's version, as far as the build knows it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "devel"
}
