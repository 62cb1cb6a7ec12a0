package redact

import "strings"

// class is the kind of a secret, as its mask names it.
type class uint8

const (
	none class = iota
	password
	secret
	token
	apiKey
	authorization
	cookie
	session
	privateKey
	location // a connection string: secret, unless it is a URI
	email
	user
	card
)

func (c class) String() string {
	return [...]string{"", "password", "secret", "token", "api-key", "authorization", "cookie", "session",
		"private-key", "secret", "email", "user", "card"}[c]
}

// keyWord is the end of a key that names a secret: its last word, and where that
// would be too common, the words one of which stands before it. Words may be
// joined by nothing, '_', '-', '.' or a space.
type keyWord struct {
	word   string
	before []string
	alone  bool // nothing but a joiner may come right before it
	whole  bool // it is the whole key
	class  class
}

var keyWords = []keyWord{
	{word: "password", class: password},
	{word: "passwords", class: password},
	{word: "passwd", class: password},
	{word: "passphrase", class: password},
	{word: "pwd", class: password},
	{word: "pass", before: []string{"db", "mysql", "pg", "redis", "smtp", "mail", "ftp", "proxy", "user"}, class: password},
	{word: "hash", before: []string{"password", "passwd"}, class: password},
	{word: "digest", before: []string{"password"}, class: password},
	{word: "secret", class: secret},
	{word: "secrets", class: secret},
	{word: "credential", class: secret},
	{word: "credentials", class: secret},
	{word: "key", before: []string{"secret", "private", "signing", "encryption", "account", "master", "session"}, class: secret},
	{word: "key", before: []string{"api", "access", "auth"}, class: apiKey},
	{word: "base", before: []string{"secret_key"}, class: secret},
	{word: "signature", before: []string{"amz", "goog"}, class: secret},
	{word: "token", class: token},
	{word: "bearer", alone: true, class: token},
	{word: "authorization", class: authorization},
	{word: "auth", alone: true, class: authorization},
	{word: "cookie", class: cookie},
	{word: "cookies", class: cookie},
	{word: "session", alone: true, class: session},
	{word: "id", before: []string{"session"}, class: session},
	{word: "dsn", alone: true, class: location},
	{word: "string", before: []string{"connection"}, class: location},
	{word: "user", whole: true, class: user},
	{word: "username", class: user},
	{word: "name", before: []string{"user", "login"}, class: user},
	{word: "email", before: []string{"user"}, class: user},
	{word: "login", whole: true, class: user},
}

// SecretKey reports whether a field of this name holds a secret, such as
// password, DB_PASSWORD, accessToken, X-Api-Key or Authorization. Case does not
// matter, nor whether words are joined by '_', '-', '.' or nothing. The names of
// user names do not count.
func SecretKey(key string) bool {
	c := keyClass(key)
	return c != none && c != user
}

// keyWordEnds are the letters with which key words end.
var keyWordEnds = func() *charset {
	var set charset
	for _, w := range keyWords {
		last := w.word[len(w.word)-1]
		set[last], set[last-'a'+'A'] = true, true
	}
	return &set
}()

// keyClass returns what a field of this name holds.
func keyClass(key string) class {
	if key == "" || !keyWordEnds[key[len(key)-1]] {
		return none
	}
	for i := range keyWords {
		if w := &keyWords[i]; w.ends(key) {
			return w.class
		}
	}
	return none
}

func (w *keyWord) ends(key string) bool {
	rest, ok := cutSuffixFold(key, w.word)
	if !ok {
		return false
	}
	joined := rest != "" && strings.IndexByte(joiners, rest[len(rest)-1]) >= 0
	switch {
	case w.whole:
		return rest == ""
	case w.before == nil:
		return !w.alone || rest == "" || joined
	case joined:
		rest = rest[:len(rest)-1]
	}
	for _, before := range w.before {
		if _, ok := cutSuffixFold(rest, before); ok {
			return true
		}
	}
	return false
}

// joiners are what may stand between the words of a key.
const joiners = "_-. "

// cutSuffixFold cuts suffix, in lower case, off s in any case.
func cutSuffixFold(s, suffix string) (string, bool) {
	n := len(s) - len(suffix)
	if n < 0 {
		return s, false
	}
	for i := len(suffix) - 1; i >= 0; i-- {
		if lower(s[n+i]) != suffix[i] {
			return s, false
		}
	}
	return s[:n], true
}

func hasPrefixFold(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	_, ok := cutSuffixFold(s[:len(prefix)], prefix)
	return ok
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}
