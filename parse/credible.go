package parse

import "strings"

// Much that reads like an API error tells of none: documentation, test output,
// configuration that lists statuses, counters labelled with them, what people
// write about them. Where nothing but a status in words says that a request
// failed, the text must read like the report of an event.

// credible reports whether what a pattern found in the string i is credible. One that
// names a request, an operation or a code always is.
func (s *Scanner) credible(i int32, x *said) bool {
	for _, g := range [...]group{codeGroup, operationGroup, methodGroup, urlGroup, bodyGroup, requestGroup} {
		if x.groups[g] != "" {
			return true
		}
	}
	t := &s.tree
	n := &t.nodes[i]
	switch {
	case x.prose:
		return false
	case n.tail > 0:
		return !t.isManual(n.inner)
	case n.parent < 0:
		return isReport(n.str, x.groups[messageGroup])
	case t.words.is(n.word, storyWord):
		return false
	}
	return n.open || t.words.is(n.word, errorWord|bodyWord) || t.isFailure(n.up)
}

// isProse reports whether people wrote text about errors, other than on the page by
// which a server answers.
func isProse(text string) bool {
	text = text[:min(len(text), maxProse)]
	if strings.Contains(text, "<title>") || strings.Contains(text, "<TITLE>") {
		return false
	}
	for _, word := range [...]string{"mean", "how to", "why does", "what does", "stands for", "example", "e.g.", "I ", "@throws", "<code>", "`"} {
		if strings.Contains(text, word) {
			return prose().MatchString(text)
		}
	}
	return false
}

// isFailure reports whether i, or what it stands in, has a key that says error.
func (t *tree) isFailure(i int32) bool {
	for ; i >= 0; i = t.nodes[i].up {
		n := &t.nodes[i]
		if t.words.is(n.word, errorWord|bodyWord) || containsFold(n.key, "exception") || containsFold(n.key, "fail") || containsFold(n.key, "cause") {
			return true
		}
	}
	return false
}

// maxProse is how much of a text is judged, in bytes.
const maxProse = 2 << 10

var (
	// prose matches what people write about errors; isProse looks for its words.
	prose = lazily("(?i)\\b(?:what does|how to|why does|means that|stands for|mean\\?|I (?:keep|saw|get|got|see)|for example|e\\.g\\.)|@throws\\b|<code>|`\\d{3} ")

	// manual matches the words of manuals, tests and changes, in lines that no logger wrote.
	manual = lazily(`(?i)\b(?:when|if|means?|returns|responds|answers|rejects|raises?|throws|is sent|should|must|treat(?:s|ed)?|fix(?:ed|es)?|handles?|adds?|added|docs?|say|says|shows?|maps?|mapping|note|there's|use|allows?|describes?)\b|^\s*[*#>✓:|/-]|^\s\s|\S {3,}\S|^(?:not )?ok \d|^(?:sum|avg|min|max|count|rate|increase)\(|^\w+(?:\([\w-]+\))?: [a-z]+ .*\bas\b`)

	// failed matches the words by which programs report that a call failed.
	failed = lazily(`(?i)\b(?:errors?|fail(?:ed|ure|ing)?|exception|fatal|panic|returned|received|got|responded|replied|answered|unexpected|denied|cannot|could not|couldn't|unable|refused|giving up|retry(?:ing)?|rejected|aborted|status code|traceback)\b`)

	// page matches the beginning of what servers answer as text: an HTML or XML page, or a status line.
	page = lazily(`(?i)^(?:[\w.$]+(?:Exception|Error)\b|<!doctype html|<html|<\?xml|<head|<error|HTTP/[\d.]+ [45]\d\d\b|404 page not found$|[45]\d\d [A-Z][a-z]+(?: [A-Z]\w+){0,3}(?: \([^()]*\))?\.?$)`)

	// metric matches a line of the Prometheus, StatsD and InfluxDB formats.
	metric = lazily(`^(?:[A-Za-z_:][\w:]*(?:\{[^{}]*\})? [-+.\deEInfNa]+(?: \d+)?|[\w.-]+:[-+.\d]+\|(?:c|g|ms|h|s|d)\b.*|[\w.-]+(?:,[\w.-]+=[^ ,]+)+ [^ ]+=[^ ]+ \d{10,19})$`)
)

// isReport reports whether a line of text tells of an event: it begins with a time
// or level as a logger's does, is nothing but the message found, or says that
// something failed and does not read like a manual.
func isReport(line, message string) bool {
	line = strings.TrimRight(line[:min(len(line), maxProse)], " \t\r\n")
	if _, ok := leadingTime(line); ok || leadingLevel(line) != "" || leadingService(line) != "" {
		return true
	}
	if page().MatchString(line) {
		return true
	}
	if manual().MatchString(line) {
		return false
	}
	return failed().MatchString(line) || 2*len(message) > len(line)
}

// isManual reports whether the text before the JSON that i is part of, which no
// logger wrote, reads like a manual or a change.
func (t *tree) isManual(i int32) bool {
	n := t.nodes[i].parent
	for n >= 0 && t.nodes[n].kind != stringKind {
		n = t.nodes[n].parent
	}
	if n < 0 || t.nodes[n].parent >= 0 {
		return false
	}
	before := t.nodes[n].str[:min(int(t.nodes[n].lead), maxProse)]
	if _, ok := leadingTime(before); ok || leadingLevel(before) != "" || leadingService(before) != "" {
		return false
	}
	return manual().MatchString(before)
}
