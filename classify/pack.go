package classify

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"analyzer/parse"

	"github.com/pelletier/go-toml/v2"
)

// The limits of a pack file.
const (
	maxFile  = 1 << 20
	maxRules = 2000
)

// pack is one compiled file.
type pack struct {
	file    string
	head    *block
	name    string
	title   string
	generic bool
	hosts   []string
	routes  []string

	triggers []string
	codes    []string
	shapes   []parse.Shape
	drawn    []*block // where the shapes stand in the file
	texts    []parse.Text
	rules    []*rule
	grammars []*grammar
	remedies []*remedyEntry
}

// The tables of a pack file, as TOML spells them.
type (
	headTable struct {
		Name     string   `toml:"name"`
		Title    string   `toml:"title"`
		Generic  bool     `toml:"generic"`
		Hosts    []string `toml:"hosts"`
		Routes   []string `toml:"routes"`
		Triggers []string `toml:"triggers"`
		Codes    []string `toml:"codes"`
	}
	shapeTable struct {
		Name      string   `toml:"name"`
		When      []string `toml:"when"`
		Items     string   `toml:"items"`
		Status    string   `toml:"status"`
		Code      string   `toml:"code"`
		Message   string   `toml:"message"`
		Field     string   `toml:"field"`
		Link      string   `toml:"link"`
		RequestID string   `toml:"request_id"`
		Wait      string   `toml:"wait"`
		Strong    bool     `toml:"strong"`
		Stated    bool     `toml:"stated"`
		Triggers  []string `toml:"triggers"`
	}
	textTable struct {
		Name     string   `toml:"name"`
		Pattern  string   `toml:"pattern"`
		Triggers []string `toml:"triggers"`
	}
	ruleTable struct {
		ID        string      `toml:"id"`
		Category  string      `toml:"category"`
		Codes     []string    `toml:"codes"`
		Messages  []string    `toml:"messages"`
		Exhausted bool        `toml:"exhausted"`
		Vague     bool        `toml:"vague"`
		Input     *bool       `toml:"input"`
		Status    []any       `toml:"status"`
		Method    []string    `toml:"method"`
		Routes    []string    `toml:"routes"`
		Words     bool        `toml:"words"`
		Otherwise bool        `toml:"otherwise"`
		Retry     string      `toml:"retry"`
		Remedy    string      `toml:"remedy"`
		Fields    []string    `toml:"fields"`
		Examples  []string    `toml:"examples"`
		Near      []nearTable `toml:"near"`
	}
	nearTable struct {
		Line string `toml:"line"`
		Is   string `toml:"is"`
	}
	grammarTable struct {
		Pattern  string           `toml:"pattern"`
		Fields   []string         `toml:"fields"`
		Except   []string         `toml:"except"`
		Status   []int            `toml:"status"`
		Category []string         `toml:"category"`
		Examples []grammarExample `toml:"examples"`
	}
	grammarExample struct {
		Message string   `toml:"message"`
		Fields  []string `toml:"fields"`
	}
	remedyTable struct {
		ID      string   `toml:"id"`
		Meaning string   `toml:"meaning"`
		Summary string   `toml:"summary"`
		Steps   []string `toml:"steps"`
		Link    string   `toml:"link"`
	}
)

// lineError is a fault of one line of a file.
type lineError struct {
	line   int
	reason string
}

// builder compiles one file. It goes on after a fault, so that the author
// sees them all.
type builder struct {
	proven bool // by the tests of the program: only what is needed is done
	pack   *pack
	names  map[string]bool // shape and text names, rule ids and remedy ids in use, by kind
	errs   []error
}

// compilePack compiles the file with the given name and content. A proven one is
// held to nothing that its tests have shown.
func compilePack(file, src string, proven bool) (*pack, error) {
	b := &builder{pack: &pack{file: file}, names: map[string]bool{}, proven: proven}
	if len(src) > maxFile {
		return nil, fmt.Errorf("%s: %d bytes; a pack has at most %d", file, len(src), maxFile)
	}
	blocks, fault := split(src)
	if fault != nil {
		return nil, fmt.Errorf("%s:%d: %s", file, fault.line, fault.reason)
	}
	// As a whole first: the blocks may be well-formed where the file is not.
	if !proven {
		if err := toml.Unmarshal([]byte(src), &struct{}{}); err != nil {
			b.undecoded(&block{line: 1}, err)
			return nil, errors.Join(b.errs...)
		}
	}
	for i := range blocks {
		b.table(&blocks[i])
	}
	if n := len(b.pack.rules); n > maxRules {
		b.errs = append(b.errs, fmt.Errorf("%s: %d rules; a pack has at most %d", file, n, maxRules))
	}
	return b.pack, errors.Join(b.errs...)
}

// fault notes an error in the line of key in t.
func (b *builder) fault(t *block, key, format string, args ...any) {
	b.errs = append(b.errs, fmt.Errorf("%s:%d: %s", b.pack.file, t.at(key), fmt.Sprintf(format, args...)))
}

