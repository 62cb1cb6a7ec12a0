package parse

import (
	"strings"

	"analyzer/parse/code"
)

// eachCode calls yield for the codes that the value at i holds under keys for
// codes or kinds, or in lists, and those in its lists, at most levels deep, until
// yield returns false. It reports whether it went to the end.
func (t *tree) eachCode(i int32, levels int, yield func(i int32) bool) bool {
	more := true
	if levels == 0 {
		return more
	}
	t.members(i, func(m int32) {
		switch n := &t.nodes[m]; {
		case !more:
		case t.isCodeAt(m):
			more = yield(m)
		case t.isMore(m) || n.kind >= objectKind && n.key == "":
			more = t.eachCode(m, levels-1, yield)
		}
	})
	return more
}

// isCodeAt reports whether the text at i is a code that says something, under a
// key for codes or in a list. Under a key that may hold other kinds, several words
// are one only as the name of an error.
func (t *tree) isCodeAt(i int32) bool {
	n := &t.nodes[i]
	switch {
	case n.kind != stringKind || n.inner != 0 || !isCode(n.str) || saysNothing(n.str) && reasonStatus(n.str) == 0:
		return false
	case t.isListElement(i):
		lead, _, _ := strings.Cut(n.str, ":")
		return !strings.Contains(lead, " ")
	case t.words.is(n.word, kindWord):
		return !strings.Contains(n.str, " ") || reasonStatus(n.str) != 0 || endsInError(n.str)
	}
	return t.words.is(n.word, codeWord)
}

// isListElement reports whether m is an element of a list of errors.
func (t *tree) isListElement(m int32) bool {
	parent := t.nodes[m].parent
	return t.nodes[m].key == "" && (t.words.is(t.nodes[parent].word, listWord) || t.isElement(parent))
}

// eachText calls yield for the sentences that the value at i holds, and those in
// its lists, at most levels deep, until yield returns false. It reports whether
// it went to the end.
func (t *tree) eachText(i int32, levels int, yield func(i int32) bool) bool {
	more := true
	if n := &t.nodes[i]; n.kind == stringKind && n.inner == 0 {
		return !isSentence(n.str) || yield(i)
	}
	if levels == 0 {
		return more
	}
	byInput := t.listsInputs(i)
	t.members(i, func(m int32) {
		switch n := &t.nodes[m]; {
		case !more:
		case n.kind == stringKind && n.inner == 0 && (n.key == "" || byInput || t.words.is(n.word, textWord|messageWord) || isSentence(n.str) && textParts.in(n.key)):
			more = !isSentence(n.str) || yield(m)
		case t.isMore(m) || n.kind >= objectKind && (n.key == "" || byInput):
			more = t.eachText(m, levels-1, yield)
		}
	})
	return more
}

// isSentence reports whether text is words for people rather than a value.
func isSentence(text string) bool {
	return strings.Contains(text, " ") && code.IsWord(text)
}

// isMore reports whether the member m holds more about an error: by its key, of
// which those that hold a word such as error are beyond number, or because it is all
// that stands in a body.
func (t *tree) isMore(m int32) bool {
	n := &t.nodes[m]
	switch {
	case t.words.is(n.word, listWord):
		return true
	case n.kind == arrayKind:
		return t.words.is(n.word, codeWord|kindWord|messageWord) || errorParts.in(n.key)
	}
	return n.kind == objectKind && (errorParts.in(n.key) || t.isWhole(m))
}

// isWhole reports whether the member m is all that stands in a response body.
func (t *tree) isWhole(m int32) bool {
	parent := t.nodes[m].parent
	return m == parent+1 && parent >= 0 && t.nodes[m].end == t.nodes[parent].end && t.isUnderBody(parent)
}

// textParts and errorParts are of keys under which a text for people stands, and
// more about an error, however the rest of the key is called.
var (
	textParts  = newParts("message", "desc", "detail", "reason", "debug", "error", "explan")
	errorParts = newParts("error", "fault", "exception", "detail", "violation", "problem", "message", "issue", "failure", "validation")
)

// parts are words that a key may hold, by their first letter.
type parts [256][]string

func newParts(words ...string) *parts {
	var p parts
	for _, word := range words {
		p[word[0]] = append(p[word[0]], word)
	}
	return &p
}

