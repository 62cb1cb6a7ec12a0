package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"
)

// smallest keeps values under those limit names whose hashes are the smallest.
// What it keeps it has kept from the first event on: a name once cut never
// comes back, since the bound only sinks.
type smallest[V any] struct {
	limit   int
	more    bool // there were other names
	entries map[string]*entry[V]
	heap    []*entry[V] // once full: the largest first
}

type entry[V any] struct {
	hash  uint64
	name  string
	value V
}

func newSmallest[V any](limit int) smallest[V] {
	return smallest[V]{limit: limit, entries: make(map[string]*entry[V])}
}

func compareEntries[V any](a, b *entry[V]) int {
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
	if known := s.entries[name]; known != nil {
		return &known.value, nil
	}
	return s.put(h, strings.Clone(name))
}

// put is at for a name that is new and within the bound, and keeps it.
func (s *smallest[V]) put(h uint64, name string) (v *V, evicted *entry[V]) {
	added := &entry[V]{hash: h, name: name}
	if len(s.entries) == s.limit {
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
	if len(s.heap) > 0 && h > s.heap[0].hash {
		s.more = true
		return nil
	}
	if known := s.entries[string(key)]; known != nil {
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
	if known := s.entries[string(key)]; known != nil {
		return known.name
	}
	return string(key)
}

// beyond says whether name is known to be cut.
func (s *smallest[V]) beyond(h uint64, name string) bool {
	if len(s.heap) == 0 {
		return false
	}
	largest := s.heap[0]
	if h < largest.hash || h == largest.hash && name <= largest.name {
		return false
	}
	s.more = true
	return true
}

func (s *smallest[V]) insert(e *entry[V]) {
	s.entries[e.name] = e
	if len(s.entries) < s.limit {
		return
	}
	s.heap = slices.SortedFunc(maps.Values(s.entries), func(a, b *entry[V]) int { return compareEntries(b, a) })
}

func (s *smallest[V]) replaceLargest(e *entry[V]) *entry[V] {
	s.more = true
	evicted := s.heap[0]
	delete(s.entries, evicted.name)
	s.entries[e.name] = e
	s.heap[0] = e
	s.sink()
	return evicted
}

// sink moves the heap's first entry down to its place.
func (s *smallest[V]) sink() {
	for i := 0; ; {
		kid := 2*i + 1
		if kid >= len(s.heap) {
			return
		}
		if right := kid + 1; right < len(s.heap) && compareEntries(s.heap[kid], s.heap[right]) < 0 {
			kid = right
		}
		if compareEntries(s.heap[i], s.heap[kid]) >= 0 {
			return
		}
		s.heap[i], s.heap[kid] = s.heap[kid], s.heap[i]
		i = kid
	}
}

// total returns the number of different names, an estimate if s.more.
func (s *smallest[V]) total() int64 {
	if !s.more {
		return int64(len(s.entries))
	}
	return estimate(len(s.heap), s.heap[0].hash)
}

// inOrder returns the entries, the smallest hash first.
func (s *smallest[V]) inOrder() []*entry[V] {
	return slices.SortedFunc(maps.Values(s.entries), compareEntries[V])
}

// sorted returns the entries by name.
func (s *smallest[V]) sorted() []*entry[V] {
	return slices.SortedFunc(maps.Values(s.entries), func(a, b *entry[V]) int { return cmp.Compare(a.name, b.name) })
}
