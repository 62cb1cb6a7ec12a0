package parse_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"analyzer/parse"
	"analyzer/parse/input"
)

// What a Scanner remembers of the records before changes nothing: one that has seen
// records with the same keys and other values says what a new one says.
func TestRecordsAreReadAlone(t *testing.T) {
	experienced := parse.NewScanner(packReader(), parse.Options{})
	for _, line := range linesOfLogs(t) {
		for _, variant := range variants(line) {
			want, wantAccount := readAlone(parse.NewScanner(packReader(), parse.Options{}), variant)
			for range 3 {
				if found, account := readAlone(experienced, variant); found != want || account != wantAccount {
					t.Fatalf("%s\nread alone:\n%s%+v\nafter others:\n%s%+v", variant, want, wantAccount, found, account)
				}
			}
		}
	}
}

// testLogs returns the paths of the logs below testdata.
func testLogs(t *testing.T) []string {
	t.Helper()
	logs, _ := filepath.Glob("../testdata/*/*.log")
	if len(logs) == 0 {
		t.Fatal("no logs")
	}
	return logs
}

// linesOfLogs returns the lines of the logs in testdata.
func linesOfLogs(t *testing.T) (lines []string) {
	t.Helper()
	for _, log := range testLogs(t) {
		data, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		lines = slices.AppendSeq(lines, strings.Lines(string(data)))
	}
	return lines
}

// token matches a key, a string or a number of JSON, however deep it is escaped.
var token = regexp.MustCompile(`(\\*)(?:"[^"\\]*\\*"(\s*:)?|\b\d+\b)`)

// The keys and values that stand in place of others in variants.
var (
	otherKeys   = []string{"some_error", "some_title", "error", "errors", "data", "type", "msg", "status", "name", "response"}
	otherValues = []string{`""`, `"x"`, `"is not valid"`, `"NOT_FOUND"`, `"error"`, "0", "404", "200", "true", "null"}
)

// variants returns a line as it is and with one key or value in three replaced by
// another.
func variants(line string) []string {
	all := []string{line}
	for n, at := range token.FindAllStringSubmatchIndex(line, -1) {
		if (n+len(line))%3 > 0 {
			continue
		}
		other := otherValues[n%len(otherValues)]
		if isKey := at[4] >= 0; isKey {
			other = `"` + otherKeys[n%len(otherKeys)] + `":`
		}
		slashes := line[at[2]:at[3]]
		all = append(all, line[:at[0]]+strings.ReplaceAll(other, `"`, slashes+`"`)+line[at[1]:])
	}
	return all
}

// readAlone returns what s says of a line.
func readAlone(s *parse.Scanner, line string) (found string, a parse.Account) {
	s.Reset(&input.Chunk{Source: "app.log", Data: []byte(line)})
	for s.Scan() {
		found += describe(s.Record())
		for _, d := range s.Record().Errors {
			found += fmt.Sprintf(" %q %q", d.Reasons, d.Texts)
		}
	}
	a = *s.Account()
	a.FirstDoubt = nil
	return found, a
}