// in reports whether a key holds one of p, in any case.
func (p *parts) in(key string) bool {
	for i := range len(key) {
		for _, word := range p[key[i]|0x20] {
			if len(key)-i >= len(word) && strings.EqualFold(key[i:i+len(word)], word) {
				return true
			}
		}
	}
	return false
}

// tells reports whether the value at i holds a code that says that something
// failed, or a flag that says so beside a text or a list of errors.
func (t *tree) tells(i int32) bool {
	return t.saysFailed(i) && (t.hasMessage(i) || t.hasErrors(i)) || t.statesError(i) || t.answersNothing(i) || t.beginsTelling(i) || t.holdsTelling(i)
}

// beginsTelling reports whether a text of the object i begins with such a code:
// {"message":"INVALID_ARGUMENT: …"}.
func (t *tree) beginsTelling(i int32) bool {
	return t.hasMessage(i) && t.anyMember(i, func(m int32) bool {
		n := &t.nodes[m]
		lead := ""
		if n.kind == stringKind && t.words.is(n.word, messageWord) {
			lead = leadingCode(n.str)
		}
		return lead != "" && strings.ToUpper(lead) == lead && t.codes.tells(lead)
	})
}

// verdict is what was found of a node, which is judged once.
type verdict int8

const (
	unknown verdict = iota
	yes
	no
)

func verdictOf(holds bool) verdict {
	if holds {
		return yes
	}
	return no
}

// holdsTelling reports whether such a code stands at i or in its lists. Each node
// is judged once.
func (t *tree) holdsTelling(i int32) bool {
	i = t.body(i)
	if t.verdicts[i] == unknown {
		t.verdicts[i] = no
		t.members(i, func(m int32) {
			n := &t.nodes[m]
			switch {
			case t.verdicts[i] == yes:
			case t.isCodeAt(m):
				if t.isTelling(m) {
					t.verdicts[i] = yes
				}
			case t.isMore(m) && t.holdsTelling(m), n.key == "" && n.kind >= objectKind && t.holdsTelling(m):
				t.verdicts[i] = yes
			}
		})
	}
	return t.verdicts[i] == yes
}

// tellsInSpite reports whether the object i holds a telling code under a key that
// says error, in spite of a status that states success.
func (t *tree) tellsInSpite(i int32) bool {
	return t.anyMember(i, func(m int32) bool {
		n := &t.nodes[m]
		return t.words.is(n.word, codeWord) && containsFold(n.key, "err") && t.isCodeAt(m) && t.isTelling(m)
	})
}

// isTelling reports whether the code at i says that something failed: by its
// words, or by its key and what stands beside it.
func (t *tree) isTelling(i int32) bool {
	n := &t.nodes[i]
	switch {
	case t.words.is(t.words.find(n.str), successWord|faultWord):
		return false
	case t.words.is(n.word, codeWord) && (t.saysFailed(n.parent) || t.isSevere(n.parent)) && !strings.Contains(n.str, " "):
		return true
	case n.key == "":
		return t.codes.known.holds(code.Fold(n.str)) || t.isTuple(n.parent)
	case n.word == t.words.status:
		return t.codes.tellsKind(n.str) && (!t.words.is(t.words.find(n.str), stateWord) || t.isAloneInError(i))
	case t.words.is(n.word, kindWord):
		if t.codes.tellsKind(n.str) {
			return t.words.is(n.word, messageWord) || strings.Contains(n.str, "#") || t.hasText(n.parent) || t.isAllParts(n.parent) || t.listsInputs(n.parent)
		}
		return t.codes.tells(n.str) && (t.saysFailed(n.parent) || t.namesFailure(i))
	case t.codes.tells(n.str):
		return true
	case strings.Contains(n.str, " "):
		return false
	}
	inError := n.up >= 0 && containsFold(t.nodes[n.up].key, "err")
	return (containsFold(n.key, "err") || containsFold(n.key, "fault")) && t.isAllParts(n.parent) || n.word == t.words.code && (inError || t.hasMessage(n.parent))
}

