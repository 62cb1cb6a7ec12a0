package parse

import (
	"slices"
	"strings"

	"analyzer/parse/code"
)

// The bounds of what is collected from one error.
const (
	maxAffected = 32  // inputs
	maxInput    = 240 // bytes of one
	maxBelow    = 6   // levels of lists in lists
)

// affected collects the inputs that an error names, in whatever way it does: by
// key (field, pointer, loc …), or as the keys of an object ({"name":["is too
// short"]}).
type affected struct {
	t     *tree
	names []string
}

func (a *affected) add(name string) {
	if name != "" && len(a.names) < maxAffected && !slices.Contains(a.names, name) {
		a.names = append(a.names, name)
	}
}

// collect looks at the value at i, at most levels of lists deep.
func (a *affected) collect(i int32, levels int) {
	i = a.t.body(i)
	switch {
	case levels == 0:
	case a.t.isTuple(i):
		if third := i + 3; third < a.t.nodes[i].end && isInput(a.t, third) {
			a.add(a.t.nodes[third].str)
		}
	case a.t.nodes[i].kind == arrayKind:
		a.t.members(i, func(e int32) { a.collect(e, levels-1) })
	case a.t.nodes[i].kind == objectKind:
		a.object(i, levels)
	}
}

// object collects what the members of an object name. Its lists count where it
// names no input itself, or where they are about further ones.
func (a *affected) object(i int32, levels int) {
	t, before := a.t, len(a.names)
	t.members(i, func(m int32) {
		if t.words.is(t.nodes[m].word, fieldWord) && !t.isPathOfAnswer(m) {
			a.named(m, levels)
		}
	})
	if t.isElement(i) && t.isSingle(i) && t.listsSingles(t.nodes[i].parent) {
		a.add(t.nodes[i+1].key)
	}
	if len(a.names) == before && t.isElement(i) && (t.saysText(i) || t.isNamed(t.nodes[i].parent)) {
		a.byName(i)
	}
	a.names = a.names[:before+copy(a.names[before:], longest(a.names[before:]))]
	base := ""
	if len(a.names) == before+1 {
		base = a.names[before]
	}
	t.members(i, func(m int32) {
		switch {
		case t.nodes[m].word == t.words.children:
			a.children(m, base, levels)
		case !a.keysOf(m, inputsWord, levels) && t.isMore(m):
			a.below(m, base)
			a.collect(m, levels-1)
		}
	})
	if len(a.names) == before {
		t.members(i, func(m int32) { a.keysOf(m, dataWord, levels) })
	}
	if len(a.names) == before {
		t.members(i, func(m int32) {
			if t.isPathOfAnswer(m) {
				a.named(m, levels)
			}
		})
	}
}

// isPathOfAnswer reports whether m is the path of what GraphQL could not answer: it
// stands for an input where nothing else does.
func (t *tree) isPathOfAnswer(m int32) bool {
	return t.nodes[m].word == t.words.path && t.nodes[m].kind == arrayKind && t.anyMember(t.nodes[m].parent, func(o int32) bool { return t.nodes[o].key == "extensions" })
}

// longest returns the names without those that another one ends with: born_on and
// /passengers/0/born_on are one input.
func longest(names []string) []string {
	var kept []string
	for i, name := range names {
		covered := slices.ContainsFunc(names, func(other string) bool {
			rest, found := strings.CutSuffix(other, name)
			return found && rest != "" && strings.ContainsAny(rest[len(rest)-1:], "./ ")
		})
		if !covered {
			kept = append(kept, names[i])
		}
	}
	return kept
}

// keysOf collects the keys of the member m if its key plays the role r and they
// are inputs.
func (a *affected) keysOf(m int32, r role, levels int) bool {
	if !a.t.words.is(a.t.nodes[m].word, r) || !a.t.listsInputs(m) || r == dataWord && a.t.saysSentence(m) {
		return false
	}
	a.keys(a.t.body(m), "", levels)
	return true
}

// children replaces the input base by those that the list m names below it.
func (a *affected) children(m int32, base string, levels int) {
	inner := affected{t: a.t}
	inner.collect(m, levels-1)
	if len(inner.names) > 0 {
		a.drop(base)
	}
	for _, name := range inner.names {
		a.add(join(base, name))
	}
}

