package classify_test

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"analyzer/classify"
	"analyzer/classify/packs"
	"analyzer/parse"
	"analyzer/parse/input"
)

// The benchmark of recognition: labelled error bodies of many providers, each in
// four places of a log, and log lines that hold no API error. The figures may
// not fall below those in testdata/accuracy/FLOORS; UPDATE_FLOORS=1 writes them.
//
//	go test -run Accuracy -v ./classify

// raise is by how much a figure may exceed its floor before the test asks for a
// higher one, in per mille.
const raise = 5

var listed = flag.Int("disagreements", 20, "how many disagreements of each kind the accuracy benchmark lists with -v")

func TestAccuracy(t *testing.T) {
	bodies, quiet := readBodies(t), readQuiet(t)

	all := newBench(t, "")
	with := measure(bodies, func(*body) *bench { return all })
	with.measureQuiet(quiet, all)
	t.Logf("all packs, %d bodies and %d lines without an error\n%s", len(bodies), len(quiet), with.table())

	benches := benchesWithheld(t, bodies, all)
	without := measure(bodies, func(b *body) *bench { return benches[ownPack(b.Provider)] })
	t.Logf("the provider's own pack withheld, of %d providers that have one\n%s", len(benches)-1, without.table())

	unlearned := benchesUnlearned(t, bodies, all)
	blind := measure(bodies, func(b *body) *bench { return unlearned[foldOf(b)] })
	t.Logf("weights of words learned from other providers alone\n%s", blind.table())

	if testing.Verbose() {
		t.Logf("disagreements, all packs\n%s", with.disagreements(*listed))
		without.forget(with)
		t.Logf("disagreements that come with the own pack withheld\n%s", without.disagreements(*listed))
	}
	holdFloors(t, append(with.figures("all"), slices.Concat(without.figures("withheld"), blind.figures("unlearned"))...))
}

// bench is what reads and classifies a log line.
type bench struct {
	set     *classify.Set
	scanner *parse.Scanner
}

// newBench returns the bench of all packs but the withheld one.
func newBench(t *testing.T, withheld string) *bench {
	t.Helper()
	set, err := classify.Load(packsWithout(t, withheld))
	if err != nil {
		t.Fatalf("load packs without %q: %v", withheld, err)
	}
	reader, err := parse.Compile(set.Vocabulary())
	if err != nil {
		t.Fatalf("compile packs without %q: %v", withheld, err)
	}
	return &bench{set, parse.NewScanner(reader, parse.Options{})}
}

// packsWithout returns the embedded packs without the file of one of them.
func packsWithout(t *testing.T, withheld string) fs.FS {
	t.Helper()
	kept := fstest.MapFS{}
	for _, name := range packFiles(t) {
		content, err := fs.ReadFile(packs.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		if name != withheld {
			kept[name] = &fstest.MapFile{Data: content}
		}
	}
	return kept
}

func packFiles(t *testing.T) []string {
	t.Helper()
	names, err := fs.Glob(packs.FS, "*.toml")
	if err != nil || len(names) == 0 {
		t.Fatalf("list packs: %d found, %v", len(names), err)
	}
	return names
}

// ownPack returns the file of the pack that is named after a provider, or after
// the part before a dash: aws.toml for aws-dynamodb. It is empty if there is none.
func ownPack(provider string) string {
	for name := provider; name != ""; {
		if _, err := fs.Stat(packs.FS, name+".toml"); err == nil {
			return name + ".toml"
		}
		name = name[:max(strings.LastIndexByte(name, '-'), 0)]
	}
	return ""
}

// benchesWithheld returns a bench for each pack that is the own one of some
// body, by its file; that of all packs under "".
func benchesWithheld(t *testing.T, bodies []*body, all *bench) map[string]*bench {
	t.Helper()
	benches := map[string]*bench{"": all}
	for _, b := range bodies {
		if own := ownPack(b.Provider); benches[own] == nil {
			benches[own] = newBench(t, own)
		}
	}
	return benches
}

// read returns the first finding in line and how many it holds.
func (b *bench) read(line string) (first classify.Finding, n int) {
	b.scanner.Reset(&input.Chunk{Source: "accuracy", Data: []byte(line)})
	for b.scanner.Scan() {
		if n == 0 {
			r := *b.scanner.Record()
			first = b.set.Classify(&r)
		}
		n++
	}
	return first, n
}

// holdFloors compares the figures with their floors, or rewrites these.
func holdFloors(t *testing.T, figures []figure) {
	t.Helper()
	path := filepath.Join(accuracyDir, "FLOORS")
	if os.Getenv("UPDATE_FLOORS") != "" {
		writeFloors(t, path, figures)
		return
	}
	floors := readFloors(t, path)
	for _, f := range figures {
		floor, ok := floors[f.name]
		switch {
		case !ok:
			t.Errorf("%s has no floor in %s; UPDATE_FLOORS=1 writes it", f.name, path)
		case f.value < floor:
			t.Errorf("%s fell to %s, below its floor %s", f.name, decimal(f.value), decimal(floor))
		case f.value >= floor+raise:
			t.Logf("%s is %s: raise its floor %s with UPDATE_FLOORS=1", f.name, decimal(f.value), decimal(floor))
		}
		delete(floors, f.name)
	}
	for name := range floors {
		t.Errorf("%s: no figure is called %s", path, name)
	}
}

func writeFloors(t *testing.T, path string, figures []figure) {
	t.Helper()
	var text strings.Builder
	for _, f := range figures {
		fmt.Fprintln(&text, f.name, f.value)
	}
	if err := os.WriteFile(path, []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func readFloors(t *testing.T, path string) map[string]int {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	floors := map[string]int{}
	for line := range strings.Lines(string(content)) {
		var name string
		var value int
		if _, err := fmt.Sscanln(line, &name, &value); err != nil {
			t.Fatalf("%s: read %q: %v", path, line, err)
		}
		floors[name] = value
	}
	return floors
}
