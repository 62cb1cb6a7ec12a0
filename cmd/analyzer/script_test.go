package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets scripts call the program under its own name, in a process of
// its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"analyzer": main, "analyzer-mortal": mortal})
}

// TestScripts runs the command line's contract: one subject per file. With
// UPDATE_SCRIPTS set, the files' own copies of what is printed are rewritten.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "../../testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup:               setUp,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"compress": compressFile,
			"cut":      cutFile,
			"encode":   encodeFile,
			"repeat":   repeatFile,
			"unzip":    unzipFile,
		},
	})
}

// setUp gives a script the log of an incident, under a short name, and a
// webhook. Which samples are chosen depends on where an error stands.
func setUp(e *testscript.Env) error {
	serveHook(e)
	e.Setenv("INCIDENT", "testdata/incident.log")
	incident, err := os.ReadFile("../../testdata/incident.log")
	if err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(e.WorkDir, "testdata"), 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(e.WorkDir, "testdata", "incident.log"), incident, 0o644)
}

// serveHook starts a webhook at $HOOK, which keeps what is posted in the file
// received, and takes nothing under /refuse.
func serveHook(e *testscript.Env) {
	received := filepath.Join(e.WorkDir, "received")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || strings.HasPrefix(r.URL.Path, "/refuse") {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		os.WriteFile(received, append(body, '\n'), 0o644)
	}))
	e.Defer(server.Close)
	e.Setenv("HOOK", "generic+"+server.URL)
}

// compressFile is "compress gzip|zstd FROM TO".
func compressFile(ts *testscript.TestScript, _ bool, args []string) {
	var b bytes.Buffer
	var w io.WriteCloser = gzip.NewWriter(&b)
	if args[0] == "zstd" {
		encoder, err := zstd.NewWriter(&b)
		ts.Check(err)
		w = encoder
	}
	_, err := io.WriteString(w, ts.ReadFile(args[1]))
	ts.Check(err)
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), b.Bytes(), 0o644))
}

// encodeFile is "encode le|be FROM TO": in UTF-16 with a byte order mark.
func encodeFile(ts *testscript.TestScript, _ bool, args []string) {
	order := map[string]binary.AppendByteOrder{"le": binary.LittleEndian, "be": binary.BigEndian}[args[0]]
	var b []byte
	for _, unit := range utf16.Encode([]rune("\ufeff" + ts.ReadFile(args[1]))) {
		b = order.AppendUint16(b, unit)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), b, 0o644))
}

// cutFile is "cut FROM N TO": all but the last N bytes.
func cutFile(ts *testscript.TestScript, _ bool, args []string) {
	data := ts.ReadFile(args[0])
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(data[:len(data)-n]), 0o644))
}

// repeatFile is "repeat TEXT N TO": a file of N times TEXT, whose escapes are
// those of Go strings.
func repeatFile(ts *testscript.TestScript, _ bool, args []string) {
	text, err := strconv.Unquote(`"` + args[0] + `"`)
	ts.Check(err)
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(strings.Repeat(text, n)), 0o644))
}

// unzipFile is "unzip FILE": its files, into the current folder.
func unzipFile(ts *testscript.TestScript, _ bool, args []string) {
	z, err := zip.OpenReader(ts.MkAbs(args[0]))
	ts.Check(err)
	defer z.Close()
	ts.Check(os.CopyFS(ts.MkAbs("."), z))
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
