package parse

import (
	"strings"

	"analyzer/parse/code"
)

// codes are the error codes that the vocabulary knows: one of them under a key
// for codes says that something failed.
type codes struct {
	known, general codeSet
}

// codeSet is a set of codes, whole or as forms with *.
type codeSet struct {
	stems map[string]bool
	forms []code.Form
}

func newCodes(known, general []string) *codes {
	return &codes{newCodeSet(known), newCodeSet(general)}
}

func newCodeSet(texts []string) codeSet {
	c := codeSet{stems: map[string]bool{}}
	for _, text := range texts {
		if strings.Contains(text, "*") {
			c.forms = append(c.forms, code.NewForm(text))
		} else {
			c.stems[code.Stem(code.Fold(text))] = true
		}
	}
	return c
}

func (c *codeSet) holds(folded string) bool {
	if c.stems[code.Stem(folded)] {
		return true
	}
	for i := range c.forms {
		if c.forms[i].Match(folded) {
			return true
		}
	}
	return false
}

// tells reports whether text is a code that says that something failed.
func (c *codes) tells(text string) bool {
	if !isCode(text) {
		return false
	}
	folded := code.Fold(text)
	return c.known.holds(folded) || c.general.holds(folded)
}

// tellsKind reports whether text, under a key that may hold other kinds too, is
// such a code for sure.
func (c *codes) tellsKind(text string) bool {
	if !isCode(text) || !c.known.holds(code.Fold(text)) {
		return false
	}
	return !strings.ContainsAny(code.Local(text), " .") || containsFold(text, "error") || containsFold(text, "exception")
}

// maxCode is the length of the longest text taken for a code, in bytes.
const maxCode = 160

// leadingCode returns the code with which a message begins, "" if it does with
// none: WEAK_PASSWORD : Password should be …, invalid_argument: bad limit.
func leadingCode(message string) string {
	lead, _, found := strings.Cut(message, ":")
	lead = strings.TrimSpace(lead)
	if !found || strings.ContainsAny(lead, " []'\"") || !strings.ContainsAny(lead, "_.") || !isCode(lead) {
		return ""
	}
	return lead
}

// isCode reports whether text can be a code rather than a number or a sentence.
func isCode(text string) bool {
	return len(text) <= maxCode && strings.Count(text, " ") <= 3 && !strings.ContainsAny(text, "\n{}") && !strings.Contains(text, "::") && code.IsWord(text)
}

// eachCode calls yield for the codes that the value at i holds under keys for
// codes or kinds, or in lists, and those in its lists, at most levels deep, until
// yield returns false. It reports whether it went to the end.
func (t *tree) eachCode(i int32, levels int, yield func(i int32) bool) bool {
	more := true
	if levels == 0 {
		return more
	}
	t.members(i, func(m int32) {
		n := &t.nodes[m]
		switch {
		case !more:
		case n.kind == stringKind && n.inner == 0 && (t.isListElement(m) || t.words.is(n.word, codeWord|kindWord)):
			more = !t.isCodeAt(m) || yield(m)
		case t.isList(m) || n.kind >= objectKind && n.key == "":
			more = t.eachCode(m, levels-1, yield)
		}
	})
	return more
}

// isCodeAt reports whether the text at i is a code that says something. Under a key
// that may hold other kinds, several words are one only as the name of an error.
func (t *tree) isCodeAt(i int32) bool {
	n := &t.nodes[i]
	if !isCode(n.str) || saysNothing(n.str) && reasonStatus(n.str) == 0 {
		return false
	}
	if n.key == "" {
		lead, _, _ := strings.Cut(n.str, ":")
		return !strings.Contains(lead, " ")
	}
	return !strings.Contains(n.str, " ") || !t.words.is(n.word, kindWord) || reasonStatus(n.str) != 0 || endsInError(n.str)
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
	if levels == 0 {
		return more
	}
	if n := &t.nodes[i]; n.kind == stringKind && n.inner == 0 {
		return !isSentence(n.str) || yield(i)
	}
	t.members(i, func(m int32) {
		n := &t.nodes[m]
		switch {
		case !more:
		case n.kind == stringKind && n.inner == 0 && (n.key == "" || t.words.is(n.word, textWord|messageWord)):
			more = !isSentence(n.str) || yield(m)
		case t.isList(m) || n.kind >= objectKind && (n.key == "" || t.listsInputs(i)):
			more = t.eachText(m, levels-1, yield)
		}
	})
	return more
}

// isSentence reports whether text is words for people rather than a value.
func isSentence(text string) bool {
	return strings.Contains(text, " ") && code.IsWord(text)
}

// isList reports whether the member m holds more about an error: by its key, of
// which those that hold the word error or fault are beyond number.
func (t *tree) isList(m int32) bool {
	n := &t.nodes[m]
	return t.words.is(n.word, listWord) || n.kind >= objectKind && (containsFold(n.key, "error") || containsFold(n.key, "fault") || containsFold(n.key, "exception"))
}

// isWrapper reports whether the object i is a response body with nothing in it but
// a member or two, of which one may hold the error.
func (t *tree) isWrapper(i int32) bool {
	members := 0
	t.members(i, func(int32) { members++ })
	return members <= 3 && placeOf(t, i) == bodyPlace
}

