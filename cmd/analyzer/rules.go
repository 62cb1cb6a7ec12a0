package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"analyzer/classify"
	"analyzer/classify/packs"
	"analyzer/report"
	"analyzer/report/render"
)

// rulesCommand is about what the program knows of APIs.
type rulesCommand struct {
	Show   rulesShowCommand   `cmd:"" default:"withargs" hidden:"" help:"Show what is known; what rules does when nothing else is named."`
	Check  rulesCheckCommand  `cmd:"" help:"Prove packs of your own: each example must land on its own rule."`
	Schema rulesSchemaCommand `cmd:"" help:"Print the JSON Schema of packs, for editors."`
}

// rulesShowCommand shows all packs, one pack, one rule or one remedy.
type rulesShowCommand struct {
	Name string `arg:"" optional:"" help:"A pack (aiven), a rule or a remedy (aiven/token-expired); all packs by default."`

	Pack []string `sep:"none" placeholder:"FILE" help:"Rules of a further provider (TOML). Repeatable."`

	pageFlags
}

func (c *rulesShowCommand) run(w world) int {
	set, err := loadRules(c.Pack)
	if err != nil {
		return w.usage(err)
	}
	found, err := findRules(set, c.Name)
	if err != nil {
		return w.usage(err)
	}
	return c.write(w, found)
}

// findRules returns what has the name: all packs, a pack, a rule or a remedy.
func findRules(set *classify.Set, name string) (page, error) {
	all := set.Describe()
	if name == "" {
		return packList(all), nil
	}
	names := []string{"check", "schema"}
	for _, p := range all {
		if p.Name == name {
			return packPage{p, all, set}, nil
		}
		for _, r := range p.Rules {
			if r.ID == name {
				remedy, _ := set.Remedy(r.Remedy)
				return rulePage{r, remedy}, nil
			}
			names = append(names, r.ID)
		}
		for _, r := range p.Remedies {
			names = append(names, r.ID)
		}
		names = append(names, p.Name)
	}
	if remedy, ok := set.Remedy(name); ok {
		return remedyPage{remedy, rulesWith(all, name)}, nil
	}
	return nil, fmt.Errorf("%s: no such pack, rule or remedy%s", name, suggestName(name, names, all))
}

// suggestName names what was probably meant, else where to look.
func suggestName(name string, names []string, all []classify.PackDescription) string {
	if known := slip(name, names); known != "" {
		return fmt.Sprintf("; did you mean %s?", known)
	}
	pack, _, _ := strings.Cut(name, "/")
	if slices.ContainsFunc(all, func(p classify.PackDescription) bool { return p.Name == pack }) {
		return fmt.Sprintf("; %s rules %s lists them", programName, pack)
	}
	for _, id := range names {
		if _, last, _ := strings.Cut(id, "/"); last == name || near(last, name) {
			return fmt.Sprintf("; did you mean %s?", id)
		}
	}
	return fmt.Sprintf("; %s rules lists the packs", programName)
}

// packList is all packs: a row each.
type packList []classify.PackDescription

func (l packList) draw(w io.Writer, o render.Options) error {
	var rows [][]string
	rules := 0
	for _, p := range l {
		rows = append(rows, []string{
			p.Name, p.Title, strconv.Itoa(p.Shapes), strconv.Itoa(p.Texts), strconv.Itoa(len(p.Rules)), strconv.Itoa(p.Grammars), strconv.Itoa(len(p.Remedies)),
		})
		rules += len(p.Rules)
	}
	if err := render.Grid(w, []string{"PACK", "TITLE", "SHAPES#", "TEXTS#", "RULES#", "GRAMMARS#", "REMEDIES#"}, rows, o); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%s, %s; analyzer rules NAME shows one, --pack FILE adds your own\n", count(len(l), "pack"), count(rules, "rule"))
	return err
}

// MarshalJSON writes the row of each pack.
func (l packList) MarshalJSON() ([]byte, error) {
	type row struct {
		Name     string `json:"name"`
		Title    string `json:"title"`
		Generic  bool   `json:"generic"`
		Shapes   int    `json:"shapes"`
		Texts    int    `json:"texts"`
		Rules    int    `json:"rules"`
		Grammars int    `json:"grammars"`
		Remedies int    `json:"remedies"`
	}
	rows := make([]row, len(l))
	for i, p := range l {
		rows[i] = row{p.Name, p.Title, p.Generic, p.Shapes, p.Texts, len(p.Rules), p.Grammars, len(p.Remedies)}
	}
	return json.Marshal(rows)
}

