package sentence

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A shape says how a word is spelled.
type shape uint8

const (
	plain   shape = iota // letters
	coded                // like the name of an input: order_id, a.b[0], userName, /a/b
	typed                // like the name of a type or header: OrderRequest, Content-Type
	quoted               // in quotes, and may be a name
	value                // in quotes, or a number: no name
	sign                 // a comma, colon or bracket
	stopped              // the end of a clause
)

// word is one word of a sentence.
type word struct {
	text       string // without its quotes
	start, end int    // of text in the sentence
	shape      shape
	role       role
}

// is reports whether w plays the role r. What is quoted plays none.
func (w *word) is(r role) bool { return w.role&r != 0 }

// isSign reports whether w is the sign s.
func (w *word) isSign(s string) bool { return w.shape == sign && w.text == s }

// names reports whether w is spelled as only names of inputs are.
func (w *word) names() bool {
	return w.shape == coded || w.shape == typed || w.shape == quoted
}

// splitter takes a sentence apart.
type splitter struct {
	text  string
	pos   int
	words []word
}

// split returns the words of text, at most maxWords.
func split(text string, words []word) []word {
	s := splitter{text: text, words: words[:0]}
	for s.pos < len(text) && len(s.words) < maxWords {
		s.next()
	}
	return s.words
}

// next reads one word or sign, or passes over a blank.
func (s *splitter) next() {
	c := s.text[s.pos]
	switch {
	case c == '\n', c == ';', c == '!', c == '?':
		s.add(s.pos, s.pos+1, stopped)
		s.pos++
	case c <= ' ' || c == '\\':
		s.pos++
	case isWide(s.text[s.pos:]):
		s.add(s.pos, s.pos+wideLen, sign)
		s.pos += wideLen
	case c == '-' && strings.HasPrefix(s.text[s.pos:], "- "):
		s.add(s.pos, s.pos+1, sign)
		s.pos++
	case s.quotes():
	case strings.IndexByte(",:()[]{}<>=|*\"'`", c) >= 0:
		s.add(s.pos, s.pos+1, sign)
		s.pos++
	default:
		s.run()
	}
}

func (s *splitter) add(start, end int, sh shape) {
	s.words = append(s.words, word{text: s.text[start:end], start: start, end: end, shape: sh})
}

// marks are what stands around quoted names.
var marks = [...]struct{ open, close string }{
	{`\"`, `\"`}, {`"`, `"`}, {"'", "'"}, {"`", "`"}, {"<code>", "</code>"}, {"**", "**"}, {"“", "”"}, {"‘", "’"}, {"«", "»"}, {"[", "]"},
}

