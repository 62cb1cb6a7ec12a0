package report

import (
	"slices"
	"strings"
)

// names is the set of the smallest names that were met.
type names struct {
	list []string // ascending
	more bool     // there were others
}

// add puts name into the set, which keeps at most limit names.
func (n *names) add(name string, limit int) {
	name = clip(name, valueBytes)
	i, found := slices.BinarySearch(n.list, name)
	switch {
	case found || name == "":
	case i == limit:
		n.more = true
	default:
		if len(n.list) == limit {
			n.list, n.more = n.list[:limit-1], true
		}
		n.list = slices.Insert(n.list, i, strings.Clone(name))
	}
}

func (n *names) merge(u *names, limit int) {
	for _, name := range u.list {
		n.add(name, limit)
	}
	n.more = n.more || u.more
}

func (n *names) encode(e *encoder) {
	e.bool(n.more)
	e.len(len(n.list))
	for _, name := range n.list {
		e.str(name)
	}
}

func (n *names) decode(d *decoder, limit int) {
	n.more = d.bool()
	n.list = make([]string, d.len(limit, 1))
	for i := range n.list {
		n.list[i] = d.str(valueBytes)
		if n.list[i] == "" || i > 0 && n.list[i] <= n.list[i-1] {
			d.fail("names out of order")
		}
	}
	if n.more && len(n.list) < limit {
		d.fail("cut set below its cap")
	}
}
