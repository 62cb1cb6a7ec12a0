package render

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"analyzer/report"
)

// nodes lists the elements and texts of a page in its order.
func nodes(t testing.TB, page string) []*html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var all []*html.Node
	for n := range root.Descendants() {
		all = append(all, n)
	}
	return all
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// checkHTML holds a page against its promises: nothing is loaded, nothing runs
// but the script that the policy names, and links lead into the page or to a
// remedy.
func checkHTML(t testing.TB, page string) {
	t.Helper()
	if i := strings.IndexFunc(page, func(r rune) bool { return r != '\n' && forbidden(r) }); i >= 0 {
		t.Errorf("forbidden character in %.40q", page[i:])
	}
	ids := make(map[string]bool)
	all := nodes(t, page)
	for _, n := range all {
		if id := attribute(n, "id"); id != "" && ids[id] {
			t.Errorf("two elements have the id %s", id)
		} else {
			ids[id] = true
		}
	}
	for _, n := range all {
		checkElement(t, n, ids)
	}
}

func checkElement(t testing.TB, n *html.Node, ids map[string]bool) {
	t.Helper()
	switch n.Data {
	case "iframe", "object", "embed", "img", "link", "base", "form", "audio", "video", "image", "use", "foreignObject":
		if n.Type == html.ElementNode {
			t.Errorf("element <%s>", n.Data)
		}
	}
	for _, a := range n.Attr {
		target, inside := strings.CutPrefix(a.Val, "#")
		switch {
		case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "src", a.Key == "srcdoc", a.Key == "action", a.Key == "xlink:href":
			t.Errorf("attribute %s of <%s>", a.Key, n.Data)
		case a.Key == "href" && inside:
			if !ids[target] {
				t.Errorf("link to %q, which is not in the page", a.Val)
			}
		case a.Key == "href":
			if attribute(n, "class") != "remedy-link" || !strings.HasPrefix(a.Val, "https://") {
				t.Errorf("link to %q", a.Val)
			}
		}
	}
}

func TestHTMLKeepsItsPromises(t *testing.T) {
	for _, name := range testCases(t) {
		t.Run(name, func(t *testing.T) {
			checkHTML(t, drawn(t, HTML, load(t, name), Options{}))
			checkHTML(t, drawn(t, HTML, load(t, name), Options{By: "service"}))
		})
	}
}

var belowZero = regexp.MustCompile(` (x|y|width|height|data-value|data-slots)="[^"]*-[^"]*"`)

func TestHTMLHugeFigures(t *testing.T) {
	for _, name := range testCases(t) {
		r := load(t, name)
		fillIn(reflect.ValueOf(r), func() string { return "server" }, func() int64 { return 1<<63 - 1 })
		page := drawn(t, HTML, r, Options{})
		checkHTML(t, page)
		if below := belowZero.FindString(page); below != "" {
			t.Errorf("%s: %s", name, below)
		}
	}
}

// The policy stands before anything that it governs, and names the style and
// the script that the page holds.
func TestHTMLPolicy(t *testing.T) {
	hash := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return base64.StdEncoding.EncodeToString(sum[:])
	}
	var head *html.Node
	contents := make(map[string][]string)
	for _, n := range nodes(t, drawn(t, HTML, load(t, "hostile"), Options{})) {
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "head":
			head = n
		case n.Data == "script", n.Data == "style":
			contents[n.Data] = append(contents[n.Data], n.FirstChild.Data)
		}
	}
	first := head.FirstChild
	for first.Type != html.ElementNode {
		first = first.NextSibling
	}
	if attribute(first, "http-equiv") != "Content-Security-Policy" {
		t.Fatalf("head begins with <%s>", first.Data)
	}
	if len(contents["script"]) != 1 || len(contents["style"]) != 1 {
		t.Fatalf("%d scripts and %d styles, want one of each", len(contents["script"]), len(contents["style"]))
	}
	want := fmt.Sprintf("default-src 'none'; script-src 'sha256-%s'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'",
		hash(contents["script"][0]), hash(contents["style"][0]))
	if got := attribute(first, "content"); got != want {
		t.Errorf("policy\n%s, want\n%s", got, want)
	}
}

// markup is what a log may hold to become part of a page.
var markup = []string{
	`<script>alert(1)</script>`,
	`</script><script>alert(1)</script>`,
	`</style><style>*{display:none}</style>`,
	`</title></textarea></svg><img src=x onerror=alert(1)>`,
	`" onmouseover="alert(1)" x="`,
	`' autofocus onfocus='alert(1)`,
	`javascript:alert(1)`,
	`http://evil.example/<b>`,
	`&lt;script&gt;&#60;b&#62;&amp;`,
	`<!-- --> ]]> <![CDATA[ <?php ?>`,
	`{{.Script}}{{template "page"}}`,
	`P-x" href="//evil.example`,
}