// quotes reads what stands in quotes, if it begins here and ends soon.
func (s *splitter) quotes() bool {
	if s.pos > 0 && isWordByte(s.text[s.pos-1]) {
		return false
	}
	for _, m := range marks {
		rest, found := strings.CutPrefix(s.text[s.pos:], m.open)
		if !found {
			continue
		}
		inner, after, found := strings.Cut(rest[:min(len(rest), maxQuoted)], m.close)
		if !found || inner == "" || after != "" && isWordByte(after[0]) {
			continue
		}
		if strings.Count(inner, " ") > 1 && !isName(inner) {
			return false // a sentence
		}
		start := s.pos + len(m.open)
		sh := quoted
		if !isName(inner) {
			sh = value
		}
		if m.open == "[" && (sh == value || strings.HasPrefix(after, "[") || strings.Trim(inner, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "") {
			return false
		}
		s.add(start, start+len(inner), sh)
		s.pos = start + len(inner) + len(m.close)
		return true
	}
	return false
}

// run reads a word that stands in no quotes, with the (s) of parameter(s).
func (s *splitter) run() {
	start := s.pos
	for s.pos < len(s.text) && isRunByte(s.text[s.pos]) && !isWide(s.text[s.pos:]) {
		s.pos++
	}
	if strings.HasPrefix(s.text[s.pos:], "(s)") {
		s.pos += len("(s)")
	}
	if s.pos == start {
		_, size := utf8.DecodeRuneInString(s.text[s.pos:])
		s.pos += size
		return
	}
	if tail := urnTail(s.text[s.pos:]); tail > 0 {
		s.pos += tail
		s.add(start, s.pos, value)
		return
	}
	end := start + len(strings.TrimRight(s.text[start:s.pos], ".'-/"))
	if text := s.text[start:end]; strings.HasSuffix(text, "]") && !strings.Contains(text, "[") {
		end--
	}
	if end > start {
		s.word(start, end)
	}
	if strings.HasSuffix(s.text[start:s.pos], ".") {
		s.add(s.pos-1, s.pos, stopped)
	}
}

// urnTail returns how much of text goes on with a URN whose first part stands before
// it: :li:share. It is 0 if none does.
func urnTail(text string) (n int) {
	parts := 0
	for n+1 < len(text) && text[n] == ':' && isWordByte(text[n+1]) {
		for n++; n < len(text) && isRunByte(text[n]); n++ {
		}
		parts++
	}
	if parts < 2 {
		return 0
	}
	return n
}

// word adds what stands from start to end.
func (s *splitter) word(start, end int) {
	text := s.text[start:end]
	s.add(start, end, shapeOf(text))
	w := &s.words[len(s.words)-1]
	if w.shape == plain || w.shape == coded {
		w.role = roleOf(text)
	}
	first, _, _ := strings.Cut(text, "_")
	switch {
	case w.role != 0:
		w.shape = plain
	case len(first) < len(text) && roleOf(first)&flawRole != 0:
		w.shape = value // the code of an error: invalid_argument
	}
}

// wideLen is the length of a sign of Chinese and Japanese texts, in bytes.
const wideLen = 3

// isWide reports whether text begins with such a sign: U+3000 to U+303F, or U+FF01 to
// U+FF3F.
func isWide(text string) bool {
	return len(text) >= wideLen && (text[0] == 0xe3 && text[1] == 0x80 || text[0] == 0xef && text[1] == 0xbc)
}

// isRunByte reports whether c may stand in a word: what is not ASCII may.
func isRunByte(c byte) bool {
	return isWordByte(c) || strings.IndexByte(".[]$/#@-'%", c) >= 0
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c >= utf8.RuneSelf
}

// isName reports whether what stands in quotes may be the name of an input: it is
// one word, or two or three that begin with a capital.
func isName(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	if !unicode.IsLetter(first) && !strings.ContainsRune("_$@/#.", first) {
		return false
	}
	if unicode.IsUpper(first) && strings.Count(text, " ") <= 2 && strings.ToUpper(text) != text {
		text = strings.ReplaceAll(text, " ", "")
	}
	for _, c := range []byte(text) {
		if !isWordByte(c) && strings.IndexByte(".[]$/#@-:", c) < 0 {
			return false
		}
	}
	return !strings.Contains(text, "://") && !strings.HasPrefix(text, "redacted:") && !isHost(text)
}

// shapeOf returns how a word without quotes is spelled.
func shapeOf(text string) shape {
	first := text[0]
	isCapital, isUpper := first >= 'A' && first <= 'Z', len(text) > 1 && strings.ToUpper(text) == text
	switch {
	case strings.Contains(text, "//"), strings.ContainsAny(text, "@%"), isHost(text), isFault(text):
		return value
	case first == '/', strings.HasPrefix(text, "#/"):
		if isName(text) {
			return coded
		}
		return value
	case first < 'A' && first != '$', strings.Contains(text, "/"):
		return value
	case isUpper && strings.Contains(text, "_"):
		return typed
	case isUpper:
		return value
	case strings.ContainsAny(text[1:], "_.[") && isName(text), first == '$' && isName(text[1:]):
		return coded
	case isCapital && (hasCapitalInside(text) || strings.Contains(text, "-")):
		return typed
	case hasCapitalInside(text):
		return coded
	}
	return plain
}

// isFault reports whether text is the name of what programs throw: ParseError.
func isFault(text string) bool {
	return len(text) > len("Exception") && (strings.HasSuffix(text, "Exception") || strings.HasSuffix(text, "Error"))
}

// hasCapitalInside reports whether a capital stands behind the first letter: userName.
func hasCapitalInside(text string) bool {
	return strings.ContainsAny(text[1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}

// isHost reports whether text ends as the names of hosts and files do.
func isHost(text string) bool {
	if strings.Contains(text, "_") {
		return false
	}
	switch strings.TrimPrefix(strings.ToLower(path.Ext(text)), ".") {
	case "com", "org", "net", "io", "dev", "example", "local", "json", "xml", "yaml", "yml", "php", "go", "py", "js", "html", "g", "e", "md", "txt", "test":
		return true
	}
	return false
}
