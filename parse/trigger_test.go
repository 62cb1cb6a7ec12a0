package parse_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"analyzer/classify"
	"analyzer/classify/packs"
	"analyzer/parse"
)

// packReader reads what the product reads.
var packReader = sync.OnceValue(func() *parse.Reader {
	set, err := classify.Load(packs.FS)
	if err != nil {
		panic(err)
	}
	r, err := parse.Compile(set.Vocabulary())
	if err != nil {
		panic(err)
	}
	return r
})

// FuzzTriggers holds that triggers are found fast where they stand, and nowhere
// else.
func FuzzTriggers(f *testing.F) {
	for _, row := range lines {
		f.Add([]byte(row.line))
	}
	for i, word := range packReader().Triggers() {
		f.Add([]byte(strings.Repeat(" ", i%5) + word))
	}
	f.Fuzz(func(t *testing.T, record []byte) {
		if len(record) < 1<<14 {
			checkOpens(t, record)
		}
	})
}

func checkOpens(t *testing.T, record []byte) {
	t.Helper()
	r := packReader()
	if fast, slow := r.Opens(record), r.OpensSlowly(record); fast != slow {
		t.Errorf("opens %v, by looking at every place %v: %q", fast, slow, record)
	}
}

// TestStatusKeys holds that a number opens a record by the end of its key, however
// the words of the key are joined.
func TestStatusKeys(t *testing.T) {
	for key, opens := range map[string]bool{
		"status": true, "HTTP-STATUS": true, "Status_Code-": true, "upstream.s-t_atus": true, strings.Repeat("x", 99) + "status_code": true,
		"bytes": false, "tatus": false, "code_path": false, "-_": false, "": false,
	} {
		if got := packReader().Opens(fmt.Appendf(nil, `{"%s":404}`, key)); got != opens {
			t.Errorf("a status under %q opens: %v, want %v", key, got, opens)
		}
	}
}

// TestTriggersInMutations looks for triggers in lines that were bent at random,
// ten million where ANALYZER_FULL is set, and reads a part of them with and
// without the shortcut.
func TestTriggersInMutations(t *testing.T) {
	logs := 1
	if os.Getenv("ANALYZER_FULL") != "" {
		logs = 2500
	}
	lines := ownLines(t)
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			m := mutator{rand.New(rand.NewPCG(seed, 2)), lines}
			for i := range logs {
				log := m.log(1000)
				checkLines(t, log)
				if i%20 == 0 {
					checkShortcut(t, log)
				}
			}
		})
	}
}

func checkLines(t *testing.T, log []byte) {
	t.Helper()
	r := packReader()
	lines, opened := 0, 0
	finders := r.OpensLines(log)
	for line := range bytes.Lines(log) {
		line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
		checkOpens(t, line)
		opens := r.Opens(line)
		for i, together := range finders {
			if together[lines] != opens {
				t.Errorf("opens %v, among other lines, found in way %d, %v: %q", opens, i, !opens, line)
			}
		}
		lines++
		if opens {
			opened++
		}
	}
	if share := opened * 100 / lines; share < 20 || share > 95 {
		t.Errorf("%d %% of the lines hold a trigger: too few, or too many, to tell anything", share)
	}
}

// checkShortcut holds that opening every record of a log finds the same errors.
func checkShortcut(t *testing.T, log []byte) {
	t.Helper()
	short, a := scanWith(t, packReader(), string(log), 0, parse.Options{})
	full, b := scanWith(t, packReader(), string(log), 0, parse.Options{Full: true})
	if !slices.Equal(short, full) || a.Errors != b.Errors {
		t.Errorf("opened in full: %q, %+v\nby triggers: %q, %+v", full, flat(b), short, flat(a))
	}
	s := parse.NewScanner(packReader(), parse.Options{})
	s.ListFromStart()
	if listed, c := scanBy(t, s, string(log), 0); !slices.Equal(listed, short) || !reflect.DeepEqual(flat(c), flat(a)) {
		t.Errorf("by triggers that a kernel lists: %q, %+v\nthat a sieve stops at: %q, %+v", listed, flat(c), short, flat(a))
	}
}

