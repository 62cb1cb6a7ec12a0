package packs_test

import (
	"testing"

	"analyzer/classify"
	"analyzer/classify/packs"
	"analyzer/parse"
	"analyzer/parse/input"
)

// load returns the Set of all packs here.
func load(t testing.TB) *classify.Set {
	t.Helper()
	set, err := classify.Load(packs.FS)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// reader returns what reads the API error in one log line.
func reader(t testing.TB, set *classify.Set) func(line string) (*parse.Record, bool) {
	t.Helper()
	compiled, err := parse.Compile(set.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	scanner := parse.NewScanner(compiled, parse.Options{})
	return func(line string) (*parse.Record, bool) {
		scanner.Reset(&input.Chunk{Source: "example", Data: []byte(line)})
		if !scanner.Scan() {
			return nil, false
		}
		return scanner.Record(), true
	}
}

func TestPacksProveThemselves(t *testing.T) {
	set := load(t)
	for _, err := range set.Check(reader(t, set)) {
		t.Error(err)
	}
}