// outline is the tree of a page: its elements and the names of their
// attributes, and all of what runs or leads somewhere.
func outline(t testing.TB, page string) string {
	t.Helper()
	var b strings.Builder
	for _, n := range nodes(t, page) {
		switch {
		case n.Type == html.TextNode && (n.Parent.Data == "script" || n.Parent.Data == "style" || n.Parent.Data == "title" && n.Parent.Parent.Data == "head"):
			b.WriteString(n.Data)
		case n.Type == html.ElementNode:
			b.WriteString(n.Data)
			for _, a := range n.Attr {
				b.WriteString(" " + a.Key)
				if n.Data == "meta" || a.Key == "href" || a.Key == "id" || a.Key == "class" {
					b.WriteString("=" + a.Val)
				}
			}
			b.WriteByte('\n')
		case n.Type == html.CommentNode:
			b.WriteString("comment\n")
		}
	}
	return b.String()
}

func TestHTMLMarkupInALogIsText(t *testing.T) {
	filled := func(name, text string) string {
		r := load(t, name)
		fillIn(reflect.ValueOf(r), func() string { return text }, func() int64 { return 3 })
		for i := range r.Problems {
			r.Problems[i].ID = fmt.Sprintf("P-%d", i)
			r.Problems[i].Remedy.Link = "https://docs.example/" + r.Problems[i].ID
		}
		return drawn(t, HTML, r, Options{By: "service"})
	}
	for _, name := range testCases(t) {
		want := outline(t, filled(name, "harmless"))
		for _, text := range markup {
			page := filled(name, text)
			checkHTML(t, page)
			if got := outline(t, page); got != want {
				t.Errorf("%s: %q changes the page", name, text)
			}
		}
	}
}

// A link of a remedy is one only if it is a plain https address.
func TestHTMLLinksOfRemedies(t *testing.T) {
	for _, link := range append(markup, "http://aiven.io", "//aiven.io", "https://aiven.io@evil.example/") {
		r := load(t, "incident")
		r.Problems[0].Remedy.Link = link
		for _, n := range nodes(t, drawn(t, HTML, r, Options{})) {
			if attribute(n, "href") == link {
				t.Errorf("%q is a link", link)
			}
		}
	}
}

// Everything that the report says must be in the page without the script.
func TestHTMLSaysAll(t *testing.T) {
	r := load(t, "incident")
	var page strings.Builder
	for _, n := range nodes(t, drawn(t, HTML, r, Options{})) {
		if n.Type == html.TextNode && n.Parent.Data != "script" {
			page.WriteString(n.Data)
		}
	}
	says := func(what string, texts ...string) {
		for _, s := range texts {
			if !strings.Contains(page.String(), strings.ReplaceAll(s, "`", "")) {
				t.Errorf("%s %q is not in the page", what, s)
			}
		}
	}
	says("headline", totals(r, files(&r.Input)), span(r.Window), standing(r))
	for _, a := range r.Actions {
		says("action", a.Summary)
		says("place", a.Evidence...)
	}
	for _, p := range r.Problems {
		says("of a problem", p.ID, p.Category, p.Route, p.Message, p.Rule, p.Evidence, p.Remedy.Meaning, p.Remedy.Summary, p.Remedy.Link)
		says("step", p.Remedy.Steps...)
		for _, s := range p.Samples {
			says("sample", s.Place.String(), s.RequestID, s.Message)
		}
		for _, c := range p.By.Service {
			says("service", c.Value)
		}
	}
	for _, f := range r.Fields {
		says("field", f.Field)
	}
	for _, q := range r.Requests {
		says("request", q.RequestID)
	}
	for _, s := range r.Input.Sources {
		says("source", s.Name, s.Status)
	}
	says("doubt", doubts(&r.Input, whole)...)
}

// A problem is reached by its id, and the chart shows every category that has
// errors.
func TestHTMLDeepLinks(t *testing.T) {
	r := load(t, "incident")
	page := drawn(t, HTML, r, Options{})
	for _, p := range r.Problems {
		if strings.Count(page, ` id="`+p.ID+`"`) != 1 {
			t.Errorf("no one section for %s", p.ID)
		}
		if !strings.Contains(page, `<rect class="`+p.Category+`"`) {
			t.Errorf("no bar for %s", p.Category)
		}
	}
}

// A page stays small enough to send, whatever the log, and still leads to every
// problem.
func TestHTMLOfManyProblems(t *testing.T) {
	r := manyProblems(t)
	page := drawn(t, HTML, r, Options{})
	checkHTML(t, page)
	if len(page) > 3<<20 {
		t.Errorf("%d bytes", len(page))
	}
	for i := range r.Problems {
		if strings.Count(page, ` id="`+r.Problems[i].ID+`"`) != 1 {
			t.Errorf("no one place for %s", r.Problems[i].ID)
		}
	}
}

