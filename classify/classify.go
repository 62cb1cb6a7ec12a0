package classify

import (
	"slices"
	"strconv"
	"strings"

	"analyzer/classify/sentence"
	"analyzer/parse"
)

// maxCode is the length of an error code in problems and evidence, in bytes.
const maxCode = 80

// Classify returns the diagnosis of r, a record that holds errors or a status
// of 400 and more. The Finding keeps r itself; its other values do not change
// when the scanner goes on, and may be those of other Findings too: they are not
// for changing.
func (s *Set) Classify(r *parse.Record) Finding {
	s.ready()
	owner, path := s.owner(r), s.know(r.Path)
	var room [maxEvidence]byte
	f := s.memory.recall(appendEvidence(room[:0], r, path, owner), func() Finding { return s.find(r, owner) })
	f.Record, f.Problem.Route = r, path.routeOf(r)
	return f
}

// find makes the diagnosis of r but for its route.
func (s *Set) find(r *parse.Record, owner *pack) Finding {
	items := r.Errors
	if len(items) == 0 {
		items = []parse.Detail{{}}
	}
	decided := s.diagnose(r, owner, &items[0])
	fields := decided.fields
	for i := range items[1:] {
		d := s.diagnose(r, owner, &items[i+1])
		fields = append(fields, d.fields...)
		if d.outranks(&decided) {
			decided = d
		}
	}
	return s.finding(r, &decided, sortFields(fields))
}

// finding puts the diagnosis of the item that decided into words.
func (s *Set) finding(r *parse.Record, d *diagnosis, fields []string) Finding {
	f := Finding{
		Record:   r,
		Category: d.decider.rule.category,
		Rule:     d.advice.rule.id,
		Rank:     d.advice.rank(),
		Evidence: d.evidence(),
		Message:  d.message,
		Fields:   fields,
		Resource: d.resource(),
		Retry:    d.advice.rule.retry,
		Remedy:   d.advice.rule.remedy,
	}
	if f.Message == "" {
		f.Message = firstMessage(r.Errors)
	}
	f.Problem = s.problem(&f, d)
	return f
}

func firstMessage(items []parse.Detail) string {
	for i := range items {
		if items[i].Message != "" {
			return items[i].Message
		}
	}
	return ""
}

// problem returns the key by which f is grouped, without the route.
func (s *Set) problem(f *Finding, d *diagnosis) Problem {
	p := Problem{
		Category: f.Category,
		Status:   f.Status,
		Code:     cutString(d.code(), maxCode),
		Method:   f.Method,
		Fields:   strings.Join(f.Fields, ", "),
	}
	if p.Status == 0 {
		p.Status = d.item.Status
	}
	if p.Code == "" {
		p.Message = s.template(cutString(f.Message, maxMessage), d.spans)
	}
	return p
}

// diagnosis is what the rules say of one item of an envelope.
type diagnosis struct {
	item    *parse.Detail
	status  int    // the item's, else the record's
	message string // of the item
	decider match  // decided the category
	advice  match  // the most specific one that agrees
	agrees  bool   // the item states the record's HTTP status
	fields  []string
	spans   []span // of message, for its template

	naming *messageMatch // the match whose groups name parts of the message
}

// diagnose matches the rules against one item.
func (s *Set) diagnose(r *parse.Record, owner *pack, item *parse.Detail) diagnosis {
	sub := s.newSubject(r, owner, item)
	var found matches
	s.match(&sub, &found)

	d := diagnosis{item: item, status: sub.status, message: sub.message}
	d.agrees = item.Status != 0 && item.Status == r.Status
	d.decider = found.decider()
	d.advice = found.advice(d.decider.rule.category)
	d.naming = found.naming(d.advice.rule, d.decider.rule.category)
	s.affected(&sub, &found, &d)
	return d
}

// affected finds the inputs that the item is about: those that the envelope
// names, else those in its message, else those that the rule implies.
func (s *Set) affected(sub *subject, found *matches, d *diagnosis) {
	if d.naming != nil {
		d.spans = d.naming.pattern.spans(d.naming.at)
	}
	d.fields = envelopeFields(d.item.Fields)
	if len(d.fields) == 0 && d.naming != nil {
		d.fields = d.naming.pattern.namedFields(nil, sub.message, d.naming.at)
	}
	if len(d.fields) == 0 && len(sub.fields) > 0 && sub.grammar.holdsFor(d.decider.rule.category) {
		d.fields, d.spans = sub.fields, orderSpans(append(d.spans, sub.spans...))
	}
	if len(d.fields) == 0 && found.imply(d.advice) {
		d.fields = slices.Clone(d.advice.rule.fields)
	}
}

