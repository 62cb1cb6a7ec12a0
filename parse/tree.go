package parse

import (
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

// Bounds of the tree. What lies beyond them is not read.
const (
	maxNodes   = 20_000 // values of one record
	maxLevels  = 64     // of brackets; no log nests its fields deeper
	maxStrings = 2      // levels of JSON inside strings that are unfolded
	maxTries   = 8      // brackets in a text at which a JSON body is looked for

	maxVisits = 1 << 20 // of members of one record, however often each is looked at
)

// kind is the JSON type of a node.
type kind uint8

const (
	nullKind kind = iota
	falseKind
	trueKind
	numberKind
	stringKind
	objectKind
	arrayKind
)

// node is one value of a record. Nodes stand in an arena in the order of the
// text, so the nodes below a node are those up to its end.
type node struct {
	key   string // as written; empty for an array's elements
	str   string // a string's content, a number's digits, an object's or array's JSON
	word  word   // the key, folded; 0 if the vocabulary does not know it
	kind  kind
	model bool // it stands below a key that holds what may be, as configuration does
	open  bool // every key above is a container of log fields: the node is a field of the line itself

	inputs verdict // of listsInputs

	parent int32 // node that holds this one, -1 for the root
	up     int32 // nearest node above that has a key, -1 if none
	end    int32 // index after the last node below
	inner  int32 // of a string: the object or array unfolded from it, 0 if none
	lead   int32 // of a string with JSON in it: bytes of text before the JSON
	tail   int32 // and the index of the text after it; 0 if there is no JSON
}

// tree is the arena. It is reused from record to record.
type tree struct {
	words *words
	codes *codes
	nodes []node

	unescaped []byte    // texts that stand for strings with escapes
	verdicts  []verdict // of holdsTelling on each node
	visits    int       // of members so far
	twice     bool      // a key that was looked for stands twice
	weighs    bool      // what was found hangs on values, or was noted: it holds for this record alone
	notes     *[NumNotes]int64
}

// build reads text as the record's root and reports whether it is valid JSON, nested
// no deeper than MaxDepth.
func (t *tree) build(text string) bool {
	t.clear()
	return t.read(&cursor{text: text}, -1, 0, 0)
}

// read appends the next value at c, with nothing behind it if it is the root, and
// reports whether it is valid. If not, it is as if it had not been read.
func (t *tree) read(c *cursor, parent int32, strings, level int) bool {
	first, notes := len(t.nodes), *t.notes
	if t.value(c, key{}, parent, strings, level) && (parent >= 0 || c.ended()) {
		return true
	}
	t.nodes, *t.notes = t.nodes[:first], notes
	return false
}

// buildText makes a plain text the record's root and unfolds the JSON in it.
func (t *tree) buildText(text string) {
	t.clear()
	i := t.add(key{}, -1, stringKind)
	t.nodes[i].str = text
	t.nodes[i].open = true
	t.nodes[i].word = t.words.text
	t.unfold(i, 0, 0)
	t.nodes[i].end = int32(len(t.nodes))
}

// clear makes room for another record.
func (t *tree) clear() {
	t.nodes, t.unescaped, t.visits, t.twice, t.words.passed = t.nodes[:0], t.unescaped[:0], 0, false, 0
}

// forget drops what was judged of the nodes before.
func (t *tree) forget() {
	t.verdicts = append(t.verdicts[:0], make([]verdict, len(t.nodes))...)
}

// add appends a node below parent and returns its index.
func (t *tree) add(key key, parent int32, k kind) int32 {
	i := len(t.nodes)
	t.nodes = append(t.nodes, node{})
	n := &t.nodes[i]
	n.key, n.word, n.kind, n.parent, n.up, n.open = key.text, key.word, k, parent, -1, true
	n.model = t.words.is(n.word, modelWord)
	if parent >= 0 {
		p := &t.nodes[parent]
		n.up, n.open, n.model = p.up, p.open, p.model || n.model
		if p.key != "" {
			n.up = parent
			n.open = p.open && t.words.is(p.word, containerWord)
		}
	}
	return int32(i)
}

// colour is an SGR sequence of ECMA-48.
var colour = lazily(`\x1b\[[0-9;]*m`)

// repair replaces invalid UTF-8, which JSON parsers let through, and takes the
// colours out that loggers paint terminals with.
func (t *tree) repair(s string) string {
	if strings.IndexByte(s, '\x1b') >= 0 {
		s = colour().ReplaceAllString(s, "")
	}
	if utf8.ValidString(s) {
		return s
	}
	t.notes[RepairedUTF8]++
	return strings.ToValidUTF8(s, "\uFFFD")
}

// stringValue appends a string and what it holds. special is that of plainBytes.
func (t *tree) stringValue(text string, special bool, key key, parent int32, strings, level int) {
	i := t.add(key, parent, stringKind)
	t.nodes[i].str = text
	if special {
		t.nodes[i].str = t.repair(text)
		t.unfold(i, strings, level)
	} else {
		t.unfoldText(i, strings, level)
	}
	t.nodes[i].end = int32(len(t.nodes))
}

// unfold parses the JSON or XML that the string node i holds, alone or within text,
// or else its pairs.
func (t *tree) unfold(i int32, strings, level int) {
	found, cut := t.unfoldJSON(i, strings, level)
	if !found && !t.unfoldXML(i, strings, level) {
		t.unfoldText(i, strings, level)
	}
	if cut && t.nodes[i].inner == 0 {
		t.notes[CutBody]++
	}
}

// unfoldJSON parses the first valid JSON object or array in the string node i. It
// reports whether there is one; cut says that one begins and breaks off. Once it has
// unfolded strings in vain, it does so only for what is valid: in those, too, several
// brackets are tried.
func (t *tree) unfoldJSON(i int32, strings, level int) (found, cut bool) {
	s, start, failed := t.nodes[i].str, 0, false
	for range maxTries {
		n := indexBracket(s[start:])
		if n < 0 {
			return false, cut
		}
		start += n
		if beginsJSON(s[start:]) {
			if (!failed || validEnd(s[start:]) > 0) && t.unfoldAt(i, start, strings, level) {
				return true, false
			}
			_, g := span(s[start:])
			failed, cut = true, cut || g == gateTruncated
		}
		start++
	}
	return false, cut
}

// unfoldAt parses the JSON at start in the string node i and reports whether it is
// valid.
func (t *tree) unfoldAt(i int32, start int, strings, level int) bool {
	c, inner := cursor{text: t.nodes[i].str[start:]}, len(t.nodes)
	if strings >= maxStrings {
		valid := c.skip()
		if valid {
			t.notes[NestedTooDeep]++
		}
		return valid
	}
	valid := t.read(&c, i, strings+1, level+1)
	t.hold(i, inner, start, start+c.at)
	return valid
}

// unfoldXML parses the XML that the string node i holds and reports whether it
// holds some.
func (t *tree) unfoldXML(i int32, strings, level int) bool {
	if strings >= maxStrings {
		return false
	}
	json, start, end := embeddedXML(t.nodes[i].str)
	if end > 0 {
		inner := len(t.nodes)
		t.read(&cursor{text: json}, i, strings+1, level+1)
		t.hold(i, inner, start, end)
	}
	return end > 0
}

// hold makes the nodes from inner on, if there are any, those that stand for what the
// string node i holds between start and end.
func (t *tree) hold(i int32, inner, start, end int) {
	if inner < len(t.nodes) {
		n := &t.nodes[i]
		n.inner, n.lead, n.tail = int32(inner), int32(start), int32(end)
	}
}

// unfoldText reads the string node i as logfmt, or as HTTP headers, if it stands under
// a key for such.
func (t *tree) unfoldText(i int32, strings, level int) {
	switch {
	case t.isText(i):
		t.unfoldPairs(i, &logfmt, strings, level)
	case t.words.is(t.nodes[i].word, headerWord):
		t.unfoldPairs(i, &headers, strings, level)
	}
}

// indexBracket returns where the first object or array in s may begin, -1 if none
// does.
func indexBracket(s string) int {
	brace := strings.IndexByte(s, '{')
	if brace >= 0 {
		s = s[:brace]
	}
	if bracket := strings.IndexByte(s, '['); bracket >= 0 {
		return bracket
	}
	return brace
}

// beginsJSON reports whether s looks like the beginning of a JSON object or array
// rather than of a text, which may begin with a word in brackets.
func beginsJSON(s string) bool {
	if s == "" || s[0] != '{' && s[0] != '[' {
		return false
	}
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case isSpace(c):
			continue
		case s[0] == '{':
			return c == '"' || c == '}'
		default:
			return c == '{' || c == '[' || c == '"' || c == ']'
		}
	}
	return false
}

