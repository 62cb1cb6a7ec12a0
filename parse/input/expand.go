package input

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The most that directories are searched for.
const (
	maxFiles = 100_000
	maxDepth = 64
)

// Stdin is the path that stands for standard input.
const Stdin = "-"

// Source is what Open is to open next, or why there is nothing to open.
type Source struct {
	Path  string
	Size  int64 // in bytes as stored; -1 if nobody knows, as of a pipe
	Found bool  // in a directory or by a pattern, rather than named
	Err   error // why Path means no source
}

// Expand returns the sources that paths mean, in the order of paths, and how many
// files and directories it left out because they are the same as another one.
//
// A directory means the regular files in it and below it, by name. Files and
// directories whose names begin with a dot are left out, as are links that lead
// nowhere; a directory is searched once, whatever links lead to it. A path that
// does not exist and is a pattern (see filepath.Match) means the files and
// directories that match. A directory or pattern without a file gives a Source
// with an Err. Anything else stands for itself and is not looked at further.
//
// Of several paths to one file, the shortest remains, then the smallest, so that
// what a file is called does not depend on the order of paths.
func Expand(paths []string) (sources []Source, same int) {
	x := &expander{index: make(map[any]int), dirs: make(map[any]bool)}
	for _, path := range paths {
		x.path(path)
	}
	return x.sources, x.same
}

type expander struct {
	sources []Source
	index   map[any]int // of a file in sources, by its identity
	dirs    map[any]bool
	same    int
	full    bool // maxFiles were found
}

// path adds what one path of the command line means.
func (x *expander) path(path string) {
	info, err := os.Stat(path)
	switch {
	case path == Stdin:
		x.add(Source{Path: path, Size: -1}, Stdin)
	case err == nil:
		x.known(path, info, false)
	case strings.ContainsAny(path, "*?[") && errors.Is(err, fs.ErrNotExist):
		x.pattern(path)
	default: // opening it will tell
		x.sources = append(x.sources, Source{Path: path, Size: -1})
	}
}

func (x *expander) pattern(pattern string) {
	matches, err := filepath.Glob(pattern) // sorted
	if err != nil {
		x.fail(pattern, err)
		return
	}
	found := false
	for _, path := range matches {
		info, err := os.Stat(path)
		if err != nil || isHidden(path) && !isHidden(pattern) {
			continue
		}
		x.known(path, info, true)
		found = true
	}
	if !found {
		x.fail(pattern, errors.New("no file matches"))
	}
}

// known adds a path that exists.
func (x *expander) known(path string, info fs.FileInfo, found bool) {
	if !info.IsDir() {
		x.file(path, info, found)
		return
	}
	before := len(x.sources) + x.same
	x.directory(path, info, 0)
	if len(x.sources)+x.same == before {
		x.fail(path, errors.New("no file in this directory"))
	}
}

func (x *expander) directory(path string, info fs.FileInfo, depth int) {
	id := identity(path, info)
	if x.dirs[id] {
		x.same++
		return
	}
	x.dirs[id] = true
	entries, err := os.ReadDir(path) // sorted
	if err != nil {
		x.fail(path, err)
	}
	for _, entry := range entries {
		if x.full {
			return
		}
		if !isHidden(entry.Name()) {
			x.entry(filepath.Join(path, entry.Name()), depth)
		}
	}
}

// entry adds what a directory holds: what its name leads to, if that is a file
// or a directory.
func (x *expander) entry(path string, depth int) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		x.fail(path, err)
	case info.IsDir() && depth == maxDepth:
		x.fail(path, fmt.Errorf("more than %d levels of directories", maxDepth))
	case info.IsDir():
		x.directory(path, info, depth+1)
	case len(x.sources) >= maxFiles:
		x.fail(path, fmt.Errorf("more than %d files; this one and those after it were left out", maxFiles))
		x.full = true
	case info.Mode().IsRegular():
		x.file(path, info, true)
	}
}

func (x *expander) file(path string, info fs.FileInfo, found bool) {
	size := int64(-1)
	if info.Mode().IsRegular() {
		size = info.Size()
	}
	x.add(Source{Path: path, Size: size, Found: found}, identity(path, info))
}

// add adds a source unless the same file is there.
func (x *expander) add(s Source, id any) {
	at, known := x.index[id]
	if !known {
		x.index[id] = len(x.sources)
		x.sources = append(x.sources, s)
		return
	}
	x.same++
	old := &x.sources[at]
	old.Found = old.Found && s.Found
	if len(s.Path) < len(old.Path) || len(s.Path) == len(old.Path) && s.Path < old.Path {
		old.Path = s.Path
	}
}

func (x *expander) fail(path string, err error) {
	x.sources = append(x.sources, Source{Path: path, Size: -1, Err: err})
}

func isHidden(path string) bool {
	name := filepath.Base(path)
	return strings.HasPrefix(name, ".") && name != "." && name != ".."
}
