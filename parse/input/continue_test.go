package input

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// rotation is a directory of logs that is read in runs.
type rotation struct {
	*testing.T
	dir     string
	cursors []Cursor
	now     time.Time
	lines   int
}

func newRotation(t *testing.T) *rotation {
	return &rotation{T: t, dir: t.TempDir(), now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
}

func (r *rotation) path(name string) string { return filepath.Join(r.dir, name) }

func (r *rotation) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

// log appends n lines to a file. Each is another one.
func (r *rotation) log(name string, n int) {
	var text strings.Builder
	for range n {
		r.lines++
		fmt.Fprintf(&text, "line %d %s\n", r.lines, strings.Repeat("x", 90))
	}
	r.append(name, text.String())
}

func (r *rotation) append(name, text string) {
	f, err := os.OpenFile(r.path(name), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	r.must(err)
	_, err = f.WriteString(text)
	r.must(err)
	r.must(f.Close())
}

func (r *rotation) rename(from, to string) { r.must(os.Rename(r.path(from), r.path(to))) }
func (r *rotation) remove(name string)     { r.must(os.Remove(r.path(name))) }
func (r *rotation) truncate(name string)   { r.must(os.Truncate(r.path(name), 0)) }

func (r *rotation) copy(from, to string) {
	text, err := os.ReadFile(r.path(from))
	r.must(err)
	r.must(os.WriteFile(r.path(to), text, 0o600))
}

func (r *rotation) compress(from, to string) {
	text, err := os.ReadFile(r.path(from))
	r.must(err)
	r.must(os.WriteFile(r.path(to), []byte(gzipped(r.T, string(text))), 0o600))
	r.remove(from)
}

// run reads what is new, and says what that is: by file the first word of lines,
// with the number of the line, then what is lost or failed.
func (r *rotation) run() string {
	r.Helper()
	sources, _ := Expand([]string{r.dir})
	if len(sources) == 1 && sources[0].Err != nil {
		sources = nil // the directory is empty
	}
	c := Continue(sources, r.cursors, Options{ChunkSize: 1000}, endsWhole, r.now)
	r.now = r.now.Add(time.Hour)
	var said []string
	for _, s := range c.Steps {
		name := filepath.Base(s.Path)
		if s.Err == nil && s.New() > 0 {
			var numbers []string
			err := s.Read(context.Background(), Options{ChunkSize: 1000}, func(c *Chunk) error {
				defer c.Release()
				for i, line := range strings.Split(strings.TrimSuffix(string(c.Data), "\n"), "\n") {
					numbers = append(numbers, fmt.Sprintf("%.6s@%d", strings.TrimPrefix(strings.TrimSpace(line), "line "), c.Line()+int64(i)))
				}
				return nil
			})
			r.must(err)
			said = append(said, name+" "+abridged(numbers))
		}
		if s.Err != nil {
			said = append(said, name+": "+s.Err.Error())
		}
	}
	for _, k := range c.Lost {
		said = append(said, "lost after "+filepath.Base(k.Path)+fmt.Sprintf(" %d", k.Offset))
	}
	r.cursors = c.Cursors()
	return strings.Join(said, ", ")
}

// abridged writes "1 x@1", "2 x@2", "3 x@3" as 1@1-3@3.
func abridged(numbers []string) string {
	for i, n := range numbers {
		word, place, _ := strings.Cut(n, "@")
		word, _, _ = strings.Cut(word, " ")
		numbers[i] = word + "@" + place
	}
	if len(numbers) < 3 {
		return strings.Join(numbers, " ")
	}
	return numbers[0] + "-" + numbers[len(numbers)-1]
}

func endsWhole(block []byte) bool { return strings.HasSuffix(string(block), "\n") }

func (r *rotation) want(what, want string) {
	r.Helper()
	if got := r.run(); got != want {
		r.Errorf("%s: %q, want %q", what, got, want)
	}
	if got := r.run(); got != "" {
		r.Errorf("%s, read again: %q, want nothing", what, got)
	}
}

// TestRotations reads logs while they are written and rotated in each way. The
// run after each of them finds what is new, the next one nothing.
func TestRotations(t *testing.T) {
	const banner = 5000 // bytes that many files begin with
	for _, row := range []struct {
		name string
		do   func(r *rotation)
		want string
	}{
		{"nothing", func(r *rotation) {}, ""},
		{"growth", func(r *rotation) { r.log("app.log", 3) }, "app.log 101@101-103@103"},
		{"rename", func(r *rotation) {
			r.log("app.log", 3)
			r.rename("app.log", "app.log.1")
			r.log("app.log", 3)
		}, "app.log 104@1-106@3, app.log.1 101@101-103@103"},
		{"rename twice", func(r *rotation) {
			r.log("app.log", 2)
			r.rename("app.log", "app.log.1")
			r.log("app.log", 2)
			r.rename("app.log.1", "app.log.2")
			r.rename("app.log", "app.log.1")
		}, "app.log.1 103@1 104@2, app.log.2 101@101 102@102"},
		{"copytruncate", func(r *rotation) {
			r.log("app.log", 2)
			r.copy("app.log", "app.log.1")
			r.truncate("app.log")
			r.log("app.log", 2)
		}, "app.log 103@1 104@2, app.log.1 101@101 102@102"},
		{"copytruncate, regrown beyond the cursor", func(r *rotation) {
			r.log("app.log", 2)
			r.copy("app.log", "app.log.1")
			r.truncate("app.log")
			r.log("app.log", 150)
		}, "app.log 103@1-252@150, app.log.1 101@101 102@102"},
		{"truncation without a copy", func(r *rotation) {
			r.log("app.log", 2)
			r.truncate("app.log")
			r.log("app.log", 2)
		}, "app.log 103@1 104@2, lost after app.log 9892"},
		{"truncation, regrown beyond the cursor", func(r *rotation) {
			r.truncate("app.log")
			r.log("app.log", 150)
		}, "app.log 101@1-250@150, lost after app.log 9892"},
		{"compression", func(r *rotation) {
			r.log("app.log", 3)
			r.compress("app.log", "app.log.1.gz")
			r.log("app.log", 1)
		}, "app.log 104@1, app.log.1.gz 101@101-103@103"},
		{"compression of what was read", func(r *rotation) {
			r.compress("app.log", "app.log.1.gz")
		}, ""},
		{"deletion", func(r *rotation) {
			r.log("app.log", 1)
			r.remove("app.log")
		}, "lost after app.log 9892"},
		{"deletion and a new file, of the same inode where the system likes", func(r *rotation) {
			r.remove("app.log")
			r.log("app.log", 120)
		}, "app.log 101@1-220@120, lost after app.log 9892"},
		{"equal heads", func(r *rotation) {
			r.append("a.log", strings.Repeat("=", banner)+"\n")
			r.append("b.log", strings.Repeat("=", banner)+"\n")
			r.log("a.log", 1)
			r.log("b.log", 1)
		}, "a.log ======@1 101@2, b.log ======@1 102@2"},
		{"a copy", func(r *rotation) {
			r.copy("app.log", "app.bak")
			r.log("app.log", 1)
		}, "app.log 101@101"},
		{"a line that is being written", func(r *rotation) {
			r.log("app.log", 1)
			r.append("app.log", "line 9")
		}, "app.log 101@101"},
		{"a compressed file cut short", func(r *rotation) {
			text := gzipped(r.T, strings.Repeat("line 7\n", 1000))
			r.append("b.log.gz", text[:len(text)-3])
			r.log("app.log", 1)
		}, "app.log 101@101, b.log.gz: gzip: unexpected end of data at compressed byte 55"},
		{"an empty file", func(r *rotation) { r.append("b.log", "") }, ""},
		{"a binary file", func(r *rotation) { r.append("b.log", "\x7fELF\x00\x01\x02") }, "b.log: not a text log (binary)"},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := newRotation(t)
			r.log("app.log", 100)
			r.want("first run", "app.log 1@1-100@100")
			row.do(r)
			if got := r.run(); got != row.want {
				t.Errorf("%q, want %q", got, row.want)
			}
			if again := r.run(); again != "" && !strings.Contains(row.want, ": ") {
				t.Errorf("read again: %q, want nothing", again)
			}
		})
	}
}

