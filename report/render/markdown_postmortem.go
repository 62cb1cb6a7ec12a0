package render

import (
	"strings"

	"analyzer/report"
)

// impact is the section on whom the errors met, and how hard.
func (d *document) impact() {
	d.line("\n## Impact\n")
	in := &d.r.Input
	failed := count(in.Errors, "error")
	if in.RequestIDs > 0 {
		failed += " in " + count(in.RequestIDs, "request")
	}
	d.item("Failed", failed)
	d.item("First to last error", d.lasted())
	for _, dimension := range []string{"service", "route", "caller", "version"} {
		d.item(strings.ToUpper(dimension[:1])+dimension[1:]+"s", most(d.r.Breakdown(dimension)))
	}
	for _, s := range incidents(d.r) {
		if s.SharePercent != nil {
			d.item("Calls failed", number(*s.SharePercent)+" percent of "+codes(s.Endpoints)+", "+dates(s.First, s.Last)+" UTC")
		}
	}
	d.line("- **Users:** _fill in: who noticed what_")
}

// lasted says from when to when there were errors.
func (d *document) lasted() string {
	w := errorWindow(d.r)
	if w.First == nil {
		return ""
	}
	return elapsed(w.Last.Sub(w.First.Time).Milliseconds()) + ", " + span(w)
}

// most lists the values that met most errors, each with its share; none if
// most errors name no value.
func most(shares []report.Share) string {
	if len(shares) > 0 && shares[0].Value == "(none)" {
		return ""
	}
	var items []string
	for i := range shares[:min(mostAffected, len(shares))] {
		s := &shares[i]
		items = append(items, code(s.Value)+" "+number(s.Errors)+" ("+percentWords(s)+")")
	}
	if rest := len(shares) - mostAffected; rest > 0 {
		items = append(items, leftOut(rest))
	}
	return strings.Join(items, ", ")
}

// percentWords is percent without signs that Markdown could act on.
func percentWords(s *report.Share) string {
	if s.Percent == 0 {
		return "below 1 percent"
	}
	return number(s.Percent) + " percent"
}

// storyQuestions are what a story leaves open, by its kind.
var storyQuestions = map[string]string{
	"incident":   "What does the provider say about the failures? `analyzer -o bundle=case.zip --where category=server` is what to send.",
	"credential": "Who owns the credential, and why was it not renewed in time?",
	"permission": "Who changed the permission, and why?",
	"contract":   "Was the change of the API announced, and who should have known?",
	"client":     "What changed in the client, and which test would have found it?",
	"retired":    "Was the end of the endpoint announced, and who still calls it?",
}

// openQuestions is the section of what is left to find out, to be filled in.
func (d *document) openQuestions() {
	d.line("\n## Open questions\n")
	for _, question := range d.questions() {
		d.line("- [ ] ", question)
	}
}

// questions lists what the log cannot answer.
func (d *document) questions() []string {
	list := []string{"When was it noticed, by whom, and what would have shown it earlier?"}
	for i := range d.r.Stories[:min(d.top, len(d.r.Stories))] {
		s := &d.r.Stories[i]
		if text, ok := storyQuestions[s.Kind]; ok {
			list = append(list, strings.Join(nonEmpty([]string{instruction(text), codes(s.Problems)}), " "))
		}
		if !s.Proven {
			list = append(list, d.toProve()+prose(s.Summary))
		}
	}
	if ids := d.failingAlready(); len(ids) > 0 {
		list = append(list, "When did this begin: "+firstOf(ids)+"? It failed already when the log began.")
	}
	if ids := d.stillFailing(); len(ids) > 0 {
		list = append(list, "Is this over, and since when: "+firstOf(ids)+"? It still failed when the log ended.")
	}
	for _, s := range unread(&d.r.Input) {
		list = append(list, "What is in the part of "+code(s.Name)+" that was not read?")
	}
	return list
}

// toProve introduces what the log's errors suggest and do not prove.
func (d *document) toProve() string {
	if d.r.Audit.Successes {
		return "To be proven: "
	}
	return "To be proven, with `--full`: "
}

// failingAlready lists the problems that failed when the log began.
func (d *document) failingAlready() (ids []string) {
	for _, m := range d.r.Milestones(d.top) {
		if m.Kind == report.MilestoneAlready {
			ids = append(ids, m.Problem.ID)
		}
	}
	return ids
}