// body returns the node that holds i's members: the JSON unfolded from it if i
// is a string, else i itself.
func (t *tree) body(i int32) int32 {
	if in := t.nodes[i].inner; in > 0 {
		return in
	}
	return i
}

// child returns the last member of i, or of the JSON in it, whose key is w; -1
// if there is none. The last one counts, as it does for most JSON parsers. A
// bare array stands for the member errors of an object.
func (t *tree) child(i int32, w word) int32 {
	i = t.body(i)
	if t.nodes[i].kind == arrayKind && w == t.words.errors {
		return i
	}
	found := int32(-1)
	if w == 0 {
		return found // a key that the vocabulary does not know is no other such key
	}
	for c := i + 1; c < t.nodes[i].end; c = t.nodes[c].end {
		if t.nodes[c].word == w {
			if found >= 0 {
				t.twice, t.weighs = true, true
			}
			found = c
		}
	}
	return found
}

// elements calls yield for each element of the array i, in order; of an object
// that lists errors by the input they are about, {"name":["is too short"]}, for
// each member.
func (t *tree) elements(i int32, yield func(int32)) {
	if i = t.body(i); t.nodes[i].kind != arrayKind && !t.listsInputs(i) {
		return
	}
	for c := i + 1; c < t.nodes[i].end; c = t.nodes[c].end {
		yield(c)
	}
}