// faultAt notes an error in a row of t, from 1.
func (b *builder) faultAt(t *block, row int, format string, args ...any) {
	b.errs = append(b.errs, fmt.Errorf("%s:%d: %s", b.pack.file, t.line+row-1, fmt.Sprintf(format, args...)))
}

// claim notes a fault if the name is not well-formed or already taken by
// another table of its kind.
func (b *builder) claim(t *block, key, kind, name string) {
	switch {
	case !isName(name, "-"):
		b.fault(t, key, "%s: %s %q is not of the form [a-z0-9-]+", kind, key, name)
	case b.names[kind+" "+name]:
		b.fault(t, key, "%s %q stands twice", kind, name)
	}
	b.names[kind+" "+name] = true
}

func (b *builder) table(t *block) {
	switch t.table {
	case "":
		b.head(t)
	case "shape":
		b.shape(t)
	case "text":
		b.text(t)
	case "rule":
		b.rule(t)
	case "grammar":
		b.grammar(t)
	case "remedy":
		b.remedy(t)
	default:
		b.fault(t, "", "unknown table [[%s]]; there are shape, text, rule, grammar and remedy", t.table)
	}
}

func (b *builder) head(t *block) {
	head, ok := decodeTable[headTable](b, t)
	if !ok {
		return
	}
	if !isName(head.Name, "-") {
		b.fault(t, "name", "pack: name %q is not of the form [a-z0-9-]+", head.Name)
	}
	if head.Title == "" {
		b.fault(t, "title", "pack: title is missing")
	}
	for _, host := range head.Hosts {
		if err := checkHost(host); err != "" {
			b.fault(t, "hosts", "pack: host %q: %s", host, err)
		}
	}
	for _, route := range head.Routes {
		if err := checkRoute(route); err != "" {
			b.fault(t, "routes", "pack: route %q: %s", route, err)
		}
	}
	b.triggers(t, "pack", head.Triggers)
	p := b.pack
	p.head, p.name, p.title, p.generic, p.hosts, p.routes = t, head.Name, head.Title, head.Generic, head.Hosts, head.Routes
	p.triggers, p.codes = head.Triggers, head.Codes
}

// decodeTable decodes one block strictly into a T.
func decodeTable[T any](b *builder, t *block) (value T, ok bool) {
	into := map[string][]T{}
	decoder := toml.NewDecoder(strings.NewReader(t.text)).DisallowUnknownFields()
	var err error
	if t.table == "" {
		err = decoder.Decode(&value)
	} else {
		err = decoder.Decode(&into)
	}
	if err != nil && !b.undecoded(t, err) {
		return value, false
	}
	if list := into[t.table]; len(list) == 1 {
		value = list[0]
	}
	return value, true
}

// undecoded notes what a decoder's error says of t. It reports whether all else
// was decoded: nothing but unknown keys is wrong.
func (b *builder) undecoded(t *block, err error) (partly bool) {
	var unknown *toml.StrictMissingError
	var fault *toml.DecodeError
	switch {
	case errors.As(err, &unknown):
		for i := range unknown.Errors {
			b.unknownKey(t, &unknown.Errors[i])
		}
		return true
	case errors.As(err, &fault):
		row, _ := fault.Position()
		b.faultAt(t, row, "%s", reasonOf(fault))
	default:
		b.faultAt(t, 1, "%s", strings.TrimPrefix(err.Error(), "toml: "))
	}
	return false
}

func (b *builder) unknownKey(t *block, e *toml.DecodeError) {
	key := e.Key()
	if t.table != "" && len(key) > 1 {
		key = key[1:]
	}
	row, _ := e.Position()
	b.faultAt(t, row, "unknown key %q", strings.Join(key, "."))
}

// reasonOf says what the decoder has against a key, without the type of ours
// that it did not fit.
func reasonOf(e *toml.DecodeError) string {
	reason, _, _ := strings.Cut(strings.TrimPrefix(e.Error(), "toml: "), " into ")
	if key := e.Key(); len(key) > 0 && !strings.HasPrefix(reason, "key ") {
		reason = strings.Join(key, ".") + ": " + reason
	}
	return reason
}

// isName reports whether s is a name of lower-case letters, digits and the
// bytes in also.
func isName(s, also string) bool {
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && strings.IndexByte(also, c) < 0 {
			return false
		}
	}
	return s != ""
}

// checkHost returns what is wrong with a host, or "".
func checkHost(host string) string {
	name := strings.TrimPrefix(host, "*.")
	if !isName(name, ".-") || !strings.Contains(name, ".") {
		return "not a host name in lower case"
	}
	return ""
}

// ownsHost reports whether one of the pack's hosts covers host.
func (p *pack) ownsHost(host string) bool {
	return slices.ContainsFunc(p.hosts, func(h string) bool {
		if suffix, ok := strings.CutPrefix(h, "*"); ok {
			return len(host) > len(suffix) && strings.EqualFold(host[len(host)-len(suffix):], suffix)
		}
		return strings.EqualFold(h, host)
	})
}
