package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
)

// passage is a way by which a log reaches analyzer other than as a plain file.
type passage struct {
	name   string
	suffix string   // of the file in which the log is stored
	pack   []string // the program that stores it so, given the plain file; none stores it as it is
	unpack string   // the command that writes the stored log to a pipe
	piped  bool     // analyzer reads that pipe too, not the file
}

var passages = []passage{
	{"through a pipe", "", nil, "cat", true},
	{"gzip", ".gz", []string{"gzip", "-6", "-c"}, "gzip -dc", false},
	{"zstd", ".zst", []string{"zstd", "-q", "-3", "-c"}, "zstd -dc", false},
}

// tools returns the baseline, which counts the lines that come out of a pipe, and
// analyzer.
func (p *passage) tools(analyzer string) []tool {
	counted := tool{name: p.unpack + " | wc -l", program: "sh", job: "count lines", args: before("-c", p.unpack+` "$1" | wc -l`, "sh")}
	if !p.piped {
		return []tool{counted, {name: "analyzer", program: analyzer, job: "full report", args: onlyFile}}
	}
	reads := func(file string) []string { return []string{"-c", p.unpack + ` "$1" | "$2"`, "sh", file, analyzer} }
	return []tool{counted, {name: p.unpack + " | analyzer", program: "sh", job: "full report", args: reads}}
}

// needs returns the programs without which there is nothing to time.
func (p *passage) needs(analyzer string) []tool {
	needed := []tool{{program: "sh"}, {program: analyzer}}
	if len(p.pack) > 0 {
		needed = append(needed, tool{program: p.pack[0]})
	}
	return needed
}

// timePassages prints a table for each way, of the corpus plain. The sizes and
// speeds are those of the log, not of what it is packed into.
func timePassages(out io.Writer, plain file, percent int, size byteSize, analyzer string, runs int) error {
	for i := range passages {
		p := &passages[i]
		fmt.Fprintf(out, "\n%d %% errors, %v, %s\n", percent, size, p.name)
		if _, skipped := installed(p.needs(analyzer)); len(skipped) > 0 {
			fmt.Fprintln(out, skippedText(skipped))
			continue
		}
		stored, err := p.store(plain)
		if err != nil {
			return err
		}
		writeTable(out, timeAll(p.tools(analyzer), stored, stored, runs))
	}
	return nil
}

// store returns the corpus as it is stored for p; it makes the file if there is
// none.
func (p *passage) store(plain file) (file, error) {
	stored := file{plain.path + p.suffix, plain.size}
	if _, err := os.Stat(stored.path); err == nil {
		return stored, nil
	}
	packed, err := os.Create(stored.path + ".part")
	if err != nil {
		return file{}, fmt.Errorf("pack the corpus: %w", err)
	}
	pack := exec.Command(p.pack[0], append(p.pack[1:len(p.pack):len(p.pack)], plain.path)...)
	pack.Stdout = packed
	err = pack.Run()
	if closeErr := packed.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(packed.Name(), stored.path)
	}
	if err != nil {
		return file{}, fmt.Errorf("pack the corpus with %s: %w", p.pack[0], err)
	}
	return stored, nil
}
