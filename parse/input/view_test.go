package input

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// testBorder returns where the last record begins of which a line is there in full,
// or that before which a hole ends.
func testBorder(data []byte) (n int) {
	var prev []byte
	at := 0
	for line := range bytes.Lines(data) {
		if line[0] == 0 || !bytes.HasSuffix(line, newline) {
			break
		}
		if at > 0 && testCut(trimEnd(prev), trimEnd(line)) {
			n = at
		}
		prev, at = line, at+len(line)
	}
	return n
}

// stored is a file that can be viewed.
type stored struct {
	*os.File
	lent   bool // to chunks
	viewed int
}

func (s *stored) Regular() *os.File { return s.File }
func (s *stored) Viewed(n int)      { s.viewed += n }

// storedFile writes a file that holds what r does.
func storedFile(t testing.TB, r io.Reader) *stored {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "app.log"))
	if err == nil {
		_, err = io.Copy(f, r)
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return &stored{File: f}
}

// TestViewedSize holds that each byte of a file is taken in once.
func TestViewedSize(t *testing.T) {
	data := strings.Repeat("one line\n", 100_000)
	f := storedFile(t, strings.NewReader(data))
	collect(t, data, f, 1<<10, MaxRecord)
	read, err := f.Seek(0, io.SeekCurrent)
	if err != nil || int(read)+f.viewed != len(data) {
		t.Errorf("%d bytes read, %d viewed, want %d in all, error %v", read, f.viewed, len(data), err)
	}
}

// truncated is a file that is cut short as soon as some of it was viewed.
type truncated struct {
	*stored
	size int64
}

func (f *truncated) Viewed(n int) {
	if f.viewed == 0 {
		os.Truncate(f.Name(), f.size)
	}
	f.stored.Viewed(n)
}

// TestViewOfTruncated holds that a file that is cut short while it is viewed is
// read up to its new end.
func TestViewOfTruncated(t *testing.T) {
	data := strings.Repeat("a line\n of two\n", 30_000)
	for _, size := range []int{256 << 10, 320 << 10} { // whole pages on all systems
		for _, chunkSize := range []int{4 << 10, 100 << 10} {
			f := &truncated{storedFile(t, strings.NewReader(data)), int64(size)}
			got := collect(t, data[:size], f, chunkSize, MaxRecord)
			if want := pieces(data[:size], MaxRecord); !slices.Equal(got, want) {
				t.Errorf("%d records in chunks of %d, want %d", len(got), chunkSize, len(want))
			}
		}
	}
}

// TestLentOfTruncated holds that a file that is cut short while chunks hold its bytes
// is read up to its new end.
func TestLentOfTruncated(t *testing.T) {
	data := strings.Repeat("a line\n of two\n", 30_000)
	for _, size := range []int{0, 64 << 10, 320 << 10} { // whole pages on all systems
		for _, chunkSize := range []int{4 << 10, 100 << 10} {
			f := storedFile(t, strings.NewReader(data))
			var got []byte
			o := Options{ChunkSize: chunkSize, Cut: testCut, View: true, view: 64 << 10}
			result, err := Read(t.Context(), "", f, o, func(c *Chunk) error {
				defer c.Release()
				if err := os.Truncate(f.Name(), int64(size)); err != nil {
					t.Fatal(err)
				}
				c.Look(func() { got = append(got[:min(len(got), int(c.Offset))], c.Data...) })
				return nil
			})
			if err != nil || result.Status != Complete || string(got) != data[:size] {
				t.Errorf("cut to %d, chunks of %d: %d bytes, %+v, %v", size, chunkSize, len(got), result, err)
			}
		}
	}
}
