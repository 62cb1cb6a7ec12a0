package classify

import (
	"strings"
	"unicode/utf8"
)

// maxTemplate is the length of a message template, in runes.
const maxTemplate = 160

// maxQuoted is how far apart two quotes may stand that make a quoted name.
const maxQuoted = 200

// span is a part of a message that a pattern named. One with a name becomes
// {name} in the template; one without is a field and stays as it is.
type span struct {
	start, end int
	name       string
}

// template returns the message with everything masked that varies from one
// request to the next, so that the same failure has the same template. Spans
// are in order and do not overlap. Paths are shown by their route.
func (s *Set) template(message string, spans []span) string {
	t := templater{src: message, spans: spans, routes: &s.routes}
	t.out.Grow(min(len(message), 4*maxTemplate) + 16)
	for t.pos < len(t.src) && t.runes < maxTemplate {
		t.step()
	}
	return cutRunes(strings.TrimSpace(t.out.String()), maxTemplate)
}

// templater writes a template in one pass.
type templater struct {
	src    string
	pos    int
	spans  []span
	kept   int // end of the field that pos stands in
	routes *routes
	out    strings.Builder
	runes  int  // an upper bound of those written
	space  bool // the last byte written is a space
}

func (t *templater) step() {
	if len(t.spans) > 0 && t.spans[0].start <= t.pos {
		next := t.spans[0]
		t.spans = t.spans[1:]
		if next.name == "" {
			t.kept = next.end
		} else if next.end > t.pos {
			t.mask("{"+next.name+"}", next.end-t.pos)
		}
		return
	}
	switch c := t.src[t.pos]; {
	case c <= ' ' || c == 0x7f:
		t.blank()
	case c == '\'' || c == '"' || c == '`':
		t.quote(c)
	case c == '/' && t.atStart():
		t.path()
	case isAlnum(c):
		t.word()
	default:
		t.copy(1)
	}
}

// limit returns the text from pos up to the next span.
func (t *templater) limit() string {
	if len(t.spans) > 0 {
		return t.src[t.pos:max(t.pos, t.spans[0].start)]
	}
	return t.src[t.pos:]
}

// atStart reports whether no word stands right before pos.
func (t *templater) atStart() bool {
	return t.pos == 0 || !isAlnum(t.src[t.pos-1]) && strings.IndexByte("/.-_~}", t.src[t.pos-1]) < 0
}

// mask writes mask for the next n bytes; one that does not fit whole ends the
// template.
func (t *templater) mask(mask string, n int) {
	if t.runes+len(mask) > maxTemplate {
		t.pos = len(t.src)
		return
	}
	t.out.WriteString(mask)
	t.runes += len(mask)
	t.pos += n
	t.space = false
}

// copy writes the next n bytes as they are.
func (t *templater) copy(n int) {
	t.out.WriteString(t.src[t.pos : t.pos+n])
	t.runes += utf8.RuneCountInString(t.src[t.pos : t.pos+n])
	t.pos += n
	t.space = false
}

// blank writes one space for a run of white space and control bytes.
func (t *templater) blank() {
	if !t.space {
		t.out.WriteByte(' ')
		t.runes++
	}
	t.space = true
	t.pos++
}

// quote masks a quoted name and leaves the quotes. An apostrophe within a word
// quotes nothing; nor does a quote around a field.
func (t *templater) quote(c byte) {
	rest := t.limit()
	if t.pos >= t.kept && (c != '\'' || t.pos == 0 || !isAlnum(t.src[t.pos-1])) {
		for end := 1; end < min(len(rest), maxQuoted); end++ {
			if rest[end] == c && (c != '\'' || endsAt(rest, end+1)) {
				t.copy(1)
				if end > 1 {
					t.mask(maskName, end-1)
				}
				break
			}
		}
	}
	if t.pos < len(t.src) { // the name may have had no room
		t.copy(1)
	}
}

// path writes the route of a request path of two segments or more.
func (t *templater) path() {
	rest := t.limit()
	n := spanOf(rest, func(c byte) bool { return c > ' ' && strings.IndexByte("'\"`<>()[]|\\,;", c) < 0 })
	n = len(strings.TrimRight(rest[:n], ".:!"))
	if strings.Count(rest[:n], "/") < 2 {
		t.copy(1)
		return
	}
	route := t.routes.route(rest[:n])
	if room := maxTemplate - t.runes; len(route) > room {
		route = route[:1+strings.LastIndexByte(route[:room], '/')]
		n = len(t.src) - t.pos // nothing else has room
	}
	t.mask(route, n)
}

// word masks a word, or the numbers in it.
func (t *templater) word() {
	rest := t.limit()
	if mask, n := maskAt(rest); n > 0 {
		t.mask(mask, n)
		return
	}
	for first := true; ; first = false {
		rest = t.limit()
		switch {
		case rest == "" || !isAlnum(rest[0]):
			return
		case !isDigit(rest[0]):
			t.copy(spanOf(rest, isLetter))
		case first:
			t.mask(maskNumber, numberLen(rest))
		default:
			t.gluedDigits(digitsLen(rest))
		}
	}
}

// gluedDigits writes digits that follow a letter: the few of v1, s3 or utf8
// belong to the name, many are a number.
func (t *templater) gluedDigits(n int) {
	if n >= 3 {
		t.mask(maskNumber, n)
		return
	}
	t.copy(n)
}

// numberLen covers 28, 1,000 and 439.0 and 1.2.3.
func numberLen(s string) int {
	n := digitsLen(s)
	for n+1 < len(s) && (s[n] == '.' || s[n] == ',') && isDigit(s[n+1]) {
		n += 1 + digitsLen(s[n+1:])
	}
	return n
}

// cutString cuts s to at most n bytes at a rune's border.
func cutString(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// cutRunes cuts s to at most n runes.
func cutRunes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