// ownLines returns the lines of the bundled logs and of the accuracy benchmark.
func ownLines(t *testing.T) [][]byte {
	t.Helper()
	var all [][]byte
	for _, pattern := range []string{"../testdata/incident.log", "../testdata/logs/*.log", "../classify/testdata/accuracy/*.ndjson"} {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			t.Fatalf("%s: no file: %v", pattern, err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, bytes.Split(text, []byte("\n"))...)
		}
	}
	return all
}

// mutator bends lines as encoders, loggers and accidents do.
type mutator struct {
	*rand.Rand
	lines [][]byte
}

// log returns a log of n lines.
func (m *mutator) log(n int) (log []byte) {
	for range n {
		log = append(append(log, m.line()...), '\n')
	}
	return log
}

func (m *mutator) line() []byte {
	line := bytes.Clone(m.lines[m.IntN(len(m.lines))])
	for range m.IntN(4) {
		bend := mutations[m.IntN(len(mutations))]
		line = bend(m, line)
	}
	return line[:min(len(line), 4<<10)]
}

// place returns a place in line.
func (m *mutator) place(line []byte) int { return m.IntN(len(line) + 1) }

var mutations = []func(*mutator, []byte) []byte{
	(*mutator).nest, (*mutator).space, (*mutator).escape, (*mutator).swapCase, (*mutator).swapMembers,
	(*mutator).cut, (*mutator).putTrigger, (*mutator).putStatus, (*mutator).putByte, (*mutator).join,
}

// nest puts the line in a string.
func (m *mutator) nest(line []byte) []byte {
	return fmt.Appendf(nil, `{"log":%s}`, strconv.Quote(string(line)))
}

// space puts white space, as it is or escaped, after a colon.
func (m *mutator) space(line []byte) []byte {
	i := m.place(line)
	if next := bytes.IndexByte(line[i:], ':'); next >= 0 {
		i += next + 1
	}
	return slices.Insert(line, i, []byte([]string{" ", "  ", "\t", `\n`, `\\n `, `\t`}[m.IntN(6)])...)
}

// escape writes a byte as JSON may.
func (m *mutator) escape(line []byte) []byte {
	i := m.place(line)
	if i == len(line) {
		return line
	}
	return slices.Replace(line, i, i+1, fmt.Appendf(nil, `\u%04x`, line[i])...)
}

func (m *mutator) swapCase(line []byte) []byte {
	from := m.place(line)
	return append(line[:from:from], bytes.ToUpper(line[from:])...)
}

// swapMembers puts what follows a comma first.
func (m *mutator) swapMembers(line []byte) []byte {
	i := m.place(line)
	first, second, found := bytes.Cut(line[i:], []byte(","))
	if !found {
		return line
	}
	return slices.Concat(line[:i], second, []byte(","), first)
}

func (m *mutator) cut(line []byte) []byte {
	i, j := m.place(line), m.place(line)
	return line[min(i, j):max(i, j)]
}

func (m *mutator) putTrigger(line []byte) []byte {
	words := packReader().Triggers()
	word := words[m.IntN(len(words))]
	word = strings.ReplaceAll(word, `"`, strings.Repeat(`\`, m.IntN(3))+`"`)
	word = strings.ReplaceAll(word, ":", []string{"", " ", "\t "}[m.IntN(3)]+":")
	word = strings.ReplaceAll(word, ":", ":"+strings.Repeat(" ", m.IntN(3)))
	if strings.HasSuffix(strings.TrimSpace(word), ":") {
		word += []string{"null", "[]", `""`, `\"\"`, "7", "{}}"}[m.IntN(6)]
	}
	return slices.Insert(line, m.place(line), []byte(word)...)
}

func (m *mutator) putStatus(line []byte) []byte {
	return slices.Insert(line, m.place(line), fmt.Appendf(nil, "%s%d", []string{"", " ", ":", `":`, `"`, "="}[m.IntN(6)], 390+m.IntN(220))...)
}

func (m *mutator) putByte(line []byte) []byte {
	return slices.Insert(line, m.place(line), "\x00\\\"{}[]:,.- \tx5\xff"[m.IntN(16)])
}

// join puts the end of another line behind the beginning of this one.
func (m *mutator) join(line []byte) []byte {
	other := m.lines[m.IntN(len(m.lines))]
	return slices.Concat(line[:m.place(line)], other[m.place(other):])
}
