package parse

import (
	"cmp"
	"strings"
	"time"
)

// maxField is the longest text that a Record keeps, in bytes.
const maxField = 8 << 10

// StatusEnvelope is the Envelope of a Record in which nothing but an HTTP
// status says that a request failed.
const StatusEnvelope = "status"

// read makes the Record of the tree, if it holds an API error: an envelope that
// a shape knows, a text that a pattern knows, or an HTTP status that says so.
func (s *Scanner) read(pos Pos) bool {
	if root := &s.tree.nodes[0]; root.kind == stringKind && metric().MatchString(root.str[:min(len(root.str), maxProse)]) {
		return false
	}
	s.tree.forget()
	s.findOutline()
	s.findTexts()
	s.record = Record{Pos: pos, Errors: s.record.Errors[:0], IDs: s.record.IDs[:0]}
	r := &s.record

	envelope, root := s.findEnvelope()
	text := s.textAround(root)
	body := s.bodyOf(root)
	status, said := s.lineStatus(body), 0
	if text != nil {
		said = text.status
	}
	switch {
	case envelope != nil:
		r.Envelope = envelope.name
		r.Errors = s.details(envelope, root, cmp.Or(status, said), r.Errors)
		s.supplement(text)
	case text != nil:
		r.Envelope = text.form.name
		r.Errors = append(r.Errors, s.detailOf(text))
	case status >= 400:
		r.Envelope = StatusEnvelope
		r.Errors = append(r.Errors, Detail{Code: s.codeBeside()})
	default:
		return false
	}
	s.fillMessages(body)
	if r.Status = s.settleStatus(status, said); r.Status == 0 {
		r.Status = s.statusSaid(root)
	}
	s.fillEvent(body)
	s.fillRequest(body, text)
	s.fillIDs(envelope, root, text)
	s.fillAdvice(envelope, root)
	return true
}

// textAround returns what was said by the text that holds the envelope at root;
// without an envelope, by the first text that names a status, else the first.
func (s *Scanner) textAround(root int32) *said {
	var best *said
	for i := range s.said {
		x := &s.said[i]
		switch {
		case root >= 0:
			if s.tree.holds(x.node, root) {
				return x
			}
		case best == nil, best.status == 0 && x.status != 0:
			best = x
		}
	}
	return best
}

// lineStatus returns the HTTP status that the line states outside the
// response body, 0 if none.
func (s *Scanner) lineStatus(body int32) int {
	best, status := -1, 0
	hits := s.outline.hits.of(statusAttribute)
	for i := range hits {
		h := &hits[i]
		if s.tree.nodes[h.node].model || s.tree.holds(body, h.node) {
			continue
		}
		if h.trust == loose && !s.trusts(h, body) {
			continue
		}
		n, ok := readStatus(s.tree.text(h.node))
		if ok && (best < 0 || s.better(h, &hits[best])) {
			best, status = i, n
		}
	}
	return status
}

// trusts decides whether a bare key holds the HTTP status of a line: any, "code" as
// well, where the line speaks of an HTTP exchange otherwise, or of a failure beside a
// response body; one named status, where it speaks of either.
func (s *Scanner) trusts(h *hit, body int32) bool {
	if s.tellsExchange(body) {
		return true
	}
	named := s.tree.nodes[h.node].word == s.tree.words.status
	beside := body >= 0 && s.tree.isBodyKey(s.tree.keyed(body))
	switch s.level(body) {
	case "warn", "error", "fatal":
		return named || beside
	}
	return named && beside
}

// tellsExchange reports whether a part of an HTTP exchange stands outside the response
// body.
func (s *Scanner) tellsExchange(body int32) bool {
	for _, a := range [...]attribute{methodAttribute, pathAttribute, requestAttribute, idAttribute} {
		hits := s.outline.hits.of(a)
		for i := range hits {
			if h := &hits[i]; !s.tree.holds(body, h.node) && s.isExchange(h) {
				return true
			}
		}
	}
	return false
}

// isExchange reports whether a hit is part of an HTTP exchange.
func (s *Scanner) isExchange(h *hit) bool {
	text := s.tree.text(h.node)
	switch h.attribute {
	case methodAttribute:
		return readMethod(text) != ""
	case pathAttribute:
		return strings.HasPrefix(text, "/") || strings.Contains(text, "://")
	case requestAttribute:
		method, _ := readRequestLine(text)
		return method != ""
	case idAttribute:
		return readID(text) != ""
	}
	return false
}

// better reports whether a is to be preferred to b, an earlier hit of the same
// attribute: by its place in the layout's list, then by depth. Of a key that
// stands twice in one object, the last counts.
func (s *Scanner) better(a, b *hit) bool {
	if a.rank != b.rank {
		return a.rank < b.rank
	}
	if a.depth != b.depth {
		return a.depth < b.depth
	}
	x, y := &s.tree.nodes[a.node], &s.tree.nodes[b.node]
	if x.parent == y.parent && x.word == y.word && x.word != 0 {
		s.tree.twice = true
		return true
	}
	return false
}

