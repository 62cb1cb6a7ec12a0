package redact

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// defaultKey makes pseudonyms without a key of one's own: the same on every
// machine, so that reports can be compared, and open to guessing.
var defaultKey = []byte("analyzer: pseudonyms, version 1")

// pseudonymLength is the number of hexadecimal digits of a pseudonym.
const pseudonymLength = 6

// Redactor masks secrets. It is immutable and safe for concurrent use.
type Redactor struct {
	key   []byte
	named bool // e-mail addresses and user names become pseudonyms
}

// New returns a redactor whose pseudonyms are made with key; nil stands for a
// built-in key, the same everywhere. With a key of the caller's own, e-mail
// addresses and user names become pseudonyms; else they are masked, since under
// a public key they could be guessed.
func New(key []byte) *Redactor {
	if key == nil {
		return &Redactor{key: defaultKey}
	}
	return &Redactor{key: bytes.Clone(key), named: true}
}

// Text returns s with its secrets masked, and whether there were any. Without
// any it returns s itself and allocates nothing. If s is valid UTF-8, so is the
// result.
func (r *Redactor) Text(s string) (string, bool) {
	if !suspicious(s) {
		return s, false
	}
	return r.replace(s)
}

// Value is Text for the value s of a field that is named key. If the key names a
// secret, the whole of s is masked, unless it is empty, masked already, or a
// sentence such as "must be at least 8 characters".
func (r *Redactor) Value(key, s string) (string, bool) {
	c := keyClass(key)
	if c == none || isPlain(s, c) {
		return r.Text(s)
	}
	return r.mask(c, s), true
}

// Pseudonym returns a short name for s that does not tell what s is: kind, a
// dash, and six hexadecimal digits of an HMAC-SHA256 of both under the
// redactor's key, as in "tok-7f3a9c".
func (r *Redactor) Pseudonym(kind, s string) string {
	h := hmac.New(sha256.New, r.key)
	h.Write([]byte(kind))
	h.Write([]byte{0})
	h.Write([]byte(s))
	return kind + "-" + hex.EncodeToString(h.Sum(nil))[:pseudonymLength]
}

// mask returns what stands for s, a secret of class c.
func (r *Redactor) mask(c class, s string) string {
	if r.named && (c == email || c == user) {
		return r.Pseudonym(c.String(), s)
	}
	return markStart + c.String() + "]"
}

// replace masks what it finds in s.
func (r *Redactor) replace(s string) (string, bool) {
	var b strings.Builder
	done := 0
	for {
		found, ok := next(s, done)
		if !ok {
			break
		}
		b.WriteString(s[done:found.start])
		b.WriteString(r.mask(found.class, s[found.start:found.end]))
		done = found.end
	}
	if done == 0 {
		return s, false
	}
	b.WriteString(s[done:])
	return b.String(), true
}
