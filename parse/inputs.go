package parse

import "strings"

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
	if n.word == t.words.path && !t.isElement(n.parent) && !strings.HasPrefix(text, "$.") {
		return false // the path of the request, or the name of the call
	}
	if strings.Contains(text, "_") && strings.ToUpper(text) == text && t.codes.tells(text) {
		return false // the code of the error
	}
	return strings.Count(text, " ")-strings.Count(text, ", ") <= 1
}

// isNowhere reports whether m stands among inputs for errors that are about none.
func (t *tree) isNowhere(m int32) bool {
	n := &t.nodes[m]
	return t.words.is(n.word, nowhereWord) || n.key == "_errors" || n.key == "_error" || t.isPhrase(m)
}

// isPhrase reports whether m is a part of an error that says what its status means:
// "detail":"Unprocessable Entity".
func (t *tree) isPhrase(m int32) bool {
	n := &t.nodes[m]
	return n.kind == stringKind && t.words.is(n.word, partWord) && reasonStatus(n.str) != 0
}

// listsNothingElse reports whether the keys of the object i are inputs and it is
// the whole body: what stands under each is a list or an object, and none is the
// key of a part. A single object is the error itself in a wrapper.
func (t *tree) listsNothingElse(i int32) bool {
	in := t.body(i)
	if first := in + 1; first < t.nodes[in].end && t.nodes[first].kind == objectKind && t.nodes[first].end == t.nodes[in].end {
		return false
	}
	return t.listsInputs(i) && t.allMembers(i, func(m int32) bool {
		return t.nodes[m].kind >= objectKind && !t.isErrorList(m) && !t.words.is(t.nodes[m].word, inputsWord|dataWord|messageWord|headerWord)
	})
}

// isErrorList reports whether the key of m says that errors stand below it. Of
// the keys under which more about an error may stand, the others, such as items
// or status, may be inputs as well.
func (t *tree) isErrorList(m int32) bool {
	if !t.isMore(m) || t.isNowhere(m) {
		return false
	}
	for _, part := range [...]string{"err", "fault", "exception", "detail", "cause", "violation", "issue", "problem", "reason", "failure", "invalid", "validation", "message", "notification", "alert"} {
		if containsFold(t.nodes[m].key, part) {
			return true
		}
	}
	return t.nodes[m].kind == arrayKind && t.nodes[m].end > m+1 && t.anyMember(m+1, t.isNamed)
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
	return t.allMembers(i, func(e int32) bool { return t.nodes[e].kind < objectKind })
}

// isStray reports whether the key of m is an input although its other keys are those
// of an error: no error body has it, and sentences stand below it.
func (t *tree) isStray(m int32) bool {
	n := &t.nodes[m]
	if t.isMore(m) || t.isNowhere(m) || t.words.is(n.word, partWord|messageWord|codeWord|besideWord|locationWord|statusWord) {
		return false
	}
	if n.kind == arrayKind {
		return n.end > m+1 && t.allMembers(m, func(e int32) bool { return t.nodes[e].kind == stringKind && isSentence(t.nodes[e].str) })
	}
	return n.kind == objectKind && n.word == 0 && t.saysSentence(m) && t.isAllParts(m) && !t.statesStatus(m)
}

// isSparse reports whether the array i lists errors by input for each element of
// a list: [{},{"zip":["can't be blank"]}].
func (t *tree) isSparse(i int32) bool {
	return t.nodes[i].end > i+1 && t.allMembers(i, func(e int32) bool {
		return t.nodes[e].kind == objectKind && (t.nodes[e].end == e+1 || t.listsInputs(e))
	})
}

// listsSingles reports whether the array i lists objects of one input each and what
// is wrong with it: [{"email":"Invalid param"},{"to":"Invalid param"}].
func (t *tree) listsSingles(i int32) bool {
	return t.nodes[i+1].end < t.nodes[i].end && t.allMembers(i, t.isSingle)
}

// isSingle reports whether the object i is nothing but one input and what is wrong
// with it.
func (t *tree) isSingle(i int32) bool {
	m := i + 1
	return t.nodes[i].kind == objectKind && m < t.nodes[i].end && t.nodes[m].end == t.nodes[i].end &&
		t.nodes[m].kind == stringKind && isSentence(t.nodes[m].str) && !t.words.is(t.nodes[m].word, partWord|messageWord|codeWord)
}

// listsInputs reports whether the keys of the object i are inputs: what stands
// under them are errors, and none of them is part of one error.
func (t *tree) listsInputs(i int32) bool {
	i = t.body(i)
	if t.nodes[i].kind != objectKind || t.nodes[i].end == i+1 {
		return false
	}
	t.weighs = true
	if t.nodes[i].inputs == unknown {
		t.nodes[i].inputs = no // for what asks on the way
		t.nodes[i].inputs = verdictOf(t.keysAreInputs(i))
	}
	return t.nodes[i].inputs == yes
}

