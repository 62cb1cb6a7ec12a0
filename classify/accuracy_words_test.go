package classify_test

import (
	"hash/crc32"
	"os"
	"slices"
	"testing"

	"analyzer/classify"
	"analyzer/classify/lean"
)

// The weights of words are learned from the bodies of the benchmark; after a
// change of either,
//
//	UPDATE_WEIGHTS=1 go test -run Weights ./classify
//
// learns them anew. What they are worth for bodies that nobody has seen is measured
// with weights that were learned from other providers' bodies alone.

// weightsFile is what package lean embeds.
const weightsFile = "lean/weights.tsv"

// folds is in how many parts the providers are divided, each of which is measured
// with what was learned from the others.
const folds = 5

func TestWeights(t *testing.T) {
	if os.Getenv("UPDATE_WEIGHTS") == "" {
		t.Skip("UPDATE_WEIGHTS=1 learns the weights anew")
	}
	learned := lean.Learn(examples(newBench(t, ""), readBodies(t)))
	if err := os.WriteFile(weightsFile, []byte(learned.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// examples returns what the errors in bodies say, each body in the first of its
// places in which it is found, and alone.
func examples(on *bench, bodies []*body) []lean.Example {
	var all []lean.Example
	for _, b := range bodies {
		category := slices.IndexFunc(classify.Categories[:], func(c classify.Category) bool { return c.String() == b.Category })
		before := len(all)
		for placement := range numPlacements {
			if line, ok := b.line(placement); ok && (len(all) == before || placement == bare && b.tells()) {
				all = append(all, on.examples(line, category)...)
			}
		}
	}
	return all
}

// examples returns what the error in line says, at most three items of it.
func (b *bench) examples(line string, category int) (all []lean.Example) {
	finding, n := b.read(line)
	if n == 0 {
		return nil
	}
	items := b.set.Terms(finding.Record)
	for _, terms := range items[:min(len(items), 3)] {
		all = append(all, lean.Example{Terms: terms, Category: category})
	}
	return all
}

func foldOf(b *body) int { return int(crc32.ChecksumIEEE([]byte(b.Provider)) % folds) }

// benchesUnlearned returns for each fold a bench whose weights were learned without
// the bodies in it.
func benchesUnlearned(t *testing.T, bodies []*body, all *bench) []*bench {
	t.Helper()
	benches := make([]*bench, folds)
	for fold := range benches {
		others := slices.DeleteFunc(slices.Clone(bodies), func(b *body) bool { return foldOf(b) == fold })
		benches[fold] = newBench(t, "")
		benches[fold].set.LeanBy(lean.Learn(examples(all, others)))
	}
	return benches
}
