package report

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
)

// sum is the smallest state that a tree can keep.
type sum struct{ n int64 }

func (s *sum) merge(u *sum)      { s.n += u.n }
func (s *sum) encode(e *encoder) { e.int(s.n) }
func (s *sum) decode(d *decoder) { s.n = d.int() }

func newSumTree(budget [][]int) *tree[*sum] {
	t := newTree(budget, func() *sum { return new(sum) })
	return &t
}

func bytesOf(t *tree[*sum]) []byte {
	var e encoder
	t.encode(&e)
	return e.b
}

// through sends t over the wire.
func through(test *testing.T, t *tree[*sum], budget [][]int) *tree[*sum] {
	test.Helper()
	d := decoder{b: bytesOf(t)}
	u := newSumTree(budget)
	u.decode(&d)
	if d.err != nil || len(d.b) > 0 {
		test.Fatalf("tree does not survive the wire: %v, %d bytes left", d.err, len(d.b))
	}
	return u
}

// TestTreeFoldsAlike holds the rule of fold.go: the tree is a function of the
// set of keys. The budgets are tiny, so that every run folds on all levels.
func TestTreeFoldsAlike(t *testing.T) {
	budgets := [][][]int{
		{{0, 9, 12, 14}, {0, 0, 3, 5}, {0, 0, 0, 3}},
		{{0, 4, 6, 8}, {0, 0, 4, 4}, {0, 0, 0, 2}},
		{{0, 99, 5, 5}, {0, 0, 2, 5}, {0, 0, 0, 5}},
		{{0, 9, 9, 9, 9, 9}, {0, 0, 4, 6, 6, 6}, {0, 0, 0, 3, 5, 5}, {0, 0, 0, 0, 3, 4}, {0, 0, 0, 0, 0, 3}},
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for run := range runs(1200) {
		budget := budgets[run%len(budgets)]
		keys := randomKeys(rng, len(budget))
		want := newSumTree(budget)
		for _, key := range keys {
			want.at(key).n++
		}
		checkTree(t, want, budget, keys)

		rng.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
		parts := make([]*tree[*sum], 1+rng.IntN(5))
		for i := range parts {
			parts[i] = newSumTree(budget)
		}
		for _, key := range keys {
			parts[rng.IntN(len(parts))].at(key).n++
		}
		for len(parts) > 1 {
			i := rng.IntN(len(parts) - 1)
			u := through(t, parts[i+1], budget)
			parts[i].merge(u)
			parts = append(parts[:i+1], parts[i+2:]...)
		}
		if !bytes.Equal(bytesOf(parts[0]), bytesOf(want)) {
			t.Fatalf("run %d: another order, another tree", run)
		}
	}
}

func randomKeys(rng *rand.Rand, levels int) [][]uint64 {
	width := make([]uint64, levels)
	for i := range width {
		width[i] = 1 + rng.Uint64N(6)
	}
	keys := make([][]uint64, rng.IntN(60))
	for i := range keys {
		keys[i] = make([]uint64, levels)
		for l := range keys[i] {
			keys[i][l] = rng.Uint64N(width[l])
		}
	}
	return keys
}

// checkTree asserts that nothing was lost and that the budgets hold.
func checkTree(t *testing.T, tr *tree[*sum], budget [][]int, keys [][]uint64) {
	t.Helper()
	var total int64
	leaves := 0
	tr.all(func(s *sum) { total += s.n; leaves++ })
	if total != int64(len(keys)) {
		t.Fatalf("%d of %d events counted", total, len(keys))
	}
	bound := 0
	for _, n := range budget[0] {
		bound += n
	}
	if leaves > bound {
		t.Fatalf("%d leaves, at most %d expected", leaves, bound)
	}
	for _, key := range keys {
		if tr.find(key) == nil {
			t.Fatalf("key %v leads nowhere", key)
		}
	}
}

// TestTreeKeepsNeighbours asserts that one exploding node costs only its own
// detail.
func TestTreeKeepsNeighbours(t *testing.T) {
	tr := newSumTree(problemBudget)
	for i := range uint64(20) { // ordinary problems under ten statuses
		tr.at([]uint64{1, i % 10, 1, i, i}).n++
	}
	for i := range uint64(100_000) { // messages that are all different
		tr.at([]uint64{2, 500, 1, 1, i}).n++
	}
	for i := range uint64(100_000) { // codes that are all different, each on ten routes
		tr.at([]uint64{2, 501, i, i % 10, 1}).n++
	}
	counts := make(map[int64]int)
	tr.all(func(s *sum) { counts[s.n]++ })
	if want := "map[1:20 100000:2]"; fmt.Sprint(counts) != want {
		t.Errorf("problems by their errors: %v, want %v", counts, want)
	}
}
