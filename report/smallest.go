package report

import (
	"cmp"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"
)

// smallest keeps values under those limit names whose hashes are the smallest.
// What it keeps it has kept from the first event on: a name once cut never
// comes back, since the bound only sinks.
//
// It is laid out for large sets that are asked at every event: few objects for
// the collector to mark, and nothing to allocate but names once it is full.
type smallest[V any] struct {
	limit  int
	more   bool // there were other names
	all    []entry[V]
	hashes []uint64 // of all
	heap   []int32  // once full: the indexes of all, that of the largest first

	// slots is a hash table of indexes of all, plus 1, with linear probing. Those
	// of names that were driven out stay until there are too many.
	slots []int32
	taken int // slots that are not 0
}

type entry[V any] struct {
	name  string
	value V
}

func newSmallest[V any](limit int) smallest[V] {
	return smallest[V]{limit: limit, slots: make([]int32, 1)}
}

// at returns the value of name, whose hash is h, nil if it is beyond the bound.
// Of a new name it is the value of the one that was driven out, a zero V if none
// was: who asks makes it a new one.
func (s *smallest[V]) at(h uint64, name string) (v *V, isNew bool) {
	if s.beyond(h, name) {
		return nil, false
	}
	if i := find(s, h, name); i >= 0 {
		return &s.all[i].value, false
	}
	return s.put(h, strings.Clone(name)), true
}

// atKey is at for the name that key spells, of which it makes a copy only if it
// is kept.
func (s *smallest[V]) atKey(key []byte) (v *V, isNew bool) {
	h := xxhash.Sum64(key)
	if s.full() && h > s.largest() {
		s.more = true
		return nil, false
	}
	if i := find(s, h, key); i >= 0 {
		return &s.all[i].value, false
	}
	name := string(key)
	if s.beyond(h, name) {
		return nil, false
	}
	return s.put(h, name), true
}

// known returns the value of the name that key spells, nil if there is none.
func (s *smallest[V]) known(key []byte) *V {
	if i := find(s, xxhash.Sum64(key), key); i >= 0 {
		return &s.all[i].value
	}
	return nil
}

// name returns the name that key spells: the one that is kept, else a copy.
func (s *smallest[V]) name(key []byte) string {
	if i := find(s, xxhash.Sum64(key), key); i >= 0 {
		return s.all[i].name
	}
	return string(key)
}

// find returns the index of name, whose hash is h, -1 if there is none.
func find[V any, Name string | []byte](s *smallest[V], h uint64, name Name) int {
	mask := len(s.slots) - 1
	for at := spread(h) & mask; s.slots[at] != 0; at = (at + 1) & mask {
		if i := s.slots[at] - 1; s.hashes[i] == h && s.all[i].name == string(name) {
			return int(i)
		}
	}
	return -1
}

// spread tells where in slots a hash belongs. Names come from logs: without a factor
// that nobody can guess, some could be made up that all belong to one slot. Nothing
// that is kept depends on it.
func spread(h uint64) int { return int(h * factor >> 32) }

var factor = rand.Uint64() | 1

func (s *smallest[V]) full() bool { return len(s.all) == s.limit }

// largest returns the largest hash of a full set.
func (s *smallest[V]) largest() uint64 { return s.hashes[s.heap[0]] }

// beyond says whether name is known to be cut.
func (s *smallest[V]) beyond(h uint64, name string) bool {
	if !s.full() || h < s.largest() || h == s.largest() && name <= s.all[s.heap[0]].name {
		return false
	}
	s.more = true
	return true
}

// put keeps name, which is new and within the bound, and returns what is its
// value from now on.
func (s *smallest[V]) put(h uint64, name string) *V {
	i := len(s.all)
	if s.full() {
		i = s.replaceLargest(h, name)
	} else {
		s.insert(h, name)
	}
	if s.taken++; 2*s.taken > len(s.slots) {
		s.index()
	} else {
		s.link(i)
	}
	return &s.all[i].value
}

func (s *smallest[V]) insert(h uint64, name string) {
	if len(s.all) == cap(s.all) {
		s.all = slices.Grow(s.all, min(max(len(s.all), 8), s.limit-len(s.all)))
	}
	s.all = append(s.all, entry[V]{name: name})
	s.hashes = append(s.hashes, h)
	if s.full() {
		s.rank()
	}
}

func (s *smallest[V]) replaceLargest(h uint64, name string) int {
	s.more = true
	i := int(s.heap[0])
	s.all[i].name, s.hashes[i] = name, h
	s.sink(0)
	return i
}

// link makes the entry at i be found.
func (s *smallest[V]) link(i int) {
	mask := len(s.slots) - 1
	at := spread(s.hashes[i]) & mask
	for s.slots[at] != 0 {
		at = (at + 1) & mask
	}
	s.slots[at] = int32(i + 1)
}

// index makes all entries be found anew, in a table with room for more.
func (s *smallest[V]) index() {
	s.taken = len(s.all)
	if size := 1 << bits.Len(uint(4*s.taken-1)); size > len(s.slots) {
		s.slots = make([]int32, size)
	}
	clear(s.slots)
	for i := range s.all {
		s.link(i)
	}
}

// rank makes the heap.
func (s *smallest[V]) rank() {
	s.heap = s.indexes()
	for i := range slices.Backward(s.heap) {
		s.sink(i)
	}
}

// sink moves the i-th entry of the heap down to its place.
func (s *smallest[V]) sink(i int) {
	for {
		kid := 2*i + 1
		if kid >= len(s.heap) {
			return
		}
		if right := kid + 1; right < len(s.heap) && s.compare(s.heap[kid], s.heap[right]) < 0 {
			kid = right
		}
		if s.compare(s.heap[i], s.heap[kid]) >= 0 {
			return
		}
		s.heap[i], s.heap[kid] = s.heap[kid], s.heap[i]
		i = kid
	}
}

// compare orders entries by hash, nearly all of which differ.
func (s *smallest[V]) compare(i, j int32) int {
	if s.hashes[i] != s.hashes[j] {
		return cmp.Compare(s.hashes[i], s.hashes[j])
	}
	return cmp.Compare(s.all[i].name, s.all[j].name) // cmp.Or would compare the names each time
}

func (s *smallest[V]) indexes() []int32 {
	list := make([]int32, len(s.all))
	for i := range list {
		list[i] = int32(i)
	}
	return list
}

// total returns the number of different names, an estimate if s.more.
func (s *smallest[V]) total() int64 {
	if !s.more {
		return int64(len(s.all))
	}
	return estimate(len(s.all), s.largest())
}

// inOrder returns the entries, the smallest hash first.
func (s *smallest[V]) inOrder() []*entry[V] {
	order := s.indexes()
	slices.SortFunc(order, s.compare)
	list := make([]*entry[V], len(order))
	for i, at := range order {
		list[i] = &s.all[at]
	}
	return list
}

// sorted returns the entries by name.
func (s *smallest[V]) sorted() []*entry[V] {
	list := make([]*entry[V], len(s.all))
	for i := range s.all {
		list[i] = &s.all[i]
	}
	slices.SortFunc(list, func(a, b *entry[V]) int { return cmp.Compare(a.name, b.name) })
	return list
}
