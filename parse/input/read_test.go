package input

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
)

// testCut is a rule like the one that the reader of logs uses.
func testCut(prev, next []byte) bool {
	if bytes.HasSuffix(prev, []byte("P")) {
		return false
	}
	return len(next) == 0 || !bytes.ContainsRune([]byte(" \t}],"), rune(next[0]))
}

// piece is what a reader of chunks sees of one record.
type piece struct {
	offset, line int64
	text         string
	lines        bool
	oversize     int64
	padding      int64
}

func (p piece) String() string {
	return fmt.Sprintf("%d:%d lines=%t oversize=%d padding=%d %.40q", p.offset, p.line, p.lines, p.oversize, p.padding, p.text)
}

// pieces says what data holds, block by block, in the words of the package's
// documentation rather than of its code.
func pieces(data string, max int) []piece {
	var list []piece
	padding, at := int64(0), 0
	add := func(n int, lines bool, oversize int) {
		text := data[at : at+n]
		if oversize > 0 {
			text = data[at : at+min(headLength, max)]
		}
		list = append(list, piece{int64(at), 1 + int64(strings.Count(data[:at], "\n")), text, lines, int64(oversize), padding})
		at, padding = at+n, 0
	}
	for {
		for at < len(data) && data[at] == 0 {
			at, padding = at+1, padding+1
		}
		if at == len(data) {
			break
		}
		block := blockLines(data[at:], max)
		switch {
		case len(strings.Join(block, "")) <= max:
			add(len(strings.Join(block, "")), false, 0)
		default:
			for _, line := range block {
				if len(line) > max {
					add(len(line), false, len(line))
				} else {
					add(len(line), true, 0)
				}
			}
		}
	}
	if padding > 0 {
		add(0, false, 0)
	}
	return list
}