// TestRest: what rotation put aside may go without a word once it was read; what
// is written to may not.
func TestRest(t *testing.T) {
	r := newRotation(t)
	r.log("app.log", 100)
	r.log("app.log.2", 10)
	r.compress("app.log.2", "app.log.3.gz")
	r.run()
	r.rename("app.log", "app.log.1")
	r.log("app.log", 10)
	r.want("rename", "app.log 111@1-120@10")
	r.remove("app.log.1")
	r.remove("app.log.3.gz")
	r.want("files at rest are removed", "")
	r.append("app.log", "half a line")
	r.want("half a line", "")
	r.rename("app.log", "app.log.1")
	r.want("rename with half a line", "")
	r.remove("app.log.1")
	r.want("half a line is removed", "lost after app.log.1 1000")
}

// TestComesBack: a file that is not found for a while is not read twice.
func TestComesBack(t *testing.T) {
	r := newRotation(t)
	r.log("app.log", 100)
	r.run()
	away := filepath.Join(t.TempDir(), "away")
	r.must(os.Rename(r.path("app.log"), away))
	r.want("moved away", "lost after app.log 9892")
	r.must(os.Rename(away, r.path("old.log")))
	r.want("back under another name", "")
	r.log("old.log", 1)
	r.want("grown", "old.log 101@101")
}

