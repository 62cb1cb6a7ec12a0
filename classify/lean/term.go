package lean

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// A Term is what may lean to a category: a word, a pair of words, a status, a
// named input. A word is cut to six letters, so that expired, expires and
// expiration are one; five bits each, 30 a word.
type Term uint64

const (
	letterBits = 5
	wordBits   = 30

	statusTerm Term = 1 << 60
	inputTerm  Term = 1 << 61
)

// String returns the term as it stands in weights.tsv: "token expire", "403",
// "input 403".
func (t Term) String() string {
	number := strconv.FormatUint(uint64(t&(statusTerm-1)), 10)
	switch {
	case t&inputTerm != 0:
		return "input " + number
	case t&statusTerm != 0:
		return number
	}
	if first := t >> wordBits; first != 0 {
		return first.word() + " " + (t & (1<<wordBits - 1)).word()
	}
	return t.word()
}

// word returns the letters of a term that is one word.
func (t Term) word() string {
	var letters []byte
	for ; t != 0; t >>= letterBits {
		letters = append([]byte{'a' - 1 + byte(t&(1<<letterBits-1))}, letters...)
	}
	return string(letters)
}

// parseTerm is the reverse of String.
func parseTerm(text string) (Term, error) {
	first, second, isPair := strings.Cut(text, " ")
	if status, err := strconv.Atoi(cmp.Or(second, first)); err == nil && (first == "input" || !isPair) && status < int(statusTerm) {
		if isPair {
			return inputTerm | Term(status), nil
		}
		return statusTerm | Term(status), nil
	}
	term, ok := parseWord(first)
	if isPair && ok {
		var after Term
		after, ok = parseWord(second)
		term = term<<wordBits | after
	}
	if !ok {
		return 0, fmt.Errorf("no term: %q", text)
	}
	return term, nil
}

// parseWord reads a word of one to six small letters.
func parseWord(letters string) (t Term, ok bool) {
	for i := range len(letters) {
		if letters[i] < 'a' || letters[i] > 'z' {
			return 0, false
		}
		t = t<<letterBits | Term(letters[i]-'a'+1)
	}
	return t, letters != "" && len(letters) <= maxLetters
}
