package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"
)

// smallest keeps values under those limit names whose hashes are the smallest.
// What it keeps it has kept from the first event on: a name once cut never
// comes back, since the bound only sinks.
type smallest[V any] struct {
	limit  int
	more   bool // there were other names
	byHash map[uint64]*entry[V]
	all    []ranked[V] // once full a heap, the largest first
}

type entry[V any] struct {
	hash  uint64
	name  string
	value V
	twin  *entry[V] // another name of the same hash
}

// ranked is an entry beside its hash, by which nearly all are told apart.
type ranked[V any] struct {
	hash uint64
	*entry[V]
}

func newSmallest[V any](limit int) smallest[V] {
	return smallest[V]{limit: limit, byHash: make(map[uint64]*entry[V])}
}

func compareEntries[V any](a, b ranked[V]) int {
	if a.hash != b.hash {
		return cmp.Compare(a.hash, b.hash)
	}
	return cmp.Compare(a.name, b.name) // cmp.Or would compare the names each time
}

// at returns the value of name, whose hash is h, and true; a new value is the
// zero V. It returns nil if name is beyond the bound. Where a new name drives
// out another, evicted is that one's entry.
func (s *smallest[V]) at(h uint64, name string) (v *V, evicted *entry[V]) {
	if s.beyond(h, name) {
		return nil, nil
	}
	if known := find(s, h, name); known != nil {
		return &known.value, nil
	}
	return s.put(h, strings.Clone(name))
}

// find returns the entry of name, whose hash is h, nil if there is none.
func find[V any, Name string | []byte](s *smallest[V], h uint64, name Name) *entry[V] {
	e := s.byHash[h]
	for e != nil && e.name != string(name) {
		e = e.twin
	}
	return e
}

// known returns the value of the name that key spells, nil if there is none.
func (s *smallest[V]) known(key []byte) *V {
	if known := find(s, xxhash.Sum64(key), key); known != nil {
		return &known.value
	}
	return nil
}

// put is at for a name that is new and within the bound, and keeps it.
func (s *smallest[V]) put(h uint64, name string) (v *V, evicted *entry[V]) {
	added := &entry[V]{hash: h, name: name}
	if s.full() {
		evicted = s.replaceLargest(added)
	} else {
		s.insert(added)
	}
	return &added.value, evicted
}

// atKey is at for the name that key spells, of which it makes a copy only if it
// is kept. Who needs what is driven out calls at.
func (s *smallest[V]) atKey(key []byte) *V {
	h := xxhash.Sum64(key)
	if s.full() && h > s.all[0].hash {
		s.more = true
		return nil
	}
	if known := find(s, h, key); known != nil {
		return &known.value
	}
	name := string(key)
	if s.beyond(h, name) {
		return nil
	}
	v, _ := s.put(h, name)
	return v
}

// name returns the name that key spells: the one that is kept, else a copy.
func (s *smallest[V]) name(key []byte) string {
	if known := find(s, xxhash.Sum64(key), key); known != nil {
		return known.name
	}
	return string(key)
}

func (s *smallest[V]) full() bool { return len(s.all) == s.limit }

// beyond says whether name is known to be cut.
func (s *smallest[V]) beyond(h uint64, name string) bool {
	if !s.full() {
		return false
	}
	largest := s.all[0]
	if h < largest.hash || h == largest.hash && name <= largest.name {
		return false
	}
	s.more = true
	return true
}

// link and unlink keep byHash.
func (s *smallest[V]) link(e *entry[V]) {
	e.twin = s.byHash[e.hash]
	s.byHash[e.hash] = e
}

func (s *smallest[V]) unlink(e *entry[V]) {
	first := s.byHash[e.hash]
	if first == e && e.twin == nil {
		delete(s.byHash, e.hash)
		return
	}
	if first == e {
		s.byHash[e.hash] = e.twin
		return
	}
	for first.twin != e {
		first = first.twin
	}
	first.twin = e.twin
}

func (s *smallest[V]) insert(e *entry[V]) {
	s.link(e)
	if s.all = append(s.all, ranked[V]{e.hash, e}); s.full() {
		slices.SortFunc(s.all, func(a, b ranked[V]) int { return compareEntries(b, a) })
	}
}

func (s *smallest[V]) replaceLargest(e *entry[V]) *entry[V] {
	s.more = true
	evicted := s.all[0].entry
	s.unlink(evicted)
	s.link(e)
	s.all[0] = ranked[V]{e.hash, e}
	s.sink()
	return evicted
}

// sink moves the heap's first entry down to its place.
func (s *smallest[V]) sink() {
	for i := 0; ; {
		kid := 2*i + 1
		if kid >= len(s.all) {
			return
		}
		if right := kid + 1; right < len(s.all) && compareEntries(s.all[kid], s.all[right]) < 0 {
			kid = right
		}
		if compareEntries(s.all[i], s.all[kid]) >= 0 {
			return
		}
		s.all[i], s.all[kid] = s.all[kid], s.all[i]
		i = kid
	}
}

// total returns the number of different names, an estimate if s.more.
func (s *smallest[V]) total() int64 {
	if !s.more {
		return int64(len(s.all))
	}
	return estimate(len(s.all), s.all[0].hash)
}

// inOrder returns the entries, the smallest hash first.
func (s *smallest[V]) inOrder() []ranked[V] {
	return slices.SortedFunc(slices.Values(s.all), compareEntries[V])
}

// sorted returns the entries by name.
func (s *smallest[V]) sorted() []ranked[V] {
	return slices.SortedFunc(slices.Values(s.all), func(a, b ranked[V]) int { return cmp.Compare(a.name, b.name) })
}
