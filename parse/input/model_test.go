package input

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestModel plays random sequences of what happens to logs, and of runs, some of
// which are killed, beside a model that knows each line by its number. A line
// that stands in a file when a run ends has been read, none has been read twice,
// and where lines were lost from a file that a run had seen, a run said so. With
// ANALYZER_FULL set, 5,000 sequences are played.
func TestModel(t *testing.T) {
	sequences := uint64(300)
	if os.Getenv("ANALYZER_FULL") != "" {
		sequences = 5000
	}
	for seed := range sequences {
		m := newModel(t, seed)
		for range 25 {
			m.step()
		}
		m.finish()
		if t.Failed() {
			t.Fatalf("sequence %d: %s", seed, strings.Join(m.story, ", "))
		}
	}
}

// model is a log that is written and rotated, and what is known of its lines.
type model struct {
	*testing.T
	dir    string
	random *rand.Rand
	story  []string
	banner string // that each new file begins with

	next    int              // number of the next line
	half    bool             // the last line of app.log is being written
	files   map[string][]int // lines that stand in a file, by its name
	seen    map[string]bool  // files that a run that was not killed has seen, with more than the banner in them
	read    map[int]int      // how often a line was read
	gone    []int            // lines that were lost from files that had been seen, since the last run
	cursors []Cursor
	now     time.Time
}

const live = "app.log"

func newModel(t *testing.T, seed uint64) *model {
	m := &model{
		T: t, dir: filepath.Join(t.TempDir(), "logs"), random: rand.New(rand.NewPCG(seed, 1)),
		files: map[string][]int{}, seen: map[string]bool{}, read: map[int]int{},
		now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC),
	}
	m.must(os.Mkdir(m.dir, 0o700))
	m.banner = strings.Repeat("=", []int{0, 60, 1500, 6000}[m.random.IntN(4)])
	if m.banner != "" {
		m.banner += "\n"
	}
	return m
}

func (m *model) must(err error) {
	m.Helper()
	if err != nil {
		m.Fatal(err)
	}
}

func (m *model) path(name string) string { return filepath.Join(m.dir, name) }

// step does one thing at random.
func (m *model) step() {
	steps := []struct {
		name string
		do   func()
	}{
		{"write", m.write}, {"write", m.write}, {"write", m.write}, {"write half a line", m.writeHalf},
		{"rotate", m.rotate}, {"rotate by copying", m.copyTruncate}, {"compress", m.compress},
		{"truncate", m.truncate}, {"delete", m.remove}, {"recreate", m.recreate},
		{"run", m.run}, {"run", m.run}, {"run", m.run}, {"run, killed", m.kill},
	}
	s := steps[m.random.IntN(len(steps))]
	m.story = append(m.story, s.name)
	s.do()
}

