package report

import (
	"maps"
	"slices"
)

// A tree counts by a key of several levels and stays small whatever the keys
// are. Its rule is this:
//
// For a node v of level d and a level l > d let S(v, l) be the number of nodes
// of level l below v, where each child counts for at most its own budget. When
// S(v, l) exceeds budget[d][l], level l and all deeper ones are cut away below
// v: their nodes fold into those of level l-1, which take over their states and
// all that later events bring. From then on v counts as its full budget for
// each of those levels, towards its parent.
//
// S never shrinks when events are added, because a cut replaces a count by its
// upper bound. So whether v is cut at l depends on the set of keys alone and
// not on their order, and a tree that was cut early holds the same states as
// one cut late: that makes merge lawful. A node with too many children is the
// case l = d+1; the budgets of the root bound the tree as a whole.
type tree[S mergeable[S]] struct {
	levels int
	budget [][]int
	fresh  func() S
	root   node[S]
	trail  []*node[S] // scratch of at
}

// mergeable is the state kept in a leaf, a pointer. The argument of merge is
// given away. merge must be associative and commutative.
type mergeable[S any] interface {
	comparable
	merge(S)
	encode(*encoder)
	decode(*decoder)
}

// node is a leaf with a state, or has children. Children are told apart by the
// hash of their key part: two parts of one hash would be counted as one.
type node[S mergeable[S]] struct {
	state S
	kids  map[uint64]*node[S]
	cut   int                 // the first level cut away below this node, 0 if none is or an ancestor's cut is as deep
	count [treeLevels + 1]int // S(v, l), for the levels that no ancestor cuts
}

func newTree[S mergeable[S]](budget [][]int, fresh func() S) tree[S] {
	return tree[S]{levels: len(budget), budget: budget, fresh: fresh}
}

// at returns the state for key, which it adds if it is new.
func (t *tree[S]) at(key []uint64) S {
	var none S
	n, grown := t.descend(key)
	if grown {
		// A leaf has no state while it may fold: folding joins states that
		// have counted something.
		t.settleTrail()
		n = t.leaf(key)
	}
	if n.state == none {
		n.state = t.fresh()
	}
	return n.state
}

// descend returns the leaf for key and whether it or a node above it is new.
// It leaves the nodes that it passed in t.trail.
func (t *tree[S]) descend(key []uint64) (n *node[S], grown bool) {
	n = &t.root
	end := t.levels
	t.trail = t.trail[:0]
	for d := 0; ; d++ {
		t.trail = append(t.trail, n)
		if end = n.end(end); d == end {
			return n, grown
		}
		kid := n.kids[key[d]]
		if kid == nil {
			kid, grown = n.grow(key[d]), true
		}
		n = kid
	}
}

// leaf returns the leaf for key, nil if there is none.
func (t *tree[S]) leaf(key []uint64) *node[S] {
	n, end := &t.root, t.levels
	for d := 0; n != nil; d++ {
		if end = n.end(end); d == end {
			return n
		}
		n = n.kids[key[d]]
	}
	return nil
}

// find returns the state that counts key: the zero S if there is none.
func (t *tree[S]) find(key []uint64) S {
	if n := t.leaf(key); n != nil {
		return n.state
	}
	var none S
	return none
}

// end returns the level of the leaves below n, given that of its parent's.
func (n *node[S]) end(above int) int {
	if n.cut > 0 {
		return min(above, n.cut-1)
	}
	return above
}

func (n *node[S]) grow(key uint64) *node[S] {
	if n.kids == nil {
		n.kids = make(map[uint64]*node[S])
	}
	kid := new(node[S])
	n.kids[key] = kid
	return kid
}

// settleTrail counts anew along the trail, from the leaf to the root.
func (t *tree[S]) settleTrail() {
	var ends [treeLevels + 1]int
	end := t.levels
	for d, n := range t.trail {
		ends[d] = end
		end = n.end(end)
	}
	for d := len(t.trail) - 1; d >= 0; d-- {
		t.settle(t.trail[d], d, ends[d])
	}
}

// settleAll counts the whole tree below n anew.
func (t *tree[S]) settleAll(n *node[S], d, end int) {
	for _, kid := range n.kids {
		t.settleAll(kid, d+1, n.end(end))
	}
	t.settle(n, d, end)
}

