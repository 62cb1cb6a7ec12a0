package lean

import (
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
	term := readTerm(text)
	if text == "" || term.String() != text {
		return 0, fmt.Errorf("no term: %q", text)
	}
	return term, nil
}

// readTerm is parseTerm for what is a term.
func readTerm(text string) Term {
	if first, second, isPair := strings.Cut(text, " "); isPair {
		if status, err := strconv.Atoi(second); err == nil {
			return inputTerm | Term(status)
		}
		return newWord(first)<<wordBits | newWord(second)
	}
	if status, err := strconv.Atoi(text); err == nil {
		return statusTerm | Term(status)
	}
	return newWord(text)
}

func newWord(letters string) (t Term) {
	for i := range len(letters) {
		t = t<<letterBits | Term(letters[i]-'a'+1)
	}
	return t
}
