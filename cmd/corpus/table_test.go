package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// With nothing but wc installed the table says what it skipped.
func TestTable(t *testing.T) {
	onlyTools(t, "wc")
	dir := t.TempDir()
	args := "table --size-1 300KiB --size-10 200KiB --size-100 100KiB --sample 50KiB --runs 1 --dir " + dir
	got := string(output(t, args))
	for _, want := range []string{
		"1 % errors, 300 KiB\n", "10 % errors, 200 KiB\n", "100 % errors, 100 KiB\n",
		"1.00  wc -l: count lines\n",
		"Skipped, because not found: analyzer, rg, duckdb, jq, mlr, goaccess.\n",
		"1 % errors, 300 KiB, zstd\nSkipped, because not found: sh, analyzer, zstd.\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(files) != 6 {
		t.Errorf("kept %q, want three corpora and their samples", files)
	}
}

// A log that is piped or packed is timed beside what counts its lines.
func TestPassages(t *testing.T) {
	onlyTools(t, "wc", "sh", "cat", "gzip")
	plain, err := corpusFile(t.TempDir(), 1, 50<<10)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := timePassages(&out, plain, 1, 50<<10, "wc", 1); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"1 % errors, 50 KiB, through a pipe\n", "  cat | wc -l: count lines\n", "  cat | analyzer: full report\n",
		"1 % errors, 50 KiB, gzip\n", "  gzip -dc | wc -l: count lines\n", "  analyzer: full report\n",
		"not found: zstd.\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, &out)
		}
	}
}

func TestTableKeepsCorpora(t *testing.T) {
	dir := t.TempDir()
	first, err := corpusFile(dir, 10, 50<<10)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(first.path, []byte("kept\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	again, err := corpusFile(dir, 10, 50<<10)
	if err != nil || again != (file{first.path, 5}) {
		t.Errorf("second look: %v, %v; want the file that was there", again, err)
	}
}

func TestTableWithoutBaseline(t *testing.T) {
	onlyTools(t)
	var errOut strings.Builder
	code := run(strings.Fields("table --runs 1 --dir "+t.TempDir()), &strings.Builder{}, &errOut)
	if code != exitFailed || !strings.Contains(errOut.String(), "wc") {
		t.Errorf("exit %d: %s", code, &errOut)
	}
}

// onlyTools leaves nothing in PATH but the programs named; a test that needs
// one that is not installed is skipped.
func onlyTools(t *testing.T, names ...string) {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path, err := exec.LookPath(name)
		if err != nil {
			t.Skipf("%s is not installed", name)
		}
		if err := os.Symlink(path, filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
	t.Setenv("PATH", dir)
}

func TestFailedToolIsSaid(t *testing.T) {
	onlyTools(t, "wc")
	rows := []row{{tool: baseline, file: file{filepath.Join(t.TempDir(), "absent"), 1}, full: 1}}
	rows[0].run(&rows[0])
	rows[0].run(&rows[0])
	var out strings.Builder
	writeTable(&out, rows)
	if !strings.Contains(out.String(), "wc -l failed: exit status 1: ") {
		t.Errorf("got %s", &out)
	}
}

func TestRowFigures(t *testing.T) {
	ms := func(n int) time.Duration { return time.Duration(n) * time.Millisecond }
	r := row{
		tool: tool{name: "slow", job: "group"}, file: file{"sample", 2_000_000}, full: 10_000_000,
		runs:   []cost{{ms(30), ms(50)}, {ms(10), ms(10)}, {ms(20), ms(80)}},
		ratios: []int64{400, 90, 1_234},
	}
	got := []string{inSeconds(r.wall()), inSeconds(r.cpu()), inHundredths(r.ratio()), r.title()}
	want := []string{"0.100 s", "0.250 s", "4.00", "slow: group (scaled from the first 2 MB)"}
	if !slices.Equal(got, want) || r.speed() != 100 {
		t.Errorf("got %q and %d MB/s, want %q and 100 MB/s", got, r.speed(), want)
	}
	if got := hundredths(ms(40), ms(30)); got != 133 {
		t.Errorf("40 ms to 30 ms: %d hundredths", got)
	}
}
