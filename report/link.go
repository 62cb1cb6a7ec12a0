package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"analyzer/classify"
	"analyzer/parse"
)

// strength says by what the tries of an operation are known to belong together,
// the strongest first.
type strength int

const (
	byIdempotency strength = iota
	byRequest
	byCorrelation
	byTrace
	byOperation
	byAttempt // the log's own count of tries, with caller, method and path
	byTime    // caller, method and path in the same slot of linkSlot
)

// strengths are their names, in the words of reports.
var strengths = [...]string{"idempotency key", "request ID", "correlation ID", "trace ID", "operation ID", "attempt number", "caller and path"}

func (s strength) String() string { return strengths[s] }

// strong reports whether the tries are certainly of one operation.
func (s strength) strong() bool { return s < byAttempt }

// strengthOf returns the strength of an ID of that kind.
func strengthOf(kind string) strength {
	switch kind {
	case "request":
		return byRequest
	case "correlation":
		return byCorrelation
	case "trace":
		return byTrace
	}
	return byOperation
}

// linkKey is what a link's name is made of. A link by an ID holds one method and
// path of one service, as a trace spans several calls, and several services log
// the same one.
type linkKey struct {
	strength strength
	id       string // of a strong link
	slot     int64  // of another one, numbered from 1970
	service  string
	caller   string // not of a strong link: a token may be renewed between two tries
	method   string
	target   string // path, else operation
}

// linkParts is how many parts a link's name has.
const linkParts = 6

// appendTo appends the name: the parts, clipped, with NUL between them.
func (k *linkKey) appendTo(b []byte) []byte {
	b = append(b, '0'+byte(k.strength))
	if k.strength.strong() {
		b = appendPart(b, k.id)
	} else {
		b = strconv.AppendInt(append(b, 0), k.slot, 10)
	}
	for _, part := range [linkParts - 2]string{k.service, k.caller, k.method, k.target} {
		b = appendPart(b, part)
	}
	return b
}

// appendPart appends NUL and a part of a name, in which there is none.
func appendPart(b []byte, part string) []byte {
	part = clip(part, valueBytes)
	if strings.IndexByte(part, 0) >= 0 {
		part = strings.ReplaceAll(part, "\x00", " ")
	}
	return append(append(b, 0), part...)
}

// parseLinkKey is the inverse of appendTo.
func parseLinkKey(name string) (k linkKey, ok bool) {
	var parts [linkParts]string
	n := 0
	for part := range strings.SplitSeq(name, "\x00") {
		if n < linkParts {
			parts[n] = part
		}
		n++
	}
	if n != linkParts || len(parts[0]) != 1 || parts[0][0] < '0' || parts[0][0] > '0'+byte(byTime) {
		return k, false
	}
	k = linkKey{strength: strength(parts[0][0] - '0'), id: parts[1], service: parts[2], caller: parts[3], method: parts[4], target: parts[5]}
	if !k.strength.strong() {
		slot, err := strconv.ParseInt(k.id, 10, 64)
		if k.id, k.slot = "", slot; err != nil {
			return k, false
		}
	}
	return k, true
}

// strongKey returns the key of r's strongest link, if it is a strong one.
func strongKey(r *parse.Record) (k linkKey, ok bool) {
	id := r.RequestID()
	k = linkKey{strength: strengthOf(id.Kind), id: id.Value, service: r.Service, method: r.Method, target: target(r)}
	if r.Idempotency != "" {
		k.strength, k.id = byIdempotency, r.Idempotency
	}
	return k, k.id != ""
}

// weakKey returns the key of r's link by time. Without a time or a target there
// is none.
func weakKey(r *parse.Record, at int64) (k linkKey, ok bool) {
	k = linkKey{strength: byTime, service: r.Service, caller: r.Caller, method: r.Method, target: target(r)}
	if r.Attempt > 0 {
		k.strength = byAttempt
	}
	if at == noTime || k.target == "" {
		return k, false
	}
	k.slot = at / linkSlot
	return k, true
}

func target(r *parse.Record) string { return cmp.Or(r.Path, r.Operation) }

// links follows the linkCap operations of smallest hash, each of them exactly.
type links struct {
	smallest[link]
	tries   int // how many errors of one operation are kept
	singles singles[try]
	key     []byte // scratch
}

// link is what is kept of the errors of one operation.
type link struct {
	errors int64
	caller string // the smallest that is named
	route  string // likewise
	tries  []try  // the earliest, ascending
}

// try is one error of an operation.
type try struct {
	place
	path   *path  // of its problem
	id     uint64 // hash of the request ID, by which two lines of one answer are known
	wait   int64  // milliseconds that the API asked for; -1 if it named none
	number int32  // the log's own count of tries; 0 if absent
	status int16
	retry  classify.Retry
	keyed  bool // with an idempotency key
	exists bool // the answer says that the resource is there already
}

func newLinks() links {
	return links{smallest: newSmallest[link](linkCap), tries: triesCap}
}

