package input

import (
	"cmp"
	"slices"
)

// leastCopy is how many bytes two files must share for one to be taken for a
// copy of the other; fewer are a banner.
const leastCopy = 1 << 10

// resume decides where files are read from. It is told what stands on disk and
// which cursors each file holds: it begins with the bytes that were read, as far
// as their prints tell. Each cursor is continued by one file at most, so that
// nothing is read twice:
//
//   - by the file that it is of, whatever that is called now;
//   - else, if that is gone, truncated or another one by now, by a file that holds
//     it: a copy, or a compressed file. Of several, one with another name, since a
//     new file of the same name may begin alike.
//
// The longest cursors come first, and a file that goes on with one is done with
// the shorter ones. A file that only holds cursors which others continue is a copy
// and left out. Any other file is new, and read from its start. Cursors with which
// nothing goes on are orphans.
func resume(cursors []Cursor, files []*sight) (steps []decision, orphans []int) {
	steps = make([]decision, len(files))
	for i := range steps {
		steps[i] = decision{none, none}
	}
	owner := make([]int, len(cursors)) // the file that continues a cursor
	for _, j := range longestFirst(cursors) {
		owner[j] = heir(j, &cursors[j], files, steps)
		if owner[j] != none && steps[owner[j]].cursor == none {
			steps[owner[j]].cursor = j
		}
	}
	for j, i := range owner {
		if i == none {
			orphans = append(orphans, j)
			continue
		}
		for x, f := range files {
			if steps[x].cursor == none && f.copies(&cursors[j], j) {
				steps[x].copyOf = i
			}
		}
	}
	return steps, orphans
}

// heir returns the file that goes on with the cursor c, numbered j; none if there
// is no such file. It may be one that goes on with a longer cursor of its own.
func heir(j int, c *Cursor, files []*sight, steps []decision) int {
	other, same := none, none
	for i, f := range files {
		switch {
		case !f.holdsCursor(j):
		case f.is(c):
			return i
		case c.Offset == 0 || steps[i].cursor != none:
		case f.path == c.Path:
			same = i
		case other == none:
			other = i
		}
	}
	if other == none {
		return same
	}
	return other
}

// decision says how one file is read: from where a cursor stands, or from its
// start if that is none; not at all if it is a copy of another file.
type decision struct{ cursor, copyOf int }

// before returns the cursor to go on from, nil if there is none.
func (d decision) before(cursors []Cursor) *Cursor {
	if d.cursor == none {
		return nil
	}
	return &cursors[d.cursor]
}

const none = -1

// longestFirst lists the cursors by how much they prove.
func longestFirst(cursors []Cursor) []int {
	order := make([]int, len(cursors))
	for j := range order {
		order[j] = j
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(cursors[b].Offset, cursors[a].Offset) })
	return order
}
