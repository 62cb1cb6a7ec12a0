package report

import (
	"slices"
	"strconv"
	"strings"
)

// command returns the command line that lists the log lines of operations of
// the group.
func (g *group) command(ops []*operation, b *builder) string {
	var statuses []int
	for _, op := range ops {
		for _, t := range op.tries {
			if !slices.Contains(statuses, int(t.status)) {
				statuses = append(statuses, int(t.status))
			}
		}
	}
	return g.endpointKey.command(statuses, b)
}

// command returns the command line that lists the errors of k with one of
// statuses.
func (k *endpointKey) command(statuses []int, b *builder) string {
	var c commandLine
	c.where("service", k.service)
	if k.service == "" || len(b.owners[k.service]) > 1 {
		c.where("caller", k.caller)
	}
	c.where("method", k.method)
	c.where("route", k.route)
	slices.Sort(statuses)
	for _, status := range statuses {
		if status >= 100 {
			c.where("status", strconv.Itoa(status))
		}
	}
	return c.String()
}

// commandLine is a call of analyzer that lists log lines.
type commandLine struct{ strings.Builder }

// where adds a condition; none on what is not known.
func (c *commandLine) where(key, value string) {
	if value == "" {
		return
	}
	if c.Len() == 0 {
		c.WriteString("analyzer -o lines")
	}
	c.WriteString(" --where ")
	condition := key + "=" + harmless(value)
	if strings.ContainsAny(condition, "*{}~") {
		condition = "'" + condition + "'"
	}
	c.WriteString(condition)
}

// harmless returns value with * in the place of what a shell or a terminal might
// act on; for --where, * stands for any text.
func harmless(value string) string {
	var b strings.Builder
	for _, r := range value {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', strings.ContainsRune("/._-:,@%+={}~", r):
			b.WriteRune(r)
		case !strings.HasSuffix(b.String(), "*"):
			b.WriteByte('*')
		}
	}
	return b.String()
}