// add counts e, an error of problem p, under k.
func (l *links) add(k *linkKey, e *event, p *problem) {
	l.key = k.appendTo(l.key[:0])
	v, isNew := l.atKey(l.key)
	if v == nil {
		return
	}
	if isNew {
		*v = link{tries: l.singles.emptied(v.tries)}
		if l.lowerTries() {
			l.cutTries()
		}
	}
	v.errors++
	v.caller = smallerText(v.caller, clip(e.Caller, valueBytes))
	if route := clip(e.Problem.Route, valueBytes); v.route == "" && route == p.key.Route {
		v.route = p.key.Route // which is kept: most links share those of few problems
	} else {
		v.route = smallerText(v.route, route)
	}
	if i, found := v.position(e); !found && i < l.tries {
		t := tryOf(e)
		t.path = p.sharedPath(e)
		v.tries = insertAt(v.tries, i, t, l.tries)
	}
}

// position returns where e is among the tries, or belongs. Most come in order.
func (v *link) position(e *event) (i int, found bool) {
	if n := len(v.tries); n == 0 || comparePlaces(&v.tries[n-1].place, &e.place) < 0 {
		return n, false
	}
	return slices.BinarySearchFunc(v.tries, tryOf(e), compareTries)
}

// tryOf returns e as a try, whose path is borrowed.
func tryOf(e *event) try {
	t := try{place: e.place, path: &e.path, id: e.requestHash, wait: -1, status: int16(e.Problem.Status), number: int32(min(max(e.Attempt, 0), maxTry)),
		retry: e.Retry, keyed: e.Idempotency != "", exists: saysExists(e)}
	if e.Wait != nil {
		t.wait = max(e.Wait.Milliseconds(), 0)
	}
	return t
}

// saysExists reports whether e refuses to create what is there already.
func saysExists(e *event) bool {
	if e.Problem.Status != 409 {
		return false
	}
	for _, text := range [...]string{e.Problem.Code, e.Message} {
		text = strings.ToLower(clip(text, messageBytes))
		if strings.Contains(text, "exist") && !strings.Contains(text, "not exist") || strings.Contains(text, "already") {
			return true
		}
	}
	return false
}

// lowerTries lowers the number of tries per link as the links become many, as
// requests.lowerPlaces does.
func (l *links) lowerTries() bool {
	return lower(&l.tries, triesFloor, triesBudget, len(l.all))
}

func (l *links) cutTries() {
	for i := range l.all {
		if v := &l.all[i].value; len(v.tries) > l.tries {
			v.tries = slices.Clone(v.tries[:l.tries])
		}
	}
}

func (v *link) addTry(t try, limit int) {
	v.tries, _ = insertCut(v.tries, t, limit, compareTries)
}

func compareTries(a, b try) int {
	if n := comparePlaces(&a.place, &b.place); n != 0 {
		return n
	}
	return cmp.Or(
		comparePaths(a.path, b.path),
		cmp.Compare(a.id, b.id),
		cmp.Compare(a.wait, b.wait),
		cmp.Compare(a.status, b.status),
		cmp.Compare(a.number, b.number),
		cmp.Compare(a.retry, b.retry),
		cmp.Compare(a.flags(), b.flags()),
	)
}

func (t *try) flags() int {
	n := 0
	if t.keyed {
		n |= 1
	}
	if t.exists {
		n |= 2
	}
	return n
}

// merge adds all of u, which is left unusable.
func (l *links) merge(u *links) {
	l.tries = min(l.tries, u.tries)
	joinEntries(&l.smallest, &u.smallest, func(v, x *link) { v.merge(x, l.tries) })
	l.lowerTries()
	l.cutTries()
}

func (v *link) merge(u *link, limit int) {
	v.errors += u.errors
	v.caller = smallerText(v.caller, u.caller)
	v.route = smallerText(v.route, u.route)
	for _, t := range u.tries {
		v.addTry(t, limit)
	}
}

func (l *links) encode(e *encoder) { encodeEntries(e, &l.smallest) }

func (l *links) decode(d *decoder) {
	*l = newLinks()
	decodeEntries(d, &l.smallest, 6, linkBytes, "links", func(name string) bool {
		_, ok := parseLinkKey(name)
		return ok
	})
	l.lowerTries()
	l.cutTries()
}

func (v *link) encode(e *encoder) {
	e.int(v.errors)
	e.str(v.caller)
	e.str(v.route)
	e.len(len(v.tries))
	for i := range v.tries {
		v.tries[i].encode(e)
	}
}

func (v *link) decode(d *decoder) {
	if v.errors = d.int(); v.errors == 0 {
		d.fail("link without an error")
	}
	v.caller, v.route = d.str(valueBytes), d.str(valueBytes)
	v.tries = make([]try, d.len(triesCap, 18))
	if len(v.tries) == 0 || int64(len(v.tries)) > v.errors {
		d.fail("link with other tries than errors")
	}
	for i := range v.tries {
		v.tries[i].decode(d)
		if i > 0 && compareTries(v.tries[i-1], v.tries[i]) >= 0 {
			d.fail("tries out of order")
		}
	}
}

func (t *try) encode(e *encoder) {
	t.place.encode(e)
	e.path(t.path)
	e.hash(t.id)
	e.int(t.wait + 1)
	e.len(int(t.status))
	e.len(int(t.number))
	e.len(int(t.retry))
	e.len(t.flags())
}

func (t *try) decode(d *decoder) {
	t.place.decode(d)
	t.path = d.path()
	t.id = d.hash()
	t.wait = d.int() - 1
	t.status = int16(d.len(maxStatus, 0))
	t.number = int32(d.len(maxTry, 0))
	t.retry = classify.Retry(d.len(int(classify.AfterWait), 0))
	flags := d.len(3, 0)
	t.keyed, t.exists = flags&1 != 0, flags&2 != 0
}
