package parse

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"analyzer/parse/grams"
)

// maxText is how much of a string the text patterns see, in bytes.
const maxText = 16 << 10

// textForm is a Text compiled.
type textForm struct {
	name     string
	pattern  func() *regexp.Regexp
	triggers *triggers // one of its words must stand in the text; nil if it declares none
	groups   [numGroups]int
}

// group is what a named group of a Text holds.
type group int

const (
	statusGroup group = iota
	codeGroup
	messageGroup
	operationGroup
	methodGroup
	urlGroup
	requestGroup
	linkGroup
	bodyGroup
	numGroups
)

var groupNames = [numGroups]string{"status", "code", "message", "operation", "method", "url", "request_id", "link", "body"}

// lazily returns the expression that text spells, which it compiles at the first
// call: most logs need few of them.
func lazily(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

func compileText(x Text) (*textForm, error) {
	tree, err := syntax.Parse(x.Pattern, syntax.Perl)
	if err != nil {
		return nil, fmt.Errorf("text %s: pattern: %w", x.Name, err)
	}
	form := &textForm{name: x.Name, pattern: lazily(x.Pattern)}
	groups := tree.CapNames()
	for g, name := range groupNames {
		form.groups[g] = slices.Index(groups, name)
	}
	for _, name := range groups {
		if name != "" && !knownGroup(name) {
			return nil, fmt.Errorf("text %s: group %q: want one of %s", x.Name, name, strings.Join(groupNames[:], ", "))
		}
	}
	if len(x.Triggers) > 0 {
		form.triggers = &triggers{}
		for _, word := range x.Triggers {
			if err := form.triggers.add(word); err != nil {
				return nil, fmt.Errorf("text %s: %w", x.Name, err)
			}
		}
	} else if form.groups[statusGroup] < 0 {
		return nil, fmt.Errorf("text %s: neither a status group nor triggers: nothing would open a line for it", x.Name)
	}
	return form, nil
}

func knownGroup(name string) bool {
	for _, known := range groupNames {
		if name == known {
			return true
		}
	}
	return false
}

// said is an API error found in a text.
type said struct {
	form   *textForm
	node   int32 // the string that holds it
	status int
	prose  bool // the text is one that people wrote about errors
	groups [numGroups]string
}

// findTexts tries the patterns on every string for people, and keeps what the
// first that matches says of each.
func (s *Scanner) findTexts() {
	s.said = s.said[:0]
	for _, i := range s.outline.texts {
		if x := s.readText(s.tree.around(i)); x.form != nil && s.credible(i, x) {
			s.said = append(s.said, *x)
			s.said[len(s.said)-1].node = i
			if len(s.said) == maxTries {
				return
			}
		}
	}
}

// appendTexts appends the strings for people.
func (t *tree) appendTexts(texts []int32) []int32 {
	for i := range t.nodes {
		if n := &t.nodes[i]; n.kind == stringKind && !n.model && t.isText(int32(i)) {
			texts = append(texts, int32(i))
		}
	}
	return texts
}

// isText reports whether node i stands under a key for text, itself or as an
// element of a list.
func (t *tree) isText(i int32) bool {
	n := &t.nodes[i]
	if n.key == "" && n.up >= 0 {
		n = &t.nodes[n.up]
	}
	return t.words.is(n.word, textWord)
}

// around returns the text of the string i with the JSON unfolded from it
// replaced by {} or []: what stands there is read as JSON.
func (t *tree) around(i int32) string {
	n := &t.nodes[i]
	if n.tail == 0 {
		return n.str
	}
	brackets := "{}"
	if t.nodes[n.inner].kind == arrayKind {
		brackets = "[]"
	}
	start := len(t.unescaped)
	t.unescaped = append(append(append(t.unescaped, n.str[:n.lead]...), brackets...), n.str[n.tail:]...)
	return view(t.unescaped[start:])
}

// readText is that of the Reader, which is asked once for the texts that logs
// repeat.
func (s *Scanner) readText(text string) *said {
	if len(text) > rememberedText {
		return s.reader.readText(text)
	}
	return find(s.memory.read, text, s.reader.readText)
}

// readText returns what the first pattern that matches says; without one, the form
// is nil.
func (r *Reader) readText(text string) *said {
	if text = strings.TrimSpace(text); len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	digits, words := holdsStatus(text), r.spoken.in(text)
	if !digits && !words {
		return new(said)
	}
	var g grams.Set
	g.Fill(text)
	for i := range r.textSieve().Pass(&g).All() {
		form := r.texts[i]
		if form.triggers == nil && !digits || form.triggers != nil && !(words && form.triggers.in(text)) {
			continue
		}
		m := form.pattern().FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		x := &said{form: form, prose: isProse(text)}
		for g, n := range form.groups {
			if n >= 0 && m[2*n] >= 0 {
				x.groups[g] = strings.TrimSpace(text[m[2*n]:m[2*n+1]])
			}
		}
		x.status, _ = readStatus(x.groups[statusGroup])
		return x
	}
	return new(said)
}

// holdsStatus reports whether three digits 4xx or 5xx stand in text, not within
// a longer number or word.
func holdsStatus(text string) bool {
	for i := 0; i+3 <= len(text); i++ {
		if c := text[i]; (c == '4' || c == '5') && isDigit(text[i+1]) && isDigit(text[i+2]) &&
			(i == 0 || !isAlphanumeric(text[i-1])) && (i+3 == len(text) || !isAlphanumeric(text[i+3])) {
			return true
		}
	}
	return false
}

var (
	textWait = lazily(`(?i)\b(?:try again|retry|wait|retry[-_ ]after|available)\b[^.;0-9]{0,24}?(\d+(?:\.\d+)?)\s*(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?)?\b`)
	textTime = lazily(`(?i)\b(\d+(?:\.\d+)?)\s*(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?)\b`)
	textID   = lazily(`(?i)(?:\b|_)(?:request[-_ ]?(?:id)?|(?:activity|tracking)[-_ ]?id)["']?\s*[:=]?\s*["']?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?:_\w{1,8})?)\b|(?:\b|_)request[-_ ]?id["']?(?:\s*[:=]\s*["']?([A-Za-z0-9][\w.:-]{2,63})|\s+["']?([A-Za-z0-9][\w.:-]{7,63}))`)
	textMax  = lazily(`(?i)\blimit(?:\s+(?:is|of|was))?\s*[:=]?\s*(\d+(?:\s+(?:requests?|calls?))?(?:\s*(?:per|/)\s*[a-z]+)?)`)
)

// waitInText reads the wait that a message names: "try again in 28s".
func waitInText(text string) (time.Duration, bool) {
	if !containsFold(text, "again") && !containsFold(text, "retry") && !containsFold(text, "wait") {
		return 0, false
	}
	return timeIn(text, textWait())
}

// spokenWait reads the time that a text names which says nothing but how long to
// wait: "Hold for 12 s", "2 minutes".
func spokenWait(text string) (time.Duration, bool) { return timeIn(text, textTime()) }

// timeIn reads the number and unit, if there is one, that pattern finds in text.
func timeIn(text string, pattern *regexp.Regexp) (time.Duration, bool) {
	m := pattern.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	d, ok := readSeconds(m[1])
	if !ok {
		return 0, false
	}
	switch unit := strings.ToLower(m[2]); {
	case strings.HasPrefix(unit, "ms"), strings.HasPrefix(unit, "milli"):
		d /= 1000
	case strings.HasPrefix(unit, "m"):
		d *= 60
	case strings.HasPrefix(unit, "h"):
		d *= 3600
	}
	return d, d <= maxWait
}

// tagID matches the request ID with which frameworks tag a line of text: Rails in
// brackets, OpenStack as req-…, Lambda between tabs behind the time.
var tagID = lazily(`\[([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\]|[\[ ](req-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b|^\S+Z\t([0-9a-f]{8}-[0-9a-f-]{27})\t`)

// leadingID returns the request ID that the beginning of a text line is tagged
// with, "" if it has no tag.
func leadingID(line string) string {
	if m := tagID().FindStringSubmatch(line[:min(len(line), 160)]); m != nil {
		return readID(m[1] + m[2] + m[3])
	}
	return ""
}

// limitInText reads the limit that a message names: "limit of 120 per minute".
func limitInText(text string) string {
	if !containsFold(text, "limit") {
		return ""
	}
	if m := textMax().FindStringSubmatch(text); m != nil {
		return strings.TrimSpace(m[1])
	}
	return ""
}

// idInText reads the request ID that a message names: (request "…"),
// request-id: …, tracking id '…'.
func idInText(text string) string {
	if !containsFold(text, "request") && !containsFold(text, "activity") && !containsFold(text, "tracking") {
		return ""
	}
	m := textID().FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	id := readID(m[1] + m[2] + m[3])
	if strings.IndexFunc(id, func(r rune) bool { return '0' <= r && r <= '9' }) < 0 {
		return "" // a word, not an identifier
	}
	return id
}

// containsFold reports whether text contains word, which is lower case ASCII,
// in any case.
func containsFold(text, word string) bool {
	for i := 0; i+len(word) <= len(text); i++ {
		if text[i]|0x20 == word[0] && strings.EqualFold(text[i:i+len(word)], word) {
			return true
		}
	}
	return false
}

// hasSuffixFold reports whether text ends in a word, which is lower case, in any
// case.
func hasSuffixFold(text, word string) bool {
	return len(text) >= len(word) && strings.EqualFold(text[len(text)-len(word):], word)
}

// readInt reads a small count, 0 if text is none.
func readInt(text string) int {
	if text = strings.TrimSpace(text); !allDigits(strings.TrimPrefix(text, "+")) {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}
