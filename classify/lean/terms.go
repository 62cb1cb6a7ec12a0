package lean

import (
	"slices"

	"analyzer/parse/code"
)

// The bounds of what is read of one error.
const (
	maxWords = 60  // of a text
	maxTerms = 256 // of all
)

// Terms are what an error says, each once. The zero value is empty.
type Terms struct{ list []Term }

// List returns the terms, until the next call of Reset.
func (t *Terms) List() []Term { return t.list }

// Reset makes t empty.
func (t *Terms) Reset() { t.list = t.list[:0] }

// AddStatus adds an HTTP status, 0 if none is known, and whether the error names an
// input.
func (t *Terms) AddStatus(status int, input bool) {
	t.add(statusTerm | Term(status))
	if input {
		t.add(inputTerm | Term(status))
	}
}

// AddCode adds the words of an error code, without its namespace.
func (t *Terms) AddCode(text string) { t.AddText(code.Local(text)) }

// AddText adds the words of a text, and each two that follow one another. What is
// no ASCII letter separates words, as does a capital: InvalidToken is two.
func (t *Terms) AddText(text string) {
	var before Term
	for n, i := 0, 0; n < maxWords && i < len(text); {
		word, end := nextWord(text, i)
		if i = end; word == 0 {
			continue
		}
		t.add(word)
		if before != 0 {
			t.add(before<<wordBits | word)
		}
		before = word
		n++
	}
}

func (t *Terms) add(term Term) {
	if len(t.list) < maxTerms && !slices.Contains(t.list, term) {
		t.list = append(t.list, term)
	}
}

// maxLetters is how many letters of a word count.
const maxLetters = wordBits / letterBits

// nextWord returns the first word at i or behind it, 0 if there is none, and where
// it ends.
func nextWord(text string, i int) (word Term, end int) {
	for i < len(text) && !isLetter(text[i]) {
		i++
	}
	start := i
	for ; i < len(text) && isLetter(text[i]) && (i == start || !begins(text, i)); i++ {
		if i-start < maxLetters {
			word = word<<letterBits | Term(text[i]&^0x20-'A'+1)
		}
	}
	return word, i
}

// begins reports whether a word begins at i, right behind a letter: at the T of
// InvalidToken and of IDToken.
func begins(text string, i int) bool {
	return isUpper(text[i]) && (!isUpper(text[i-1]) || i+1 < len(text) && isLetter(text[i+1]) && !isUpper(text[i+1]))
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

func isLetter(c byte) bool { return isUpper(c &^ 0x20) }
