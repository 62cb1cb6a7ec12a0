package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"analyzer/classify"
)

// condition is what --where says about one key: an error meets it if one of its
// values matches one of want, where there are any, and none matches one of avoid.
type condition struct {
	key         *key
	want, avoid []pattern
}

// pattern tells whether a value is meant.
type pattern func(value string) bool

// key is something that an error can be asked for.
type key struct {
	name   string
	values func(*classify.Finding) []string
	fold   func(string) string // spells what is asked for as values are spelled
	read   func(value string) (pattern, error)
}

// keys are those that --where knows, in the order in which messages list them.
var keys = []key{
	{"category", one(func(f *classify.Finding) string { return f.Category.String() }), strings.ToLower, readCategory},
	{"status", one(statusOf), strings.ToLower, readStatus},
	{"service", one(func(f *classify.Finding) string { return f.Service }), asIs, readText},
	{"caller", one(func(f *classify.Finding) string { return f.Caller }), asIs, readText},
	{"version", one(func(f *classify.Finding) string { return f.Version }), asIs, readText},
	{"host", one(func(f *classify.Finding) string { return f.Host }), asIs, readText},
	{"method", one(func(f *classify.Finding) string { return f.Method }), strings.ToUpper, readText},
	{"path", one(func(f *classify.Finding) string { return f.Path }), asIs, readText},
	{"route", one(func(f *classify.Finding) string { return f.Problem.Route }), asIs, readText},
	{"operation", one(func(f *classify.Finding) string { return f.Operation }), asIs, readText},
	{"code", one(func(f *classify.Finding) string { return f.Problem.Code }), asIs, readText},
	{"field", func(f *classify.Finding) []string { return f.Fields }, asIs, readText},
	{"request-id", requestIDs, asIs, readText},
	{"problem", one(func(f *classify.Finding) string { return f.Problem.ID() }), asIs, readProblem},
	{"rule", one(func(f *classify.Finding) string { return f.Rule }), asIs, readText},
}

func asIs(value string) string { return value }

func one(value func(*classify.Finding) string) func(*classify.Finding) []string {
	return func(f *classify.Finding) []string { return []string{value(f)} }
}

func statusOf(f *classify.Finding) string {
	if f.Problem.Status == 0 {
		return ""
	}
	return strconv.Itoa(f.Problem.Status)
}

func requestIDs(f *classify.Finding) []string {
	ids := make([]string, len(f.IDs))
	for i, id := range f.IDs {
		ids[i] = id.Value
	}
	return ids
}

// parseWhere reads the --where flags. spelled are they in one spelling, so that
// the same conditions read the same.
func parseWhere(flags []string) (conditions []condition, spelled []string, err error) {
	for _, flag := range flags {
		name, value, negated, ok := cutCondition(flag)
		if !ok {
			return nil, nil, fmt.Errorf("--where %s: want KEY=VALUE or KEY!=VALUE", flag)
		}
		k := findKey(name)
		if k == nil {
			return nil, nil, fmt.Errorf("--where %s: no key %s%s", flag, name, suggestKey(name))
		}
		value = k.fold(value)
		p, err := k.read(value)
		if err != nil {
			return nil, nil, fmt.Errorf("--where %s: %w", flag, err)
		}
		i := slices.IndexFunc(conditions, func(c condition) bool { return c.key == k })
		if i < 0 {
			i = len(conditions)
			conditions = append(conditions, condition{key: k})
		}
		if c := &conditions[i]; negated {
			c.avoid = append(c.avoid, p)
			spelled = append(spelled, k.name+"!="+value)
		} else {
			c.want = append(c.want, p)
			spelled = append(spelled, k.name+"="+value)
		}
	}
	return conditions, spelled, nil
}

// cutCondition splits KEY=VALUE or KEY!=VALUE.
func cutCondition(flag string) (name, value string, negated, ok bool) {
	name, value, ok = strings.Cut(flag, "=")
	name, negated = strings.CutSuffix(strings.TrimSpace(name), "!")
	name = strings.TrimSpace(name)
	return name, strings.TrimSpace(value), negated, ok && name != ""
}

// findKey returns the key of that name, where _ does for -, or nil.
func findKey(name string) *key {
	name = strings.ReplaceAll(strings.ToLower(name), "_", "-")
	for i := range keys {
		if keys[i].name == name {
			return &keys[i]
		}
	}
	return nil
}

func suggestKey(name string) string {
	names := make([]string, len(keys))
	for i := range keys {
		names[i] = keys[i].name
	}
	return suggest(name, names)
}

// suggest names what was probably meant, or all that there is.
func suggest(word string, words []string) string {
	if known := slip(word, words); known != "" {
		return fmt.Sprintf("; did you mean %s?", known)
	}
	return "; want one of " + strings.Join(words, ", ")
}

// holds reports whether f meets c. A key without a value in f has the value "".
func (c *condition) holds(f *classify.Finding) bool {
	values := c.key.values(f)
	if len(values) == 0 {
		values = []string{""}
	}
	return (len(c.want) == 0 || anyMatch(c.want, values)) && !anyMatch(c.avoid, values)
}

func anyMatch(patterns []pattern, values []string) bool {
	return slices.ContainsFunc(values, func(v string) bool {
		return slices.ContainsFunc(patterns, func(p pattern) bool { return p(v) })
	})
}

// readText takes a value as it is, and * in it for any text.
func readText(value string) (pattern, error) {
	if !strings.Contains(value, "*") {
		return func(v string) bool { return v == value }, nil
	}
	parts := strings.Split(value, "*")
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	glob, err := regexp.Compile(`(?s)^` + strings.Join(parts, ".*") + `$`)
	if err != nil {
		return nil, err
	}
	return glob.MatchString, nil
}

func readCategory(value string) (pattern, error) {
	names := make([]string, len(classify.Categories))
	for i, c := range classify.Categories {
		names[i] = c.String()
	}
	if !strings.Contains(value, "*") && !slices.Contains(names, value) {
		return nil, fmt.Errorf("no category %s%s", value, suggest(value, names))
	}
	return readText(value)
}

var (
	statusClass = regexp.MustCompile(`^[1-5]xx$`)
	statusRange = regexp.MustCompile(`^([1-5]\d\d)(?:-([1-5]\d\d))?$`)
)

// readStatus reads 404, 5xx, 400-499, and "" for errors without a status.
func readStatus(value string) (pattern, error) {
	if value == "" {
		return readText(value)
	}
	if statusClass.MatchString(value) {
		return func(v string) bool { return v != "" && v[0] == value[0] }, nil
	}
	m := statusRange.FindStringSubmatch(value)
	if m == nil || m[2] != "" && m[2] < m[1] {
		return nil, fmt.Errorf("no status %s; want one such as 404, 5xx or 400-499", value)
	}
	first, last := m[1], max(m[1], m[2])
	// Of three digits each, numbers order as texts do.
	return func(v string) bool { return first <= v && v <= last }, nil
}

func readProblem(value string) (pattern, error) {
	if err := checkProblem(value); err != nil {
		return nil, err
	}
	return readText(value)
}

// checkProblem refuses what cannot be the id of a problem.
func checkProblem(id string) error {
	if !strings.HasPrefix(id, "P-") {
		return fmt.Errorf("no problem %s; want an id from a report, such as P-9sd0c9", id)
	}
	return nil
}
