package parse

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
)

// triggers decides what is opened: a record that holds none of the declared
// words and, where digits are asked for, no three digits 4xx or 5xx on their
// own, holds no API error. It is the first step of recognition, the same for
// every reader of the line, and looks at raw bytes: a word declared as "error"
// stands there however deep the JSON around it is escaped.
type triggers struct {
	digits     bool
	statusKeys [256][][]byte  // folded endings of the keys under which a status stands, by their last byte
	words      []string       // in lower case, without the blanks that may follow a colon
	sieve      *sieve         // finds them fast; nil for a few words, which are looked for one by one
	kernel     func() *kernel // finds them faster in long texts; nil if the processor cannot
	making     sync.Once      // starts to make the kernel
	made       atomic.Pointer[kernel]
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
	if i := strings.IndexFunc(word, escapable); i >= 0 {
		return fmt.Errorf("trigger %q: %q may be written as an escape and would hide it", word, word[i:i+1])
	}
	if strings.IndexFunc(word, unicode.IsLetter) < 0 {
		return fmt.Errorf("trigger %q: no letters to look for", word)
	}
	if len(stretches(plain(word))) == 0 {
		return fmt.Errorf("trigger %q: too few letters between its quotes and colons to look for", word)
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
	if word = plain(word); !slices.Contains(t.words, word) {
		t.words = append(t.words, word)
	}
	return nil
}

// mustAdd is add for the package's own words.
func (t *triggers) mustAdd(word string) {
	if err := t.add(word); err != nil {
		panic("BUG: " + err.Error())
	}
}

// plain returns a word as spells reads it.
func plain(word string) string {
	var b strings.Builder
	for i := 0; i < len(word); i++ {
		b.WriteByte(lowerASCII[word[i]])
		if word[i] == ':' {
			i += blanks(word[i+1:])
		}
	}
	return b.String()
}

// compile prepares to find triggers fast, once all words are declared.
func (t *triggers) compile() {
	t.sieve = newSieve(t.words, t.digits)
	t.kernel = sync.OnceValue(func() *kernel { return newKernel(t) })
}

// madeKernel returns the kernel if it is made, which the first call begins.
func (t *triggers) madeKernel() *kernel {
	t.making.Do(func() { go func() { t.made.Store(t.kernel()) }() })
	return t.made.Load()
}

// in reports whether a trigger stands in text.
func (t *triggers) in(text string) bool {
	if t.sieve == nil {
		return t.inSlowly(text)
	}
	f := sieving{triggers: t}
	f.begin(text)
	return f.in(0, len(text))
}

// confirm reports whether what the sieve found at i is a trigger. A window may begin
// at -1 where the second byte of text is a status.
func (t *triggers) confirm(text string, i int, found finds) bool {
	return found&evenStatus != 0 && t.isStatus(text, i+1) ||
		found&oddStatus != 0 && t.isStatus(text, i+2) ||
		i >= 0 && found&someWord != 0 && t.sieve.anchors.spells(text, i)
}

// beginsWithStatus reports whether text begins with a status, if that is looked for.
func (t *triggers) beginsWithStatus(text string) bool {
	return text != "" && text[0]|1 == '5' && t.digits && t.isStatus(text, 0)
}

// inSlowly is in without a sieve: what the sieve makes fast, and fast enough for
// a few words.
func (t *triggers) inSlowly(text string) bool {
	for i := 0; t.digits && i < len(text); i++ {
		if t.isStatus(text, i) || hidesASCII(text[i:]) {
			return true
		}
	}
	for _, word := range t.words {
		for i := range len(text) {
			if lowerASCII[text[i]] == word[0] && spells(text[i:], word) {
				return true
			}
		}
	}
	return false
}

// hidesASCII reports whether text begins with the escape of an ASCII character
// that a trigger could be spelled with. Encoders that escape < > & ' / = + `
// do so in one line of six, and no trigger holds these.
func hidesASCII(text string) bool {
	if len(text) < 6 || !strings.HasPrefix(text, `\u00`) || text[4] < '2' || text[4] > '7' {
		return false
	}
	switch string([]byte{text[4], lowerASCII[text[5]]}) {
	case "26", "27", "2b", "2f", "3c", "3d", "3e", "60":
		return false
	}
	return true
}

// spells reports whether text begins with word, which plain has made, in any
// case, however deep the JSON around it is escaped and spaced: before a quote
// of word there may be backslashes, around a colon white space. Where word ends
// with a colon, what follows must be a value that is present.
func spells(text, word string) bool {
	at := 0
	for i := 0; i < len(word); i++ {
		if word[i] == '"' && i > 0 {
			at += slashes(text[at:])
		}
		if word[i] == ':' && i > 0 {
			at += blanks(text[at:])
		}
		if at >= len(text) || lowerASCII[text[at]] != word[i] {
			return false
		}
		at++
		if word[i] == ':' {
			at += blanks(text[at:])
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
				at += slashes(text[at:])
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

// slashes returns how many backslashes text begins with.
func slashes(text string) (n int) {
	for n < len(text) && text[n] == '\\' {
		n++
	}
	return n
}

// blanks returns how many spaces and tabs text begins with.
func blanks(text string) (n int) {
	for n < len(text) && (text[n] == ' ' || text[n] == '\t') {
		n++
	}
	return n
}

func isAlphanumeric(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
}
