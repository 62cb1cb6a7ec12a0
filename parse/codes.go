package parse

import (
	"strings"

	"analyzer/parse/code"
)

// codes are the error codes that the vocabulary knows: one of them under a key
// for codes says that something failed.
type codes struct {
	known, general codeSet
	recent         recent[found[judged]]
}

// judged is what the vocabulary says of a code.
type judged struct{ known, general bool }

// judge looks text up, which isCode: logs repeat the same few codes.
func (c *codes) judge(text string) *judged {
	return find(c.recent, text, func(text string) *judged {
		folded := code.Fold(text)
		return &judged{c.known.holds(folded), c.general.holds(folded)}
	})
}

// share returns codes for one scanner: the same, with a memory of its own.
func (c *codes) share() *codes {
	own := *c
	own.recent = newRecent[found[judged]](256)
	return &own
}

// codeSet is a set of codes, whole or as forms with *.
type codeSet struct {
	stems map[string]bool
	forms []code.Form
}

func newCodes(known, general []string) *codes {
	return &codes{known: newCodeSet(known), general: newCodeSet(general)}
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
	j := c.judge(text)
	return j.known || j.general
}

// tellsKind reports whether text, under a key that may hold other kinds too, is
// such a code for sure.
func (c *codes) tellsKind(text string) bool {
	if !isCode(text) || !c.judge(text).known {
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
	return len(text) <= maxCode && strings.Count(text, " ") <= 3 && !strings.ContainsAny(text, "\n{}") && code.IsWord(text)
}

// saysNothing reports whether a code tells no error from another: RFC 9457's
// type of problems that have none (section 4.2.1), the reason phrase of a status,
// a word that says that something failed, or a number of one or two digits, as gRPC
// and OpenTelemetry put beside a status.
func saysNothing(code string) bool {
	return code == "about:blank" || saysFailure(code) || len(code) <= 2 && allDigits(code) || strings.Contains(code, " ") && reasonStatus(code) != 0
}

// saysFailure reports whether a word says that something failed, and no more.
func saysFailure(word string) bool {
	if len(word) > len("failure") {
		return false
	}
	switch strings.ToLower(word) {
	case "error", "errors", "err", "fail", "failed", "failure", "ko", "nok", "nack":
		return true
	}
	return false
}
