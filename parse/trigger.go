package parse

import (
	"bytes"
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

// isStatus reports whether three digits 4xx or 5xx stand at i where an HTTP
// status can stand: on their own, in text or under a key that names a status.
func (t *triggers) isStatus(text string, i int) bool {
	if i+3 > len(text) || !isDigit(text[i+2]) || i > 0 && !precedes[text[i-1]] || text[i] != '4' && text[i] != '5' || !isDigit(text[i+1]) {
		return false
	}
	if rest := text[i+3:]; !endsStatus(rest) && !isLongCode(rest) || !mayPrecede(text[:i]) {
		return false
	}
	if key, isValue := keyBefore(text, i); isValue {
		return t.namesStatus(key) || strings.HasSuffix(key, "alue") && t.namesStatus(attributeBefore(text[:i]))
	}
	word, isTied := wordTied(text[:i])
	return !isTied || t.namesStatus(word)
}

// wordTied returns the word to which a colon or an equals sign at the end of
// text ties what follows: status=503, but also main.go:503.
func wordTied(text string) (word string, isTied bool) {
	if !strings.HasSuffix(text, ":") && !strings.HasSuffix(text, "=") {
		return "", false
	}
	end := len(text) - 1
	start := end
	for start > 0 && (isAlphanumeric(text[start-1]) || text[start-1] == '-') {
		start--
	}
	return text[start:end], start < end
}

// endsStatus reports whether a number of three digits ends before rest: not in
// more digits, a word, or a fraction other than .0.
func endsStatus(rest string) bool {
	if rest == "" {
		return true
	}
	if rest[0] == '.' && len(rest) > 1 && isDigit(rest[1]) {
		return rest[1] == '0' && (len(rest) == 2 || !isAlphanumeric(rest[2]))
	}
	return !isAlphanumeric(rest[0])
}

// isLongCode reports whether two digits more make a code that carries a status
// in its first three: 42201.
func isLongCode(rest string) bool {
	return len(rest) >= 2 && isDigit(rest[0]) && isDigit(rest[1]) && (len(rest) == 2 || !isAlphanumeric(rest[2]))
}

// precedes holds the bytes that can stand before a status: none of a word, a
// sign, a path or a version. Letters are those of escapes; mayPrecede looks at
// what stands before them.
var precedes = func() (table [256]bool) {
	for _, c := range []byte(" \t\n:\"'[({=,>|`mntr") {
		table[c] = true
	}
	return table
}()

// mayPrecede reports whether a status can stand after text.
func mayPrecede(text string) bool {
	if text == "" {
		return true
	}
	switch c := text[len(text)-1]; c {
	case 'm':
		return endsColour(text)
	case 'n', 't', 'r':
		return len(text) > 1 && text[len(text)-2] == '\\' // an escaped line end or tab
	default:
		return precedes[c]
	}
}

// endsColour reports whether text ends in an SGR sequence, as it is or as JSON
// escapes it: ESC [ 3 1 m.
func endsColour(text string) bool {
	text = strings.TrimRight(text[:len(text)-1], "0123456789;")
	text, found := strings.CutSuffix(text, "[")
	return found && (strings.HasSuffix(text, "\x1b") || strings.HasSuffix(text, "u001b") || strings.HasSuffix(text, "u001B"))
}

// keyBefore returns the JSON key whose whole value is the number of three
// digits or more at i, bare or in quotes, however deep it is escaped. isValue is
// false if text stands around the number.
func keyBefore(text string, i int) (key string, isValue bool) {
	end := i + 3
	for end < len(text) && (isDigit(text[end]) || text[end] == '.') {
		end++
	}
	before := text[:i]
	if strings.HasSuffix(before, `"`) {
		if skip(text[end:], "\\") == len(text)-end || text[end+skip(text[end:], "\\")] != '"' {
			return "", false // a text that begins with a number
		}
		before = strings.TrimRight(before[:i-1], "\\")
	}
	before, found := strings.CutSuffix(trimSpaces(before), ":")
	if !found {
		return "", false
	}
	before, found = strings.CutSuffix(trimSpaces(before), `"`)
	if !found {
		return "", false
	}
	before = strings.TrimRight(before, "\\")
	return before[strings.LastIndexByte(before, '"')+1:], true
}

// attributeBefore returns the name of the attribute whose value begins after
// text, in a list of {"key":NAME,"value":{"intValue":…}} or {"name":NAME,"value":…}.
func attributeBefore(text string) string {
	const far = 160
	text = text[max(0, len(text)-far):]
	i := max(strings.LastIndex(text, `"key`), strings.LastIndex(text, `"name`))
	if i < 0 {
		return ""
	}
	_, name, _ := strings.Cut(text[i:], ":")
	name = strings.TrimLeft(name, ` \"`)
	if end := strings.IndexAny(name, `\"`); end >= 0 {
		name = name[:end]
	}
	return name
}

// trimSpaces strips white space from the end of text, as it is and as an
// encoder writes it in a string: \n, \\n, \t.
func trimSpaces(text string) string {
	for {
		trimmed := strings.TrimRight(text, " \t\r\n")
		if n := len(trimmed); n > 1 && trimmed[n-2] == '\\' && strings.IndexByte("nrt", trimmed[n-1]) >= 0 {
			trimmed = strings.TrimRight(trimmed[:n-1], "\\")
		}
		if len(trimmed) == len(text) {
			return text
		}
		text = trimmed
	}
}

// namesStatus reports whether a key ends like one under which a status stands.
func (t *triggers) namesStatus(key string) bool {
	if len(key) > 64 {
		key = key[len(key)-64:]
	}
	var buf [64]byte
	folded := fold(buf[:0], key)
	for _, ending := range t.statusKeys {
		if bytes.HasSuffix(folded, ending) {
			return true
		}
	}
	return false
}

// addStatusKey declares a key under which a status stands. One that ends like
// another adds nothing.
func (t *triggers) addStatusKey(key string) {
	if folded := fold(nil, key); !t.namesStatus(key) {
		t.statusKeys = append(t.statusKeys, folded)
	}
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
