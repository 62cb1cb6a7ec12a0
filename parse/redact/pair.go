package redact

import "strings"

// maxGap is how many spaces may stand around a separator.
const maxGap = 4 // characters

// pair is a key with a value beside it, in any notation: "key": "value",
// \"key\": \"value\", key=value, key%3Dvalue, Key: value, --key value,
// <key>value</key>.
type pair struct {
	s     string
	key   string
	class class
	at    int // where the value begins, after the separator and spaces

	quoted  bool // the key stands in quotes
	equals  bool // the separator is =, without spaces
	encoded bool // the separator is URL-encoded
	list    bool // the value begins with [
}

// namedValue looks for a secret beside the key s[start:end].
func namedValue(s string, start, end int) span {
	p := pair{s: s, key: s[start:end]}
	if !p.separator(start, end) {
		return span{}
	}
	if p.class = keyAt(s, start, end); p.class == none {
		return span{}
	}
	if p.at < len(s) && s[p.at] == '[' && markLength(s[p.at:]) == 0 {
		p.list = true
		p.at++
	}
	if open := quote(s, p.at); open > 0 {
		return p.quotedValue(open)
	}
	return p.bareValue()
}

// keyAt is keyClass for the key s[start:end], which may have its first word before
// it, as in "api key".
func keyAt(s string, start, end int) class {
	key := s[start:end]
	if c := keyClass(key); c != none {
		return c
	}
	if hasPrefixFold(key, "key") && start > 0 && s[start-1] == ' ' {
		for _, first := range []string{"api", "access", "secret", "private"} {
			if _, ok := cutSuffixFold(s[:start-1], first); ok {
				return keyClass(first + " " + key)
			}
		}
	}
	return none
}

// separator finds what stands between the key s[start:end] and its value.
func (p *pair) separator(start, end int) bool {
	key := end + quote(p.s, end)
	p.quoted = key > end
	sign := p.spaces(key)
	if sign == len(p.s) {
		return false
	}
	n := 0
	switch p.s[sign] {
	case '=', ':', '%':
		n = p.sign(sign)
		p.equals = p.equals && sign == key
	case '>':
		p.equals = start > 0 && p.s[start-1] == '<'
		if p.equals && sign == end {
			n = 1
		}
	default:
		if sign > end && start >= 2 && p.s[start-2:start] == "--" {
			p.at = sign
			return true
		}
	}
	p.at = p.spaces(sign + n)
	p.equals = p.equals && p.at == sign+n
	return n > 0
}

// sign returns the length of the sign at i that puts a key and a value together,
// 0 if there is none.
func (p *pair) sign(i int) int {
	rest := p.s[i:]
	switch {
	case strings.HasPrefix(rest, "=="), strings.HasPrefix(rest, "::"), strings.HasPrefix(rest, "://"):
		return 0
	case strings.HasPrefix(rest, "=>"), strings.HasPrefix(rest, ":="):
		return 2
	case rest[0] == '=':
		p.equals = true
		return 1
	case rest[0] == ':':
		return 1
	case hasPrefixFold(rest, "%3d"):
		p.encoded, p.equals = true, true
		return 3
	case hasPrefixFold(rest, "%3a"):
		p.encoded = true
		return 3
	}
	return 0
}

// spaces returns the end of the few spaces at i.
func (p *pair) spaces(i int) int {
	for end := i + maxGap; i < end && i < len(p.s); i++ {
		switch p.s[i] {
		case ' ', '\t':
		case '+':
			if !p.encoded {
				return i
			}
		case '%':
			if !strings.HasPrefix(p.s[i:], "%20") {
				return i
			}
			i += 2
		default:
			return i
		}
	}
	return i
}

// quote returns the length of the quotation mark at i: ' or ", with the
// backslashes that JSON in JSON puts before it, or URL-encoded.
func quote(s string, i int) int {
	const maxBackslashes = 15 // four levels of JSON
	n := i
	for n < len(s) && n-i < maxBackslashes && s[n] == '\\' {
		n++
	}
	switch {
	case n < len(s) && (s[n] == '"' || s[n] == '\''):
		return n - i + 1
	case strings.HasPrefix(s[i:], "%22"), strings.HasPrefix(s[i:], "%27"):
		return 3
	}
	return 0
}

// quotedValue returns the secret in the quotes at p.at, whose opening mark is n
// bytes long; of a list, all of its values.
func (p *pair) quotedValue(n int) span {
	mark := p.s[p.at : p.at+n]
	start := p.at + n
	end := closing(p.s, start, mark)
	if p.isKey(start, end) {
		return span{}
	}
	plain := p.isPlainQuoted(p.s[start:end])
	for p.list {
		first, last := p.nextElement(end, mark)
		if first == 0 || p.isKey(first, last) {
			break
		}
		end = last
		plain = plain && p.isPlainQuoted(p.s[first:last])
	}
	if plain {
		return span{}
	}
	return span{p.afterScheme(start, end), end, p.class}
}

func (p *pair) isPlainQuoted(value string) bool {
	const minToken = 4
	if !p.quoted && p.class == token && len(value) < minToken {
		return true // "unexpected token: '}'"
	}
	return isPlain(value, p.class) || isReference(value)
}