// present reports whether i holds anything: it is not null, false, "", 0, []
// or {}, nor a string that is nothing but one of the last two.
func (t *tree) present(i int32) bool {
	n := &t.nodes[i]
	if n.kind == stringKind && n.inner > 0 && n.lead == 0 && int(n.tail) == len(n.str) {
		i = n.inner
		n = &t.nodes[i]
	}
	switch n.kind {
	case nullKind, falseKind:
		return false
	case numberKind:
		return n.str != "0"
	case stringKind:
		return n.str != ""
	case objectKind, arrayKind:
		return n.end > i+1
	}
	return true
}

// text returns what i says as one text: a scalar's content, the scalars of an
// array joined by "; ", an object's JSON.
func (t *tree) text(i int32) string {
	n := &t.nodes[i]
	switch n.kind {
	case stringKind, numberKind, objectKind:
		return n.str
	case trueKind:
		return "true"
	case falseKind:
		return "false"
	case arrayKind:
		var parts []string
		t.elements(i, func(e int32) {
			if s := t.text(e); s != "" {
				parts = append(parts, s)
			}
		})
		return strings.Join(parts, "; ")
	}
	return ""
}

// json returns i as JSON.
func (t *tree) json(i int32) string {
	switch n := &t.nodes[i]; n.kind {
	case stringKind:
		return string(gjson.AppendJSONString(nil, n.str))
	case arrayKind:
		return n.str
	case nullKind:
		return "null"
	default:
		return t.text(i)
	}
}

// holds reports whether i is root or below it.
func (t *tree) holds(root, i int32) bool {
	return root >= 0 && root <= i && i < t.nodes[root].end
}

// maxMembers is how many members of one object, or elements of one array, are
// looked at.
const maxMembers = 200

// members calls yield for each member of the object i or element of the array i.
// Once a record has cost maxVisits, it has no further members.
func (t *tree) members(i int32, yield func(int32)) {
	i = t.body(i)
	if t.nodes[i].kind < objectKind {
		return
	}
	left := maxMembers
	for c := i + 1; c < t.nodes[i].end && left > 0 && t.visit(); c = t.nodes[c].end {
		yield(c)
		left--
	}
}

// anyMember reports whether is holds of a member of i, or element.
func (t *tree) anyMember(i int32, is func(m int32) bool) bool {
	any := false
	t.members(i, func(m int32) { any = any || is(m) })
	return any
}

// allMembers reports whether is holds of every member of i, or element.
func (t *tree) allMembers(i int32, is func(m int32) bool) bool {
	return !t.anyMember(i, func(m int32) bool { return !is(m) })
}

// visit counts a look at a member and reports whether it may be had.
func (t *tree) visit() bool {
	if t.visits == maxVisits {
		return false
	}
	if t.visits++; t.visits == maxVisits {
		t.notes[ManyItems]++
	}
	return true
}
