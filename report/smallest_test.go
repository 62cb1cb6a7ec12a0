package report

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
)

// TestSmallestKeeps: a set holds the names of smallest hash, among those of the
// same hash the smallest names, each with all that was counted under it.
func TestSmallestKeeps(t *testing.T) {
	type counted struct {
		hash  uint64
		name  string
		times int
	}
	const limit = 20
	rng := rand.New(rand.NewPCG(21, 22))
	for _, names := range []int{1, limit - 1, limit, limit + 1, 500} {
		for _, hashes := range []int{2, names, 100 * names} { // with many twins, and few
			all := make([]counted, names)
			for i := range all {
				all[i] = counted{hash: rng.Uint64N(uint64(hashes)), name: strconv.Itoa(i)}
			}
			set := newSmallest[int](limit)
			for range 20 * names {
				x := &all[rng.IntN(names)]
				x.times++
				v, isNew := set.at(x.hash, x.name)
				if isNew {
					*v = 0
				}
				if v != nil {
					*v++
				}
			}
			want := slices.DeleteFunc(all, func(x counted) bool { return x.times == 0 })
			slices.SortFunc(want, func(a, b counted) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.name, b.name)) })
			more := len(want) > limit
			want = want[:min(len(want), limit)]
			got := set.inOrder()
			if len(got) != len(want) || set.more != more {
				t.Fatalf("%d names: %d kept, more %t; want %d and %t", names, len(got), set.more, len(want), more)
			}
			for i, x := range want {
				if *got[i] != (entry[int]{x.name, x.times}) {
					t.Fatalf("%d names: the %d-th is %v, want %v", names, i, *got[i], x)
				}
			}
		}
	}
}
