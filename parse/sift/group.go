package sift

import (
	"math"
	"math/bits"
)

// groups is how many groups windows are put in: all bits of a byte.
const groups = 8

// rounds is how often each window is put where it fits best, given the others.
const rounds = 2

// grouper chooses windows and puts them in groups. A group lets a byte pass of which
// one window has one view, and another another, so that it matters which windows share
// one.
type grouper struct {
	views   []view
	sample  [][]set // where what each view may see stands
	words   int     // of a set
	members []member
	groups  [groups]group
}

// set is a set of places in the sample at which a window may begin.
type set []uint64

func (s set) unite(other set) {
	for i, word := range other {
		s[i] |= word
	}
}

// option is a window, or several: what its views see, a bit for each, and where in the
// sample that stands.
type option struct {
	seen  []uint64
	found []set
}

// member is a window that is looked for: one of its options, in a group.
type member struct {
	options []option
	chosen  int
	group   *group // nil until it has one
}

// group is all its windows.
type group struct {
	option
	cost int
}

func newGrouper(views []view, choices [][]Window, sample string) *grouper {
	g := &grouper{views: views, words: (len(sample) + 63) / 64}
	for _, view := range views {
		found := make([]set, view.size())
		for seen := range found {
			found[seen] = make(set, g.words)
		}
		for i, b := range []byte(sample[view.place:]) {
			found[view.of(b)][i/64] |= 1 << (i % 64)
		}
		g.sample = append(g.sample, found)
	}
	for i := range g.groups {
		g.groups[i].option = g.newOption()
	}
	for _, windows := range choices {
		g.members = append(g.members, g.newMember(windows))
	}
	return g
}

func (g *grouper) newOption() option {
	o := option{make([]uint64, len(g.views)), make([]set, len(g.views))}
	all := make(set, len(g.views)*g.words)
	for v := range o.found {
		o.found[v] = all[v*g.words : (v+1)*g.words]
	}
	return o
}

func (g *grouper) newMember(windows []Window) (m member) {
	for _, w := range windows {
		o := g.newOption()
		g.fill(&o, w)
		m.options = append(m.options, o)
	}
	return m
}

// fill makes o what w is.
func (g *grouper) fill(o *option, w Window) {
	for v, view := range g.views {
		for _, b := range []byte(w[view.place]) {
			o.seen[v] |= 1 << view.of(b)
		}
		for seen, found := range g.sample[v] {
			if o.seen[v]>>seen&1 != 0 {
				o.found[v].unite(found)
			}
		}
	}
}

func (o *option) unite(other *option) {
	for v := range o.found {
		o.seen[v] |= other.seen[v]
		o.found[v].unite(other.found[v])
	}
}

// run puts each member in a group.
func (g *grouper) run() {
	for range rounds {
		for i := range g.members {
			m := &g.members[i]
			g.remove(m)
			g.put(m)
		}
	}
}

// put puts m where it costs least.
func (g *grouper) put(m *member) {
	least := math.MaxInt
	for c := range m.options {
		for i := range g.groups {
			x := &g.groups[i]
			if more := g.cost(x, &m.options[c]) - x.cost; more < least {
				m.chosen, m.group, least = c, x, more
			}
		}
	}
	m.group.unite(&m.options[m.chosen])
	m.group.cost += least
}

// remove takes m out of its group, if it has one.
func (g *grouper) remove(m *member) {
	old := m.group
	if old == nil {
		return
	}
	m.group = nil
	*old = group{option: g.newOption()}
	for i := range g.members {
		if m := &g.members[i]; m.group == old {
			old.unite(&m.options[m.chosen])
		}
	}
	old.cost = g.cost(old, &old.option)
}

// cost tells what x costs if o joins it: a thousand for each place of the sample that
// it lets pass, and as much for each that it would, if the bytes of texts like the sample
// stood there independently.
func (g *grouper) cost(x *group, o *option) int {
	passed, fitting := 0, [places]int{}
	for i := range g.words {
		all := ^uint64(0)
		var fit [places]uint64
		for k := range fit {
			fit[k] = ^uint64(0)
		}
		for v, view := range g.views {
			fit[view.place] &= x.found[v][i] | o.found[v][i]
		}
		for k, fits := range fit {
			fitting[k] += bits.OnesCount64(fits)
			all &= fits
		}
		passed += bits.OnesCount64(all)
	}
	expected := fitting[0] << 10
	for _, n := range fitting[1:] {
		expected = expected * n / (64 * g.words)
	}
	return passed<<10 + expected
}

// tables returns what a kernel looks up: for each view and what may be seen in it, which
// groups have no window with it.
func (g *grouper) tables() (all []byte) {
	for v, view := range g.views {
		for seen := range view.size() {
			refused := byte(0)
			for i := range g.groups {
				if g.groups[i].seen[v]>>seen&1 == 0 {
					refused |= 1 << i
				}
			}
			all = append(all, refused)
		}
	}
	return all
}
