package render

import (
	"crypto/sha256"
	_ "embed" // the page's template, style and script
	"encoding/base64"
	"html/template"
	"io"
	"regexp"
	"slices"
	"strings"

	"analyzer/report"
)

var (
	//go:embed html/page.html
	pageSource string
	//go:embed html/style.css
	style string
	//go:embed html/script.js
	script string

	pageTemplate = template.Must(template.New("page").Parse(pageSource))
)

// HTML draws r as one file for a browser. It needs no network and no script:
// scripts add search, filters, sorting and keys. A content security policy lets
// nothing run but the script and the style of the file, by their hashes. Text
// from the log is shown as escape.go shows it, and stands in text and in
// attributes that hold text, nowhere else.
func HTML(w io.Writer, r *report.Report, o Options) error {
	return pageTemplate.Execute(w, newHTMLPage(r, o))
}

// htmlPage is a report as page.html draws it. Its strings are as people read
// them; html/template escapes them.
type htmlPage struct {
	Policy string
	Style  template.CSS
	Script template.JS

	Title, Headline, Window string
	Standing                string
	Filters                 []string
	Calm                    []htmlFact
	Categories              []htmlCategory
	Actions, MoreActions    []htmlAction
	Chart                   *htmlChart
	Problems                []htmlProblem
	ProblemTables           []htmlProblemTable
	MoreProblems            string
	Tables                  []htmlTable
	MadeBy                  string
}

func newHTMLPage(r *report.Report, o Options) *htmlPage {
	h := &htmlMaker{r: r, clock: newClock(r.Window), bins: newBins(r, maxBins), dir: commonDir(r.Input.Sources), listed: map[string]bool{}}
	for i := range r.Problems {
		h.listed[r.Problems[i].ID] = true
	}
	page := &htmlPage{
		Policy:   policy,
		Style:    template.CSS(style),
		Script:   template.JS(script),
		Title:    title(r),
		Headline: Plain(totals(r, h.place(files(&r.Input)))),
		Window:   span(r.Window),
		Filters:  escaped(filters(r)),
		MadeBy:   Plain(r.Tool.Name + " " + r.Tool.Version + ", rules " + r.Tool.Packs),
	}
	if r.Input.Errors == 0 {
		page.Calm = h.calm()
	} else {
		page.Standing = standing(r)
		page.Categories = h.categories()
		actions := h.actions()
		page.Actions, page.MoreActions = actions[:min(maxActions, len(actions))], actions[min(maxActions, len(actions)):]
		page.Chart = h.chart()
		page.Problems = h.problems()
		page.ProblemTables = problemTables(page.Problems)
		if rest := len(page.Problems) - sectionsDrawn; rest > 0 {
			page.MoreProblems = "… and " + count(int64(rest), "more problem") + " in the table above; --where problem=P-… shows one whole."
		}
	}
	page.Tables = h.tables(o.By)
	return page
}

// policy lets nothing load and nothing run but the page's own style and script.
var policy = "default-src 'none'; script-src " + hashed(script) + "; style-src " + hashed(style) +
	"; base-uri 'none'; form-action 'none'"