// keysAreInputs is listsInputs for an object that is not empty.
func (t *tree) keysAreInputs(i int32) bool {
	lists, errors, any, keys, parts := true, true, false, 0, 0
	t.members(i, func(m int32) {
		n := &t.nodes[m]
		empty := n.kind == nullKind || n.end == m+1 && (n.kind == arrayKind || n.kind == objectKind)
		if n.kind == stringKind && t.words.is(n.word, codeWord|kindWord) && endsInError(n.str) {
			return // the name of the error
		}
		if t.isPhrase(m) {
			return
		}
		if n.kind == stringKind && isSentence(n.str) && t.mayBeInput(m) {
			parts++
			return
		}
		keys++
		any = any || !empty
		fits := empty || t.isErrorOf(m) && !(t.words.is(n.word, inputsWord) && t.isErrorList(m) && !t.holdsErrors(m))
		lists = lists && (fits && n.kind == arrayKind || empty || t.isNowhere(m))
		errors = errors && fits
	})
	return any && (lists || errors) && (parts == 0 || keys > max(1, parts) && t.words.is(t.nodes[t.keyed(i)].word, inputsWord))
}

// mayBeInput reports whether the key of m is a part of an error that inputs are
// called too, as a title and a description are.
func (t *tree) mayBeInput(m int32) bool {
	switch strings.ToLower(t.nodes[m].key) {
	case "title", "description", "text", "detail", "details", "reason", "status", "name", "type", "category", "hint", "info":
		return t.words.is(t.nodes[m].word, partWord|messageWord)
	}
	return false
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
		case t.words.is(n.word, inputsWord|dataWord) || t.isErrorList(m):
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
		return t.isFlat(m) || !t.isErrorList(m) && (t.isSparse(m) || t.saysText(m+1))
	case objectKind:
		return !t.statesStatus(m) && (!t.isMore(m) || t.words.is(n.word, locationWord) || t.holdsErrors(m)) && (t.saysText(m) || t.listsInputs(m))
	}
	return false
}

// holdsErrors reports whether the object i lists errors by input as Discord and Zod
// do: {"name":{"_errors":[…]}}.
func (t *tree) holdsErrors(i int32) bool {
	for c := i + 1; t.nodes[i].kind == objectKind && c < t.nodes[i].end; c++ {
		if t.nodes[c].key == "_errors" {
			return true
		}
	}
	return false
}

// statesStatus reports whether the object i states the HTTP status of an error, and
// so is one rather than what is said of an input.
func (t *tree) statesStatus(i int32) bool {
	return t.anyMember(i, func(m int32) bool {
		status, ok := readStatus(t.text(m))
		return ok && status >= 400 && t.nodes[m].kind <= stringKind && t.words.is(t.nodes[m].word, vagueWord|statusWord)
	})
}

// listsChecks reports whether the keys of the object i are checks that one input
// did not pass: {"isEmpty":"Value is required","notFloat":"…"}.
func (t *tree) listsChecks(i int32) bool {
	return t.allMembers(i, func(m int32) bool { return t.nodes[m].kind == stringKind && isCheck(t.nodes[m].key) })
}

// isCheck reports whether a key is the name of a check: isEmpty, tooShort, required.
func isCheck(key string) bool {
	switch key {
	case "required", "invalid", "unique", "min", "max", "minlength", "maxlength", "minLength", "maxLength", "length", "pattern", "format", "taken":
		return true
	}
	for _, verb := range [...]string{"is", "not", "no", "has", "too", "must", "invalid", "min", "max"} {
		if rest, found := strings.CutPrefix(key, verb); found && rest != "" && rest[0] >= 'A' && rest[0] <= 'Z' {
			return true
		}
	}
	return false
}

// saysText reports whether the object i has a text for people.
func (t *tree) saysText(i int32) bool {
	return t.anyMember(i, func(m int32) bool {
		return (t.words.is(t.nodes[m].word, textWord) && t.nodes[m].kind != objectKind || t.isNowhere(m)) && t.nodes[m].kind >= stringKind && t.present(m)
	})
}

// saysSentence reports whether the object i has a text under a key for texts, and
// so is one error rather than a list.
func (t *tree) saysSentence(i int32) bool {
	return t.anyMember(i, func(m int32) bool {
		return t.isText(m) && t.nodes[m].kind == stringKind && t.words.is(t.nodes[m].word, partWord)
	})
}
