package render

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"analyzer/report"
)

// Bounds of the letter; the tables beside it hold all.
const (
	letterProblems = 10
	letterRequests = 20
)

// letter writes what is asked of support, in Markdown. Text from the log is
// inert in it.
func (c *supportCase) letter(w io.Writer) error {
	d := &document{r: c.Report, top: letterProblems}
	d.line("# ", c.subject(), "\n")
	if len(c.Problems) == 0 {
		d.line("The log holds no API errors.")
	} else {
		d.line("Some of our calls to your API fail, or did. The requests below can be found by their IDs; all times are UTC.")
		c.endpoints(d)
		c.examples(d)
		c.lookups(d)
		c.questions(d)
	}
	c.contents(d)
	_, err := io.WriteString(w, d.String())
	return err
}

// subject says how many errors of which API, and when.
func (c *supportCase) subject() string {
	s := count(c.Input.Errors, "API error")
	if host := c.host(); host != "" {
		s += " of " + code(host)
	}
	if when := shortSpan(c.window); when != "" {
		s += ", " + when
	}
	return s
}

// host is the one that all problems name, "" if there is not exactly one.
func (c *supportCase) host() string {
	var hosts []string
	for i := range c.Problems {
		for _, h := range c.Problems[i].By.Host {
			hosts = append(hosts, h.Value)
		}
	}
	slices.Sort(hosts)
	if hosts = slices.Compact(hosts); len(hosts) == 1 {
		return hosts[0]
	}
	return ""
}

// endpoints is the table of what fails.
func (c *supportCase) endpoints(d *document) {
	d.line("\n## What fails\n")
	var rows [][]string
	for i := range c.Problems[:min(d.top, len(c.Problems))] {
		p := &c.Problems[i]
		rows = append(rows, []string{code(p.ID), told(p), number(p.Errors), number(p.Requests), when(p.First), when(p.Last), codes(p.Fields)})
	}
	d.table([]string{"Problem", "What", "Errors#", "Requests#", "First", "Last", "Fields"}, rows)
	d.more(len(c.Problems), "problem")
}

// examples lists what the API answered.
func (c *supportCase) examples(d *document) {
	d.line("\n## Examples\n")
	for i := range c.Problems[:min(d.top, len(c.Problems))] {
		for _, s := range c.Problems[i].Samples {
			d.line("- ", strings.Join(nonEmpty([]string{code(c.Problems[i].ID), when(s.Time), code(s.RequestID), code(s.Message)}), " "))
		}
	}
}

// lookups lists the requests with most errors.
func (c *supportCase) lookups(d *document) {
	if len(c.requests) == 0 {
		return
	}
	d.line("\n## Requests\n")
	for i := range c.requests[:min(letterRequests, len(c.requests))] {
		q := &c.requests[i]
		d.line("- ", strings.Join(nonEmpty([]string{code(q.RequestID), when(q.First), prose(statuses(q))}), " "))
	}
	if rest := len(c.requests) - letterRequests; rest > 0 {
		d.line("\n… and ", count(int64(rest), "more request"), " in requests.csv.")
	}
}

// letterQuestions are what support is asked about errors of a category.
var letterQuestions = []struct{ category, text string }{
	{"server", "What made the server fail, and is it over? Have the requests had an effect all the same, and which are safe to repeat?"},
	{"rate-limit", "Which limit applied, over which time, and to what: the token, the project, the address? Can it be raised?"},
	{"authentication", "Is the credential known, and when did it expire or lose the permission?"},
	{"validation", "What is wrong with the fields named above, and since when are they refused?"},
	{"resource", "Did these resources exist at the time, and in which state?"},
}

func (c *supportCase) questions(d *document) {
	d.line("\n## What we would like to know\n")
	n := 0
	for _, q := range letterQuestions {
		if slices.ContainsFunc(c.Problems, func(p report.Problem) bool { return p.Category == q.category }) {
			n++
			d.line(strconv.Itoa(n), ". ", q.text)
		}
	}
}

// contents says what is in the bundle, and what is not.
func (c *supportCase) contents(d *document) {
	d.line("\n## This bundle\n")
	for _, f := range c.files() {
		d.line("- ", code(f.name), ": ", f.holds)
	}
	d.line("\nTokens, passwords, cookies and e-mail addresses are masked. Names of our services, callers and files are left out.")
}
