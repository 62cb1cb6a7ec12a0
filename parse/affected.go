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
		if t.words.is(t.nodes[m].word, fieldWord) {
			a.named(m, levels)
		}
	})
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
		case !a.keysOf(m, inputsWord, levels) && t.isList(m):
			a.below(m, base)
			a.collect(m, levels-1)
		}
	})
	if len(a.names) == before {
		t.members(i, func(m int32) { a.keysOf(m, dataWord, levels) })
	}
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
		if !t.words.is(t.nodes[c].word, belowWord) || t.nodes[c].kind != stringKind {
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
		if isInput(t, i) {
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
		if n := &t.nodes[m]; t.words.is(n.word, nameWord) && n.kind == stringKind && isInput(t, m) && !strings.Contains(n.str, " ") && !endsInError(n.str) {
			a.add(n.str)
		}
	})
}

// endsInError reports whether a name is that of an error rather than of an input.
func endsInError(name string) bool {
	return len(code.Stem(code.Fold(name))) < len(code.Fold(name))
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
			if above != "" && n.kind == arrayKind {
				a.add(above)
			}
		case n.kind == stringKind && (t.words.is(n.word, codeWord|kindWord|partWord) && endsInError(n.str)):
		case t.present(m) && n.kind != trueKind && len(n.key) <= maxInput:
			a.key(m, join(above, n.key), levels)
		}
	})
}

