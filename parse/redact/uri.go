package redact

import "strings"

// uriSyntax is how a URI is written where it stands.
type uriSyntax struct {
	start, colon, at string
}

var (
	plainURI   = uriSyntax{"://", ":", "@"}
	encodedURI = uriSyntax{"%3A%2F%2F", "%3A", "%40"}
)

// maxUserinfo is how far the password of a URI is looked for.
const maxUserinfo = 2048

// uriPassword looks for a password before the host of the URI (RFC 3986, section
// 3.2.1) whose scheme ends at i. The host stays.
func uriPassword(s string, i int, syntax uriSyntax) span {
	if len(s)-i < len(syntax.start) || !strings.EqualFold(s[i:i+len(syntax.start)], syntax.start) {
		return span{}
	}
	start := i + len(syntax.start)
	rest := s[start:run(s, start, uriChars, maxUserinfo)]
	if mark := indexMark(rest); mark >= 0 {
		rest = rest[:mark]
	}
	at := atSign(rest, syntax)
	if at < 0 {
		return span{}
	}
	userinfo := rest[:at]
	if colon := strings.Index(userinfo, syntax.colon); colon >= 0 {
		start += colon + len(syntax.colon)
		if v := s[start : start+at-colon-len(syntax.colon)]; v == "" || len(v) <= maxPlain && (isMasked(v) || isReference(v)) {
			return span{}
		} else {
			return span{start, start + len(v), password}
		}
	}
	const minToken = 16 // what stands alone and is as long is a token, not a name
	if len(userinfo) < minToken || !looksRandom(userinfo) {
		return span{}
	}
	return span{start, start + at, token}
}

// atSign returns where the userinfo of a URI without its scheme ends, -1 if it
// has none.
func atSign(rest string, syntax uriSyntax) int {
	if syntax != plainURI {
		return strings.Index(rest, syntax.at)
	}
	authority := rest
	if n := strings.IndexAny(rest, "/?#"); n >= 0 {
		authority = rest[:n]
	}
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		return at
	}
	// A password may hold what it should have encoded. No port looks like it.
	_, port, ok := strings.Cut(authority, ":")
	if !ok || port == "" || isNumber(port) || authority[0] == '[' || len(authority) == len(rest) {
		return -1
	}
	return strings.IndexByte(rest, '@')
}

// uriChars are all that may stand in a URI, and in a password that is pasted into
// one.
var uriChars = notChars(" \t\r\n\"'<>`\\")

func notChars(spec string) *charset {
	set := chars(spec)
	for i := range set {
		set[i] = !set[i]
	}
	return set
}

var (
	localChars  = chars("A-Za-z0-9._%+-")
	domainChars = chars("A-Za-z0-9.-")
)

// address looks for an e-mail address around the @ at s[i], which is n bytes
// long, or for the password that stands before it in a Go-style DSN. It does not
// begin before from.
func address(s string, i, n, from int) span {
	const maxLocal, maxDomain = 64, 253
	at := i + n
	if strings.HasPrefix(s[at:], "tcp(") || strings.HasPrefix(s[at:], "unix(") {
		return dsnPassword(s, i, from)
	}
	start := i
	for start > from && i-start < maxLocal && localChars[s[start-1]] {
		start--
	}
	end := domainEnd(s, at, run(s, at, domainChars, maxDomain))
	if start == i || end == 0 || s[start:i] == "git" {
		return span{}
	}
	return span{start, end, email}
}

// domainEnd returns the end of the domain at start, which goes to end at most; 0
// if it does not end in the name of a top-level domain.
func domainEnd(s string, start, end int) int {
	const minTop, maxTop = 2, 24
	for {
		dot := strings.LastIndexByte(s[start:end], '.')
		if dot <= 0 {
			return 0
		}
		top := start + dot + 1
		if n := end - top; n >= minTop && n <= maxTop && run(s, top, letters, n) == end {
			return end
		}
		end = start + dot
	}
}

// dsnPassword looks for the password in user:password@tcp(host), whose @ is at i.
func dsnPassword(s string, i, from int) span {
	start := i
	for start > from && i-start < maxUserinfo && uriChars[s[start-1]] && s[start-1] != '=' {
		start--
	}
	colon := strings.IndexByte(s[start:i], ':')
	if colon < 0 || colon+1 == i-start || isMasked(s[start+colon+1:i]) {
		return span{}
	}
	return span{start + colon + 1, i, password}
}
