package classify

import (
	"slices"
	"strings"
	"sync"

	"analyzer/classify/lean"
	"analyzer/parse"
	"analyzer/parse/code"
	"analyzer/parse/grams"
)

// Set is all packs compiled. It is immutable and safe for concurrent use.
type Set struct {
	fingerprint string
	ready       func() // compiles what follows, once; whatever uses it comes through here

	packs  []*pack // generic ones last
	byName map[string]*pack
	rules  []*rule // in the order of packs, then of the file

	// The rules by what selects them, in the same order.
	byCode    map[string][]*rule
	forms     []formRule
	formed    formed
	messages  []messageRule
	exhausted []*rule
	byStatus  [maxStatus + 1][]match // rules of a status alone
	byInput   []*rule                // rules of a named input alone
	byWords   [len(Categories)]*rule // rules of what all words lean to, by category
	otherwise *rule
	routed    []*rule // rules that hold under some routes alone, however selected

	grammars []*grammar
	routes   routes
	remedies map[string]*remedyEntry

	messageSieve, grammarSieve func() *grams.Sieve // made when first needed

	weights func() *lean.Weights
	memory  *memory
}

// maxStatus is the largest HTTP status.
const maxStatus = 599

// formsOf returns the rules that select a folded code by its form. Logs repeat
// their codes, so that of each the answer is kept.
func (s *Set) formsOf(folded string) []*rule {
	if rules, ok := s.formed.get(folded); ok {
		return rules
	}
	var rules []*rule
	for i := range s.forms {
		if f := &s.forms[i]; f.form.Match(folded) {
			rules = append(rules, f.rule)
		}
	}
	s.formed.put(folded, rules)
	return rules
}

// formed keeps the rules of the first codes that were met. It is safe for
// concurrent use.
type formed struct {
	mu    sync.RWMutex
	rules map[string][]*rule
}

// maxFormed is how many codes are kept.
const maxFormed = 4096

func (f *formed) get(folded string) (rules []*rule, ok bool) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	rules, ok = f.rules[folded]
	return rules, ok
}

func (f *formed) put(folded string, rules []*rule) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.rules == nil {
		f.rules = map[string][]*rule{}
	}
	if len(f.rules) < maxFormed {
		f.rules[strings.Clone(folded)] = rules
	}
}

type formRule struct {
	form code.Form
	rule *rule
}

type messageRule struct {
	pattern *pattern
	rule    *rule
}

// Vocabulary returns the shapes, texts and codes of all packs for parse.Compile, in
// order of preference: packs by name, generic ones last, each in the order of
// its file. The caller may keep it, and must not change it.
func (s *Set) Vocabulary() parse.Vocabulary {
	s.ready()
	var v parse.Vocabulary
	for _, p := range s.packs {
		v.Shapes = append(v.Shapes, p.shapes...)
		v.Texts = append(v.Texts, p.texts...)
		v.Triggers = append(v.Triggers, p.triggers...)
		v.GeneralCodes = append(v.GeneralCodes, p.codes...)
	}
	for _, r := range s.rules {
		v.Codes = append(v.Codes, r.codes...)
		for i := range r.forms {
			v.Codes = append(v.Codes, r.forms[i].String())
		}
	}
	return v
}

// Remedy returns the remedy with the given id, "pack/name".
func (s *Set) Remedy(id string) (Remedy, bool) {
	s.ready()
	entry, ok := s.remedies[id]
	if !ok {
		return Remedy{}, false
	}
	remedy := entry.Remedy
	remedy.Steps = slices.Clone(remedy.Steps)
	return remedy, true
}

// Fingerprint returns 12 hexadecimal digits that change with any byte of the
// packs. Reports with the same fingerprint were made by the same rules.
func (s *Set) Fingerprint() string {
	return s.fingerprint
}

// owner returns the provider's pack that a record belongs to, by its envelope
// or else its host; nil if it belongs to none.
func (s *Set) owner(r *parse.Record) *pack {
	name, _, _ := strings.Cut(r.Envelope, "/")
	if p := s.byName[name]; p != nil && !p.generic {
		return p
	}
	if r.Host == "" {
		return nil
	}
	for _, p := range s.packs {
		if !p.generic && p.ownsHost(r.Host) {
			return p
		}
	}
	return nil
}
