package classify

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"analyzer/classify/lean"
	"analyzer/parse/grams"
)

// source is one pack file as it was read.
type source struct {
	proven  bool // part of the program, whose tests have shown it to be right
	name    string
	content string
}

// Load reads every *.toml file in the top folder of the given roots and
// compiles them into one Set. The order of the roots and files does not
// matter: packs are ordered by name, generic ones last. One generic pack must
// hold the rule for errors that nothing else explains.
//
// The error, if any, joins all faults found; each names the file, the line and
// the reason. Load never panics, whatever the files hold. The packs of the
// program, which its tests have shown to be right, are compiled when the Set is
// first used, if there are no others.
func Load(roots ...fs.FS) (*Set, error) {
	sources, err := readSources(roots)
	if err != nil {
		return nil, err
	}
	if len(sources) == 0 {
		return nil, errors.New("read packs: no *.toml file found")
	}
	s := &Set{fingerprint: fingerprint(append(sources, source{name: "weights", content: lean.Text()})), weights: lean.Default, memory: newMemory()}
	compile := sync.OnceValue(func() error { return s.compile(sources) })
	s.ready = func() {
		if err := compile(); err != nil {
			panic("BUG: the packs of the program: " + err.Error())
		}
	}
	if slices.ContainsFunc(sources, func(src source) bool { return !src.proven }) {
		if err := compile(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// compile compiles the packs and assembles them.
func (s *Set) compile(sources []source) error {
	packs, errs := make([]*pack, len(sources)), make([]error, len(sources))
	var all sync.WaitGroup
	for i, src := range sources {
		all.Go(func() { packs[i], errs[i] = compilePack(src.name, src.content, src.proven) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return s.assemble(packs)
}

// readSources reads the pack files of all roots, ordered by name and content.
func readSources(roots []fs.FS) ([]source, error) {
	var sources []source
	for _, root := range roots {
		names, err := fs.Glob(root, "*.toml")
		if err != nil {
			return nil, fmt.Errorf("read packs: %w", err)
		}
		for _, name := range names {
			content, err := readFile(root, name)
			if err != nil {
				return nil, fmt.Errorf("read pack: %w", err)
			}
			_, embedded := root.(embed.FS)
			sources = append(sources, source{embedded, name, content})
		}
	}
	slices.SortFunc(sources, func(a, b source) int {
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.content, b.content))
	})
	return sources, nil
}

// readFile reads one byte more than a pack may have at most, and no further.
func readFile(root fs.FS, name string) (string, error) {
	file, err := root.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	var content strings.Builder
	if info, err := file.Stat(); err == nil {
		content.Grow(int(min(info.Size(), maxFile) + 1))
	}
	_, err = io.Copy(&content, io.LimitReader(file, maxFile+1))
	return content.String(), err
}

// fingerprint returns 12 hexadecimal digits of a hash over the files.
func fingerprint(sources []source) string {
	hash := sha256.New()
	for _, src := range sources {
		fmt.Fprintf(hash, "%d:%s%d:%s", len(src.name), src.name, len(src.content), src.content)
	}
	return hex.EncodeToString(hash.Sum(nil)[:6])
}

// assemble orders the packs, checks what they are to one another and builds
// the indexes of the Set.
func (s *Set) assemble(packs []*pack) error {
	slices.SortStableFunc(packs, func(a, b *pack) int {
		return cmp.Or(compareBool(a.generic, b.generic), cmp.Compare(a.name, b.name))
	})
	s.packs, s.byName = packs, map[string]*pack{}
	s.byCode, s.remedies = map[string][]*rule{}, map[string]*remedyEntry{}
	var errs []error
	for _, p := range packs {
		if other := s.byName[p.name]; other != nil {
			errs = append(errs, p.clash(other), other.clash(p))
		}
		s.byName[p.name] = p
		s.addPack(p)
	}
	s.messageSieve = sync.OnceValue(func() *grams.Sieve {
		return sieveOf(s.messages, func(m messageRule) *pattern { return m.pattern })
	})
	s.grammarSieve = sync.OnceValue(func() *grams.Sieve {
		return sieveOf(s.grammars, func(g *grammar) *pattern { return g.pattern })
	})
	errs = append(errs, s.checkLinks()...)
	return errors.Join(errs...)
}

// sieveOf returns the sieve of what has the patterns that pattern returns.
func sieveOf[T any](all []T, pattern func(T) *pattern) *grams.Sieve {
	exprs := make([]string, len(all))
	for i, x := range all {
		exprs[i] = pattern(x).expr
	}
	return grams.NewSieve(exprs)
}

// clash is the error that another pack has the name of p.
func (p *pack) clash(other *pack) error {
	return fmt.Errorf("%s:%d: pack %q stands in %s too", p.file, p.head.at("name"), p.name, other.file)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func (s *Set) addPack(p *pack) {
	for _, route := range p.routes {
		s.routes.add(route)
	}
	for _, r := range p.rules {
		r.index = len(s.rules)
		s.rules = append(s.rules, r)
		s.addRule(r)
	}
	s.grammars = append(s.grammars, p.grammars...)
	for _, remedy := range p.remedies {
		s.remedies[remedy.ID] = remedy
	}
}

// addRule enters a rule under everything that selects it.
func (s *Set) addRule(r *rule) {
	for _, code := range r.codes {
		s.byCode[code] = append(s.byCode[code], r)
	}
	for _, form := range r.forms {
		s.forms = append(s.forms, formRule{form, r})
	}
	for _, p := range r.messages {
		s.messages = append(s.messages, messageRule{p, r})
	}
	if r.exhausted {
		s.exhausted = append(s.exhausted, r)
	}
	if r.routes != nil {
		s.routed = append(s.routed, r)
	}
	switch {
	case r.words && r.category != 0:
		s.byWords[r.category-1] = r
	case r.statusOnly():
		s.addStatusRule(r)
	case r.inputOnly():
		s.byInput = append(s.byInput, r)
	}
}

func (s *Set) addStatusRule(r *rule) {
	for status := range s.byStatus {
		switch {
		case slices.Contains(r.statuses, status):
			s.byStatus[status] = append(s.byStatus[status], match{rule: r, tier: tierStatus})
		case slices.Contains(r.classes, status/100):
			s.byStatus[status] = append(s.byStatus[status], match{rule: r, tier: tierClass})
		}
	}
}

// checkLinks checks that each rule's remedy exists and that one rule is left
// for errors without evidence.
func (s *Set) checkLinks() []error {
	var errs []error
	for _, r := range s.rules {
		if s.remedies[r.remedy] == nil {
			errs = append(errs, r.fault("remedy", "remedy %q does not exist", r.remedy))
		}
		if !r.otherwise {
			continue
		}
		if s.otherwise != nil {
			errs = append(errs, r.fault("otherwise", "%s is the rule for otherwise already", s.otherwise.id))
		}
		s.otherwise = r
	}
	if s.otherwise == nil {
		errs = append(errs, errors.New("read packs: no generic pack holds a rule with otherwise = true"))
	}
	return errs
}

// fault is an error in the line of key in the rule's table.
func (r *rule) fault(key, format string, args ...any) error {
	return fmt.Errorf("%s:%d: rule %s: %s", r.pack.file, r.block.at(key), r.id, fmt.Sprintf(format, args...))
}
