package redact

import "strings"

// shape is a token that is known by its prefix.
type shape struct {
	prefix string
	set    *charset // of what follows
	min    int      // number of characters that follow at least
	exact  bool     // and at most
	digit  bool     // one of them is a digit
	hook   bool     // the prefix is an address, and no part of the secret
	class  class
}

// maxShape is how far a shape is followed before it is sure.
const maxShape = 256

var shapes = []shape{
	{prefix: "AVNS_", set: slugChars, min: 12, class: password},
	{prefix: "AKIA", set: upperAlnum, min: 16, exact: true, class: apiKey},
	{prefix: "ASIA", set: upperAlnum, min: 16, exact: true, class: apiKey},
	{prefix: "AIza", set: slugChars, min: 30, class: apiKey},
	{prefix: "ya29.", set: chars("A-Za-z0-9_.-"), min: 20, class: token},
	{prefix: "ghp_", set: alnum, min: 30, class: token},
	{prefix: "gho_", set: alnum, min: 30, class: token},
	{prefix: "ghu_", set: alnum, min: 30, class: token},
	{prefix: "ghs_", set: alnum, min: 30, class: token},
	{prefix: "ghr_", set: alnum, min: 30, class: token},
	{prefix: "github_pat_", set: wordChars, min: 22, class: token},
	{prefix: "glpat-", set: slugChars, min: 16, class: token},
	{prefix: "xoxa-", set: slugChars, min: 10, digit: true, class: token},
	{prefix: "xoxb-", set: slugChars, min: 10, digit: true, class: token},
	{prefix: "xoxe-", set: slugChars, min: 10, digit: true, class: token},
	{prefix: "xoxp-", set: slugChars, min: 10, digit: true, class: token},
	{prefix: "xoxr-", set: slugChars, min: 10, digit: true, class: token},
	{prefix: "xoxs-", set: slugChars, min: 10, digit: true, class: token},
	{prefix: "hooks.slack.com/services/", set: chars("A-Za-z0-9/"), min: 20, hook: true, class: secret},
	{prefix: "hooks.slack.com%2Fservices%2F", set: chars("A-Za-z0-9%"), min: 20, hook: true, class: secret},
	{prefix: "sk_live_", set: alnum, min: 10, class: apiKey},
	{prefix: "sk_test_", set: alnum, min: 10, class: apiKey},
	{prefix: "sk_prod_", set: alnum, min: 10, class: apiKey},
	{prefix: "rk_live_", set: alnum, min: 10, class: apiKey},
	{prefix: "rk_test_", set: alnum, min: 10, class: apiKey},
	{prefix: "rk_prod_", set: alnum, min: 10, class: apiKey},
	{prefix: "whsec_", set: chars("A-Za-z0-9+/="), min: 20, class: secret},
	{prefix: "sk-", set: slugChars, min: 20, digit: true, class: apiKey}, // OpenAI, Anthropic and their like
	{prefix: "npm_", set: alnum, min: 30, class: token},
	{prefix: "hvs.", set: slugChars, min: 24, class: token},
	{prefix: "dop_v1_", set: alnum, min: 40, class: token},
}

// shapeStarts are the characters that shapes and JWTs begin with.
var shapeStarts = func() *charset {
	set := chars("e")
	for _, h := range shapes {
		set[h.prefix[0]] = true
	}
	return set
}()

// knownToken looks for a token of a known shape at the start of a word.
func knownToken(s string, i int) span {
	if !shapeStarts[s[i]] {
		return rawAivenToken(s, i)
	}
	for k := range shapes {
		if h := &shapes[k]; h.prefix[0] == s[i] && strings.HasPrefix(s[i:], h.prefix) {
			start := i + len(h.prefix)
			end := h.match(s, start)
			if end == 0 {
				continue
			}
			if !h.hook {
				start = i
			}
			return span{start, end, h.class}
		}
	}
	if strings.HasPrefix(s[i:], "eyJ") {
		return jwt(s, i)
	}
	return rawAivenToken(s, i)
}

// match returns the end of the token whose prefix ends at i, 0 if it is none.
func (h *shape) match(s string, i int) int {
	sure := run(s, i, h.set, maxShape)
	switch {
	case sure-i < h.min, h.exact && sure-i != h.min:
		return 0
	case h.digit && !strings.ContainsAny(s[i:sure], "0123456789"):
		return 0
	}
	return run(s, sure, h.set, unlimited)
}

// jwtHeaders are the beginnings of JSON objects whose first key is alg, enc, typ
// or kid, in base64url.
var jwtHeaders = []string{"eyJhbGciOi", "eyJlbmMiOi", "eyJ0eXAiOi", "eyJraWQiOi"}

