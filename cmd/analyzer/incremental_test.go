package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// mortal is the program that a test ends, as kill -9 does, at the point that
// DIE_AT names.
func mortal() {
	os.Exit(run(os.Args[1:], world{
		in: os.Stdin, out: os.Stdout, errs: os.Stderr, env: os.Getenv, now: time.Now, ticks: ticks,
		reached: func(point string) {
			if point == os.Getenv("DIE_AT") {
				self, _ := os.FindProcess(os.Getpid())
				self.Kill()
				select {}
			}
		},
	}))
}

// points are where a run may be killed: all that world.reach is told.
var points = []string{"planned", "read", "added", "committed", "reported"}

// scheduled is a log that is written and rotated, and runs over it.
type scheduled struct {
	*testing.T
	dir    string
	lines  int // written so far
	random *rand.Rand
}

func newScheduled(t *testing.T) *scheduled {
	return &scheduled{T: t, dir: t.TempDir(), random: rand.New(rand.NewPCG(1, 1))}
}

func (s *scheduled) path(name string) string { return filepath.Join(s.dir, name) }

// write adds n errors to the log, of one problem each hundred, and rotates it at
// times.
func (s *scheduled) write(n int) {
	s.Helper()
	var text bytes.Buffer
	for range n {
		s.lines++
		text.WriteString(errorLine(s.lines, 500+s.lines/100%10))
	}
	f, err := os.OpenFile(s.path("app.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err == nil {
		_, err = f.Write(text.Bytes())
		f.Close()
	}
	if err == nil && s.random.IntN(4) == 0 {
		err = os.Rename(s.path("app.log"), s.path(fmt.Sprintf("app.log.%d", s.lines)))
	}
	if err != nil {
		s.Fatal(err)
	}
}

func errorLine(n, status int) string {
	at := time.Date(2026, 11, 22, 12, 0, n, 0, time.UTC).Format(time.RFC3339)
	return fmt.Sprintf(`{"time":%q,"service":"web","method":"GET","path":"/items","status":%d,"request_id":"r%d"}`+"\n", at, status, n)
}

// command is a run of program.
func (s *scheduled) command(program string) *exec.Cmd {
	return exec.Command(program, "--incremental", "--state", s.path("state"), "-o", "json="+s.path("report.json"), s.path("app.log*"))
}

// run is a run that nobody kills.
func (s *scheduled) run() {
	s.Helper()
	if out, err := s.command("analyzer").CombinedOutput(); err != nil {
		s.Fatalf("%v: %s", err, out)
	}
}

// committed returns the errors of all runs, 0 while there is no state.
func (s *scheduled) committed() (errors int) {
	s.Helper()
	out, err := exec.Command("analyzer", "history", "--state", s.path("state"), "-o", "json").Output()
	var p struct {
		Runs []struct{ Records, Errors, Malformed int }
	}
	if err == nil {
		err = json.Unmarshal(out, &p)
	}
	if err != nil {
		s.Fatal(err)
	}
	for _, r := range p.Runs {
		errors += r.Errors
		if r.Malformed != 0 || r.Records != r.Errors {
			s.Errorf("%+v: records that nobody wrote", r)
		}
	}
	return errors
}

// lives returns what history tells of each problem, but for runs, of which there
// may be more or fewer.
func (s *scheduled) lives() string {
	s.Helper()
	var lives []string
	for line := range strings.Lines(readFile(s.T, s.problems())) {
		var f struct{ Problem string }
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			s.Fatal(err)
		}
		out, _ := exec.Command("analyzer", "history", "--state", s.path("state"), "-o", "json", f.Problem).Output()
		var l struct {
			First, Last string
			Errors      int
		}
		json.Unmarshal(out, &l)
		lives = append(lives, fmt.Sprint(f.Problem, " ", l.Errors, " ", l.First, " ", l.Last))
	}
	return strings.Join(lives, "\n")
}

// problems writes a file with an error of each problem.
func (s *scheduled) problems() string {
	s.Helper()
	var log strings.Builder
	for status := 500; status < 500+min(10, 1+s.lines/100); status++ {
		log.WriteString(errorLine(0, status))
	}
	c := exec.Command("analyzer", "-o", "ndjson="+s.path("problems"))
	c.Stdin = strings.NewReader(log.String())
	if out, err := c.CombinedOutput(); err != nil {
		s.Fatalf("%v: %s", err, out)
	}
	return s.path("problems")
}

// TestKilledAtPoints kills a run at each point where something is done or just
// about to be, and lets the next one come to its end: nothing is lost, nothing
// counted twice.
func TestKilledAtPoints(t *testing.T) {
	s := newScheduled(t)
	for _, point := range points {
		s.write(50)
		c := s.command("analyzer-mortal")
		c.Env = append(os.Environ(), "DIE_AT="+point)
		if out, err := c.CombinedOutput(); err == nil || c.ProcessState.Exited() {
			t.Fatalf("%s: the run was not killed: %v, %s", point, err, out)
		}
		want := s.lines
		if slices.Index(points, point) < slices.Index(points, "committed") {
			want -= 50
		}
		if got := s.committed(); got != want {
			t.Errorf("killed at %q: %d errors are committed, want %d", point, got, want)
		}
		s.run()
		if got := s.committed(); got != s.lines {
			t.Errorf("the run after one killed at %q: %d errors in all, want %d", point, got, s.lines)
		}
	}
	s.same()
}

// same compares the history with that of one run over everything.
func (s *scheduled) same() {
	s.Helper()
	whole := &scheduled{T: s.T, dir: s.TempDir(), lines: s.lines}
	names, _ := filepath.Glob(s.path("app.log*"))
	for _, name := range names {
		text := readFile(s.T, name)
		if err := os.WriteFile(whole.path(filepath.Base(name)), []byte(text), 0o600); err != nil {
			s.Fatal(err)
		}
	}
	whole.run()
	if got, want := s.committed(), whole.committed(); got != want || want != s.lines {
		s.Errorf("%d errors in all, one run finds %d, written were %d", got, want, s.lines)
	}
	if got, want := s.lives(), whole.lives(); got != want {
		s.Errorf("problems\n%s\nwant, as one run finds them\n%s", got, want)
	}
}

// TestKilledAtRandom kills runs at random moments, 200 of them with ANALYZER_FULL
// set, while the log goes on.
func TestKilledAtRandom(t *testing.T) {
	kills := 6
	if os.Getenv("ANALYZER_FULL") != "" {
		kills = 200
	}
	s := newScheduled(t)
	s.write(20)
	begin := time.Now()
	s.run()
	took := time.Since(begin)
	for killed := 0; killed < kills; {
		s.write(1 + s.random.IntN(50))
		c := s.command("analyzer")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(s.random.Int64N(int64(took))))
		c.Process.Kill()
		if c.Wait() != nil {
			killed++
		}
		if got := s.committed(); got > s.lines {
			t.Fatalf("%d errors are committed, %d were written", got, s.lines)
		}
	}
	s.run()
	s.same()
}