// below replaces the input base by the one that the object m names below it.
func (a *affected) below(m int32, base string) {
	t := a.t
	t.members(m, func(c int32) {
		if !t.words.is(t.nodes[c].word, belowWord) || t.nodes[c].kind != stringKind || !isInput(t, c) {
			return
		}
		a.drop(base)
		a.add(join(base, t.nodes[c].str))
	})
}

func (a *affected) drop(name string) {
	if i := slices.Index(a.names, name); i >= 0 {
		a.names = slices.Delete(a.names, i, i+1)
	}
}

// join returns the path of an input below another, in the spelling of the latter.
func join(base, name string) string {
	switch {
	case base == "":
		return name
	case strings.HasPrefix(base, "/"):
		return base + "/" + name
	}
	return base + "." + name
}

// named collects what the value at i, under a key for inputs, names.
func (a *affected) named(i int32, levels int) {
	t := a.t
	in := t.body(i)
	switch t.nodes[in].kind {
	case stringKind:
		if isInput(t, i) && !endsInError(t.nodes[i].str) {
			a.add(t.nodes[i].str)
		}
	case arrayKind:
		if t.words.is(t.nodes[i].word, pathWord) && t.isFlat(in) {
			a.path(i)
			return
		}
		t.members(in, func(e int32) {
			switch t.nodes[e].kind {
			case arrayKind:
				a.path(e)
			case objectKind:
				a.collect(e, levels-1)
			case stringKind:
				if isInput(t, e) {
					a.add(t.nodes[e].str)
				}
			}
		})
	case objectKind:
		if t.listsInputs(i) {
			a.keys(in, "", levels)
		} else if t.words.is(t.nodes[i].word, listWord) {
			a.byName(in)
		}
	}
}

// path collects the one input whose path the segments in the array at i are.
func (a *affected) path(i int32) {
	if text := a.t.text(i); len(text) <= maxInput && !a.t.isLocation(text) {
		a.add(text)
	}
}

// byName collects the input that an object names under a key that means it only
// there.
func (a *affected) byName(i int32) {
	t := a.t
	t.members(i, func(m int32) {
		if n := &t.nodes[m]; t.words.is(n.word, nameWord) && n.kind == stringKind && isInput(t, m) && !strings.Contains(n.str, " ") && !endsInError(n.str) && !t.codes.known.holds(code.Fold(n.str)) {
			a.add(n.str)
		}
	})
}

// endsInError reports whether a name is that of an error rather than of an input.
func endsInError(name string) bool {
	return len(name) <= maxCode && code.NamesError(name)
}

// keys collects the keys of an object that lists errors by input, with the path
// above it.
func (a *affected) keys(i int32, above string, levels int) {
	t := a.t
	if levels == 0 {
		return
	}
	t.members(i, func(m int32) {
		n := &t.nodes[m]
		switch {
		case t.isNowhere(m):
			if above != "" && n.kind == arrayKind && t.present(m) {
				a.add(above)
			}
		case n.kind == stringKind && t.words.is(n.word, codeWord|kindWord|partWord) && endsInError(n.str):
		case t.present(m) && n.kind != trueKind && len(n.key) <= maxInput:
			a.key(m, join(above, n.key), levels)
		}
	})
}

// key collects the input name, whose errors stand at m.
func (a *affected) key(m int32, name string, levels int) {
	t := a.t
	switch n := &t.nodes[m]; {
	case n.kind == objectKind && name == n.key && t.words.is(n.word, locationWord) && t.saysSentence(m):
		a.collect(m, levels-1)
	case n.kind == objectKind && name == n.key && t.words.is(n.word, locationWord):
		a.keys(m, "", levels-1)
	case n.kind == objectKind && t.listsInputs(m) && !t.listsChecks(m):
		a.keys(m, name, levels-1)
	case n.kind == arrayKind && t.isSparse(m):
		t.members(m, func(e int32) {
			if t.nodes[e].kind == objectKind {
				a.keys(e, name+"[]", levels-1)
			}
		})
	default:
		a.add(name)
	}
}
