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

// places is how many keys a scanner remembers.
const places = 1 << 12

// words is the key table: every key that a shape, an alias or a role names.
type words struct {
	index  map[string]word
	roles  []role
	recent *[places]spelled // the keys found last, each in the place that its hash gives it: each scanner has its own
	next   *[places]uint16  // the place of the key that came last behind the same keys of a record, likewise
	passed uint16           // a hash of the keys of the record so far
	buf    []byte           // scratch of look, likewise
	text   word             // the key under which the text of a plain line goes

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

// key is a key as it is written, with its word.
type key struct {
	text string
	word word
}

// spelled is a key that is remembered. It is written in JSON as it is, without escapes.
type spelled struct {
	text [23]byte
	size uint8
	word word
}

// find returns the word of key, 0 if it is none.
func (w *words) find(key string) word {
	if place, ok := w.recall(key); ok {
		return w.recent[place].word
	}
	return w.look(key)
}

// recall returns the place where text is remembered, if it can be.
func (w *words) recall(text string) (place uint16, ok bool) {
	if len(text) > len(spelled{}.text) || w.recent == nil {
		return 0, false
	}
	place = uint16(maphash.String(seed, text) % places)
	known := &w.recent[place]
	if string(known.text[:known.size]) != text {
		if n, _ := plainBytes(text); n < len(text) {
			return 0, false
		}
		known.size, known.word = uint8(copy(known.text[:], text)), w.look(text)
	}
	return place, true
}

// read returns the key with this text, which is the next one of a record.
func (w *words) read(text string) key {
	place, ok := w.recall(text)
	if !ok {
		return key{text, w.look(text)}
	}
	w.next[w.passed] = place
	w.pass(place)
	return key{text, w.recent[place].word}
}

// expect is read for the text up to a quote, if the key is the one that came last
// behind the same keys of a record. Logs repeat few orders of keys.
func (w *words) expect(text string) (_ key, ok bool) {
	place := w.next[w.passed]
	known := &w.recent[place]
	n := int(known.size)
	if n >= len(text) || text[n] != '"' || text[:n] != string(known.text[:n]) {
		return key{}, false
	}
	w.pass(place)
	return key{text[:n], known.word}, true
}

// pass goes on behind the key that is remembered in this place.
func (w *words) pass(place uint16) { w.passed = (w.passed*31 + place + 1) % places }

// look is find without a memory.
func (w *words) look(key string) word {
	if key == "" || len(key) > 64 {
		return 0
	}
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
	own.buf, own.recent, own.next = nil, new([places]spelled), new([places]uint16)
	clear(own.recent[:]) // as newRecent does
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