// blockLines returns the lines up to the next cut.
func blockLines(data string, max int) []string {
	var lines []string
	for line := range strings.Lines(data) {
		if n := len(lines); n > 0 {
			next := line[:min(len(line), max)]
			if line[0] == 0 || testCut(trimEnd([]byte(lines[n-1])), trimEnd([]byte(next))) {
				break
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// collect reads r and returns the pieces of its chunks, which it splits further
// where a record begins. It fails the test if a chunk breaks a promise.
func collect(t testing.TB, data string, r io.Reader, chunkSize, max int) []piece {
	t.Helper()
	var list []piece
	var covered int64
	skim := func(b []byte) (n, lines int) {
		if !strings.HasPrefix(data[covered:], string(b)) {
			t.Errorf("%.60q is viewed at %d, where the source holds %.60q", b, covered, data[covered:])
		}
		if n = testBorder(b); n == 0 {
			return 0, 0
		}
		passed := &Chunk{Offset: covered, passed: int64(strings.Count(data[:covered], "\n")), Data: b[:n]}
		list = append(list, split(passed, max)...)
		covered += int64(n)
		return n, bytes.Count(b[:n], newline)
	}
	o := Options{ChunkSize: chunkSize, Cut: testCut, Skim: skim, view: 1}
	if f, ok := r.(*stored); ok && f.lent {
		o.Skim, o.View = nil, true
	}
	result, err := read(t.Context(), "app.log", r, o, max, func(c *Chunk) error {
		defer c.Release()
		if covered += c.Padding; c.Offset != covered {
			t.Errorf("chunk at %d, want it at %d", c.Offset, covered)
		}
		var parts []piece
		c.Look(func() {
			if got := data[c.Offset:][:len(c.Data)]; got != string(c.Data) {
				t.Errorf("chunk at %d holds %.60q, the source %.60q", c.Offset, c.Data, got)
			}
			parts = split(c, max)
		})
		if covered += int64(len(c.Data)); c.Oversize > 0 {
			covered = c.Offset + c.Oversize
		}
		if len(parts) > 1 && len(c.Data) > min(chunkSize, max) {
			t.Errorf("chunk of %d records has %d bytes, want at most %d", len(parts), len(c.Data), chunkSize)
		}
		list = append(list, parts...)
		return nil
	})
	want := Result{Status: Complete, Bytes: int64(len(data))}
	if err != nil || result != want || covered != int64(len(data)) {
		t.Errorf("got %+v, %v and %d bytes covered, want %+v", result, err, covered, want)
	}
	return list
}

// split returns the records of a chunk.
func split(c *Chunk, max int) []piece {
	p := piece{offset: c.Offset, line: c.Line(), lines: c.Inside, oversize: c.Oversize, padding: c.Padding}
	if c.Oversize > 0 || len(c.Data) == 0 {
		p.text = string(c.Data)
		return []piece{p}
	}
	var list []piece
	for rest := string(c.Data); rest != ""; {
		if c.Inside {
			p.text = strings.SplitAfterN(rest, "\n", 2)[0]
		} else {
			text := strings.TrimLeft(rest, "\x00")
			p.padding += int64(len(rest) - len(text))
			p.offset += int64(len(rest) - len(text))
			if rest = text; rest == "" {
				p.text = ""
				return append(list, p)
			}
			p.text = strings.Join(blockLines(rest, max), "")
		}
		n := len(p.text)
		list = append(list, p)
		p.offset += int64(n)
		p.line += int64(strings.Count(p.text, "\n"))
		p.padding = 0
		rest = rest[n:]
	}
	return list
}

// sources are small logs that hold every kind of border. With a longest record
// of 16 bytes many of their blocks are too long.
var sources = map[string]string{
	"empty":               "",
	"one line":            "a\n",
	"no line end":         "a\nb",
	"only line ends":      "\n\n\n",
	"CRLF":                "a\r\n b\r\nc\r\n\r\n",
	"lone CR":             "a\rb\r",
	"blocks":              "{\n a\n}\n{\n b\n}\nplain\n",
	"partials":            "1P\n2P\n3\n4\n",
	"exact block":         "0123456789\n 34\n!\nnext\n",
	"block too long":      "0123456789\n 3456\n!\n }\nnext\n",
	"block to the end":    "0123456789\n 3456",
	"line of 15":          "012345678901234\nb\n",
	"line of 16":          "0123456789012345\nb\n",
	"last line of 16":     "a\n0123456789012345",
	"last line of 17":     "a\n01234567890123456",
	"long line":           "a\n" + strings.Repeat("x", 100) + "\nb\n",
	"long line in lines":  "[\n 1,\n 2,\n 3,\n 4,\n 5,\n " + strings.Repeat("6", 40) + ",\n 7,\n 8\n]\nb\n",
	"two long lines":      strings.Repeat("x", 40) + "\n" + strings.Repeat("y", 50) + "\n",
	"one array":           "[\n" + strings.Repeat(" {\"a\": 1},\n", 20) + "]\n",
	"hole at start":       "\x00\x00\x00\x00a\nb\n",
	"hole after a line":   "a\n\x00\x00\x00b\n\x00\n",
	"hole in a line":      "a\x00\x00b\nc\n",
	"hole at the end":     "a\n\x00\x00\x00",
	"hole in a block":     "{\n a\n\x00\x00}\nb\n",
	"hole in lines":       "[\n 1,\n 2,\n 3,\n 4,\n\x00 5,\n 6\n]\n",
	"hole before nothing": "\x00\x00\x00\n",
	"only a hole":         strings.Repeat("\x00", 10_000),
	"hole before long":    "\x00\x00" + strings.Repeat("x", 40) + "\nb\n",
}

// TestChunksAndReads reads every source with all sorts of chunk and read sizes:
// the records must be the same.
func TestChunksAndReads(t *testing.T) {
	readers := map[string]func(io.Reader) io.Reader{
		"whole":    func(r io.Reader) io.Reader { return r },
		"one byte": iotest.OneByteReader,
		"half":     iotest.HalfReader,
		"data+EOF": iotest.DataErrReader,
		"viewed":   func(r io.Reader) io.Reader { return storedFile(t, r) },
		"lent": func(r io.Reader) io.Reader {
			f := storedFile(t, r)
			f.lent = true
			return f
		},
	}
	for name, data := range sources {
		for _, max := range []int{16, MaxRecord} {
			want := pieces(data, max)
			for _, size := range []int{1, 2, 3, 7, 15, 16, 17, 100, DefaultChunkSize} {
				for kind, wrap := range readers {
					got := collect(t, data, wrap(strings.NewReader(data)), size, max)
					if !slices.Equal(got, want) {
						t.Errorf("%s, longest record %d, chunks of %d, %s reads:\ngot  %v\nwant %v", name, max, size, kind, got, want)
					}
				}
			}
		}
	}
}

// TestBuffersFull holds that nothing changes where a buffer ends inside a line and
// what is held of it moves.
func TestBuffersFull(t *testing.T) {
	var array strings.Builder
	for i := range slack / 2 {
		fmt.Fprintf(&array, " %d,\n", 1<<(i*i%30))
	}
	for name, data := range map[string]string{
		"block": strings.Repeat("a\n", slack/2-100) + "{\n b\n " + strings.Repeat("c", 400) + "\n}\n" + strings.Repeat("d\n", slack/2),
		"array": "[\n" + array.String() + "]\nb\n",
	} {
		for _, max := range []int{16, MaxRecord} {
			want := pieces(data, max)
			for _, size := range []int{7, 16, 100} {
				if got := collect(t, data, strings.NewReader(data), size, max); !slices.Equal(got, want) {
					t.Errorf("%s, longest record %d, chunks of %d: %d records, want %d, or others", name, max, size, len(got), len(want))
				}
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	if len(sources) == 0 {
		f.Fatal("no seeds")
	}
	for _, data := range sources {
		f.Add([]byte(data), uint16(3), uint16(16), uint8(2))
	}
	f.Fuzz(func(t *testing.T, data []byte, chunkSize, max uint16, readSize uint8) {
		if _, compression := open(&counter{r: bytes.NewReader(data)}, 1); compression != "" {
			t.Skip("compressed")
		}
		longest := int(max) + 1
		r := &sizedReader{r: bytes.NewReader(data), n: int(readSize) + 1}
		got := collect(t, string(data), r, int(chunkSize)+1, longest)
		if want := pieces(string(data), longest); !slices.Equal(got, want) {
			t.Errorf("got  %v\nwant %v", got, want)
		}
	})
}

// sizedReader returns at most n bytes at a time.
type sizedReader struct {
	r io.Reader
	n int
}

func (s *sizedReader) Read(p []byte) (int, error) { return s.r.Read(p[:min(len(p), s.n)]) }

// TestMaxRecord pins the limit to the byte, in the real size.
func TestMaxRecord(t *testing.T) {
	for _, test := range []struct {
		length   int // line end included
		oversize int64
	}{
		{MaxRecord - 1, 0},
		{MaxRecord, 0},
		{MaxRecord + 1, MaxRecord + 1},
		{3*MaxRecord + 5, 3*MaxRecord + 5},
	} {
		line := strings.Repeat("x", test.length-1) + "\n"
		data := "before\n" + line + "after\n"
		got := collect(t, data, strings.NewReader(data), DefaultChunkSize, MaxRecord)
		if len(got) != 3 || got[1].oversize != test.oversize || got[2].text != "after\n" || got[2].line != 3 {
			t.Errorf("line of %d bytes: got %v", test.length, got)
			continue
		}
		if want := min(test.length, MaxRecord); test.oversize > 0 && got[1].text != line[:headLength] || test.oversize == 0 && len(got[1].text) != want {
			t.Errorf("line of %d bytes: %d of them shown", test.length, len(got[1].text))
		}
	}
}

// TestHugeArray reads one array that is longer than a record may be: element by
// element, and then as before.
func TestHugeArray(t *testing.T) {
	element := " {\"status\": 500, \"message\": \"boom\"},\n"
	data := "[\n" + strings.Repeat(element, 2*MaxRecord/len(element)) + "]\n{\"a\": 1}\n"
	got := collect(t, data, strings.NewReader(data), DefaultChunkSize, MaxRecord)
	for i, p := range got {
		if last := i == len(got)-1; p.lines == last {
			t.Fatalf("piece %d of %d: %v", i, len(got), p)
		}
	}
	if want := strings.Count(data, "\n"); len(got) != want {
		t.Errorf("%d pieces, want %d", len(got), want)
	}
}

func TestHugeHole(t *testing.T) {
	const hole = 64 << 20
	data := io.MultiReader(strings.NewReader("a\n"), io.LimitReader(zeros{}, hole), strings.NewReader("b\n"))
	var got []piece
	result, err := Read(t.Context(), "", data, Options{}, func(c *Chunk) error {
		defer c.Release()
		got = append(got, split(c, MaxRecord)...)
		return nil
	})
	want := []piece{{line: 1, text: "a\n"}, {offset: hole + 2, line: 2, text: "b\n", padding: hole}}
	if err != nil || result.Bytes != hole+4 || !slices.Equal(got, want) {
		t.Fatalf("got %+v, %v, pieces %v, want %v", result, err, got, want)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestChunksOutliveEmit keeps all chunks while the source is read on, and releases
// them elsewhere.
func TestChunksOutliveEmit(t *testing.T) {
	data := strings.Repeat("line of a log\n", 300_000)
	var wg sync.WaitGroup
	_, err := Read(t.Context(), "", strings.NewReader(data), Options{ChunkSize: 100_000}, func(c *Chunk) error {
		wg.Go(func() {
			if want := data[c.Offset:][:len(c.Data)]; string(c.Data) != want {
				t.Errorf("chunk at %d changed", c.Offset)
			}
			c.Release()
			c.Release()
		})
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	wg.Wait()
}

func TestReadError(t *testing.T) {
	broken := &os.PathError{Op: "read", Path: "/var/log/app.log", Err: errors.New("input/output error")}
	for _, test := range []struct {
		data string
		want Result
	}{
		{"", Result{Status: Failed, Reason: "read at byte 0: input/output error"}},
		{"a\nb", Result{Status: Partial, Reason: "read at byte 3: input/output error", Bytes: 3}},
	} {
		var got []byte
		r := io.MultiReader(strings.NewReader(test.data), iotest.ErrReader(broken))
		result, err := Read(t.Context(), "", r, Options{}, func(c *Chunk) error {
			got = append(got, c.Data...)
			return nil
		})
		if err != nil || result != test.want || string(got) != test.data {
			t.Errorf("after %q: got %+v, %v, data %q", test.data, result, err, got)
		}
	}
}

func TestReadNoProgress(t *testing.T) {
	result, err := Read(t.Context(), "", idle{}, Options{}, nil)
	if err != nil || result.Status != Failed || !strings.Contains(result.Reason, io.ErrNoProgress.Error()) {
		t.Errorf("got %+v, %v", result, err)
	}
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

func TestEmitError(t *testing.T) {
	full := errors.New("no room")
	calls := 0
	result, err := Read(t.Context(), "", strings.NewReader("a\nb\n"), Options{ChunkSize: 1}, func(c *Chunk) error {
		calls++
		return full
	})
	want := Result{Status: Partial, Reason: "no room", Bytes: 2}
	if err != full || result != want || calls != 1 {
		t.Errorf("got %+v, %v after %d calls", result, err, calls)
	}
}

// TestInterrupted ends the context in the middle of a line: the lines before it
// come out, that line does not.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r := io.MultiReader(strings.NewReader("a\nb\nbroken"), readerFunc(func([]byte) (int, error) {
		cancel()
		return 0, nil
	}), strings.NewReader(" off\n"))
	var got []byte
	result, err := Read(ctx, "", r, Options{ChunkSize: 1}, func(c *Chunk) error {
		got = append(got, c.Data...)
		return nil
	})
	if err != context.Canceled || result.Status != Partial || string(got) != "a\nb\n" || result.Bytes != 4 {
		t.Errorf("got %+v, %v, data %q", result, err, got)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func BenchmarkRead(b *testing.B) {
	line := `{"time":"2026-01-02T03:04:05Z","level":"info","msg":"request served","status":200,"path":"/v1/project/x/service/y","ms":12}` + "\n"
	data := bytes.Repeat([]byte(line), 64<<20/len(line))
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		_, err := Read(b.Context(), "", bytes.NewReader(data), Options{Cut: testCut}, func(c *Chunk) error {
			c.Release()
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// TestPause holds that whole records come out of a source that pauses.
func TestPause(t *testing.T) {
	seen := ""
	fill := strings.Repeat("x", 600) + "\n" // more than is looked at to tell the compression
	lines := []string{"a" + fill, "b" + fill + "c", "d" + fill, "e" + fill}
	wants := []string{"", "", "a" + fill, "a" + fill + "b" + fill}
	step := 0
	r := readerFunc(func(p []byte) (int, error) {
		if step == len(lines) {
			return 0, io.EOF
		}
		if seen != wants[step] {
			t.Errorf("before %q: %q came out, want %q", lines[step], seen, wants[step])
		}
		step++
		return copy(p, lines[step-1]), nil
	})
	_, err := Read(t.Context(), "", r, Options{Cut: testCut}, func(c *Chunk) error {
		seen += string(c.Data)
		return nil
	})
	if want := strings.Join(lines, ""); err != nil || seen != want {
		t.Errorf("got %q, %v, want %q", seen, err, want)
	}
}
