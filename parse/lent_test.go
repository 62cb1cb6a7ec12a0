package parse_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"analyzer/parse"
	"analyzer/parse/input"
)

// logFile is a file of which the bytes can be lent to chunks.
type logFile struct {
	*os.File
}

func (f logFile) Regular() *os.File { return f.File }
func (f logFile) Viewed(int)        {}

// quiet are lines that hold nothing, as most do.
var quiet = bytes.Repeat([]byte(`{"level":"info","msg":"request served","status":200,"request_id":"4c1a7b9e"}`+"\n"), 3000)

// lentLog returns a log that is large enough to be viewed: quiet, then bent lines,
// blocks of several lines and holes between them.
func lentLog(t *testing.T) []byte {
	t.Helper()
	m := mutator{rand.New(rand.NewPCG(5, 6)), ownLines(t)}
	between := [][]byte{nil, []byte("{\n \"status\": 404\n}\n"), []byte("panic: x\n\tat y\n\n"), make([]byte, 300), []byte("\xef\xbb\xbf{}\r\n")}
	var log []byte
	for len(log) < 10<<20 {
		log = append(log, quiet...)
		for range m.IntN(3) {
			log = append(log, m.log(m.IntN(20))...)
			log = append(log, between[m.IntN(len(between))]...)
		}
	}
	return log
}

// scanLent returns the records of a file and their account, read in chunks that are
// lent. Before each it calls before.
func scanLent(t *testing.T, path string, o parse.Options, before func(*input.Chunk)) (records []string, a parse.Account) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := parse.NewScanner(packReader(), o)
	s.ListFromStart()
	options := input.Options{ChunkSize: 64 << 10, Cut: parse.Cut, Split: parse.Split, View: true}
	lent := 0
	result, err := input.Read(context.Background(), "app.log", logFile{f}, options, func(c *input.Chunk) error {
		defer c.Release()
		before(c)
		if c.Lent() {
			lent++
		}
		for s.Reset(c); s.Scan(); {
			records = append(records, describe(s.Record()))
		}
		a.Add(s.Account())
		return nil
	})
	if err != nil || result.Status != input.Complete {
		t.Fatalf("%+v, %v", result, err)
	}
	if lent == 0 {
		t.Skip("this system lends no files")
	}
	return records, a
}

// TestLentLikeRead holds that chunks in which a file is looked at give what those do
// into which it is read, also where it is cut short meanwhile.
func TestLentLikeRead(t *testing.T) {
	log := lentLog(t)
	inQuiet := (bytes.Index(log[1<<20:], quiet) + 1<<20 + len(quiet)/2) &^ (64<<10 - 1) // whole pages on all systems
	for _, size := range []int{len(log), inQuiet, 3 << 20} {
		for _, o := range []parse.Options{{}, {Full: true}, {Successes: true}} {
			t.Run(fmt.Sprintf("%d bytes, full %t, successes %t", size, o.Full, o.Successes), func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "app.log")
				if err := os.WriteFile(path, log, 0o600); err != nil {
					t.Fatal(err)
				}
				got, account := scanLent(t, path, o, func(c *input.Chunk) {
					if size < len(log) && c.Offset+int64(len(c.Data)) > int64(size) {
						if err := os.Truncate(path, int64(size)); err != nil {
							t.Fatal(err)
						}
					}
				})
				want, wantAccount := scanBy(t, parse.NewScanner(packReader(), o), string(log[:size]), 64<<10)
				if !slices.Equal(got, want) || !reflect.DeepEqual(account, wantAccount) {
					t.Errorf("got %d records, %+v\nwant %d, %+v", len(got), flat(account), len(want), flat(wantAccount))
				}
			})
		}
	}
}