// settle counts the levels below n down to end, the deepest that its ancestors
// leave, and cuts the first one that is over its budget.
func (t *tree[S]) settle(n *node[S], d, end int) {
	for l := d + 1; l <= end; l++ {
		if n.cut == 0 || l < n.cut {
			n.count[l] = n.width(d, l)
			if n.count[l] > t.budget[d][l] {
				n.cut = l
				n.prune(d, l)
			}
		}
		if n.cut > 0 && l >= n.cut {
			n.count[l] = t.budget[d][l]
		}
	}
}

// width returns S(n, l) as n's children tell it.
func (n *node[S]) width(d, l int) int {
	if l == d+1 {
		return len(n.kids)
	}
	sum := 0
	for _, kid := range n.kids {
		sum += kid.count[l]
	}
	return sum
}

// prune folds all nodes of level l below n, which has level d, into those of
// level l-1. Cuts further down that say no more than this one are forgotten.
func (n *node[S]) prune(d, l int) {
	if d == l-1 {
		n.fold()
		return
	}
	for _, kid := range n.kids {
		if kid.cut >= l {
			kid.cut = 0
		}
		kid.prune(d+1, l)
	}
}

// fold makes n a leaf with all that its descendants counted.
func (n *node[S]) fold() {
	for _, kid := range n.kids {
		kid.fold()
		n.absorb(kid.state)
	}
	n.kids = nil
}

func (n *node[S]) absorb(s S) {
	var none S
	switch {
	case s == none:
	case n.state == none:
		n.state = s
	default:
		n.state.merge(s)
	}
}

// merge adds all of u, a tree of the same levels, which is left unusable.
func (t *tree[S]) merge(u *tree[S]) {
	t.root.merge(&u.root, 0)
	t.settleAll(&t.root, 0, t.levels)
}

// merge adds o to n, both of level d. Both are first cut alike, from the root
// downwards, so that leaves meet leaves.
func (n *node[S]) merge(o *node[S], d int) {
	cut := max(n.cut, o.cut)
	if n.cut > 0 && o.cut > 0 {
		cut = min(n.cut, o.cut)
	}
	n.cutTo(d, cut)
	o.cutTo(d, cut)
	n.absorb(o.state)
	for key, theirs := range o.kids {
		if ours := n.kids[key]; ours != nil {
			ours.merge(theirs, d+1)
			continue
		}
		if n.kids == nil {
			n.kids = make(map[uint64]*node[S])
		}
		n.kids[key] = theirs
	}
}

func (n *node[S]) cutTo(d, cut int) {
	if n.cut != cut {
		n.cut = cut
		n.prune(d, cut)
	}
}

// all calls yield for every state, in the order of their keys.
func (t *tree[S]) all(yield func(S)) { t.root.all(yield) }

func (n *node[S]) all(yield func(S)) {
	var none S
	if n.state != none {
		yield(n.state)
	}
	for _, key := range n.keys() {
		n.kids[key].all(yield)
	}
}

// keys returns the keys of n's children in order.
func (n *node[S]) keys() []uint64 {
	return slices.Sorted(maps.Keys(n.kids))
}

func (t *tree[S]) encode(e *encoder) { t.root.encode(e) }

func (n *node[S]) encode(e *encoder) {
	var none S
	e.len(n.cut)
	if n.state != none {
		e.len(0)
		n.state.encode(e)
		return
	}
	e.len(1 + len(n.kids))
	for _, key := range n.keys() {
		e.hash(key)
		n.kids[key].encode(e)
	}
}

// decode reads a tree and cuts it where a Tally would: a frame in canonical
// form needs no cut.
func (t *tree[S]) decode(d *decoder) {
	t.decodeNode(d, &t.root, 0, t.levels)
	if d.err == nil {
		t.settleAll(&t.root, 0, t.levels)
	}
}

func (t *tree[S]) decodeNode(d *decoder, n *node[S], level, end int) {
	n.cut = d.len(end, 0)
	end = n.end(end)
	kids := d.len(1+len(d.b), 0) - 1
	leaf := kids < 0
	switch {
	case end < level || leaf != (level == end) || kids == 0 && level > 0:
		d.fail("tree out of shape")
	case leaf:
		n.state = t.fresh()
		n.state.decode(d)
	case kids > t.budget[level][level+1]:
		d.fail("tree out of bounds")
	}
	for ; kids > 0 && d.err == nil; kids-- {
		t.decodeNode(d, n.grow(d.hash()), level+1, end)
	}
}