// best returns the preferred value of an attribute outside the
// response body that accept takes, -1 if there is none.
func (s *Scanner) best(a attribute, body int32, accept func(text string) bool) int32 {
	found, hits := -1, s.outline.hits.of(a)
	for i := range hits {
		h := &hits[i]
		if s.tree.holds(body, h.node) {
			continue
		}
		if (found < 0 || s.better(h, &hits[found])) && accept(s.tree.text(h.node)) {
			found = i
		}
	}
	if found < 0 {
		return -1
	}
	return hits[found].node
}

// readBest returns what read makes of the preferred value of an attribute outside the
// response body, among those of which it makes something; "" if there is none.
func (s *Scanner) readBest(a attribute, body int32, read func(text string) string) (best string) {
	s.best(a, body, func(text string) bool {
		value := read(text)
		if value != "" {
			best = value
		}
		return value != ""
	})
	return best
}

func notEmpty(text string) bool { return text != "" && text != "-" }

// value returns the preferred text of an attribute, clean, "" if there is none.
func (s *Scanner) value(a attribute, body int32) string {
	return s.valueThat(a, body, notEmpty)
}

// valueThat is value among the texts that accept takes.
func (s *Scanner) valueThat(a attribute, body int32, accept func(text string) bool) string {
	n := s.best(a, body, accept)
	if n < 0 {
		return ""
	}
	return s.clean(n)
}

// settleStatus chooses the Record's HTTP status: what the line states, else what
// its text says, else what the body says of itself. A text that names an error
// is about another call than a line that states success.
func (s *Scanner) settleStatus(line, said int) int {
	body := 0
	for i := range s.record.Errors {
		body = max(body, s.record.Errors[i].Status)
	}
	status := line
	if status == 0 || status < 400 && said >= 400 {
		status = said
	}
	if status == 0 {
		return body
	}
	if body != 0 && body != status {
		s.account.Notes[StatusMismatch]++
	}
	return status
}

// statusSaid returns the status that a text in the envelope at root names:
// {"message":"500 Internal Server Error"}.
func (s *Scanner) statusSaid(root int32) int {
	for i := range s.said {
		if s.tree.holds(root, s.said[i].node) && s.said[i].status != 0 {
			return s.said[i].status
		}
	}
	return 0
}

// detailOf makes the error of a text that stands alone.
func (s *Scanner) detailOf(x *said) Detail {
	return Detail{
		Status:  x.status,
		Code:    cmp.Or(s.cleanText("", x.groups[codeGroup]), s.codeBeside()),
		Message: s.cleanText("", x.groups[messageGroup]),
		Link:    s.cleanText("", x.groups[linkGroup]),
	}
}

// supplement adds what the text around an envelope says and the body does not.
func (s *Scanner) supplement(x *said) {
	if x == nil {
		return
	}
	for i := range s.record.Errors {
		d := &s.record.Errors[i]
		if d.Code == "" {
			d.Code = s.cleanText("", x.groups[codeGroup])
		}
		if d.Message == "" {
			d.Message = s.cleanText("", x.groups[messageGroup])
		}
	}
}

// fillMessages gives errors without a text the one that the line has for it.
func (s *Scanner) fillMessages(body int32) {
	message, looked := "", false
	for i := range s.record.Errors {
		d := &s.record.Errors[i]
		if d.Message != "" {
			continue
		}
		if !looked {
			message, looked = s.lineMessage(body), true
		}
		d.Message = message
	}
}

// lineMessage returns the text that the line has for an error: of a text with
// JSON in it what stands before the JSON, of a whole line of text with JSON
// nothing, as that is a time and a level.
func (s *Scanner) lineMessage(body int32) string {
	t := &s.tree
	i := t.answer()
	if i < 0 {
		i = s.best(messageAttribute, body, func(text string) bool { return notEmpty(text) && !beginsJSON(text) })
	}
	if i < 0 {
		return ""
	}
	n := &t.nodes[i]
	switch {
	case n.tail == 0:
		return s.clean(i)
	case n.parent < 0:
		return ""
	}
	return s.cleanText(n.key, strings.TrimRight(n.str[:n.lead], " :-"))
}

// answer returns the text that is the response body of the line, -1 if none is. Under
// keys such as payload and result, what was sent may stand.
func (t *tree) answer() int32 {
	for i := range t.nodes {
		n := &t.nodes[i]
		if n.kind == stringKind && n.open && n.tail == 0 && t.words.is(n.word, bodyWord) && isSentence(n.str) && n.str[0] != '<' &&
			(containsFold(n.key, "resp") || containsFold(n.key, "body")) {
			return int32(i)
		}
	}
	return -1
}

