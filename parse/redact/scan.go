package redact

import "strings"

// span is a secret in a text.
type span struct {
	start, end int
	class      class
}

// charset is a set of ASCII characters.
type charset [256]bool

// chars returns the set of the characters in spec, where a-z is a range.
func chars(spec string) *charset {
	var set charset
	for i := 0; i < len(spec); i++ {
		if i+2 < len(spec) && spec[i+1] == '-' {
			for c := spec[i]; c <= spec[i+2]; c++ {
				set[c] = true
			}
			i += 2
			continue
		}
		set[spec[i]] = true
	}
	return &set
}

var (
	digits     = chars("0-9")
	alnum      = chars("A-Za-z0-9")
	upperAlnum = chars("A-Z0-9")
	letters    = chars("A-Za-z")
	wordChars  = chars("A-Za-z0-9_")
	nameChars  = chars("A-Za-z0-9_.-") // of keys
	slugChars  = chars("A-Za-z0-9_-")
	base64Set  = chars("A-Za-z0-9+/")
	padding    = chars("=")
	token68    = chars("A-Za-z0-9._~+/=%-") // RFC 9110, section 11.2, and URL-encoded
)

// run returns the end of the characters of set that begin at i, at most limit of
// them.
func run(s string, i int, set *charset, limit int) int {
	end := min(len(s), i+limit)
	for i < end && set[s[i]] {
		i++
	}
	return i
}

// unlimited lets run go to the end of the text. It is for what is masked for
// certain: what may come to nothing is looked at up to a limit, so that no text
// makes the scan go over the same bytes again and again.
const unlimited = 1 << 30

// next returns the first secret in s at or after from; what lies before from is
// looked at, but taken by another secret.
func next(s string, from int) (span, bool) {
	for i := from; i < len(s); i++ {
		if n := markLength(s[i:]); n > 0 {
			i += n - 1
			continue
		}
		found := namedAt(s, i)
		if found.class == none {
			found = shapeAt(s, i, from)
		}
		if found.class != none {
			found.start = leadStart(s, i, found.start)
			found.end = keyEnd(s, found)
			return found, true
		}
	}
	return span{}, false
}

// leadStart returns where the secret at start has to be masked from. What leads to
// it from i, such as its key or a user name, stays, unless there is another secret
// in it.
func leadStart(s string, i, start int) int {
	for k := i; k < start; k++ {
		if found := shapeAt(s[:start], k, i); found.class != none {
			return found.start
		}
	}
	return start
}

// maxName is how much of a key is read where a longer one was read already.
const maxName = 128

// namedAt looks for a secret that the key or the scheme at s[i] gives away.
func namedAt(s string, i int) span {
	if !wordChars[s[i]] || i > 0 && wordChars[s[i-1]] && !afterEscape(s, i) {
		return span{}
	}
	limit := unlimited
	if i > 0 && nameChars[s[i-1]] {
		limit = maxName
	}
	end := run(s, i, nameChars, limit)
	if found := namedValue(s, i, end); found.class != none {
		return found
	}
	return schemeToken(s, i, end)
}

// shapeAt looks for a secret that its own shape gives away, by the character s[i].
func shapeAt(s string, i, from int) span {
	switch c := s[i]; {
	case digits[c] && startsWord(s, i):
		return cardNumber(s, i)
	case alnum[c] && startsWord(s, i):
		return knownToken(s, i)
	case c == ':':
		return uriPassword(s, i, plainURI)
	case c == '@':
		return address(s, i, 1, from)
	case c == '%':
		return encoded(s, i, from)
	case c == '-':
		return pemBlock(s, i)
	}
	return span{}
}

// encoded looks for a secret at the URL-encoded character at s[i].
func encoded(s string, i, from int) span {
	if strings.HasPrefix(s[i:], "%40") {
		return address(s, i, 3, from)
	}
	return uriPassword(s, i, encodedURI)
}

// startsWord reports whether a word begins at s[i]: no letter or digit stands
// before it, unless as the end of an escape.
func startsWord(s string, i int) bool {
	return i == 0 || !alnum[s[i-1]] || afterEscape(s, i)
}

// afterEscape reports whether an escape such as %22 or \n stands before s[i].
func afterEscape(s string, i int) bool {
	if i >= 3 && s[i-3] == '%' && isHex(s[i-2]) && isHex(s[i-1]) {
		return true
	}
	return i >= 2 && s[i-2] == '\\' && strings.IndexByte("nrt", s[i-1]) >= 0
}

func isHex(c byte) bool {
	return digits[c] || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
