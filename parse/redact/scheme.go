package redact

import (
	"encoding/base64"
	"strings"
)

// schemes are those of an Authorization header that stand before a token.
var schemes = []string{"bearer", "basic", "token", "apikey", "aivenv1", "negotiate", "ntlm", "dpop", "geniekey"}

// isDigest reports whether scheme, with the space after it, is one whose
// credentials are a list of parameters.
func isDigest(scheme string) bool {
	return hasPrefixFold(scheme, "digest") || hasPrefixFold(scheme, "aws4-hmac") || hasPrefixFold(scheme, "hawk")
}

func isScheme(word string) bool {
	for _, s := range schemes {
		if strings.EqualFold(word, s) {
			return true
		}
	}
	return isDigest(word)
}

// afterScheme returns where the credentials begin in a value at start, which may
// name their scheme first.
func (p *pair) afterScheme(start, limit int) int {
	const maxScheme = 24
	end := run(p.s, start, slugChars, maxScheme)
	next := p.spaces(end)
	if next == end || next >= limit {
		return start
	}
	if isScheme(p.s[start:end]) {
		return next
	}
	if p.class == authorization && end > start && isWord(p.s[start:end]) && looksRandom(p.s[next:p.bareEnd(next)]) {
		return next
	}
	return start
}

// schemeToken looks for a token after a scheme that stands without its header:
// "curl with Bearer …". The scheme is the end of s[start:end].
func schemeToken(s string, start, end int) span {
	word := s[start:end]
	if _, ok := cutSuffixFold(word, "aivenv1"); ok {
		return aivenToken(s, end)
	}
	_, bearer := cutSuffixFold(word, "bearer")
	_, basic := cutSuffixFold(word, "basic")
	p := pair{s: s, encoded: true}
	at := p.spaces(end)
	if !bearer && !basic || at == end {
		return span{}
	}
	v := s[at:run(s, at, token68, unlimited)]
	switch {
	case bearer && looksRandom(v) && !isParameter(v):
		return span{at, at + len(v), token}
	case basic && isBasic(v):
		return span{at, at + len(v), authorization}
	}
	return span{}
}

// aivenToken looks for the token of Aiven's own scheme, which is also seen with a
// colon after it.
func aivenToken(s string, i int) span {
	const minLength = 16
	p := pair{s: s, encoded: true}
	at := p.spaces(i)
	switch rest := s[at:]; {
	case strings.HasPrefix(rest, ":"):
		at++
	case hasPrefixFold(rest, "%3a"):
		at += 3
	}
	at = p.spaces(at)
	if end := run(s, at, token68, unlimited); at > i && end-at >= minLength {
		return span{at, end, token}
	}
	return span{}
}

// isParameter reports whether v is a challenge's name=value, not padding.
func isParameter(v string) bool {
	return strings.Contains(strings.TrimRight(v, "="), "=") || strings.HasSuffix(v, "=") && len(v) < 20
}

// isBasic reports whether v is user and password as RFC 7617 puts them.
func isBasic(v string) bool {
	const minLength, maxLength = 4, 512
	v = strings.TrimRight(strings.ReplaceAll(v[:min(len(v), maxLength)], "%3D", "="), "=")
	if len(v) < minLength {
		return false
	}
	plain, err := base64.RawStdEncoding.DecodeString(v[:len(v)-len(v)%4])
	return err == nil && strings.Contains(string(plain), ":") || looksRandom(v)
}

// looksRandom reports whether v holds anything that is no word of a message.
func looksRandom(v string) bool {
	const minLength = 8
	if len(v) < minLength || isMasked(v[:min(len(v), maxPlain)]) {
		return false
	}
	if len(v) > maxPlain {
		return true
	}
	for part := range strings.FieldsFuncSeq(v, func(r rune) bool { return strings.ContainsRune("/._~+-%=", r) }) {
		if !isWord(part) {
			return true
		}
	}
	return false
}