// packPage is one pack with a row for each rule.
type packPage struct {
	classify.PackDescription
	all []classify.PackDescription
	set *classify.Set
}

func (p packPage) draw(w io.Writer, o render.Options) error {
	parts := []render.Part{
		{Label: "HOSTS", Texts: joined(p.Hosts...)},
		{Label: "READS", Texts: []string{fmt.Sprintf("%s, %s, %s, %s",
			count(p.Shapes, "shape"), count(p.Texts, "text"), count(p.Grammars, "grammar"), count(p.Routes, "route"))}},
	}
	if err := render.Sheet(w, p.Name+": "+p.Title, o, parts); err != nil {
		return err
	}
	if err := p.drawRules(w, o); err != nil || len(p.Remedies) == 0 {
		return err
	}
	return p.drawRemedies(w, o)
}

func (p packPage) drawRules(w io.Writer, o render.Options) error {
	var rows [][]string
	for _, r := range p.Rules {
		remedy, _ := p.set.Remedy(r.Remedy)
		rows = append(rows, []string{strings.TrimPrefix(r.ID, p.Name+"/"), r.Category, firstOf(r.Selectors()), r.Retry, remedy.Summary})
	}
	fmt.Fprintln(w)
	return render.Grid(w, []string{"RULE", "CATEGORY", "SELECTED BY", "RETRY", "REMEDY"}, rows, o)
}

func (p packPage) drawRemedies(w io.Writer, o render.Options) error {
	var rows [][]string
	for _, r := range p.Remedies {
		rows = append(rows, []string{r.ID, strconv.Itoa(len(rulesWith(p.all, r.ID))), r.Meaning})
	}
	fmt.Fprintln(w)
	return render.Grid(w, []string{"REMEDY", "RULES#", "MEANS"}, rows, o)
}

// firstOf shows the first of what selects a rule, and how much more there is.
func firstOf(selectors []string) string {
	const most = 60
	first := []rune(selectors[0])
	if len(first) > most {
		first = append(first[:most-1], '…')
	}
	if more := len(selectors) - 1; more > 0 {
		return fmt.Sprintf("%s +%d", string(first), more)
	}
	return string(first)
}

// rulePage is one rule whole.
type rulePage struct {
	classify.RuleDescription
	Remedy classify.Remedy `json:"remedy"`
}

func (p rulePage) draw(w io.Writer, o render.Options) error {
	near := make([]string, len(p.Near))
	for i, n := range p.Near {
		near[i] = n.Is + ": " + n.Line
	}
	return render.Sheet(w, p.ID+": "+p.Category, o, []render.Part{
		{Label: "SELECTED BY", Texts: p.Selectors(), Whole: true},
		{Label: "ONLY WITH", Texts: joined(p.Narrowed())},
		{Label: "FIELDS", Texts: joined(p.Fields...)},
		retryPart(p.Retry),
	}, remedyParts(report.Remedy(p.Remedy)), []render.Part{
		{Label: "EXAMPLES", Texts: p.Examples, Whole: true},
		{Label: "NEAR MISSES", Texts: near, Whole: true},
	})
}

// remedyPage is one remedy, and the rules that lead to it.
type remedyPage struct {
	classify.Remedy
	Rules []string `json:"rules"`
}

func (p remedyPage) draw(w io.Writer, o render.Options) error {
	return render.Sheet(w, p.ID, o, remedyParts(report.Remedy(p.Remedy)), []render.Part{{Label: "RULES", Texts: joined(p.Rules...)}})
}

// rulesWith lists the rules that lead to a remedy.
func rulesWith(all []classify.PackDescription, remedy string) []string {
	ids := []string{}
	for _, p := range all {
		for _, r := range p.Rules {
			if r.Remedy == remedy {
				ids = append(ids, r.ID)
			}
		}
	}
	return ids
}

// rulesSchemaCommand prints the schema of packs.
type rulesSchemaCommand struct{}

func (*rulesSchemaCommand) run(w world) int {
	_, err := w.out.Write(packs.Schema)
	return w.written(err)
}

// count says how many there are of what.
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
