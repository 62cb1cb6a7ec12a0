package parse

import (
	"fmt"
	"strings"
)

// path is a compiled list of alternatives: the first one present counts.
type path []route

// route is one alternative: steps from a node down.
type route []step

// anyWord is the word of a step that goes to every member.
const anyWord word = -1

// step goes to the member of a key, then, if each is set, to its elements.
type step struct {
	word word
	each bool
}

// compilePath compiles "errors[].detail | message" into the key table w. An
// empty text is the empty path, which finds nothing.
func compilePath(w *words, text string) (path, error) {
	if text == "" {
		return nil, nil
	}
	var p path
	for alternative := range strings.SplitSeq(text, "|") {
		var r route
		for part := range strings.SplitSeq(strings.TrimSpace(alternative), ".") {
			name, each := strings.CutSuffix(part, "[]")
			if name == "*" && !each {
				r = append(r, step{word: anyWord})
				continue
			}
			if name == "" || strings.ContainsAny(name, "[]*?#@ ") {
				return nil, fmt.Errorf("path %q: want dotted keys, [] after a key for its elements, * for any key, | between alternatives", text)
			}
			r = append(r, step{w.add(name, 0), each})
		}
		p = append(p, r)
	}
	return p, nil
}

// isWild reports whether p begins with a step to every member.
func (p path) isWild() bool {
	return len(p) > 0 && len(p[0]) > 0 && p[0][0].word == anyWord
}

// lastKeys returns the key with which each alternative of a path ends.
func lastKeys(text string) (keys []string) {
	for alternative := range strings.SplitSeq(text, "|") {
		parts := strings.Split(strings.TrimSpace(alternative), ".")
		if key := strings.TrimSuffix(parts[len(parts)-1], "[]"); key != "" && key != "*" {
			keys = append(keys, key)
		}
	}
	return keys
}

// below returns p with the routes that begin with items made relative to an
// element of items, and the other routes apart.
func (p path) below(items route) (relative, top path) {
	for _, r := range p {
		if len(items) > 0 && len(r) >= len(items) && sameRoute(r[:len(items)], items) {
			relative = append(relative, r[len(items):])
		} else {
			top = append(top, r)
		}
	}
	return relative, top
}

func sameRoute(a, b route) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// first returns the first node that p finds present below i, -1 if none.
func (t *tree) first(p path, i int32) int32 {
	for _, r := range p {
		if n := t.follow(r, i); n >= 0 {
			return n
		}
	}
	return -1
}

// follow returns the first present node at r below i, -1 if none.
func (t *tree) follow(r route, i int32) int32 {
	found := int32(-1)
	t.walk(r, i, func(n int32) bool {
		found = n
		return false
	})
	return found
}

// walk calls yield for each present node at r below i, in order, until yield
// returns false. It reports whether it went to the end.
func (t *tree) walk(r route, i int32, yield func(int32) bool) bool {
	if len(r) == 0 {
		return !t.present(i) || yield(i)
	}
	more := true
	if r[0].word == anyWord {
		t.members(i, func(m int32) { more = more && t.walk(r[1:], m, yield) })
		return more
	}
	c := t.child(i, r[0].word)
	if c < 0 {
		return true
	}
	if !r[0].each {
		return t.walk(r[1:], c, yield)
	}
	t.elements(c, func(e int32) {
		more = more && t.walk(r[1:], e, yield)
	})
	return more
}
