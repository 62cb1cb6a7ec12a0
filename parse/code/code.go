// Package code compares error codes: the machine-readable words by which APIs
// name what failed. Every API spells them its own way, with the same words.
package code

import "strings"

// Fold returns the form in which codes are compared, however they are spelled:
// lower case letters and digits alone, without namespace.
//
//	RATE_LIMIT_EXCEEDED, rate-limit-exceeded, RateLimitExceeded         ratelimitexceeded
//	com.amazonaws.dynamodb.v20120810#ResourceNotFoundException          resourcenotfoundexception
//	https://bank.example/probs/out-of-credit                            outofcredit
//	Acme.Server.GitItemNotFoundException, Acme.Server                   acmeservergititemnotfoundexception
//	-2130575338, Acme.SharePoint.SPException                            acmesharepointspexception
//
// Letters beyond ASCII stay as they are. A folded code is its own folded form.
func Fold(code string) string {
	return fold(Local(code))
}

// Stem returns a folded code without the word exception, error or fault at its
// end: many APIs add one to every code.
func Stem(folded string) string {
	for _, ending := range [...]string{"exception", "error", "fault"} {
		if stem, ok := strings.CutSuffix(folded, ending); ok && len(stem) >= 3 {
			return stem
		}
	}
	return folded
}

// NamesError reports whether one of these words ends a code: what remains without
// it is what Stem returns of the code folded.
func NamesError(code string) bool {
	code = Local(code)
	for _, ending := range [...]string{"exception", "error", "fault"} {
		if stem, ok := cutFolded(code, ending); ok && letters(stem) >= 3 {
			return true
		}
	}
	return false
}

// cutFolded returns code without the end of it that folds to ending.
func cutFolded(code, ending string) (stem string, ok bool) {
	for i := len(code) - 1; i >= 0; i-- {
		c := foldByte(code[i])
		if c == 0 {
			continue
		}
		if c != ending[len(ending)-1] {
			return "", false
		}
		if ending = ending[:len(ending)-1]; ending == "" {
			return code[:i], true
		}
	}
	return "", false
}

// letters returns the length of code, folded.
func letters(code string) (n int) {
	for i := range len(code) {
		if foldByte(code[i]) != 0 {
			n++
		}
	}
	return n
}

// Local returns a code without its namespace: what stands after the # of a Smithy
// shape, in the last segment of a URI (RFC 9457, section 3.1.1), before the
// assembly of a .NET type, behind a number.
func Local(code string) string {
	if strings.IndexFunc(code, marksNamespace) < 0 {
		return strings.TrimSpace(code)
	}
	code, after, _ := strings.Cut(strings.TrimSpace(code), ", ")
	if !IsWord(code) && after != "" {
		code = after
	}
	if i := strings.LastIndexByte(code, '#'); i >= 0 && i < len(code)-1 {
		return code[i+1:]
	}
	if isURI(code) {
		code, _, _ = strings.Cut(code, "?")
		code = strings.TrimRight(code, "/#")
		code = code[strings.LastIndexAny(code, "/:")+1:]
	}
	return code
}

// marksNamespace reports whether a code without c may have no namespace.
func marksNamespace(c rune) bool { return c == ',' || c == '#' || c == ':' || c == '/' }

func isURI(code string) bool {
	return strings.Contains(code, "://") || strings.HasPrefix(code, "urn:") || strings.HasPrefix(code, "/")
}

func fold(code string) string {
	var folded strings.Builder
	folded.Grow(len(code))
	for i := range len(code) {
		if c := foldByte(code[i]); c != 0 {
			folded.WriteByte(c)
		}
	}
	return strings.TrimSpace(folded.String()) // white space beyond ASCII
}

// foldByte returns the form in which c is compared, 0 if it is left out.
func foldByte(c byte) byte {
	switch {
	case 'A' <= c && c <= 'Z':
		return c + 'a' - 'A'
	case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c >= 0x80:
		return c
	}
	return 0
}

// IsWord reports whether a code is made of words rather than a number: three
// letters stand in a row.
func IsWord(code string) bool {
	run := 0
	for i := range len(code) {
		if c := code[i] | 0x20; 'a' <= c && c <= 'z' || code[i] >= 0x80 {
			if run++; run == 3 {
				return true
			}
		} else {
			run = 0
		}
	}
	return false
}

// Form is a way to form codes: * holds any characters. It compares folded codes.
type Form struct {
	prefix, suffix string
	middle         []string
}

// NewForm compiles a code with at least one *.
func NewForm(text string) Form {
	parts := strings.Split(text, "*")
	for i := range parts {
		parts[i] = fold(parts[i])
	}
	last := len(parts) - 1
	return Form{prefix: parts[0], middle: parts[1:last], suffix: parts[last]}
}

// String returns f as a code with *, folded.
func (f *Form) String() string {
	return strings.Join(append(append([]string{f.prefix}, f.middle...), f.suffix), "*")
}

// Match reports whether a folded code has the form f.
func (f *Form) Match(folded string) bool {
	if len(folded) < len(f.prefix)+len(f.suffix) || !strings.HasPrefix(folded, f.prefix) || !strings.HasSuffix(folded, f.suffix) {
		return false
	}
	folded = folded[len(f.prefix) : len(folded)-len(f.suffix)]
	for _, part := range f.middle {
		i := strings.Index(folded, part)
		if i < 0 {
			return false
		}
		folded = folded[i+len(part):]
	}
	return true
}
