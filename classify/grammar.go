package classify

import (
	"slices"
	"strings"
)

// grammar is one compiled [[grammar]]: how a sentence names the inputs that
// are wrong.
type grammar struct {
	pack       *pack
	pattern    *pattern
	fields     []string   // implied by the sentence, in the spelling of the report
	except     []string   // words that are no inputs, lower case
	statuses   []int      // with which alone the grammar reads, if there are any
	categories []Category // for which alone its fields hold, if there are any
	examples   []grammarExample
	block      *block
}

func (b *builder) grammar(t *block) {
	table, ok := decodeTable[grammarTable](b, t)
	if !ok {
		return
	}
	g := &grammar{pack: b.pack, except: table.Except, statuses: table.Status, examples: table.Examples, block: t}
	for _, name := range table.Category {
		category, ok := parseCategory(name)
		if !ok {
			b.fault(t, "category", "grammar: category %q is none of authentication, validation, resource, rate-limit, server", name)
		}
		g.categories = append(g.categories, category)
	}
	p, err := newPattern(table.Pattern, b.proven)
	if err != nil {
		b.fault(t, "pattern", "grammar: pattern %s: %v", quote(table.Pattern), err)
		return
	}
	g.pattern = p
	for _, field := range table.Fields {
		g.fields = addField(g.fields, spellField(field))
	}
	if !b.proven {
		b.grammarGroups(t, g)
	}
	b.pack.grammars = append(b.pack.grammars, g)
}

// grammarGroups checks that the grammar names a field, and by which groups.
func (b *builder) grammarGroups(t *block, g *grammar) {
	names := 0
	for _, group := range g.pattern.groups() {
		switch group {
		case "":
		case "parent", "path", "field", "label":
			names++
		default:
			b.fault(t, "pattern", "grammar: group %q is none of parent, path, field, label", group)
		}
	}
	if names == 0 && len(g.fields) == 0 {
		b.fault(t, "pattern", "grammar: it names no field: a group parent, path, field or label, or fields is missing")
	}
}

// reads reports whether the grammar may read the message of sub: it is the
// provider's own or names none, and the status is one that the grammar is for, or
// is none of an error.
func (g *grammar) reads(sub *subject) bool {
	if !g.pack.generic && g.pack != sub.owner && sub.owner != nil {
		return false
	}
	return g.readsAt(sub.status)
}

// readsAt reports whether the grammar reads beside a status, 0 if there is none.
func (g *grammar) readsAt(status int) bool {
	return len(g.statuses) == 0 || status < 400 || slices.Contains(g.statuses, status)
}

// find returns the fields that a message names, and where the names stand.
func (g *grammar) find(message string) (fields []string, spans []span) {
	found := g.pattern.regexp().FindAllStringSubmatchIndex(message, maxFields)
	for _, at := range found {
		named := g.pattern.namedFields(nil, message, at)
		named = slices.DeleteFunc(named, g.excepts)
		if fields = append(fields, named...); len(named) > 0 {
			spans = append(spans, g.pattern.spans(at)...)
		}
	}
	if len(found) > 0 {
		fields = append(fields, g.fields...)
	}
	return fields, spans
}

// excepts reports whether a word that the pattern took for an input is none, by
// itself or by the word that it begins with.
func (g *grammar) excepts(field string) bool {
	field = strings.ToLower(field)
	first, _, _ := strings.Cut(field, "_")
	return slices.Contains(g.except, field) || slices.Contains(g.except, first) && slices.Contains(g.pattern.groups(), "label")
}

// holdsFor reports whether the fields that the grammar reads hold for an error of
// a category.
func (g *grammar) holdsFor(category Category) bool {
	return g == nil || len(g.categories) == 0 || slices.Contains(g.categories, category)
}

// namedFields appends the fields that the match m of p names by its groups
// parent, path, field, fields and label.
func (p *pattern) namedFields(fields []string, text string, m []int) []string {
	var prefix []string
	list := ""
	for i, group := range p.groups() {
		if m[2*i] < 0 {
			continue
		}
		switch value := text[m[2*i]:m[2*i+1]]; group {
		case "parent", "path":
			prefix = fieldPath(prefix, value)
		case "field", "fields":
			list = value
		case "label":
			list = unlabel(value)
		}
	}
	if list == "" {
		return addField(fields, joinField(prefix))
	}
	for _, name := range fieldList(list) {
		if len(fields) < maxFields {
			fields = addField(fields, joinField(fieldPath(slices.Clone(prefix), name)))
		}
	}
	return fields
}

// spans returns the parts of a text that the match m of p named, as orderSpans
// leaves them. Those that name fields stay in the template.
func (p *pattern) spans(m []int) []span {
	groups := p.groups()
	spans := make([]span, 0, len(groups))
	for i, group := range groups {
		if i > 0 && group != "" && m[2*i] >= 0 && m[2*i] < m[2*i+1] {
			s := span{start: m[2*i], end: m[2*i+1], name: group}
			if isFieldGroup(group) {
				s.name = ""
			}
			spans = append(spans, s)
		}
	}
	return orderSpans(spans)
}

// orderSpans sorts spans and drops those that overlap an earlier one.
func orderSpans(spans []span) []span {
	slices.SortStableFunc(spans, func(a, b span) int { return a.start - b.start })
	kept := spans[:0]
	for _, s := range spans {
		if len(kept) == 0 || kept[len(kept)-1].end <= s.start {
			kept = append(kept, s)
		}
	}
	return kept
}

func isFieldGroup(group string) bool {
	switch group {
	case "parent", "path", "field", "fields", "label":
		return true
	}
	return false
}

// unlabel returns the name of the input that people call by a label: Email is
// email, First name is first_name. What is spelled like a name stays.
func unlabel(label string) string {
	words := strings.ReplaceAll(label, " ", "_")
	if strings.Trim(words[1:], "abcdefghijklmnopqrstuvwxyz_") == "" {
		return strings.ToLower(words)
	}
	return words
}
