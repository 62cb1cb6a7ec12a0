package classify

import (
	"net/url"
	"regexp"
)

// placeholders are those that the report can fill.
var placeholders = map[string]bool{
	"who": true, "service": true, "caller": true, "field": true, "fields": true, "resource": true, "named": true, "route": true,
	"method": true, "status": true, "code": true, "wait": true, "limit": true,
}

var placeholder = regexp.MustCompile(`\{([a-z_]+)\}`)

// maxSummary is the length of a remedy's summary, in bytes.
const maxSummary = 120

// remedyEntry is one compiled [[remedy]].
type remedyEntry struct {
	Remedy
	pack  *pack
	block *block
}

func (b *builder) remedy(t *block) {
	table, ok := decodeTable[remedyTable](b, t)
	if !ok {
		return
	}
	b.claim(t, "id", "remedy", table.ID)
	id := b.pack.name + "/" + table.ID
	if table.Meaning == "" {
		b.fault(t, "meaning", "remedy %s: meaning is missing", id)
	}
	if table.Summary == "" || len(table.Summary) > maxSummary {
		b.fault(t, "summary", "remedy %s: summary has %d bytes; 1 to %d are allowed", id, len(table.Summary), maxSummary)
	}
	if n := len(table.Steps); n < 2 || n > 5 {
		b.fault(t, "steps", "remedy %s: %d steps; two to five are allowed", id, n)
	}
	if table.Link != "" && !isHTTPS(table.Link) {
		b.fault(t, "link", "remedy %s: link %q is not an https URL", id, table.Link)
	}
	b.placeholders(t, "meaning", id, table.Meaning)
	b.placeholders(t, "summary", id, table.Summary)
	for _, step := range table.Steps {
		b.placeholders(t, "steps", id, step)
	}
	b.pack.remedies = append(b.pack.remedies, &remedyEntry{
		Remedy: Remedy{ID: id, Meaning: table.Meaning, Summary: table.Summary, Steps: table.Steps, Link: table.Link},
		pack:   b.pack,
		block:  t,
	})
}

// placeholders notes those in text that no report fills.
func (b *builder) placeholders(t *block, key, id, text string) {
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		if !placeholders[m[1]] {
			b.fault(t, key, "remedy %s: %s: unknown placeholder %s", id, key, m[0])
		} else if key == "meaning" {
			b.fault(t, key, "remedy %s: meaning: placeholder %s; only summary and steps hold them", id, m[0])
		}
	}
}

func isHTTPS(link string) bool {
	u, err := url.Parse(link)
	return err == nil && u.Scheme == "https" && u.Host != ""
}