// manyProblems returns a report as large as they come.
func manyProblems(t *testing.T) *report.Report {
	r := load(t, "many")
	for i := range 1024 {
		p := r.Problems[i%40]
		p.ID = fmt.Sprintf("P-%d", i)
		p.Message = strings.Repeat("a long message ", 20)
		p.Samples = slices.Repeat([]report.Sample{{RequestID: "4c5ce913813ef65f", Message: p.Message}}, 3)
		r.Problems = append(r.Problems, p)
	}
	r.Problems = r.Problems[40:]
	r.Actions, r.Fields = nil, nil
	r.Requests = slices.Repeat([]report.Request{{RequestID: strings.Repeat("4c5ce913813ef65f", 2), Kind: "request", Errors: 5, First: r.Window.First,
		Last: r.Window.Last, Fields: []string{"user_config.ip_filter[].network"}, ErrorsAt: []report.ErrorAt{{Place: report.Place{Source: "incident.log", Line: 123456}, Problem: "P-7"}}}}, 1000)
	return r
}

// The chart shades the time of an incident, and the table of its figures says it.
func TestHTMLMarksIncidents(t *testing.T) {
	r := load(t, "incident")
	r.Stories = nil
	if page := drawn(t, HTML, r, Options{}); strings.Contains(page, `class="incident"`) || strings.Contains(page, "<td>yes</td>") {
		t.Error("an incident without a story of one")
	}
	p := problemByID(r, "P-2a5540")
	r.Stories = []report.Story{{Kind: "incident", Summary: "The server failed <often>.", First: p.First, Last: p.Last}}
	page := drawn(t, HTML, r, Options{})
	for _, want := range []string{"<title>Incident 14:12-14:17: The server failed &lt;often&gt;.</title>", `<th scope="col">Incident</th>`} {
		if strings.Count(page, want) != 1 {
			t.Errorf("no %s", want)
		}
	}
	if bars := strings.Count(page, "<td>yes</td>"); bars != 6 {
		t.Errorf("%d minutes of the incident in the table, want 6", bars)
	}
}

// The errors of a problem that the script can filter by time are all there.
func TestHTMLSlotsAddUp(t *testing.T) {
	pair := regexp.MustCompile(`(\d+):(\d+)`)
	for _, name := range testCases(t) {
		r := load(t, name)
		h := &htmlMaker{r: r, clock: newClock(r.Window), bins: newBins(r, maxBins)}
		if h.bins.n > maxBins {
			t.Errorf("%s: %d bins", name, h.bins.n)
		}
		for i := range r.Problems {
			pr := &r.Problems[i]
			var want, got int64
			for _, p := range pr.Timeline.Points {
				want += p.Errors
			}
			for _, m := range pair.FindAllStringSubmatch(h.problem(pr).Slots, -1) {
				var bin, n int64
				fmt.Sscan(m[1], &bin)
				fmt.Sscan(m[2], &n)
				got += n
				if bin >= h.bins.n {
					t.Errorf("%s %s: bin %d of %d", name, pr.ID, bin, h.bins.n)
				}
			}
			if got != want && h.bins.n > 0 {
				t.Errorf("%s %s: %d errors in slots, want %d", name, pr.ID, got, want)
			}
		}
	}
}

func TestBins(t *testing.T) {
	at := func(s string) *report.Time {
		tm := new(report.Time)
		if err := tm.UnmarshalJSON([]byte(`"` + s + `"`)); err != nil {
			t.Fatal(err)
		}
		return tm
	}
	tests := []struct {
		first, last string
		coarsest    int64
		length      string
		n           int64
	}{
		{"2026-11-22T13:40:07Z", "2026-11-22T13:40:07Z", 10, "10 seconds", 1},
		{"2026-11-22T13:40:07Z", "2026-11-22T14:31:52Z", 10, "minute", 52},
		{"2026-11-22T13:40:07Z", "2026-11-22T13:45:00Z", 60, "minute", 6},
		{"2026-11-22T00:00:00Z", "2026-11-22T23:59:59Z", 60, "20 minutes", 72},
		{"2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z", 3600, "8 days", 47},
		{"1960-01-01T00:00:01Z", "1960-01-01T00:01:00Z", 1, "second", 60},
		{"0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z", 86400000, "65,536 days", 56},
	}
	for _, tt := range tests {
		r := &report.Report{Window: report.Window{First: at(tt.first), Last: at(tt.last)}}
		r.Problems = []report.Problem{{Timeline: report.Timeline{Step: tt.coarsest}}}
		b := newBins(r, maxBins)
		if b.length() != tt.length || b.n != tt.n {
			t.Errorf("%s to %s: %d bins of a %s, want %d of a %s", tt.first, tt.last, b.n, b.length(), tt.n, tt.length)
		}
	}
}