// tellsCode reports whether the value at i holds a code that says that something
// failed, or a flag beside the text for it.
func (t *tree) tellsCode(i int32) bool {
	return t.saysFailed(i) && t.hasMessage(i) || !t.eachCode(i, maxBelow, func(n int32) bool { return !t.isTelling(n) })
}

// tellsErrorCode reports whether the object i holds such a code under a key that
// says error, in spite of a status that states success.
func (t *tree) tellsErrorCode(i int32) bool {
	tells := false
	t.members(i, func(m int32) {
		n := &t.nodes[m]
		tells = tells || n.kind == stringKind && t.words.is(n.word, codeWord) && containsFold(n.key, "err") && t.isTelling(m)
	})
	return tells
}

// isTelling reports whether the code at i says that something failed: by its
// words, or by its key and what stands beside it.
func (t *tree) isTelling(i int32) bool {
	n := &t.nodes[i]
	switch {
	case t.words.is(t.words.find(n.str), successWord):
		return false
	case t.saysFailed(n.parent) && !strings.Contains(n.str, " "):
		return n.word != t.words.status || t.codes.tellsKind(n.str)
	case n.key == "":
		return t.codes.known.holds(code.Fold(n.str))
	case n.word == t.words.status:
		return t.codes.tellsKind(n.str) && !t.words.is(t.words.find(n.str), stateWord)
	case t.words.is(n.word, kindWord):
		return t.codes.tellsKind(n.str) && (t.words.is(n.word, messageWord) || strings.Contains(n.str, "#") || t.hasText(n.parent))
	case t.codes.tells(n.str):
		return true
	case strings.Contains(n.str, " "):
		return false
	}
	inError := n.up >= 0 && t.nodes[n.parent].kind == objectKind && containsFold(t.nodes[n.parent].key, "err")
	return containsFold(n.key, "err") && t.isAllParts(n.parent) || n.word == t.words.code && (inError || t.hasMessage(n.parent))
}

// saysFailed reports whether the object i has a flag that says that the call
// failed: "success":false, "status":"error".
func (t *tree) saysFailed(i int32) bool {
	failed := false
	t.members(i, func(m int32) {
		switch n := &t.nodes[m]; {
		case t.words.is(n.word, outcomeWord|codeWord|kindWord) && n.kind == stringKind:
			failed = failed || saysFailure(n.str)
		case t.words.is(n.word, flagWord):
			failed = failed || n.kind == falseKind || n.kind == numberKind && n.str == "0"
		}
	})
	return failed
}

// hasMessage reports whether the object i has a text for people under a key that
// is mostly an error's.
func (t *tree) hasMessage(i int32) bool {
	has := false
	t.members(i, func(m int32) {
		has = has || t.nodes[m].kind == stringKind && t.words.is(t.nodes[m].word, messageWord) && isSentence(t.nodes[m].str)
	})
	return has && t.isAllParts(i)
}

// isAllParts reports whether the object i holds nothing but what error bodies hold.
func (t *tree) isAllParts(i int32) bool {
	all := true
	t.members(i, func(m int32) {
		all = all && t.words.is(t.nodes[m].word, codeWord|kindWord|listWord|fieldWord|partWord|vagueWord|statusWord|messageWord|besideWord)
	})
	return all
}

// statesStatus returns the HTTP status of an error that the body at i states, at
// most levels of lists deep, 0 if it states none. What may be a number of another
// kind counts where nothing but an error's parts stands beside it.
func (t *tree) statesStatus(i int32, levels int) int {
	return t.statusIn(i, levels, false)
}

// statusIn is statesStatus for an object in which, or in what holds it, a text or
// code has been seen.
func (t *tree) statusIn(i int32, levels int, seen bool) (found int) {
	seen = seen || t.hasText(i)
	t.members(i, func(m int32) {
		n := &t.nodes[m]
		switch {
		case found != 0:
		case t.words.is(n.word, statusWord|vagueWord) && n.kind <= stringKind:
			status, ok := readStatus(t.text(m))
			if ok && status >= 400 && seen && (levels < maxStatusLevels && t.words.is(n.word, statusWord) || t.isAllParts(i)) {
				found = status
			}
		case levels > 1 && n.kind >= objectKind && (t.isList(m) || n.key == ""):
			found = t.statusIn(m, levels-1, seen)
		}
	})
	return found
}

// maxStatusLevels is how deep in lists a status of the body is looked for.
const maxStatusLevels = 3

// hasText reports whether the object i has a text under a key that is mostly an
// error's, a list of them, or a telling code.
func (t *tree) hasText(i int32) bool {
	has := false
	t.members(i, func(m int32) {
		n := &t.nodes[m]
		has = has || t.words.is(n.word, messageWord) && t.present(m) || t.words.is(n.word, listWord) && t.isText(m) && t.present(m) || n.word == t.words.status && reasonStatus(t.text(m)) != 0 ||
			n.kind == stringKind && t.words.is(n.word, codeWord) && t.codes.tells(n.str)
	})
	return has
}
