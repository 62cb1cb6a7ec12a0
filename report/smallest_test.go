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
	const limit = 20
	rng := rand.New(rand.NewPCG(21, 22))
	for _, c := range []struct{ names, hashes int }{
		{1, 1}, {limit - 1, 1000}, {limit, 1000}, {limit + 1, 1000}, {500, 1 << 20}, {limit + 1, 2}, {500, 2}, {500, 50},
	} {
		names := make([]counted, c.names)
		for i := range names {
			names[i] = counted{hash: rng.Uint64N(uint64(c.hashes)), name: strconv.Itoa(i)}
		}
		set := newSmallest[int](limit)
		for range 20 * c.names {
			names[rng.IntN(c.names)].countIn(&set)
		}
		names = slices.DeleteFunc(names, func(x counted) bool { return x.times == 0 })
		slices.SortFunc(names, func(a, b counted) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.name, b.name)) })
		want := names[:min(len(names), limit)]
		same := func(x *entry[int], y counted) bool { return x.name == y.name && x.value == y.times }
		if got := set.inOrder(); !slices.EqualFunc(got, want, same) || set.more != (len(names) > limit) {
			t.Errorf("%+v: %d kept, more %t; want %v", c, len(got), set.more, want)
		}
	}
}

// counted is a name beside what a set should know of it.
type counted struct {
	hash  uint64
	name  string
	times int
}

func (x *counted) countIn(s *smallest[int]) {
	x.times++
	v, isNew := s.at(x.hash, x.name)
	if isNew {
		*v = 0
	}
	if v != nil {
		*v++
	}
}
