package main

import (
	"os/exec"
	"strings"
	"testing"
	"time"
)

func TestCompare(t *testing.T) {
	wc, err := exec.LookPath("wc")
	if err != nil {
		t.Skip("wc is not installed")
	}
	got := string(output(t, "compare --size 40KiB --runs 1 --loss 100000 "+wc+" "+wc))
	for _, want := range []string{"errors-1-40960.jsonl: ", "errors-100-10240.jsonl: ", " times as much processor time\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestCompareWithoutProgram(t *testing.T) {
	var errOut strings.Builder
	code := run(strings.Fields("compare --size 1KiB --runs 1 /nowhere/before /nowhere/after"), &strings.Builder{}, &errOut)
	if code != exitFailed || !strings.Contains(errOut.String(), "run /nowhere/before") {
		t.Errorf("exit %d: %s", code, &errOut)
	}
}

// A slow round, or one that a busy machine spoils, decides nothing.
func TestCompareJudges(t *testing.T) {
	costs := func(ms ...int) *row {
		r := &row{}
		for _, n := range ms {
			r.runs = append(r.runs, cost{cpu: time.Duration(n) * time.Millisecond})
		}
		return r
	}
	for _, c := range []struct {
		name          string
		before, after *row
		want          string
	}{
		{"equal", costs(100, 100, 100), costs(100, 100, 100), ""},
		{"faster", costs(100, 100, 100), costs(40, 50, 60), ""},
		{"one spoiled round", costs(100, 100, 100), costs(100, 500, 100), ""},
		{"rounds that differ, both alike", costs(100, 300, 200), costs(110, 330, 220), ""},
		{"at the limit", costs(100, 100, 100), costs(115, 115, 115), ""},
		{"slower", costs(100, 100, 100), costs(116, 116, 90), "1.16 times the processor time of before, more than 1.15"},
	} {
		got := ""
		if err := (&compareCmd{Loss: 15}).judge(&strings.Builder{}, c.before, c.after); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