func hashed(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// title names the page in a window's title. It holds no text of the log.
func title(r *report.Report) string {
	s := "No API errors"
	if r.Input.Errors > 0 {
		s = count(r.Input.Errors, "API error")
	}
	if when := shortSpan(r.Window); when != "" {
		s += ", " + when
	}
	return s
}

// htmlMaker makes the parts of a page.
type htmlMaker struct {
	r     *report.Report
	clock clock
	bins  bins
	dir   string // in which all sources are; only the account of the input names it

	listed map[string]bool // the ids of the problems
}

// place writes where a record stands.
func (h *htmlMaker) place(name string) string { return Plain(strings.TrimPrefix(name, h.dir)) }

// htmlSpan is a piece of a sentence: words, or what is set as code.
type htmlSpan struct {
	Text string
	Code bool
}

// spans reads a sentence in which backquotes set commands apart.
func spans(s string) []htmlSpan {
	parts := strings.Split(Plain(s), "`")
	if len(parts)%2 == 0 {
		return []htmlSpan{{Text: Plain(s)}}
	}
	var all []htmlSpan
	for i, part := range parts {
		if part != "" {
			all = append(all, htmlSpan{part, i%2 == 1})
		}
	}
	return all
}

// htmlFact is a name and what is known under it.
type htmlFact struct {
	Name  string
	Spans []htmlSpan
}

// facts collects those that are known.
type facts []htmlFact

func (f *facts) add(name string, all ...htmlSpan) {
	all = slices.DeleteFunc(all, func(s htmlSpan) bool { return s.Text == "" })
	if len(all) > 0 {
		*f = append(*f, htmlFact{name, all})
	}
}

func word(s string) htmlSpan     { return htmlSpan{Text: Plain(s)} }
func codeSpan(s string) htmlSpan { return htmlSpan{Plain(s), true} }

func (h *htmlMaker) calm() facts {
	var f facts
	f.add("Meaning", word(meaning(&h.r.Input)))
	if h.r.Input.Records > 0 {
		f.add("Read", word(read(&h.r.Input, whole)))
	}
	f.add("Try", word(advice(h.r)))
	return f
}

// doubts says what limits the figures, or that nothing does.
func (h *htmlMaker) doubts() []string {
	figures, lists := beyond(h.r.Limits)
	items := escaped(slices.Concat(doubts(&h.r.Input, whole), figures, lists))
	if len(items) == 0 {
		return []string{"no malformed records"}
	}
	return items
}

// htmlCategory is a category that has errors.
type htmlCategory struct {
	Name, Class string
	Errors      string
}

func (h *htmlMaker) categories() []htmlCategory {
	var all []htmlCategory
	for _, c := range categoryItems(h.r) {
		all = append(all, htmlCategory{Plain(c.Category), class(c.Category), number(c.Errors)})
	}
	return all
}

// categories are those that the style knows, in the order in which they stand.
var categories = []string{"authentication", "validation", "resource", "rate-limit", "server"}

// class is the class that colours a category.
func class(category string) string {
	if slices.Contains(categories, category) {
		return category
	}
	return "other"
}

// htmlRef names a problem, and its place in the page if it has one.
type htmlRef struct{ Name, Anchor string }

// ourID is what classify makes; nothing else becomes an address.
var ourID = regexp.MustCompile(`^P-[0-9a-z]+$`)

func (h *htmlMaker) ref(id string) htmlRef {
	if h.listed[id] && ourID.MatchString(id) {
		return htmlRef{id, id}
	}
	return htmlRef{Name: Plain(id)}
}

func (h *htmlMaker) refs(ids []string) []htmlRef {
	all := make([]htmlRef, len(ids))
	for i, id := range ids {
		all[i] = h.ref(id)
	}
	return all
}

// htmlAction is a thing to do.
type htmlAction struct {
	Rank     int
	Class    string
	Problems []htmlRef
	Summary  []htmlSpan
	Quote    string
	Evidence string
	Places   []string
}

func (h *htmlMaker) actions() []htmlAction {
	var all []htmlAction
	for i := range h.r.Actions {
		all = append(all, h.action(&h.r.Actions[i]))
	}
	return all
}

func (h *htmlMaker) action(a *report.Action) htmlAction {
	act := htmlAction{
		Rank:     a.Rank,
		Class:    class(""),
		Problems: h.refs(a.Problems),
		Summary:  spans(a.Summary),
		Evidence: count(a.Errors, "error") + inRequests(a.Requests),
	}
	for _, place := range a.Evidence {
		act.Places = append(act.Places, h.place(place))
	}
	if len(a.Problems) == 0 {
		return act
	}
	if pr := problemByID(h.r, a.Problems[0]); pr != nil {
		act.Class = class(pr.Category)
		act.Quote = strings.TrimSpace(status(pr.Status) + " " + Plain(quotable(pr)))
		act.Evidence += during(h.clock, lifeOf(h.r, a.Problems)) + release(h.r, a.Problems)
	}
	return act
}