// readGrammars returns the fields by the first grammar that matches, where they
// stand, so that the template keeps their names, and the grammar.
func (s *Set) readGrammars(sub *subject) ([]string, []span, *grammar) {
	if sub.message == "" {
		return nil, nil, nil
	}
	for i := range sub.grammars.All() {
		g := s.grammars[i]
		if !g.reads(sub) {
			continue
		}
		fields, spans := g.find(sub.message)
		if len(fields) == 0 {
			continue
		}
		if !g.pack.generic && sub.owner == nil {
			if all, at, by := readSentence(sub); len(all) > len(fields) {
				return all, at, by // a provider's form holds for a part of it
			}
		}
		return fields, spans, g
	}
	return readSentence(sub)
}

// said and called stand for the grammar of what any validator may say. Inputs that
// a word such as parameter or field calls so are taken for ones of a resource too.
var (
	said   = &grammar{statuses: []int{400, 409, 412, 413, 417, 422}, categories: []Category{Validation}}
	called = &grammar{categories: []Category{Validation, Resource}}
)

// readSentence is readGrammars for a message of no known form.
func readSentence(sub *subject) (fields []string, spans []span, by *grammar) {
	if !said.readsAt(sub.status) || strings.HasPrefix(sub.message, "<") {
		return nil, nil, nil
	}
	by = called
	for _, name := range sentence.Inputs(sub.message) {
		field := spellField(name.Text)
		if name.Label {
			field = unlabel(name.Text)
		}
		if !name.Called {
			by = said
		}
		fields, spans = addField(fields, field), append(spans, span{start: name.Start, end: name.End})
	}
	return fields, spans, by
}

// outranks reports whether d, of a later item than e, decides in its place:
// the item that states the HTTP status, else one with evidence, else the worst
// category.
func (d *diagnosis) outranks(e *diagnosis) bool {
	if d.agrees != e.agrees {
		return d.agrees
	}
	if known := d.decider.tier != tierOtherwise; known != (e.decider.tier != tierOtherwise) {
		return known
	}
	return severity[d.decider.rule.category] > severity[e.decider.rule.category]
}

// severity orders categories by how much of a problem they are.
var severity = [...]int{Server: 5, RateLimit: 4, Authentication: 3, Resource: 2, Validation: 1}

// code returns the item's error code; one that says no more than the status
// does is none, so that the message tells.
func (d *diagnosis) code() string {
	code := d.item.Code
	if code == strconv.Itoa(d.status) || isStatusType(code) {
		return ""
	}
	return code
}

// statusTypes are what frameworks write as the type of a problem (RFC 9457)
// where they mean nothing but its status.
var statusTypes = [...]string{
	"about:blank", "https://tools.ietf.org/html/rfc", "https://datatracker.ietf.org/doc/html/rfc",
	"https://www.rfc-editor.org/rfc", "https://httpstatuses.", "https://developer.mozilla.org/",
}

func isStatusType(code string) bool {
	for _, prefix := range statusTypes {
		if strings.HasPrefix(code, prefix) {
			return true
		}
	}
	return false
}

// resource returns the name of what the message is about, if a rule names it.
func (d *diagnosis) resource() string {
	if d.naming == nil {
		return ""
	}
	return d.naming.group(d.message, "resource")
}

// evidence says what in the record decided the category.
func (d *diagnosis) evidence() string {
	switch d.decider.tier {
	case tierCode, tierForm, tierFamous, tierLike, tierVague:
		text := d.item.Code
		if n := d.decider.code; n > 0 {
			text = d.item.Reasons[n-1]
		}
		return "error_code " + cutString(text, maxCode)
	case tierMessage, tierHeard:
		return "message"
	case tierHeader:
		return "header ratelimit-remaining 0"
	case tierPhrase:
		return "phrase"
	case tierOwnStatus, tierStatus, tierClass:
		return "status " + strconv.Itoa(d.status)
	case tierInput:
		return "input"
	case tierWords:
		return "words"
	}
	return "no evidence"
}
