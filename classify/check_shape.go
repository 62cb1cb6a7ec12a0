package classify

import (
	"fmt"
	"slices"

	"analyzer/parse"
)

// partsOfShape are the parts of an error that a shape has paths for, with whether a
// record holds them.
var partsOfShape = [...]struct {
	key   string
	path  func(*parse.Shape) string
	holds func(*parse.Record) bool
}{
	{"status", func(s *parse.Shape) string { return s.Status }, func(r *parse.Record) bool { return r.Status != 0 }},
	{"code", func(s *parse.Shape) string { return s.Code }, anyDetail(func(d *parse.Detail) bool { return d.Code != "" })},
	{"message", func(s *parse.Shape) string { return s.Message }, anyDetail(func(d *parse.Detail) bool { return d.Message != "" })},
	{"field", func(s *parse.Shape) string { return s.Field }, anyDetail(func(d *parse.Detail) bool { return len(d.Fields) > 0 })},
	{"link", func(s *parse.Shape) string { return s.Link }, anyDetail(func(d *parse.Detail) bool { return d.Link != "" })},
	{"request_id", func(s *parse.Shape) string { return s.RequestID }, func(r *parse.Record) bool { return r.RequestID().Value != "" }},
	{"wait", func(s *parse.Shape) string { return s.Wait }, func(r *parse.Record) bool { return r.Wait != nil }},
}

func anyDetail(is func(*parse.Detail) bool) func(*parse.Record) bool {
	return func(r *parse.Record) bool {
		for i := range r.Errors {
			if is(&r.Errors[i]) {
				return true
			}
		}
		return false
	}
}

// checkShapes finds paths of a provider's shapes at which no example has anything:
// they are misspelled, or nothing shows that they are not.
func (p *pack) checkShapes(read ReadLine) []error {
	if p.generic || len(p.rules) == 0 {
		return nil // a generic shape reads many bodies, and examples are those of rules
	}
	found := p.partsFound(read)
	var errs []error
	for i := range p.shapes {
		shape := &p.shapes[i]
		for _, part := range partsOfShape {
			if path := part.path(shape); path != "" && !slices.Contains(found[shape.Name], part.key) {
				errs = append(errs, fmt.Errorf("%s:%d: shape %s: no example has a %s, as at %s", p.file, p.drawn[i].at(part.key), shape.Name, part.key, path))
			}
		}
	}
	return errs
}

// partsFound returns what the examples that are read by each shape hold.
func (p *pack) partsFound(read ReadLine) map[string][]string {
	found := map[string][]string{}
	for _, r := range p.rules {
		for _, line := range r.examples {
			record, ok := read(line)
			if !ok || record == nil {
				continue
			}
			for _, part := range partsOfShape {
				if part.holds(record) {
					found[record.Envelope] = append(found[record.Envelope], part.key)
				}
			}
		}
	}
	return found
}
