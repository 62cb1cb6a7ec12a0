//go:build unix

package main

import (
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// counted is what a report says of a cardinality corpus.
type counted struct {
	Input    struct{ Errors int }
	Problems []struct{ Errors, Requests int }
	Limits   []struct {
		What  string
		Exact bool
	}
}

// Errors that differ in all that is kept apart are counted exactly, the problem
// that most of them are comes first, the number of requests is exact or marked and
// near, and the process stays small. ANALYZER_FULL makes it ten million errors.
func TestCardinalityIsBounded(t *testing.T) {
	n := 30_000
	if os.Getenv("ANALYZER_FULL") != "" {
		n = 10_000_000
	}
	analyzer := buildAnalyzer(t)
	for name, c := range map[string]struct {
		cardinalityCmd
		first int // errors of the first problem, at least
		exact bool
	}{
		"few":           {cardinalityCmd{Ids: 200, Messages: 5, Paths: 3, Records: 2000}, 100, true},
		"IDs and paths": {cardinalityCmd{Ids: n, Messages: 1, Paths: n / 10, Records: n}, n, false},
		"messages":      {cardinalityCmd{Ids: n, Messages: n / 100, Paths: 1, Records: n, Skew: true}, n / 10 * 9, false},
	} {
		t.Run(name, func(t *testing.T) {
			got, peak := analyze(t, analyzer, &c.cardinalityCmd)
			if got.Input.Errors != c.Records || got.Problems[0].Errors < c.first {
				t.Errorf("%d errors, %d of them one problem; want %d and %d or more", got.Input.Errors, got.Problems[0].Errors, c.Records, c.first)
			}
			if exact := isExact(t, got, "request ids"); exact != c.exact {
				t.Errorf("the number of requests is exact: %v", exact)
			}
			if !c.exact && c.first == n && (got.Problems[0].Requests < n/5*4 || got.Problems[0].Requests > n/5*6) {
				t.Errorf("%d requests, want about %d", got.Problems[0].Requests, n)
			}
			if most := int64(68+16*runtime.NumCPU()) << 20; peak > most {
				t.Errorf("it took %d bytes, want at most %d", peak, most)
			}
		})
	}
}

func isExact(t *testing.T, r *counted, what string) bool {
	t.Helper()
	for _, l := range r.Limits {
		if l.What == what {
			return l.Exact
		}
	}
	t.Fatalf("no limit for %s in %v", what, r.Limits)
	return false
}

func buildAnalyzer(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "analyzer")
	if out, err := exec.Command("go", "build", "-o", program, "../analyzer").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// analyze returns the report on a corpus, which is streamed, and the most memory
// that the program held, in bytes; 0 if that was less than this process holds, as
// with the race detector.
func analyze(t *testing.T, program string, c *cardinalityCmd) (*counted, int64) {
	t.Helper()
	r, w := io.Pipe()
	go func() { w.CloseWithError(c.Run(w)) }()
	cmd := exec.Command(program, "-o", "json", "-q")
	cmd.Stdin, cmd.Stderr = r, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	report := new(counted)
	if err := json.Unmarshal(out, report); err != nil {
		t.Fatal(err)
	}
	var own syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &own); err != nil {
		t.Fatal(err)
	}
	peak := int64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
	if peak <= int64(own.Maxrss) {
		return report, 0 // it is ours: Linux lets a process begin with what its parent held
	}
	if runtime.GOOS != "darwin" {
		peak <<= 10 // kilobytes
	}
	return report, peak
}