// append writes to the live log, which a new one begins with the banner.
func (m *model) append(text string) {
	f, err := os.OpenFile(m.path(live), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	m.must(err)
	info, err := f.Stat()
	m.must(err)
	if info.Size() == 0 {
		text = m.banner + text
	}
	_, err = f.WriteString(text)
	m.must(err)
	m.must(f.Close())
}

func (m *model) line() string {
	return fmt.Sprintf("#%d %s\n", m.next, strings.Repeat("x", m.random.IntN(60)))
}

func (m *model) write() {
	for range 1 + m.random.IntN(40) {
		text := m.line()
		if m.half {
			text = "\n"
		}
		m.append(text)
		m.files[live] = append(m.files[live], m.next)
		m.next++
		m.half = false
	}
}

// writeHalf leaves the line without its end. Its number counts once it has one.
func (m *model) writeHalf() {
	if !m.half {
		m.append(strings.TrimSuffix(m.line(), "\n"))
		m.half = true
	}
}

// shift makes room for app.log.1, and drops what is older than app.log.3. A file
// may have been compressed.
func (m *model) shift() {
	for i := 3; i > 0; i-- {
		for _, suffix := range []string{"", ".gz"} {
			old := fmt.Sprintf("%s.%d%s", live, i, suffix)
			if _, err := os.Lstat(m.path(old)); err != nil {
				continue
			}
			if i == 3 {
				m.drop(old)
				m.must(os.Remove(m.path(old)))
				continue
			}
			m.rename(old, fmt.Sprintf("%s.%d%s", live, i+1, suffix))
		}
	}
}

func (m *model) rename(from, to string) {
	m.must(os.Rename(m.path(from), m.path(to)))
	m.files[to], m.seen[to] = m.files[from], m.seen[from]
	delete(m.files, from)
	delete(m.seen, from)
}

// drop forgets the lines of a file that goes.
func (m *model) drop(name string) {
	if m.seen[name] {
		for _, n := range m.files[name] {
			if m.read[n] == 0 {
				m.gone = append(m.gone, n)
			}
		}
	}
	delete(m.files, name)
	delete(m.seen, name)
}

func (m *model) exists() bool {
	_, err := os.Lstat(m.path(live))
	return err == nil
}

// abandon gives up the half line of a log that nobody writes to any more.
func (m *model) abandon() {
	if m.half {
		m.half = false
		m.next++
	}
}

func (m *model) rotate() {
	if !m.exists() {
		return
	}
	m.abandon()
	m.shift()
	m.rename(live, live+".1")
}

func (m *model) copyTruncate() {
	if !m.exists() {
		return
	}
	m.abandon()
	m.shift()
	text, err := os.ReadFile(m.path(live))
	m.must(err)
	m.must(os.WriteFile(m.path(live+".1"), text, 0o600))
	m.must(os.Truncate(m.path(live), 0))
	m.files[live+".1"], m.files[live] = m.files[live], nil
	m.seen[live+".1"] = m.seen[live]
	delete(m.seen, live)
}

func (m *model) compress() {
	for i := 1; i <= 3; i++ {
		name := fmt.Sprintf("%s.%d", live, i)
		text, err := os.ReadFile(m.path(name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		m.must(err)
		m.must(os.WriteFile(m.path(name+".gz"), []byte(gzipped(m.T, string(text))), 0o600))
		m.must(os.Remove(m.path(name)))
		m.files[name+".gz"], m.seen[name+".gz"] = m.files[name], m.seen[name]
		delete(m.files, name)
		delete(m.seen, name)
		return
	}
}

func (m *model) truncate() {
	if m.exists() {
		m.abandon()
		m.drop(live)
		m.must(os.Truncate(m.path(live), 0))
	}
}

func (m *model) remove() {
	if m.exists() {
		m.abandon()
		m.drop(live)
		m.must(os.Remove(m.path(live)))
	}
}

// recreate removes the log and writes a longer one, which the system may give the
// same inode.
func (m *model) recreate() {
	m.remove()
	m.write()
	m.write()
}

// finish runs once more.
func (m *model) finish() {
	m.story = append(m.story, "run")
	m.run()
}

// sources returns the files, in any order.
func (m *model) sources() []Source {
	names := make([]string, 0, len(m.files))
	entries, err := os.ReadDir(m.dir)
	m.must(err)
	for _, e := range entries {
		names = append(names, m.path(e.Name()))
	}
	m.random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	sources, _ := Expand(names)
	return sources
}

// numbers reads what is new, and returns the numbers of the lines.
func (m *model) numbers(c *Continuation) (numbers []int) {
	for _, s := range c.Steps {
		m.must(s.Err)
		m.must(s.Read(context.Background(), Options{ChunkSize: 500}, func(c *Chunk) error {
			defer c.Release()
			for line := range strings.Lines(string(c.Data)) {
				var n int
				if _, err := fmt.Sscanf(line, "#%d", &n); err == nil {
					numbers = append(numbers, n)
				}
			}
			return nil
		}))
	}
	return numbers
}

func (m *model) continuation() *Continuation {
	m.now = m.now.Add(time.Hour)
	return Continue(m.sources(), m.cursors, Options{ChunkSize: 500}, endsWhole, m.now)
}

// kill is a run that keeps nothing.
func (m *model) kill() { m.numbers(m.continuation()) }

// run is a run that comes to its end.
func (m *model) run() {
	c := m.continuation()
	for _, n := range m.numbers(c) {
		if m.read[n]++; m.read[n] > 1 {
			m.Errorf("line %d was read twice", n)
		}
	}
	m.cursors = c.Cursors()
	for name, lines := range m.files {
		m.seen[name] = len(lines) > 0
		if i := slices.IndexFunc(lines, func(n int) bool { return m.read[n] == 0 }); i >= 0 {
			m.Errorf("line %d stands in %s and was not read", lines[i], name)
		}
	}
	if len(m.gone) > 0 && len(c.Lost) == 0 {
		m.Errorf("line %d was lost without a word", m.gone[0])
	}
	m.gone = nil
}
