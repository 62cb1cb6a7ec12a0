package classify

import (
	"fmt"
	"slices"

	"analyzer/parse"
)

// Check holds the packs to what they say of themselves: every example lands on
// its own rule, every near miss on the rule that it names, every grammar reads
// its examples, and each remedy is used. Read returns the API error in one log
// line, false if there is none; it is package parse's scanner, given from
// outside. Each error names file, line and rule.
func (s *Set) Check(read func(line string) (*parse.Record, bool)) []error {
	var errs []error
	used := map[string]bool{}
	for _, r := range s.rules {
		used[r.remedy] = true
		errs = append(errs, s.checkRule(r, read)...)
	}
	for _, g := range s.grammars {
		errs = append(errs, s.checkGrammar(g)...)
	}
	for _, p := range s.packs {
		for _, remedy := range p.remedies {
			if !used[remedy.ID] {
				errs = append(errs, fmt.Errorf("%s:%d: remedy %s is not used by any rule", p.file, remedy.block.line, remedy.ID))
			}
		}
	}
	return errs
}

func (s *Set) checkRule(r *rule, read func(string) (*parse.Record, bool)) []error {
	var errs []error
	if len(r.examples) == 0 {
		errs = append(errs, r.fault("examples", "it has no example"))
	}
	for i, line := range r.examples {
		if got := s.landing(line, read); got != r.id {
			errs = append(errs, r.fault("examples", "example %d lands on %s", i+1, got))
		}
	}
	for i, near := range r.near {
		if got := s.landing(near.Line, read); got != near.Is {
			errs = append(errs, r.fault("near", "near %d lands on %s, not %s", i+1, got, near.Is))
		}
	}
	return errs
}

// landing returns the id of the rule that a log line lands on, "none" if the
// line holds no API error.
func (s *Set) landing(line string, read func(string) (*parse.Record, bool)) string {
	record, ok := read(line)
	if !ok || record == nil {
		return "none"
	}
	return s.Classify(record).Rule
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
