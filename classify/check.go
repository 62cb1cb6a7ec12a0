package classify

import (
	"fmt"
	"slices"
	"strings"

	"analyzer/parse"
)

// ReadLine returns the API error in one log line, false if there is none. It is
// package parse's scanner, given from outside.
type ReadLine func(line string) (*parse.Record, bool)

// Check holds all packs to what they say of themselves; see CheckPack.
func (s *Set) Check(read ReadLine) []error {
	s.ready()
	var errs []error
	for _, p := range s.packs {
		errs = append(errs, s.CheckPack(p.name, read)...)
	}
	return errs
}

// CheckPack holds the pack of that name to what it says of itself: every
// example lands on its own rule, every near miss on the rule that it names,
// every grammar reads its examples, what a provider's shapes have paths for stands in
// one of the examples, each remedy is used, and something in the pack makes the
// reader open a line. Nor may its rules take the examples of
// other packs. Each error names file, line and what is wrong there.
func (s *Set) CheckPack(name string, read ReadLine) []error {
	s.ready()
	p := s.byName[name]
	if p == nil {
		return []error{fmt.Errorf("check packs: no pack %q", name)}
	}
	var errs []error
	if !p.opens() {
		errs = append(errs, fmt.Errorf("%s:%d: pack %s: none of its shapes and texts has triggers or a status: no line would be opened for them", p.file, p.head.at("name"), p.name))
	}
	for _, r := range p.rules {
		errs = append(errs, s.checkRule(r, read)...)
	}
	for _, g := range p.grammars {
		errs = append(errs, s.checkGrammar(g)...)
	}
	errs = append(errs, p.checkShapes(read)...)
	errs = append(errs, s.checkRemedies(p)...)
	return append(errs, s.checkTaken(p, read)...)
}

// opens reports whether something in the pack opens a line. A pack without
// shapes and texts relies on those of generic packs.
func (p *pack) opens() bool {
	if len(p.shapes)+len(p.texts) == 0 {
		return true
	}
	return slices.ContainsFunc(p.shapes, func(s parse.Shape) bool { return len(s.Triggers) > 0 || s.Status != "" }) ||
		len(p.texts) > 0 // compiled: each has triggers or a status group
}

// checkRemedies finds remedies that no rule, of any pack, leads to.
func (s *Set) checkRemedies(p *pack) []error {
	used := map[string]bool{}
	for _, r := range s.rules {
		used[r.remedy] = true
	}
	var errs []error
	for _, remedy := range p.remedies {
		if !used[remedy.ID] {
			errs = append(errs, fmt.Errorf("%s:%d: remedy %s is not used by any rule", p.file, remedy.block.line, remedy.ID))
		}
	}
	return errs
}

// checkTaken finds examples of other packs that land on rules of p.
func (s *Set) checkTaken(p *pack, read ReadLine) []error {
	var errs []error
	for _, other := range s.rules {
		if other.pack == p {
			continue
		}
		for i, line := range other.examples {
			if got := s.land(line, read); strings.HasPrefix(got.rule, p.name+"/") {
				errs = append(errs, s.ruleByID(got.rule).fault("id", "it takes example %d of %s%s", i+1, other.id, got.why))
			}
		}
	}
	return errs
}

func (s *Set) ruleByID(id string) *rule {
	return s.rules[slices.IndexFunc(s.rules, func(r *rule) bool { return r.id == id })]
}

func (s *Set) checkRule(r *rule, read ReadLine) []error {
	var errs []error
	if len(r.examples) == 0 {
		errs = append(errs, r.fault("examples", "it has no example"))
	}
	for i, line := range r.examples {
		if got := s.land(line, read); got.rule != r.id {
			errs = append(errs, r.fault("examples", "example %d lands on %s%s", i+1, got.rule, got.why))
		}
	}
	for i, near := range r.near {
		if got := s.land(near.Line, read); got.rule != near.Is {
			errs = append(errs, r.fault("near", "near %d lands on %s, not %s%s", i+1, got.rule, near.Is, got.why))
		}
	}
	return errs
}

// landing is where a log line lands.
type landing struct {
	rule string // id; "none" if the line holds no API error
	why  string // for the author who meant another rule
}

func (s *Set) land(line string, read ReadLine) landing {
	record, ok := read(line)
	if !ok || record == nil {
		return landing{"none", ": no trigger or status opens it, or no shape or text matches where the body stands"}
	}
	f := s.Classify(record)
	return landing{f.Rule, fmt.Sprintf(" by %s; it reads as %s, code %q, message %q", f.Evidence, f.Envelope, f.Problem.Code, f.Message)}
}

func (s *Set) checkGrammar(g *grammar) []error {
	var errs []error
	fault := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%s:%d: grammar: %s", g.pack.file, g.block.at("examples"), fmt.Sprintf(format, args...)))
	}
	if len(g.examples) == 0 {
		fault("it has no example")
	}
	for i, example := range g.examples {
		if got := s.grammarFields(g.pack, example.Message); !slices.Equal(got, example.Fields) {
			fault("example %d names %q, not %q", i+1, got, example.Fields)
		}
	}
	return errs
}

// grammarFields returns the fields that the grammars find in a message to
// which the pack belongs.
func (s *Set) grammarFields(p *pack, message string) []string {
	record := &parse.Record{Errors: []parse.Detail{{Message: message}}}
	return sortFields(s.newSubject(record, p, &record.Errors[0]).fields)
}