// isSevere reports whether the object i is an issue of FHIR that made a call fail,
// rather than a warning beside what was done.
func (t *tree) isSevere(i int32) bool {
	return t.isElement(i) && t.nodes[i].up >= 0 && t.nodes[t.nodes[i].up].key == "issue" && t.anyMember(i, func(m int32) bool {
		n := &t.nodes[m]
		return n.key == "severity" && (n.str == "error" || n.str == "fatal")
	})
}

// isAloneInError reports whether the word at i is all that an error says of itself:
// {"error":{"status":"UNAVAILABLE"}}.
func (t *tree) isAloneInError(i int32) bool {
	n := &t.nodes[i]
	in := &t.nodes[n.parent]
	return i == n.parent+1 && in.end == i+1 && in.word == t.words.error
}

// isTuple reports whether the array i, itself in a list, is one error as its parts
// in order: ["BAD_NAME","that name isn't going to work","name"].
func (t *tree) isTuple(i int32) bool {
	first, second := i+1, i+2 // of strings, which have nothing below
	if t.nodes[i].kind != arrayKind || !t.isElement(i) || second >= t.nodes[i].end || !t.isFlat(i) {
		return false
	}
	name := t.nodes[first].str
	return t.nodes[first].kind == stringKind && isCode(name) && strings.ToUpper(name) == name && !strings.Contains(name, " ") &&
		t.nodes[second].kind == stringKind && isSentence(t.nodes[second].str)
}

// namesFailure reports whether the kind at i is the name of an error in a response
// body, rather than the class of a program's exception.
func (t *tree) namesFailure(i int32) bool {
	n := &t.nodes[i]
	return endsInError(n.str) && !strings.Contains(code.Local(n.str), ".") && t.hasMessage(n.parent) &&
		(t.placeOf(n.parent) == bodyPlace || t.isBelowBody(n.parent))
}

// saysFailed reports whether the object i has a flag that says that the call
// failed: "success":false, "error":true, "status":"error".
func (t *tree) saysFailed(i int32) bool {
	failed := false
	t.members(i, func(m int32) {
		switch n := &t.nodes[m]; {
		case t.words.is(n.word, outcomeWord|codeWord|kindWord) && n.kind == stringKind:
			failed = failed || saysFailure(n.str)
		case n.word == t.words.error:
			failed = failed || n.kind == trueKind
		case t.words.is(n.word, flagWord):
			failed = failed || n.kind == falseKind || n.kind == numberKind && n.str == "0"
		}
	})
	return failed
}

// saysSucceeded reports whether the object i has a flag that says that the call
// succeeded.
func (t *tree) saysSucceeded(i int32) bool {
	succeeded := false
	t.members(i, func(m int32) {
		switch n := &t.nodes[m]; {
		case t.words.is(n.word, outcomeWord) && n.kind == stringKind:
			succeeded = succeeded || t.words.is(t.words.find(n.str), successWord)
		case t.words.is(n.word, flagWord):
			succeeded = succeeded || n.kind == trueKind
		}
	})
	return succeeded
}

// hasMessage reports whether the object i has a text for people under a key that
// is mostly an error's.
func (t *tree) hasMessage(i int32) bool {
	return t.anyMember(i, func(m int32) bool {
		return t.nodes[m].kind == stringKind && t.words.is(t.nodes[m].word, messageWord) && isSentence(t.nodes[m].str)
	}) && t.isAllParts(i)
}

// hasErrors reports whether the object i has a list of errors that is not empty.
func (t *tree) hasErrors(i int32) bool {
	return t.anyMember(i, func(m int32) bool {
		return containsFold(t.nodes[m].key, "error") && t.nodes[m].kind >= objectKind && t.present(m)
	}) && t.isAllParts(i)
}

// statesError reports whether the object i has the number of an error, or what it
// means, and, under error, a sentence: {"code":429,"error":"Slow down please"}; or
// both under keys for errors: {"errcode":40001,"errmsg":"The token is invalid"}.
func (t *tree) statesError(i int32) bool {
	stated, said := false, false
	t.members(i, func(m int32) {
		switch n := &t.nodes[m]; {
		case n.word == t.words.error && n.kind == stringKind:
			said = isSentence(n.str)
		case t.words.is(n.word, vagueWord|statusWord) && n.kind == numberKind:
			status, ok := readStatus(t.text(m))
			stated = stated || ok && status >= 400
		case n.word == t.words.code && n.kind == stringKind:
			stated = stated || isSentence(n.str)
		}
	})
	return stated && said || t.numbersError(i)
}

