package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/term"
)

// statusEvery is the time between two drawings of the status line.
const statusEvery = 250 * time.Millisecond

// statusLine shows on a terminal how far the analysis has come: one line that is
// written over itself, and is gone when the report begins.
type statusLine struct {
	w        io.Writer
	width    int // columns of the terminal
	progress *progress
	total    int64 // bytes of all sources, 0 if nobody knows

	shown   string
	samples []sample // of the last seconds, the oldest first
}

// sample is how many bytes had been read at some time.
type sample struct {
	at    time.Time
	bytes int64
}

// rateSamples samples span the time over which a rate is taken: two seconds.
const rateSamples = 9

// showStatus draws a status line until stop is called, which clears it. Without a
// terminal to draw on it does nothing.
func (w world) showStatus(p *progress, total int64, outputs []output) (stop func()) {
	terminal, ok := w.errs.(*os.File)
	if !ok || !isTerminal(terminal) || w.env("TERM") == "dumb" || streamsToScreen(outputs, w.out) {
		return func() {}
	}
	columns, _, err := term.GetSize(int(terminal.Fd()))
	if err != nil || columns <= 0 {
		return func() {}
	}
	s := &statusLine{w: terminal, width: columns, progress: p, total: total}
	ticks, stopTicks := w.ticks(statusEvery)
	stopDrawing := s.start(ticks)
	return func() {
		stopTicks()
		stopDrawing()
	}
}

// streamsToScreen reports whether lines that are written while logs are read may
// end up on the screen, among which a status line would stand.
func streamsToScreen(outputs []output, stdout io.Writer) bool {
	f, _ := stdout.(*os.File)
	return fileSize(f) < 0 && slices.ContainsFunc(outputs, func(o output) bool { return o.file == "" && isStream(o.format) })
}

// start draws at each tick, in a goroutine that stop ends.
func (s *statusLine) start(ticks <-chan time.Time) (stop func()) {
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-quit:
				s.draw("")
				return
			case now := <-ticks:
				s.draw(s.text(now))
			}
		}
	}()
	return func() {
		close(quit)
		<-done
	}
}

// draw writes text over what is shown.
func (s *statusLine) draw(text string) {
	if text != s.shown {
		fmt.Fprint(s.w, "\r"+text+"\x1b[K")
		s.shown = text
	}
}

// text says how far the analysis is, as much of it as one line holds.
func (s *statusLine) text(now time.Time) string {
	p := s.progress
	read := p.bytes.Load()
	items := []string{
		s.done(read),
		counts(p.records.Load(), "record"),
		counts(p.errors.Load(), "error"),
	}
	if rate, known := s.rate(now, read); known {
		items = append(items, size(rate)+"/s")
	}
	if at := p.latestTime(); !at.IsZero() {
		items = append(items, "at "+at.Format("2006-01-02 15:04:05"))
	}
	// A line that fills the last column would wrap on some terminals.
	for len(items) > 1 && len(strings.Join(items, "  ")) >= s.width {
		items = items[:len(items)-1]
	}
	text := strings.Join(items, "  ")
	return text[:max(0, min(len(text), s.width-1))]
}

// done says how much was read, and of how much.
func (s *statusLine) done(read int64) string {
	if s.total == 0 {
		return size(read)
	}
	return fmt.Sprintf("%d%% of %s", read*100/max(s.total, read), size(s.total))
}

// rate returns the bytes per second of late, once that can be told.
func (s *statusLine) rate(now time.Time, read int64) (rate int64, known bool) {
	s.samples = append(s.samples, sample{now, read})
	if len(s.samples) > rateSamples {
		s.samples = s.samples[1:]
	}
	first := s.samples[0]
	elapsed := now.Sub(first.at).Milliseconds()
	if elapsed <= 0 {
		return 0, false
	}
	return (read - first.bytes) * 1000 / elapsed, true
}

// size writes a number of bytes as people do.
func size(n int64) string {
	units := []string{"B", "kB", "MB", "GB", "TB"}
	value, unit := float64(n), 0
	for value >= 999.5 && unit < len(units)-1 {
		value, unit = value/1000, unit+1
	}
	if unit == 0 || value >= 99.95 {
		return fmt.Sprintf("%.0f %s", value, units[unit])
	}
	return fmt.Sprintf("%.1f %s", value, units[unit])
}

// counts writes n of what, with commas between thousands.
func counts(n int64, what string) string {
	if n != 1 {
		what += "s"
	}
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text + " " + what
}