// jwt looks for a JSON Web Token (RFC 7519): parts of base64url, the first of
// which is a JSON object. Without its second part it is no secret.
func jwt(s string, i int) span {
	const minHeader, minClaims = 17, 8
	if i > 0 && slugChars[s[i-1]] && !afterEscape(s, i) {
		return span{}
	}
	header := run(s, i, slugChars, unlimited)
	if header-i < minHeader || header == len(s) || s[header] != '.' {
		return span{}
	}
	claims := run(s, header+1, slugChars, unlimited)
	if claims-header-1 < minClaims || !strings.HasPrefix(s[header+1:], "eyJ") && !isJWTHeader(s[i:header]) {
		return span{}
	}
	end := run(s, claims, jwtChars, unlimited)
	for s[end-1] == '.' {
		end-- // of the sentence
	}
	return span{i, end, token}
}

func isJWTHeader(s string) bool {
	for _, h := range jwtHeaders {
		if strings.HasPrefix(s, h) {
			return true
		}
	}
	return false
}

var jwtChars = chars("A-Za-z0-9_.=-")

// rawAivenLength is the length of every Aiven token. They have no prefix.
const rawAivenLength = 372

// rawAivenToken looks for an Aiven token that stands alone. What else is base64
// of just this length is masked with it.
func rawAivenToken(s string, i int) span {
	if len(s)-i < rawAivenLength || i > 0 && base64Set[s[i-1]] && !afterEscape(s, i) {
		return span{}
	}
	const maxPadding = 2
	end := run(s, i, base64Set, rawAivenLength+1)
	end = run(s, end, padding, maxPadding)
	if end-i != rawAivenLength {
		return span{}
	}
	return span{i, end, token}
}

// pemLabel are the characters of a label, and of spaces in it, URL-encoded.
var pemLabel = chars("A-Z0-9 _%+-")

const pemBegin = "-----BEGIN"

// keyEnd returns the end of found, or that of a private key which begins in it: a
// value ends with its line, and the key does not.
func keyEnd(s string, found span) int {
	n := strings.Index(s[found.start:found.end], pemBegin)
	if n < 0 {
		return found.end
	}
	return max(found.end, pemBlock(s, found.start+n).end)
}

// pemBlock looks for a private key as RFC 7468 writes it. Its line ends may be
// escaped. A block that is cut off ends with the text.
func pemBlock(s string, i int) span {
	const end, maxLabel = "-----END", 120
	if !strings.HasPrefix(s[i:], pemBegin) {
		return span{}
	}
	start := i + len(pemBegin)
	_, label, private := strings.Cut(s[start:run(s, start, pemLabel, maxLabel)], "PRIVATE")
	if !private || !strings.Contains(label, "KEY") {
		return span{}
	}
	stop := strings.Index(s[i:], end)
	if stop < 0 {
		return span{i, len(s), privateKey}
	}
	stop += i + len(end)
	label = s[stop:run(s, stop, pemLabel, maxLabel)]
	if n := strings.Index(label, "-----"); n >= 0 && !strings.HasPrefix(label[n:], pemBegin) {
		stop += n + len("-----")
	}
	return span{i, stop, privateKey}
}

// cardNumber looks for the number of a payment card at the digit s[i]: a known
// issuer, the length that it uses, the grouping that is printed on cards, and the
// check digit.
func cardNumber(s string, i int) span {
	const maxDigits = 19
	if i > 0 && strings.IndexByte("-._/", s[i-1]) >= 0 {
		return span{}
	}
	var number [maxDigits]byte
	n, end := 0, i
	for ; end < len(s) && n < maxDigits; end++ {
		if digits[s[end]] {
			number[n] = s[end] - '0'
			n++
		} else if !isCardGap(s, i, end, n) {
			break
		}
	}
	if end < len(s) && (wordChars[s[end]] || s[end] == '-') {
		return span{}
	}
	if !isIssued(number[:n]) || !passesLuhn(number[:n]) {
		return span{}
	}
	return span{i, end, card}
}

// cardGaps are what stands between the groups of a card number, one of them
// URL-encoded.
const cardGaps = " -+"

// cardChars are the characters of a card number.
var cardChars = chars("0-9 +-")

// isCardGap reports whether the gap at s[at], after n digits, is one between the
// groups of a card number that begins at start.
func isCardGap(s string, start, at, n int) bool {
	if strings.IndexByte(cardGaps, s[at]) < 0 || at+1 == len(s) || !digits[s[at+1]] {
		return false
	}
	if amex := s[start] == '3' && s[start+1] != '5'; amex {
		return n == 4 || n == 10
	}
	return n == 4 || n == 8 || n == 12
}

// isIssued reports whether card numbers begin so and have that length.
func isIssued(number []byte) bool {
	if len(number) < 15 {
		return false
	}
	two := int(number[0])*10 + int(number[1])
	switch {
	case two == 34 || two == 37:
		return len(number) == 15
	case two >= 40 && two <= 49, two >= 51 && two <= 55, two >= 22 && two <= 27, two == 35:
		return len(number) == 16
	case two == 60, two == 62, two == 64, two == 65:
		return len(number) >= 16
	}
	return false
}

// passesLuhn checks the last digit (ISO/IEC 7812-1, annex B).
func passesLuhn(number []byte) bool {
	sum := 0
	for i, d := range number {
		v := int(d)
		if (len(number)-i)%2 == 0 {
			v *= 2
			if v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return sum%10 == 0
}
