package classify

import (
	"fmt"
	"slices"
	"strings"

	"analyzer/parse/code"
)

// rule is one compiled [[rule]].
type rule struct {
	id       string // pack/name
	pack     *pack
	index    int // in the order of packs, then of the file
	category Category
	retry    Retry
	remedy   string // full id

	codes     []string    // folded, those without *
	forms     []code.Form // and those with
	messages  []*pattern
	exhausted bool
	vague     bool  // its codes say no more than a status
	input     *bool // whether the item must name an input, or must name none; nil: either
	statuses  []int // exact
	classes   []int // 4 for 4xx
	methods   []string
	routes    *routes // under which alone the rule holds; nil: all
	words     bool    // selected where all words of an error lean to the category
	otherwise bool
	fields    []string // in the spelling of the report

	examples []string
	near     []nearTable
	block    *block // for the lines of faults
}

// statusOnly reports whether nothing but a status selects the rule.
func (r *rule) statusOnly() bool {
	return len(r.statuses)+len(r.classes) > 0 && !r.selective()
}

// inputOnly reports whether nothing but a named input selects the rule.
func (r *rule) inputOnly() bool {
	return r.input != nil && *r.input && len(r.statuses)+len(r.classes) == 0 && !r.selective()
}

// selective reports whether the rule looks at more than the status.
func (r *rule) selective() bool {
	return len(r.codes)+len(r.forms)+len(r.messages) > 0 || r.exhausted
}

// allows reports whether the rule's status, method and routes allow for s. A status
// that is not known, or is not that of an error, excludes nothing that other
// evidence selects.
func (r *rule) allows(s *subject) bool {
	if len(r.methods) > 0 && !slices.Contains(r.methods, s.rec.Method) || r.input != nil && *r.input != (len(s.fields) > 0) {
		return false
	}
	if r.routes != nil && !r.routes.begin(s.rec.Path) {
		return false
	}
	return len(r.statuses)+len(r.classes) == 0 || s.status < 400 && r.selective() && (r.input == nil || !*r.input) ||
		slices.Contains(r.statuses, s.status) || slices.Contains(r.classes, s.status/100)
}

// sees reports whether the rule may look at a record that belongs to owner,
// nil if it belongs to no provider.
func (r *rule) sees(owner *pack) bool {
	switch {
	case r.pack.generic || r.pack == owner:
		return true
	case r.statusOnly():
		// A provider's reading of a bare status holds for its own API alone.
		return false
	}
	return owner == nil
}

// owns reports whether the rule's codes with * hold for a record: a form of code
// such as invalid_* is a provider's own way of naming, and says nothing of
// another's codes.
func (r *rule) owns(owner *pack) bool {
	return r.pack.generic || r.pack == owner
}

// isNumber reports whether a code of the rule is a number in a record that is not
// its provider's: every API counts its errors in its own way.
func (r *rule) isNumber(code string, s *subject) bool {
	return !r.pack.generic && r.pack != s.owner && strings.Trim(code, "0123456789") == ""
}

func (b *builder) rule(t *block) {
	table, ok := decodeTable[ruleTable](b, t)
	if !ok {
		return
	}
	b.claim(t, "id", "rule", table.ID)
	r := &rule{
		id:        b.pack.name + "/" + table.ID,
		pack:      b.pack,
		exhausted: table.Exhausted,
		vague:     table.Vague,
		input:     table.Input,
		words:     table.Words,
		otherwise: table.Otherwise,
		methods:   table.Method,
		examples:  table.Examples,
		near:      table.Near,
		block:     t,
	}
	b.ruleAdvice(t, r, &table)
	b.ruleCodes(t, r, table.Codes)
	b.ruleMessages(t, r, table.Messages)
	b.ruleStatus(t, r, table.Status)
	b.ruleFields(t, r, table.Fields)
	b.ruleRoutes(t, r, table.Routes)
	b.ruleShape(t, r, &table)
	b.pack.rules = append(b.pack.rules, r)
}

func (b *builder) ruleAdvice(t *block, r *rule, table *ruleTable) {
	var ok bool
	if r.category, ok = parseCategory(table.Category); !ok {
		b.fault(t, "category", "rule %s: category %q is none of authentication, validation, resource, rate-limit, server", r.id, table.Category)
	}
	if r.retry, ok = parseRetry(table.Retry); !ok {
		b.fault(t, "retry", "rule %s: retry %q is none of never, if-idempotent, after-wait", r.id, table.Retry)
	}
	r.remedy = table.Remedy
	if !strings.Contains(r.remedy, "/") {
		r.remedy = b.pack.name + "/" + r.remedy
	}
	if table.Remedy == "" {
		b.fault(t, "remedy", "rule %s: remedy is missing", r.id)
	}
}

