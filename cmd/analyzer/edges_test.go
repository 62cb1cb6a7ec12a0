package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// edges lists what each package may import besides the standard library. A
// package that is not listed is not part of the design.
var edges = map[string][]string{
	"cmd/analyzer":      {"analyzer/...", "github.com/alecthomas/kong", "golang.org/x/term"},
	"cmd/corpus":        {"analyzer/...", "github.com/alecthomas/kong"},
	"parse/input":       {"github.com/klauspost/compress/...", "golang.org/x/sys/unix"},
	"parse/redact":      {},
	"parse/code":        {},
	"parse/grams":       {},
	"parse/sift":        {"golang.org/x/sys/cpu"},
	"parse/sift/gen":    {"github.com/mmcloughlin/avo/..."},
	"parse":             {"analyzer/parse/input", "analyzer/parse/redact", "analyzer/parse/code", "analyzer/parse/grams", "analyzer/parse/sift", "github.com/tidwall/gjson"},
	"classify":          {"analyzer/classify/lean", "analyzer/classify/sentence", "analyzer/parse", "analyzer/parse/code", "analyzer/parse/grams", "github.com/pelletier/go-toml/v2"},
	"classify/lean":     {"analyzer/parse/code"},
	"classify/packs":    {},
	"classify/sentence": {},
	"report":            {"analyzer/classify", "analyzer/parse", "github.com/cespare/xxhash/v2"},
	"report/deliver":    {"github.com/nicholas-fedor/shoutrrr/..."},
	"report/render":     {"analyzer/report", "github.com/olekukonko/tablewriter/...", "github.com/clipperhouse/..."},
	"report/history":    {"analyzer/report", "modernc.org/sqlite", "golang.org/x/sys/..."},
}

// edgeOfTheSystem are the packages that touch the process and its clock; only
// cmd may, so that everything else depends on its input alone.
var edgeOfTheSystem = []string{"os.Exit(", "os.Args", "os.Getenv(", "time.Now(", "time.Since(", "time.Sleep("}

func TestEdges(t *testing.T) {
	seen := map[string]bool{}
	eachSource(t, func(dir, file string) {
		seen[dir] = true
		allowed, known := edges[dir]
		if !known {
			t.Errorf("%s: a package that the design does not name", dir)
			return
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range f.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			if isStandard(name) || slices.ContainsFunc(allowed, func(pattern string) bool { return matchImport(pattern, name) }) {
				continue
			}
			t.Errorf("%s: %s may not import %s", file, dir, name)
		}
	})
	for dir := range edges {
		if !seen[dir] {
			t.Errorf("%s: no such package", dir)
		}
	}
}

func TestOnlyCommandsTouchTheSystem(t *testing.T) {
	eachSource(t, func(dir, file string) {
		if strings.HasPrefix(dir, "cmd/") {
			return
		}
		source := readFile(t, file)
		for _, call := range edgeOfTheSystem {
			if strings.Contains(source, call) {
				t.Errorf("%s: uses %s; only cmd may", file, call)
			}
		}
	})
}

// eachSource calls f for each Go file of the product, tests left out.
func eachSource(t *testing.T, f func(dir, file string)) {
	t.Helper()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && d.Name() != ".." && d.Name() != ".") {
			return fs.SkipDir
		}
		if strings.HasSuffix(file, ".go") && !strings.HasSuffix(file, "_test.go") {
			rel, _ := filepath.Rel(root, file)
			f(path.Dir(filepath.ToSlash(rel)), file)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func isStandard(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return !strings.Contains(first, ".") && first != "analyzer"
}

func matchImport(pattern, name string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "/..."); ok {
		return name == prefix || strings.HasPrefix(name, prefix+"/")
	}
	return name == pattern
}
