package classify

import "slices"

// grammar is one compiled [[grammar]]: how a sentence names the inputs that
// are wrong.
type grammar struct {
	pack     *pack
	pattern  *pattern
	fields   []string // implied by the sentence, in the spelling of the report
	examples []grammarExample
	block    *block
}

func (b *builder) grammar(t *block) {
	table, ok := decodeTable[grammarTable](b, t)
	if !ok {
		return
	}
	g := &grammar{pack: b.pack, examples: table.Examples, block: t}
	p, err := compilePattern(table.Pattern)
	if err != nil {
		b.fault(t, "pattern", "grammar: pattern %s: %v", quote(table.Pattern), err)
		return
	}
	g.pattern = p
	for _, field := range table.Fields {
		g.fields = addField(g.fields, spellField(field))
	}
	names := 0
	for _, group := range p.groups {
		switch group {
		case "":
		case "parent", "path", "field":
			names++
		default:
			b.fault(t, "pattern", "grammar: group %q is none of parent, path, field", group)
		}
	}
	if names == 0 && len(g.fields) == 0 {
		b.fault(t, "pattern", "grammar: it names no field: a group parent, path or field, or fields is missing")
	}
	b.pack.grammars = append(b.pack.grammars, g)
}

// sees reports whether the grammar may read messages of records that belong to
// owner.
func (g *grammar) sees(owner *pack) bool {
	return g.pack.generic || g.pack == owner || owner == nil
}

// find returns the fields that a message names, and where the names stand.
func (g *grammar) find(message string, grams *grams) (fields []string, spans []span) {
	if !g.pattern.needs.metBy(grams) {
		return nil, nil
	}
	found := g.pattern.re.FindAllStringSubmatchIndex(message, maxFields)
	if found == nil {
		return nil, nil
	}
	for _, at := range found {
		fields = g.pattern.namedFields(fields, message, at)
		spans = append(spans, g.pattern.spans(at)...)
	}
	return append(fields, g.fields...), spans
}

// namedFields appends the fields that the match m of p names by its groups
// parent, path, field and fields.
func (p *pattern) namedFields(fields []string, text string, m []int) []string {
	var prefix []string
	list := ""
	for i, group := range p.groups {
		if m[2*i] < 0 {
			continue
		}
		switch value := text[m[2*i]:m[2*i+1]]; group {
		case "parent", "path":
			prefix = fieldPath(prefix, value)
		case "field", "fields":
			list = value
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
	spans := make([]span, 0, len(p.groups))
	for i, group := range p.groups {
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
	case "parent", "path", "field", "fields":
		return true
	}
	return false
}