func (b *builder) ruleCodes(t *block, r *rule, codes []string) {
	for _, text := range codes {
		switch folded := code.Stem(code.Fold(text)); {
		case folded == "":
			b.fault(t, "codes", "rule %s: code %q matches every code", r.id, text)
		case strings.Contains(text, "*"):
			r.forms = append(r.forms, code.NewForm(text))
		case !slices.Contains(r.codes, folded):
			r.codes = append(r.codes, folded)
		}
	}
}

func (b *builder) ruleMessages(t *block, r *rule, messages []string) {
	for _, expr := range messages {
		p, err := newPattern(expr, b.proven)
		if err != nil {
			b.fault(t, "messages", "rule %s: pattern %s: %v", r.id, quote(expr), err)
			continue
		}
		r.messages = append(r.messages, p)
	}
}

func (b *builder) ruleStatus(t *block, r *rule, status []any) {
	for _, v := range status {
		switch v := v.(type) {
		case int64:
			if v < 100 || v > 599 {
				b.fault(t, "status", "rule %s: status %d is not within 100 to 599", r.id, v)
			}
			r.statuses = append(r.statuses, int(v))
		case string:
			if len(v) != 3 || v[0] < '1' || v[0] > '5' || v[1:] != "xx" {
				b.fault(t, "status", "rule %s: status class %q is not of the form \"4xx\"", r.id, v)
				continue
			}
			r.classes = append(r.classes, int(v[0]-'0'))
		default:
			b.fault(t, "status", "rule %s: status %v is neither a number nor a class", r.id, v)
		}
	}
}

func (b *builder) ruleFields(t *block, r *rule, fields []string) {
	for _, field := range fields {
		spelt := spellField(field)
		if spelt == "" {
			b.fault(t, "fields", "rule %s: field %q is empty", r.id, field)
			continue
		}
		r.fields = append(r.fields, spelt)
	}
	slices.Sort(r.fields)
	r.fields = slices.Compact(r.fields)
}

func (b *builder) ruleRoutes(t *block, r *rule, templates []string) {
	for _, template := range templates {
		if err := checkRoute(template); err != "" {
			b.fault(t, "routes", "rule %s: route %q: %s", r.id, template, err)
			continue
		}
		if r.routes == nil {
			r.routes = &routes{}
		}
		r.routes.add(template)
	}
}

// ruleShape checks what the parts of a rule are to one another.
func (b *builder) ruleShape(t *block, r *rule, table *ruleTable) {
	selectors := len(table.Codes) + len(table.Messages) + len(table.Status)
	alone := selectors+len(r.methods) == 0 && !r.exhausted && r.input == nil
	switch {
	case r.otherwise && !b.pack.generic:
		b.fault(t, "otherwise", "rule %s: otherwise belongs in a generic pack", r.id)
	case r.words && !b.pack.generic:
		b.fault(t, "words", "rule %s: words belongs in a generic pack", r.id)
	case r.otherwise && (!alone || r.words):
		b.fault(t, "otherwise", "rule %s: otherwise stands alone, without codes, messages, exhausted, status and method", r.id)
	case r.words && !alone:
		b.fault(t, "words", "rule %s: words stands alone, without codes, messages, exhausted, status and method", r.id)
	case !r.otherwise && !r.words && selectors == 0 && !r.exhausted && !r.inputOnly():
		b.fault(t, "", "rule %s: nothing selects it: codes, messages, exhausted, status, input, words or otherwise is missing", r.id)
	}
	for _, method := range r.methods {
		if method == "" || strings.Trim(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			b.fault(t, "method", "rule %s: method %q is not in upper case", r.id, method)
		}
	}
	for i, near := range r.near {
		if near.Line == "" || near.Is == "" {
			b.fault(t, "near", "rule %s: near %d: line and is are both needed", r.id, i+1)
		}
	}
}

func parseCategory(s string) (Category, bool) {
	for _, c := range Categories {
		if c.String() == s {
			return c, true
		}
	}
	return 0, false
}

func parseRetry(s string) (Retry, bool) {
	for r := Never; r <= AfterWait; r++ {
		if r.String() == s {
			return r, true
		}
	}
	return 0, false
}

// quote shows a pattern in an error, cut where it is long.
func quote(s string) string {
	if len(s) > 60 {
		s = cutString(s, 57) + "..."
	}
	return fmt.Sprintf("%q", s)
}
