package redact

import "strings"

// markStart begins every mask of ours.
const markStart = "[redacted:"

// markChars are those of the class in a mask.
var markChars = chars("a-z-")

// markLength returns the length of the mask of ours that s begins with, 0 if it
// begins with none.
func markLength(s string) int {
	const maxClass = 20
	if !strings.HasPrefix(s, markStart) {
		return 0
	}
	end := run(s, len(markStart), markChars, maxClass)
	if end == len(s) || s[end] != ']' {
		return 0
	}
	return end + 1
}

// indexMark returns where in s the first mask of ours begins, -1 if it has none.
func indexMark(s string) int {
	for i := 0; ; i += len(markStart) {
		n := strings.Index(s[i:], markStart)
		if n < 0 {
			return -1
		}
		if i += n; markLength(s[i:]) > 0 {
			return i
		}
	}
}

// maxPlain is the length up to which a value may be told from a secret. A longer
// one is masked without further thought.
const maxPlain = 200

// isPlain reports whether v, the value of a field that holds class c, is no
// secret: nothing, masked already, or a sentence about the field.
func isPlain(v string, c class) bool {
	v = strings.TrimSpace(v)
	if (c == location || c == user) && strings.Contains(v, "://") {
		return true // a URI, of which the password is found by its place
	}
	if len(v) > maxPlain {
		return false
	}
	return isNothing(v) || isMasked(v) || isProse(v) || c == user && (isNumber(v) || isPseudonym(v, c))
}

// isPseudonym reports whether v is what Pseudonym returns for class c.
func isPseudonym(v string, c class) bool {
	digits, ok := strings.CutPrefix(v, c.String()+"-")
	if !ok || len(digits) != pseudonymLength {
		return false
	}
	for i := range len(digits) {
		if !isHex(digits[i]) {
			return false
		}
	}
	return true
}

func isNothing(v string) bool {
	switch strings.ToLower(v) {
	case "", "null", "nil", "none", "undefined", "true", "false", "empty", "<nil>", "n/a", "-":
		return true
	}
	return false
}

// isMasked reports whether v was hidden before, by us or by somebody else. Of what
// we have seen, nothing secret is left around a mask.
func isMasked(v string) bool {
	if indexMark(v) >= 0 || strings.Contains(v, "***") {
		return true
	}
	bare := strings.Trim(v, "<>[](){}")
	switch strings.ToLower(bare) {
	case "redacted", "masked", "filtered", "hidden", "removed":
		return true
	case "secret", "token", "password":
		return bare != v // in brackets it is a placeholder
	}
	return len(v) >= 4 && strings.Trim(v, "xX") == "" || v != "" && strings.Trim(v, "*•.") == ""
}

func isNumber(v string) bool { return v != "" && run(v, 0, digits, len(v)) == len(v) }

// isReference reports whether v names a variable or a placeholder.
func isReference(v string) bool {
	for _, start := range []string{"${", "$(", "{{", "%s", "%v", "%q"} {
		if strings.HasPrefix(v, start) {
			return true
		}
	}
	return len(v) > 1 && v[0] == '$' && strings.Trim(v[1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == ""
}

// proseWords are words of which every message about a field holds one.
var proseWords = map[string]bool{
	"must": true, "should": true, "cannot": true, "can't": true, "required": true, "invalid": true, "missing": true,
	"blank": true, "empty": true, "short": true, "long": true, "least": true, "most": true, "characters": true,
	"not": true, "expired": true, "wrong": true, "incorrect": true, "weak": true, "match": true, "allowed": true,
	"field": true, "failed": true, "unknown": true, "unsupported": true, "denied": true, "is": true, "was": true,
}

// isProse reports whether v is a sentence: words without anything of a secret in
// them, among which one that tells what is wrong.
func isProse(v string) bool {
	telling := false
	words := 0
	for word := range strings.FieldsSeq(v) {
		words++
		word = strings.ToLower(strings.Trim(word, ".,:;!?()'\"`"))
		telling = telling || proseWords[word]
		if !isWordlike(word) && !(isNumber(word) && len(word) <= 5) {
			return false
		}
	}
	return words > 1 && telling
}

// isWordlike reports whether v looks like a word of a message rather than a
// secret: letters alone, small, capital or capitalised, perhaps joined by '_'.
func isWordlike(v string) bool {
	for part := range strings.SplitSeq(v, "_") {
		if part != "" && !isWord(part) {
			return false
		}
	}
	return len(v) <= 40
}

func isWord(v string) bool {
	v = strings.TrimRight(v, ".!?:'")
	small, capital := 0, 0
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case 'a' <= c && c <= 'z', c == '\'':
			small++
		case 'A' <= c && c <= 'Z':
			capital++
		default:
			return false
		}
	}
	capitalised := capital == 1 && v[0] < 'a'
	return len(v) <= 20 && (small == 0 || capital == 0 || capitalised)
}
