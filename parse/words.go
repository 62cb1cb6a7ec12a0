package parse

import (
	"hash/maphash"
	"strings"
)

// word is a key of the vocabulary in folded form: lower case, without - and _,
// so that requestId, request_id, Request-Id and REQUEST_ID are one.
type word int32

// role is what a key says about where it stands. Roles are bits.
type role uint64

const (
	containerWord role = 1 << iota // holds fields of the log line: fields, attributes, context
	eventWord                      // marks an object as a log event: level, logger, msg
	bodyWord                       // holds a response body: body, response, payload
	textWord                       // holds text for people, in which an error may stand: message, error
	headerWord                     // holds HTTP headers
	timeWord                       // holds a time: timestamp
	errorWord                      // says that its object is an error: status, error, errors

	modelWord // holds what may be rather than what was: config, spec, example
	storyWord // holds what people wrote: title, description

	// What a key means in an error body: see anatomyData.
	codeWord
	kindWord
	listWord
	fieldWord
	pathWord
	belowWord
	nameWord
	inputsWord
	partWord
	nowhereWord
	locationWord
	vagueWord
	dataWord
	statusWord
	messageWord
	besideWord
	successWord
	stateWord
	outcomeWord
	placeWord
	programWord
	faultWord
	requestWord
	identityWord
	flagWord
)

// words is the key table: every key that a shape, an alias or a role names.
type words struct {
	index  map[string]word
	roles  []role
	recent *[4096]spelled // the keys found last, each in the place that its hash gives it: each scanner has its own
	buf    []byte         // scratch of find, likewise
	text   word           // the key under which the text of a plain line goes

	date, nanoOfSecond, nanos      word // keys beside which half a time stands
	errors                         word // the key that a bare array stands for: [{…}] is read as {"errors":[{…}]}
	children                       word // the key of a list about what stands below
	code, status, msg, path, error word // keys that mean more than their roles say
	errorCode                      word // the key whose number may begin with a status: 42201
}

func newWords() *words {
	w := &words{index: map[string]word{}, roles: []role{0}}
	w.text = w.add("@text", textWord)
	w.date, w.nanoOfSecond, w.nanos = w.add("date", 0), w.add("nanoOfSecond", 0), w.add("nanos", 0)
	return w
}

// add returns the word of key, with r among its roles.
func (w *words) add(key string, r role) word {
	folded := string(fold(nil, key))
	id, ok := w.index[folded]
	if !ok {
		id = word(len(w.roles))
		w.index[folded] = id
		w.roles = append(w.roles, 0)
	}
	w.roles[id] |= r
	return id
}

// spelled is a key as it is written, with its word.
type spelled struct {
	key  [23]byte
	size uint8
	word word
}

// find returns the word of key, 0 if it is none.
func (w *words) find(key string) word {
	if len(key) > 64 {
		return 0
	}
	if len(key) > len(spelled{}.key) || w.recent == nil {
		return w.look(key)
	}
	known := &w.recent[maphash.String(seed, key)%uint64(len(w.recent))]
	if string(known.key[:known.size]) != key {
		known.size, known.word = uint8(copy(known.key[:], key)), w.look(key)
	}
	return known.word
}

// look is find without a memory.
func (w *words) look(key string) word {
	w.buf = fold(w.buf[:0], key)
	if id := w.index[string(w.buf)]; id != 0 {
		return id
	}
	if i := strings.IndexByte(key, ':'); i > 0 { // the prefix of a namespace: hydra:title
		w.buf = fold(w.buf[:0], key[i+1:])
		return w.index[string(w.buf)]
	}
	return 0
}

// is reports whether id plays the role r, or one of those in it.
func (w *words) is(id word, r role) bool {
	return w.roles[id]&r != 0
}

// share returns a table for one scanner: the same words, a memory of its own.
func (w *words) share() *words {
	own := *w
	own.buf, own.recent = nil, new([4096]spelled)
	return &own
}

// fold appends the folded form of key to dst.
func fold(dst []byte, key string) []byte {
	for i := 0; i < len(key); i++ {
		c := key[i]
		switch {
		case isJoint(c):
			continue
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

// isJoint reports whether c only joins the words of a key: the folded form lacks it.
func isJoint(c byte) bool { return c == '-' || c == '_' }