// key collects the input name, whose errors stand at m.
func (a *affected) key(m int32, name string, levels int) {
	t := a.t
	switch n := &t.nodes[m]; {
	case n.kind == objectKind && name == n.key && t.words.is(n.word, locationWord):
		a.keys(m, "", levels-1)
	case n.kind == objectKind && t.listsInputs(m):
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

// isInput reports whether the text at i can be the name of an input: it is one
// line, no URL, no location, no sentence.
func isInput(t *tree, i int32) bool {
	text := strings.TrimSpace(t.nodes[i].str)
	if text == "" || len(text) > maxInput || strings.ContainsAny(text, "\n{}") || strings.Contains(text, "://") || saysNobody(text) {
		return false
	}
	n := &t.nodes[i]
	if t.words.is(n.word, placeWord) && t.isLocation(text) {
		return false
	}
	if n.word == t.words.path && !t.isElement(n.parent) {
		return false // the path of the request, or the name of the call
	}
	return strings.Count(text, " ")-strings.Count(text, ", ") <= 1
}

// isNowhere reports whether m stands among inputs for errors that are about none.
func (t *tree) isNowhere(m int32) bool {
	n := &t.nodes[m]
	return t.words.is(n.word, nowhereWord) || n.key == "_errors" || n.key == "_error"
}

// listsNothingElse reports whether the keys of the object i are inputs and it is
// the whole body: what stands under each is a list or an object, and none is the
// key of a part.
func (t *tree) listsNothingElse(i int32) bool {
	nothing := t.listsInputs(i)
	t.members(i, func(m int32) {
		nothing = nothing && t.nodes[m].kind >= objectKind && !t.isList(m) && !t.words.is(t.nodes[m].word, inputsWord|dataWord|messageWord|headerWord)
	})
	return nothing
}

// saysNobody reports whether text stands for no name.
func saysNobody(text string) bool {
	switch strings.ToLower(text) {
	case "nil", "null", "none", "undefined", "unknown", "n/a", "-":
		return true
	}
	return false
}

// isLocation reports whether text says where an input stands, not which it is.
func (t *tree) isLocation(text string) bool {
	return t.words.is(t.words.find(text), locationWord)
}

// isNamed reports whether i stands under a key for inputs.
func (t *tree) isNamed(i int32) bool {
	return i >= 0 && t.words.is(t.nodes[i].word, fieldWord)
}

// isElement reports whether i is an element of an array.
func (t *tree) isElement(i int32) bool {
	parent := t.nodes[i].parent
	return parent >= 0 && t.nodes[parent].kind == arrayKind
}

// isFlat reports whether no element of the array i holds others.
func (t *tree) isFlat(i int32) bool {
	flat := true
	t.members(i, func(e int32) { flat = flat && t.nodes[e].kind < objectKind })
	return flat
}

// isSparse reports whether the array i lists errors by input for each element of
// a list: [{},{"zip":["can't be blank"]}].
func (t *tree) isSparse(i int32) bool {
	sparse := t.nodes[i].end > i+1
	t.members(i, func(e int32) {
		sparse = sparse && t.nodes[e].kind == objectKind && (t.nodes[e].end == e+1 || t.listsInputs(e))
	})
	return sparse
}

// listsInputs reports whether the keys of the object i are inputs: what stands
// under them are errors, and none of them is part of one error.
func (t *tree) listsInputs(i int32) bool {
	i = t.body(i)
	if t.nodes[i].kind != objectKind || t.nodes[i].end == i+1 {
		return false
	}
	lists, errors, any := true, true, false
	t.members(i, func(m int32) {
		n := &t.nodes[m]
		empty := n.kind == nullKind || n.end == m+1 && (n.kind == arrayKind || n.kind == objectKind)
		if n.kind == stringKind && t.words.is(n.word, codeWord|kindWord) && endsInError(n.str) {
			return // the name of the error
		}
		any = any || !empty
		lists = lists && (empty || n.kind == arrayKind && t.isErrorOf(m) || t.isNowhere(m))
		errors = errors && (empty || t.isErrorOf(m))
	})
	return any && (lists || errors)
}

// listsSentences reports whether the object i is nothing but lists of sentences
// by input, at whatever depth: what Django says of a form.
func (t *tree) listsSentences(i int32) bool {
	i = t.body(i)
	if t.nodes[i].kind != objectKind {
		return false
	}
	all, any := true, false
	t.members(i, func(m int32) {
		n := &t.nodes[m]
		switch {
		case t.words.is(n.word, inputsWord|dataWord|listWord):
			all = false
		case n.kind == objectKind && n.end > m+1:
			any = true
			all = all && t.listsSentences(m)
		case n.kind == arrayKind:
			t.members(m, func(e int32) {
				any = any || t.nodes[e].kind == stringKind
				all = all && (t.nodes[e].kind == stringKind && strings.Contains(t.nodes[e].str, " ") || t.nodes[e].kind == objectKind && (t.nodes[e].end == e+1 || t.listsSentences(e)))
			})
		default:
			all = false
		}
	})
	return all && any
}

// isErrorOf reports whether what stands at m says what is wrong with the input
// that is its key.
func (t *tree) isErrorOf(m int32) bool {
	n := &t.nodes[m]
	part := t.words.is(n.word, partWord)
	switch n.kind {
	case stringKind:
		return !part && (strings.Contains(n.str, " ") && !endsInError(n.str) || t.codes.tells(n.str) && !t.words.is(n.word, codeWord|kindWord))
	case arrayKind:
		return t.isFlat(m) || !t.isList(m) && (t.isSparse(m) || t.saysText(m+1))
	case objectKind:
		return (!t.isList(m) || t.words.is(n.word, locationWord)) && (t.saysText(m) || t.listsInputs(m))
	}
	return false
}

// saysText reports whether the object i has a text for people.
func (t *tree) saysText(i int32) bool {
	says := false
	t.members(i, func(m int32) {
		says = says || (t.words.is(t.nodes[m].word, textWord) || t.isNowhere(m)) && t.nodes[m].kind >= stringKind
	})
	return says
}

// saysSentence reports whether the object i has a text under a key for texts, and
// so is one error rather than a list.
func (t *tree) saysSentence(i int32) bool {
	says := false
	t.members(i, func(m int32) {
		says = says || t.isText(m) && t.nodes[m].kind == stringKind && t.words.is(t.nodes[m].word, partWord)
	})
	return says
}

// members calls yield for each member of the object i or element of the array i.
func (t *tree) members(i int32, yield func(int32)) {
	i = t.body(i)
	if t.nodes[i].kind < objectKind {
		return
	}
	for c := i + 1; c < t.nodes[i].end; c = t.nodes[c].end {
		yield(c)
	}
}