// TestHalfLine: a line is read when it is whole, once, as the line that it is.
func TestHalfLine(t *testing.T) {
	r := newRotation(t)
	r.append("app.log", "line 1\nline 2")
	r.want("one and a half", "app.log 1@1")
	r.append("app.log", "2\nline 3\n")
	r.want("the rest", "app.log 22@2 3@3")
	r.append("long.log", strings.Repeat("y", MaxRecord+100))
	r.want("a line beyond the longest", "")
	r.append("long.log", "\nline 4\n")
	r.want("its end", "long.log yyyyyy@1 4@2")
}

// TestSeenTwice: a file that is renamed while sources are looked at is read once.
func TestSeenTwice(t *testing.T) {
	r := newRotation(t)
	r.log("app.log", 5)
	r.run()
	r.log("app.log", 1)
	r.must(os.Link(r.path("app.log"), r.path("app.log.1"))) // both names at a time
	sources := []Source{{Path: r.path("app.log")}, {Path: r.path("app.log.1")}}
	c := Continue(sources, r.cursors, Options{}, endsWhole, r.now)
	if len(c.Steps) != 1 || c.Copies != 1 || len(c.Lost) > 0 {
		t.Errorf("%d steps, %d copies, %d lost", len(c.Steps), c.Copies, len(c.Lost))
	}
}

// TestPlannedFileIsRead: what is renamed, truncated or replaced between the
// planning and the reading is not mixed up.
func TestPlannedFileIsRead(t *testing.T) {
	for name, do := range map[string]func(r *rotation){
		"truncated": func(r *rotation) { r.truncate("app.log") },
		"regrown":   func(r *rotation) { r.truncate("app.log"); r.log("app.log", 200) },
		"replaced":  func(r *rotation) { r.rename("app.log", "x"); r.log("app.log", 200) },
		"removed":   func(r *rotation) { r.remove("app.log") },
	} {
		r := newRotation(t)
		r.log("app.log", 100)
		sources, _ := Expand([]string{r.dir})
		c := Continue(sources, nil, Options{}, endsWhole, r.now)
		do(r)
		err := c.Steps[0].Read(context.Background(), Options{}, func(c *Chunk) error { c.Release(); return nil })
		if err == nil && (c.Steps[0].Err == nil || len(c.Cursors()) != 0) {
			t.Errorf("%s: read as if nothing had happened", name)
		}
	}
}