// codeBeside returns the machine-readable code that stands beside a status or
// text.
func (s *Scanner) codeBeside() string {
	return s.valueThat(codeAttribute, -1, func(text string) bool {
		_, isStatus := readStatus(text)
		return notEmpty(text) && !isStatus
	})
}

// fillEvent fills in what the line says of itself.
func (s *Scanner) fillEvent(body int32) {
	r := &s.record
	r.Time = s.time(body)
	if r.Time.IsZero() {
		s.account.Notes[NoTime]++
	}
	r.Level = s.level(body)
	if r.Service = s.value(serviceAttribute, body); r.Service == "" && s.tree.nodes[0].kind == stringKind {
		r.Service = s.cleanText("", leadingService(s.tree.nodes[0].str))
	}
	r.Version = s.value(versionAttribute, body)
}

// time returns the time of the line. Where a shipper wrapped a log event, the
// event's own time counts before the shipper's.
func (s *Scanner) time(body int32) time.Time {
	var found *hit
	var at time.Time
	body = s.tree.unfoldedAround(body)
	hits := s.outline.hits.of(timeAttribute)
	for i := range hits {
		h := &hits[i]
		if s.tree.holds(body, h.node) {
			continue
		}
		t, ok := s.tree.time(h.node)
		if !ok {
			s.account.Notes[InvalidTime]++
			continue
		}
		if found == nil || s.wraps(found.node, h.node) || !s.wraps(h.node, found.node) && s.better(h, found) {
			found, at = h, t
		}
	}
	if found == nil && s.tree.nodes[0].kind == stringKind {
		at, _ = leadingTime(s.tree.nodes[0].str)
	}
	return at
}

// time reads the time at node i: a text or number, which may be one half of it.
// The nanoseconds of an instant stand beside its seconds in Log4j and protobuf,
// some loggers write date and clock apart.
func (t *tree) time(i int32) (at time.Time, ok bool) {
	text := t.text(i)
	if at, ok = parseTime(text); !ok {
		date := t.beside(i, t.words.date)
		return parseTime(date + "T" + text)
	}
	switch t.nodes[i].key {
	case "epochSecond":
		at = at.Add(nanoseconds(t.beside(i, t.words.nanoOfSecond)))
	case "seconds":
		at = at.Add(nanoseconds(t.beside(i, t.words.nanos)))
	}
	return at, true
}

// beside returns the text of the member key of the object that node i is in.
func (t *tree) beside(i int32, key word) string {
	if t.nodes[i].parent < 0 {
		return ""
	}
	if n := t.child(t.nodes[i].parent, key); n >= 0 {
		return t.text(n)
	}
	return ""
}

func nanoseconds(text string) time.Duration {
	return time.Duration(min(readInt(text), 999_999_999))
}

// wraps reports whether b stands in a log event that a string beside a holds.
func (s *Scanner) wraps(a, b int32) bool {
	t := &s.tree
	event := t.nodes[b].parent
	if event < 0 || !t.isEvent(event) {
		return false
	}
	for n := event; n >= 0; n = t.nodes[n].parent {
		if t.nodes[n].kind == stringKind {
			return t.nodes[n].parent == t.nodes[a].parent
		}
	}
	return false
}

func (s *Scanner) level(body int32) string {
	level := s.readBest(levelAttribute, body, readLevel)
	if level == "" && s.tree.nodes[0].kind == stringKind {
		return leadingLevel(s.tree.nodes[0].str)
	}
	return level
}

// fillRequest fills in the request that failed.
func (s *Scanner) fillRequest(body int32, text *said) {
	r := &s.record
	if n := s.best(requestAttribute, body, func(line string) bool { m, _ := readRequestLine(line); return m != "" }); n >= 0 {
		method, target := readRequestLine(s.tree.text(n))
		r.Method = method
		r.Host, r.Path = s.target(target)
	}
	r.Method = cmp.Or(s.readBest(methodAttribute, body, readMethod), r.Method)
	if n := s.best(pathAttribute, body, isTarget); n >= 0 {
		r.Host, r.Path = s.target(s.tree.text(n))
	}
	r.Operation = s.value(operationAttribute, body)
	if text != nil {
		s.fillFromText(text)
	}
	if r.Host == "" {
		r.Host = readHost(s.value(hostAttribute, body))
	}
}

// fillFromText fills in what the text around the error says of the request.
func (s *Scanner) fillFromText(x *said) {
	r := &s.record
	if r.Method == "" {
		r.Method = readMethod(x.groups[methodGroup])
	}
	if r.Path == "" && x.groups[urlGroup] != "" {
		r.Host, r.Path = s.target(x.groups[urlGroup])
	}
	if op := x.groups[operationGroup]; op != "" {
		r.Operation = s.cleanText("", op)
	}
}

