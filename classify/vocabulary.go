package classify

import (
	"slices"
	"strings"
	"unicode"

	"analyzer/parse"
)

// textGroups are the named groups that the pattern of a [[text]] may hold.
var textGroups = map[string]bool{
	"status": true, "code": true, "message": true, "operation": true, "method": true,
	"url": true, "request_id": true, "link": true, "body": true,
}

func (b *builder) shape(t *block) {
	table, ok := decodeTable[shapeTable](b, t)
	if !ok {
		return
	}
	b.claim(t, "name", "shape", table.Name)
	if len(table.When) == 0 {
		b.fault(t, "when", "shape %s: when is missing; it would match every object", table.Name)
	}
	for _, path := range table.When {
		b.path(t, "when", table.Name, path)
	}
	b.shapePaths(t, &table)
	b.triggers(t, "shape "+table.Name, table.Triggers)
	b.pack.drawn = append(b.pack.drawn, t)
	b.pack.shapes = append(b.pack.shapes, parse.Shape{
		Name: b.pack.name + "/" + table.Name, When: table.When, Items: table.Items,
		Status: table.Status, Code: table.Code, Message: table.Message, Field: table.Field, Link: table.Link,
		RequestID: table.RequestID, Wait: table.Wait, Strong: table.Strong, Stated: table.Stated, Triggers: table.Triggers,
	})
}

func (b *builder) shapePaths(t *block, table *shapeTable) {
	for _, p := range []struct{ key, path string }{
		{"items", table.Items}, {"status", table.Status}, {"code", table.Code}, {"message", table.Message},
		{"field", table.Field}, {"link", table.Link}, {"request_id", table.RequestID}, {"wait", table.Wait},
	} {
		if p.path != "" {
			b.path(t, p.key, table.Name, p.path)
		}
	}
	if table.Items != "" && (!strings.HasSuffix(table.Items, "[]") || strings.Contains(table.Items, "|")) {
		b.fault(t, "items", "shape %s: items %q is not the path of one array; it ends with []", table.Name, table.Items)
	}
}

// path notes a fault if a path is not made of dotted keys, [] and |.
func (b *builder) path(t *block, key, shape, path string) {
	for alternative := range strings.SplitSeq(path, "|") {
		for part := range strings.SplitSeq(strings.TrimSpace(alternative), ".") {
			if !isPathKey(part) {
				b.fault(t, key, "shape %s: %s: path %q: %q is not a key, or a key with []", shape, key, path, part)
				return
			}
		}
	}
}

// isPathKey reports whether part is a key, as in "errors", or "errors[]".
func isPathKey(part string) bool {
	if part == "*" {
		return true
	}
	part = strings.TrimSuffix(part, "[]")
	return part != "" && !strings.ContainsAny(part, "[]*?#@") && strings.IndexFunc(part, func(r rune) bool { return !unicode.IsGraphic(r) || unicode.IsSpace(r) }) < 0
}

func (b *builder) text(t *block) {
	table, ok := decodeTable[textTable](b, t)
	if !ok {
		return
	}
	b.claim(t, "name", "shape", table.Name)
	p, err := newPattern(table.Pattern, b.proven)
	if err != nil {
		b.fault(t, "pattern", "text %s: pattern %s: %v", table.Name, quote(table.Pattern), err)
		return
	}
	if !b.proven {
		b.textGroups(t, &table, p.groups())
	}
	b.triggers(t, "text "+table.Name, table.Triggers)
	b.pack.texts = append(b.pack.texts, parse.Text{
		Name: b.pack.name + "/" + table.Name, Pattern: table.Pattern, Triggers: table.Triggers,
	})
}

// textGroups checks the groups of a text's pattern.
func (b *builder) textGroups(t *block, table *textTable, groups []string) {
	for _, group := range groups {
		if group != "" && !textGroups[group] {
			b.fault(t, "pattern", "text %s: unknown group %q", table.Name, group)
		}
	}
	if !slices.Contains(groups, "status") && len(table.Triggers) == 0 {
		b.fault(t, "triggers", "text %s: triggers are missing; its pattern has no status group", table.Name)
	}
}

// triggers notes those that tell nothing, or that an escape could hide.
func (b *builder) triggers(t *block, what string, triggers []string) {
	for _, trigger := range triggers {
		if err := parse.CheckTrigger(trigger); err != nil {
			b.fault(t, "triggers", "%s: %v", what, err)
		}
	}
}