// numbersError reports whether the object i has the number of an error, and its text,
// under keys that say that they are.
func (t *tree) numbersError(i int32) bool {
	numbered, said := false, false
	t.members(i, func(m int32) {
		n := &t.nodes[m]
		if !containsFold(n.key, "err") {
			return
		}
		numbered = numbered || n.kind == numberKind && t.words.is(n.word, vagueWord) && n.str != "0" && !t.words.is(n.word, programWord)
		said = said || n.kind == stringKind && t.words.is(n.word, messageWord) && isSentence(n.str)
	})
	return numbered && said && t.isAllParts(i)
}

// answersNothing reports whether the object i has a list of errors instead of data,
// as GraphQL has: {"data":null,"errors":[…]}.
func (t *tree) answersNothing(i int32) bool {
	return t.anyMember(i, func(m int32) bool { return t.nodes[m].kind == nullKind && t.nodes[m].key == "data" }) && t.hasErrors(i)
}

// isAllParts reports whether the object i holds nothing but what error bodies hold.
func (t *tree) isAllParts(i int32) bool {
	return t.allMembers(i, func(m int32) bool {
		n := &t.nodes[m]
		return t.words.is(n.word, codeWord|kindWord|listWord|fieldWord|partWord|vagueWord|statusWord|messageWord|besideWord|flagWord) ||
			containsFold(n.key, "err") || hasSuffixFold(n.key, "id") || textParts.in(n.key) || errorParts.in(n.key)
	})
}

// statusWithin returns the HTTP status of an error that the body at i states, 0
// if it states none. What may be a number of another kind counts where nothing but
// an error's parts stands beside it.
func (t *tree) statusWithin(i int32) int {
	return t.statusIn(i, maxStatusLevels, false)
}

// statusIn is statusWithin for an object in which, or in what holds it, a text or
// code has been seen.
func (t *tree) statusIn(i int32, levels int, seen bool) (found int) {
	seen = seen || t.hasText(i)
	t.members(i, func(m int32) {
		switch n := &t.nodes[m]; {
		case found != 0:
		case t.words.is(n.word, statusWord|vagueWord) && n.kind <= stringKind:
			sure := levels < maxStatusLevels && t.words.is(n.word, statusWord)
			if status, ok := readStatus(t.text(m)); ok && status >= 400 && seen && (sure || t.isAllParts(i) || t.tells(i)) {
				found = status
			}
		case levels > 1 && n.kind >= objectKind && (t.isMore(m) || n.key == ""):
			found = t.statusIn(m, levels-1, seen)
		}
	})
	return found
}

// namedStatus returns the HTTP status that the body at i, or the error object in it,
// states by name: {"error":"Not Found"}, {"code":"NOT_FOUND"}; 0 if it states none.
func (t *tree) namedStatus(i int32) (status int) {
	t.members(i, func(m int32) {
		switch n := &t.nodes[m]; {
		case status != 0:
		case n.kind == stringKind && t.words.is(n.word, messageWord):
			status = reasonStatus(n.str)
		case n.kind == stringKind && (n.word == t.words.code || n.word == t.words.status):
			status = nameStatus(n.str)
		case n.kind == objectKind && n.word == t.words.error:
			status = t.namedStatus(m)
		}
	})
	return status
}

// maxStatusLevels is how deep in lists a status of the body is looked for.
const maxStatusLevels = 5

// hasText reports whether the object i has a text under a key that is mostly an
// error's, a list of them, or a telling code.
func (t *tree) hasText(i int32) bool {
	has := false
	t.members(i, func(m int32) {
		n := &t.nodes[m]
		switch {
		case has:
		case t.words.is(n.word, messageWord), t.words.is(n.word, listWord) && t.isText(m):
			has = t.present(m)
		case n.word == t.words.status:
			has = reasonStatus(t.text(m)) != 0
		case t.words.is(n.word, codeWord):
			has = n.kind == stringKind && t.codes.tells(n.str)
		}
	})
	return has
}