// isTarget reports whether text is a URL or a path rather than a word.
func isTarget(text string) bool {
	return !strings.Contains(text, " ") && (strings.HasPrefix(text, "/") || strings.Contains(text, "://"))
}

func (s *Scanner) target(text string) (host, path string) {
	host, path = readTarget(text)
	return s.cleanText("", host), s.cleanText("", path)
}

// fillAdvice fills in who called, and what the API told them about waiting.
func (s *Scanner) fillAdvice(envelope *shape, root int32) {
	r := &s.record
	body := s.bodyOf(root)
	r.Caller = s.caller(body)
	if n := s.best(idempotencyAttribute, body, notEmpty); n >= 0 {
		r.Idempotency = s.options.Redactor.Pseudonym("key", s.tree.text(n))
	}
	if d, ok := s.wait(envelope, root); ok {
		wait := d // so that d is not made anew for each record
		r.Wait = &wait
	}
	r.Limit = s.value(limitAttribute, -1)
	for i := range r.Errors {
		if r.Limit == "" {
			r.Limit = s.hear(r.Errors[i].Message).limit
		}
	}
	if n := s.best(remainingAttribute, -1, notEmpty); n >= 0 {
		r.Exhausted = strings.TrimSpace(s.tree.text(n)) == "0"
	}
	r.Attempt = s.attempt(body)
	r.Deprecated = s.headerDate(deprecationAttribute)
	r.Sunset = s.headerDate(sunsetAttribute)
}

// headerDate returns the date in a header on deprecation, the zero time for one
// that is just true, nil if there is none.
func (s *Scanner) headerDate(a attribute) *time.Time {
	read := func(text string) (at time.Time, ok bool) {
		if text == "true" && a == deprecationAttribute {
			return at, true
		}
		return parseTime(strings.TrimPrefix(text, "@"))
	}
	n := s.best(a, -1, func(text string) bool { _, ok := read(text); return ok })
	if n < 0 {
		return nil
	}
	at, _ := read(s.tree.text(n))
	return &at
}

// wait returns the wait that a header or the body names, else a message.
func (s *Scanner) wait(envelope *shape, root int32) (d time.Duration, ok bool) {
	read := func(text string) bool { d, ok = readWait(text, s.record.Time); return ok }
	if s.best(waitAttribute, -1, read) >= 0 {
		return d, true
	}
	if s.best(waitMillisAttribute, -1, read) >= 0 {
		return d / 1000, true
	}
	if envelope != nil {
		if n := s.tree.first(envelope.wait.top, root); n >= 0 {
			text := s.tree.text(n)
			if read(text) {
				return d, true
			}
			if d, ok = spokenWait(text); ok {
				return d, true
			}
		}
	}
	for i := range s.record.Errors {
		if h := s.hear(s.record.Errors[i].Message); h.waits {
			return h.wait, true
		}
	}
	return 0, false
}

// attempt returns the count of tries; a count of retries is one less.
func (s *Scanner) attempt(body int32) int {
	const most = 1e6 // more are no count of tries
	n := s.best(attemptAttribute, body, func(text string) bool { return readInt(text) > 0 && readInt(text) <= most })
	if n < 0 {
		return 0
	}
	count := readInt(s.tree.text(n))
	if key := s.tree.nodes[n].key; containsFold(key, "retr") || containsFold(key, "resend") {
		count++
	}
	return count
}

// caller returns the pseudonym of whoever sent the request: of the token if the
// line holds one, else of the user or client.
func (s *Scanner) caller(body int32) string {
	n := s.best(callerAttribute, body, identifies)
	if n < 0 {
		return ""
	}
	key, text := s.tree.nodes[n].key, strings.TrimSpace(s.tree.text(n))
	kind := "usr"
	switch {
	case containsFold(key, "auth"), containsFold(key, "token"), containsFold(key, "key"):
		kind = "tok"
		if i := strings.LastIndexByte(text, ' '); i >= 0 {
			text = text[i+1:] // without the scheme: the same token is one caller wherever it is logged
		}
	case containsFold(key, "client"):
		kind = "cli"
	}
	return s.options.Redactor.Pseudonym(kind, text)
}

// identifies reports whether text tells one caller from another: a masked
// token does not.
func identifies(text string) bool {
	text = strings.TrimSpace(text)
	return readID(strings.ReplaceAll(text, " ", "")) != "" && strings.Trim(text, "*xX.•-") != "" && !containsFold(text, "redacted") && !containsFold(text, "masked")
}

// timeOf returns the time of a record that nothing has opened.
func (s *Scanner) timeOf(record []byte) time.Time {
	text := view(record)
	if !beginsJSON(text) {
		s.tree.buildText(s.tree.repair(text))
	} else if !s.tree.build(text) {
		return time.Time{}
	}
	s.findOutline()
	return s.time(-1)
}
