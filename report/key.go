package report

import (
	"strings"

	"analyzer/classify"
)

// joinedKey is the key of all errors of a problem: the parts on which they
// agree. A folded problem thus still says all that its errors have in common.
type joinedKey struct {
	classify.Problem        // parts that differ are zero
	id               string // of the problem, if nothing differs; minimum
	mixed            uint8  // the parts that differ
}

// The parts of a key that can differ, from the top of the tree to its leaves.
const (
	mixedStatus uint8 = 1 << iota
	mixedCode
	mixedMethod
	mixedRoute
	mixedFields
	mixedMessage
	mixedAll = 1<<iota - 1
)

func keyOf(p *classify.Problem) joinedKey {
	return joinedKey{id: p.ID(), Problem: classify.Problem{
		Category: p.Category,
		Status:   p.Status,
		Code:     keep(p.Code, keyBytes),
		Method:   keep(p.Method, keyBytes),
		Route:    keep(p.Route, keyBytes),
		Fields:   keep(p.Fields, keyBytes),
		Message:  keep(p.Message, keyBytes),
	}}
}

// add joins the key of one more error. One that is the same costs comparisons
// only, of texts that mostly differ in length or share memory.
func (k *joinedKey) add(p *classify.Problem) {
	if k.Problem == *p {
		return
	}
	k.join(p)
}

func (k *joinedKey) merge(u *joinedKey) {
	k.mixed |= u.mixed
	k.id = min(k.id, u.id)
	k.blank()
	k.join(&u.Problem)
}

// join blanks the parts in which p differs.
func (k *joinedKey) join(p *classify.Problem) {
	before := k.mixed
	if k.Status != p.Status {
		k.mixed |= mixedStatus
	}
	k.joinText(k.Code, p.Code, mixedCode)
	k.joinText(k.Method, p.Method, mixedMethod)
	k.joinText(k.Route, p.Route, mixedRoute)
	k.joinText(k.Fields, p.Fields, mixedFields)
	k.joinText(k.Message, p.Message, mixedMessage)
	if k.mixed != before {
		k.blank()
	}
}

func (k *joinedKey) joinText(a, b string, part uint8) {
	if a != clip(b, keyBytes) {
		k.mixed |= part
	}
}

// blank clears all parts that differ.
func (k *joinedKey) blank() {
	if k.mixed == 0 {
		return
	}
	k.id = ""
	if k.mixed&mixedStatus != 0 {
		k.Status = 0
	}
	for _, x := range []struct {
		part uint8
		text *string
	}{{mixedCode, &k.Code}, {mixedMethod, &k.Method}, {mixedRoute, &k.Route}, {mixedFields, &k.Fields}, {mixedMessage, &k.Message}} {
		if k.mixed&x.part != 0 {
			*x.text = ""
		}
	}
}

// many says what differs first, from the top of the tree: "many different
// routes"; "" if nothing does.
func (k *joinedKey) many() string {
	for _, x := range []struct {
		part uint8
		what string
	}{
		{mixedStatus, "statuses"}, {mixedCode, "codes"}, {mixedMethod | mixedRoute, "routes"},
		{mixedFields, "fields"}, {mixedMessage, "messages"},
	} {
		if k.mixed&x.part != 0 {
			return "many different " + x.what
		}
	}
	return ""
}

// problemID returns the id of the problem. That of a folded one is made from
// its key above the fold and the level that folded, which few more errors
// change.
func (k *joinedKey) problemID() string {
	if k.mixed == 0 {
		return k.id
	}
	p := classify.Problem{Category: k.Category, Status: k.Status, Code: k.Code, Method: k.Method, Route: k.Route}
	switch {
	case k.mixed&mixedStatus != 0:
		p = classify.Problem{Category: k.Category, Message: "many different statuses"}
	case k.mixed&mixedCode != 0:
		p.Code, p.Method, p.Route, p.Message = "", "", "", "many different codes"
	case k.mixed&(mixedMethod|mixedRoute) != 0:
		p.Method, p.Route, p.Message = "", "", "many different routes"
	default:
		p.Message = "many different messages"
	}
	return p.ID()
}

func (k *joinedKey) encode(e *encoder) {
	e.len(int(k.mixed))
	e.len(int(k.Category))
	e.len(k.Status)
	for _, s := range []string{k.Code, k.Method, k.Route, k.Fields, k.Message, k.id} {
		e.str(s)
	}
}

func (k *joinedKey) decode(d *decoder) {
	k.mixed = uint8(d.len(mixedAll, 0))
	k.Category = classify.Category(d.len(int(classify.Server), 0))
	k.Status = d.len(maxStatus, 0)
	for _, s := range []*string{&k.Code, &k.Method, &k.Route, &k.Fields, &k.Message, &k.id} {
		*s = d.str(keyBytes)
	}
}

// maxStatus is the largest status of a frame; larger ones are no HTTP.
const maxStatus = 999

// clip returns s, or its beginning of at most n bytes that ends with a whole
// rune.
func clip[T string | []byte](s T, n int) T {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}

// keep returns a copy of s, clipped: what stays must not hold the memory of a
// whole record.
func keep(s string, n int) string {
	return strings.Clone(clip(s, n))
}
