package classify

import (
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// PackDescription says what a pack holds.
type PackDescription struct {
	Name     string            `json:"name"`
	Title    string            `json:"title"`
	File     string            `json:"file"`
	Generic  bool              `json:"generic"`
	Hosts    []string          `json:"hosts"`
	Routes   int               `json:"routes"`
	Shapes   int               `json:"shapes"`
	Texts    int               `json:"texts"`
	Grammars int               `json:"grammars"`
	Rules    []RuleDescription `json:"rules"`    // in the order of the file
	Remedies []Remedy          `json:"remedies"` // likewise
}

// RuleDescription is a rule as its author wrote it.
type RuleDescription struct {
	ID        string   `json:"id"` // pack/name
	Category  string   `json:"category"`
	Codes     []string `json:"codes"`
	Messages  []string `json:"messages"` // regular expressions
	Exhausted bool     `json:"exhausted"`
	Status    []string `json:"status"` // 404, 5xx
	Methods   []string `json:"method"`
	Routes    []string `json:"routes"`          // under which alone it holds; none: all
	Input     *bool    `json:"input,omitempty"` // whether the error must name an input, or none
	Vague     bool     `json:"vague"`           // what selects it says little: other evidence goes first
	Words     bool     `json:"words"`           // all words of an error together select it
	Otherwise bool     `json:"otherwise"`
	Retry     string   `json:"retry"`
	Remedy    string   `json:"remedy"` // id, pack/name
	Fields    []string `json:"fields"`
	Examples  []string `json:"examples"` // log lines that land on the rule
	Near      []Near   `json:"near"`
}

// Near is a log line that looks like one of a rule and lands on another.
type Near struct {
	Line string `json:"line"`
	Is   string `json:"is"` // id of that rule; none: the line holds no API error
}

// Describe says what each pack holds, in the order in which packs are asked:
// by name, generic ones last. The caller may keep and change the answer.
func (s *Set) Describe() []PackDescription {
	s.ready()
	packs := make([]PackDescription, 0, len(s.packs))
	for _, p := range s.packs {
		packs = append(packs, p.describe())
	}
	return packs
}

func (p *pack) describe() PackDescription {
	d := PackDescription{
		Name: p.name, Title: p.title, File: p.file, Generic: p.generic,
		Hosts:  list(p.hosts),
		Routes: len(p.routes), Shapes: len(p.shapes), Texts: len(p.texts), Grammars: len(p.grammars),
		Rules: []RuleDescription{}, Remedies: []Remedy{},
	}
	for _, r := range p.rules {
		d.Rules = append(d.Rules, r.describe())
	}
	for _, r := range p.remedies {
		remedy := r.Remedy
		remedy.Steps = list(remedy.Steps)
		d.Remedies = append(d.Remedies, remedy)
	}
	return d
}

// describe reads the rule's table again: the compiled rule keeps what it works
// with, not what was written.
func (r *rule) describe() RuleDescription {
	var tables struct {
		Rule []ruleTable `toml:"rule"`
	}
	if err := toml.Unmarshal([]byte(r.block.text), &tables); err != nil || len(tables.Rule) != 1 {
		panic("BUG: a compiled rule is not read again: " + r.id)
	}
	t := tables.Rule[0]
	d := RuleDescription{
		ID: r.id, Category: t.Category, Retry: t.Retry, Remedy: r.remedy,
		Codes: list(t.Codes), Messages: list(t.Messages), Methods: list(t.Method), Routes: list(t.Routes), Fields: list(t.Fields), Examples: list(t.Examples),
		Exhausted: t.Exhausted, Input: t.Input, Vague: t.Vague, Words: t.Words, Otherwise: t.Otherwise,
		Status: []string{}, Near: []Near{},
	}
	for _, status := range t.Status {
		d.Status = append(d.Status, fmt.Sprint(status))
	}
	for _, near := range t.Near {
		d.Near = append(d.Near, Near(near))
	}
	return d
}

// list returns a copy of values that JSON writes as a list even if it is empty.
func list(values []string) []string {
	return append([]string{}, values...)
}

// Selectors says what selects the rule, one kind of evidence each, in words:
// "code service_not_found", "message ^Missing", "status 404".
func (d *RuleDescription) Selectors() []string {
	var all []string
	for _, code := range d.Codes {
		all = append(all, "code "+code)
	}
	for _, message := range d.Messages {
		all = append(all, "message "+message)
	}
	if d.Exhausted {
		all = append(all, "a header that says that nothing remains")
	}
	if len(d.Status) > 0 && len(all) == 0 {
		all = append(all, "status "+strings.Join(d.Status, ", "))
	}
	if d.Input != nil && *d.Input && len(all) == 0 {
		all = append(all, "an input that the error names")
	}
	if d.Words {
		all = append(all, "all words of the error together")
	}
	if d.Otherwise {
		all = append(all, "whatever no other rule explains")
	}
	return all
}

// Narrowed says what must hold besides a selector: a status, a method, a route, an
// input; "" if nothing must.
func (d *RuleDescription) Narrowed() string {
	var all []string
	if len(d.Status) > 0 && (len(d.Codes)+len(d.Messages) > 0 || d.Exhausted) {
		all = append(all, "status "+strings.Join(d.Status, ", "))
	}
	if len(d.Methods) > 0 {
		all = append(all, "method "+strings.Join(d.Methods, ", "))
	}
	if len(d.Routes) > 0 {
		all = append(all, "route "+strings.Join(d.Routes, ", "))
	}
	switch {
	case d.Input == nil:
	case !*d.Input:
		all = append(all, "no input is named")
	case len(d.Codes)+len(d.Messages)+len(d.Status) > 0 || d.Exhausted:
		all = append(all, "an input is named")
	}
	return strings.Join(all, "; ")
}