// isKey reports whether the quoted text s[start:end] is no value but the key of
// the next one. It is so in JSON that is broken, and to mask it would let its
// value pass.
func (p *pair) isKey(start, end int) bool {
	if end-start > maxName || keyClass(p.s[start:end]) == none {
		return false
	}
	next := pair{s: p.s}
	return next.separator(start, end)
}

// nextElement returns the next quoted value of a list after the one that ends at
// end, zeros if there is none.
func (p *pair) nextElement(end int, mark string) (first, last int) {
	i := p.spaces(min(len(p.s), end+len(mark)))
	if i == len(p.s) || p.s[i] != ',' {
		return 0, 0
	}
	if i = p.spaces(i + 1); !strings.HasPrefix(p.s[i:], mark) {
		return 0, 0
	}
	first = i + len(mark)
	return first, closing(p.s, first, mark)
}

// closing returns where the closing mark stands that ends the value at i; a value
// that is cut off ends with the text. In a string of JSON, backslashes before a
// quotation mark keep it inside, unless they stand for backslashes.
func closing(s string, i int, mark string) int {
	if mark[0] == '%' {
		if n := strings.Index(s[i:], mark); n >= 0 {
			return i + n
		}
		return len(s)
	}
	level := len(mark) // 1, 2, 4 …: twice as much for every level of JSON in JSON
	start := i
	for {
		n := strings.IndexByte(s[i:], mark[level-1])
		if n < 0 {
			return len(s)
		}
		i += n
		before := i
		for before > start && s[before-1] == '\\' {
			before--
		}
		if escapes := i - before - (level - 1); escapes >= 0 && escapes%(2*level) == 0 {
			return i - (level - 1)
		}
		i++
	}
}

// bareValue returns the secret at p.at, which no quotes delimit.
func (p *pair) bareValue() span {
	start := p.at
	end := p.bareEnd(start)
	value := p.s[start:end]
	if p.class == cookie {
		return p.cookies(start, end)
	}
	if p.class == authorization || p.class == token {
		if after := p.afterScheme(start, len(p.s)); after > start {
			start, end = after, p.bareEnd(after)
			value = p.s[start:end]
			if isDigest(p.s[p.at:start]) {
				end = lineEnd(p.s, start)
			}
		}
	}
	if len(value) <= maxPlain && p.keeps(value) {
		return span{}
	}
	return span{start, end, p.class}
}

// keeps reports whether a value without quotes is no secret.
func (p *pair) keeps(value string) bool {
	switch {
	case value == "", value[0] == '{', value[0] == '(', isPlain(value, p.class), isReference(value), p.isDirectory(value), isKeyword(value):
		return true
	case p.equals && p.class != authorization:
		return false
	case p.quoted:
		return isWordlike(value)
	default:
		return isWordlike(value) || isNumber(value) && len(value) < 6
	}
}

// isKeyword reports whether value is the key of what comes next, as in "token:
// password: …".
func isKeyword(value string) bool {
	key, ok := strings.CutSuffix(value, ":")
	return ok && keyClass(key) != none
}

// isDirectory tells the value of the shell's variable PWD from a password.
func (p *pair) isDirectory(value string) bool {
	_, pwd := cutSuffixFold(p.key, "pwd")
	return pwd && (value[0] == '/' || value[0] == '~')
}

// bareEnd returns the end of the value at i.
func (p *pair) bareEnd(i int) int {
	for ; i < len(p.s); i++ {
		switch c := p.s[i]; c {
		case ' ', '\t', '\n', '\r', '"', '\'', '`', ',', ';', '&', '<', '>', ')', '}', ']', '|':
			return i
		case '[':
			if n := markLength(p.s[i:]); n > 0 {
				i += n - 1
			}
		case '\\':
			if i+1 < len(p.s) && strings.IndexByte(`"'\nrt`, p.s[i+1]) >= 0 {
				return i
			}
		case '%':
			if p.encoded && endsEncoded(p.s[i:]) {
				return i
			}
		}
	}
	return i
}

// endsEncoded reports whether s begins with what ends a value, URL-encoded: a
// quotation mark, &, a comma, a space or a line end.
func endsEncoded(s string) bool {
	for _, code := range []string{"%22", "%27", "%26", "%2c", "%20", "%0a", "%0d", "%7d"} {
		if hasPrefixFold(s, code) {
			return true
		}
	}
	return false
}

// cookies returns the cookies of a header: all of the line or the list, if there
// is a name=value among them.
func (p *pair) cookies(start, end int) span {
	value := p.s[start:end]
	single := p.equals || p.encoded // a parameter, not a header
	if !single && strings.IndexByte(value, '=') < 0 || len(value) <= maxPlain && p.keeps(value) {
		return span{}
	}
	if single {
		return span{start, end, cookie}
	}
	stop := "\n\r\"'\\"
	if p.list {
		stop += "]"
	}
	if n := strings.IndexAny(p.s[start:], stop); n >= 0 {
		return span{start, start + n, cookie}
	}
	return span{start, len(p.s), cookie}
}

// lineEnd returns the end of the line or of the quoted text that i is in.
func lineEnd(s string, i int) int {
	if n := strings.IndexAny(s[i:], "\n\r'"); n >= 0 {
		return i + n
	}
	return len(s)
}
