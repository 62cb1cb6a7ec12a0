package parse

import (
	"fmt"
	"strings"
)

// triggers decides what is opened: a record that holds none of the declared
// words and, where digits are asked for, no three digits 4xx or 5xx on their
// own, holds no API error. It is the first step of recognition, the same for
// every reader of the line, and looks at raw bytes: a word declared as "error"
// stands there however deep the JSON around it is escaped.
type triggers struct {
	digits     bool
	statusKeys [][]byte // folded endings of the keys under which a status stands
	words      []triggerWord
	pairs      [1 << 16 / 64]uint64 // pairs of lower-case bytes at which to look closer
	byPair     map[uint16][]triggerWord
}

// triggerWord is a literal in lower case and the offset of the pair in it that
// is looked for.
type triggerWord struct {
	text string
	at   int
}

func newTriggers() *triggers {
	return &triggers{byPair: map[uint16][]triggerWord{}}
}

var lowerASCII = func() (table [256]byte) {
	for i := range table {
		table[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			table[i] = byte(i) + 'a' - 'A'
		}
	}
	return table
}()

// CheckTrigger returns why word cannot be a trigger: it is shorter than four
// bytes, or holds a character that an encoder may write as an escape.
func CheckTrigger(word string) error {
	if len(word) < 4 || strings.IndexByte(word[1:], '"') == 0 {
		return fmt.Errorf("trigger %q: shorter than four bytes, it would open nearly every line", word)
	}
	if newTriggerWord(word).at < 0 {
		return fmt.Errorf("trigger %q: no letters to look for", word)
	}
	if i := strings.IndexFunc(word, escapable); i >= 0 {
		return fmt.Errorf("trigger %q: %q may be written as an escape and would hide it", word, word[i:i+1])
	}
	return nil
}

// escapable reports whether JSON encoders write r as an escape, some or all of
// them. A quote is no such character: spells sees through its backslashes.
func escapable(r rune) bool {
	return r >= 0x80 || r < ' ' || strings.ContainsRune("<>&'/=+`\\", r)
}

// add declares a word, which is matched in any case.
func (t *triggers) add(word string) error {
	if err := CheckTrigger(word); err != nil {
		return err
	}
	t.words = append(t.words, newTriggerWord(word))
	return nil
}

// mustAdd is add for the package's own words.
func (t *triggers) mustAdd(word string) {
	if err := t.add(word); err != nil {
		panic("BUG: " + err.Error())
	}
}

// compile builds the table of pairs.
func (t *triggers) compile() {
	clear(t.byPair)
	for _, w := range t.words {
		pair := uint16(w.text[w.at])<<8 | uint16(w.text[w.at+1])
		t.mark(pair)
		t.byPair[pair] = append(t.byPair[pair], w)
	}
	if !t.digits {
		return
	}
	for first := '4'; first <= '5'; first++ {
		for second := '0'; second <= '9'; second++ {
			t.mark(uint16(first)<<8 | uint16(second))
		}
	}
	t.mark(uint16('\\')<<8 | 'u')
}

func (t *triggers) mark(pair uint16) {
	t.pairs[pair>>6] |= 1 << (pair & 63)
}

// in reports whether a trigger stands in text.
func (t *triggers) in(text string) bool {
	if len(text) < 2 {
		return false
	}
	previous := uint16(lowerASCII[text[0]])
	for i := 1; i < len(text); i++ {
		current := uint16(lowerASCII[text[i]])
		pair := previous<<8 | current
		previous = current
		if t.pairs[pair>>6]&(1<<(pair&63)) != 0 && t.confirm(text, i-1, pair) {
			return true
		}
	}
	return false
}

// confirm looks closer at the pair that begins at i.
func (t *triggers) confirm(text string, i int, pair uint16) bool {
	if t.digits {
		if second := byte(pair); isDigit(second) {
			return t.isStatus(text, i) // no word has its pair there: see newTriggerWord
		}
		if pair == '\\'<<8|'u' && hidesASCII(text[i:]) {
			return true
		}
	}
	for _, w := range t.byPair[pair] {
		if start := i - w.at; start >= 0 && spells(text[start:], w.text) {
			return true
		}
	}
	return false
}

// hidesASCII reports whether text begins with the escape of an ASCII character
// that a trigger could be spelled with. Encoders that escape < > & ' / = + `
// do so in one line of six, and no trigger holds these.
func hidesASCII(text string) bool {
	if len(text) < 6 || text[2] != '0' || text[3] != '0' || text[4] < '2' || text[4] > '7' {
		return false
	}
	switch string([]byte{text[4], lowerASCII[text[5]]}) {
	case "26", "27", "2b", "2f", "3c", "3d", "3e", "60":
		return false
	}
	return true
}

// rarity orders bytes by how rarely they stand in logs; what is not listed is
// rarer still.
const rarity = `"e ,:toairnsl0d1c-p_2mu3hg546789f.b/yv{}`

// newTriggerWord picks the rarest pair of word to look for, before any place
// where the text may hold more than the word does.
func newTriggerWord(word string) triggerWord {
	b := []byte(word)
	for i, c := range b {
		b[i] = lowerASCII[c]
	}
	w := triggerWord{text: string(b), at: -1}
	best := -1
	for i := 0; i+1 < len(b) && b[i+1] != '"' && b[i] != ':'; i++ {
		if isDigit(b[i+1]) {
			continue // pairs of digits are looked at for statuses alone
		}
		if score := rareness(b[i]) + rareness(b[i+1]); score > best {
			best, w.at = score, i
		}
	}
	return w
}

func rareness(c byte) int {
	for i := 0; i < len(rarity); i++ {
		if rarity[i] == c {
			return i
		}
	}
	return len(rarity)
}

// spells reports whether text begins with word, which is lower case, in any
// case, however deep the JSON around it is escaped and spaced: before a quote
// of word there may be backslashes, after a colon white space. Where word ends
// with a colon, what follows must be a value that is present.
func spells(text, word string) bool {
	at := 0
	for i := 0; i < len(word); i++ {
		if word[i] == '"' && i > 0 {
			at += skip(text[at:], "\\")
		}
		if at >= len(text) || lowerASCII[text[at]] != word[i] {
			return false
		}
		at++
		if word[i] == ':' {
			at += skip(text[at:], " \t")
			i += skip(word[i+1:], " \t")
		}
	}
	return word[len(word)-1] != ':' || isPresent(text[at:])
}

// absent are the values that say nothing: see tree.present.
var absent = [...]string{"null", "false", `""`, "[]", "{}", "0"}

// isPresent reports whether text begins with a JSON value that says something,
// however deep it is escaped.
func isPresent(text string) bool {
	for _, value := range absent {
		at := 0
		for at < len(text) && len(value) > 0 {
			if value[0] == '"' {
				at += skip(text[at:], "\\")
			}
			if at >= len(text) || text[at] != value[0] {
				break
			}
			at, value = at+1, value[1:]
		}
		if value == "" && (at >= len(text) || strings.IndexByte(`,}] "\`+"\t\r\n", text[at]) >= 0) {
			return false
		}
	}
	return true
}

// skip returns how many bytes of the set text begins with.
func skip(text, set string) int {
	return len(text) - len(strings.TrimLeft(text, set))
}

func isAlphanumeric(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
}
