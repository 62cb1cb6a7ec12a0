package render

import (
	"strings"

	"analyzer/report"
)

// timeline is the section on when things happened: the errors of each category
// over time, and what began and ended.
func (d *document) timeline() {
	milestones := d.r.Milestones(d.top)
	if len(milestones) == 0 {
		return
	}
	d.line("\n## Timeline\n")
	d.trends()
	d.line()
	var rows [][]string
	for i := range milestones {
		rows = append(rows, []string{when(&milestones[i].Time), d.happened(&milestones[i])})
	}
	d.table([]string{"Time (UTC)", "What happened"}, rows)
}

// trends is the table of the errors of each category over time.
func (d *document) trends() {
	b := newBins(d.r, maxBins)
	var rows [][]string
	for _, t := range b.trends(d.r) {
		rows = append(rows, []string{prose(t.name), t.figure, code(t.line)})
	}
	d.table([]string{"Errors over time", "#", "From " + b.scale(d.clock)}, rows)
}

// happened says what a milestone is.
func (d *document) happened(m *report.Milestone) string {
	switch m.Kind {
	case report.MilestoneBegin:
		return "The log begins."
	case report.MilestoneAlready:
		return code(m.Problem.ID) + " fails already: " + told(m.Problem) + metBy(m.Problem)
	case report.MilestoneFirst:
		return code(m.Problem.ID) + " is first seen: " + told(m.Problem) + metBy(m.Problem)
	case report.MilestoneLast:
		return code(m.Problem.ID) + " is last seen, after " + count(m.Problem.Errors, "error") + "."
	case report.MilestoneStory:
		return strings.Join(nonEmpty([]string{prose(m.Story.Summary), codes(m.Story.Problems)}), " ")
	case report.MilestonePeak:
		return "Peak of the " + prose(m.Story.Kind) + strings.TrimRight(" "+codes(m.Story.Problems), " ") + ", give or take a minute."
	case report.MilestoneOver:
		return "The " + prose(m.Story.Kind) + strings.TrimRight(" "+codes(m.Story.Problems), " ") + " is over, after " + count(m.Story.Errors.Count, "error") + "."
	}
	return "The log ends" + d.unfinished() + "."
}

// metBy says who met a problem, if the log does.
func metBy(pr *report.Problem) string {
	if name := who(pr.By); name != "" {
		return ", met by " + prose(name)
	}
	return ""
}

// unfinished says what still fails at the end.
func (d *document) unfinished() string {
	ids := d.stillFailing()
	if len(ids) == 0 {
		return "; no problem still fails"
	}
	return "; still failing: " + firstOf(ids)
}

// stillFailing lists the problems that fail at the end of the log.
func (d *document) stillFailing() (ids []string) {
	for i := range d.r.Problems {
		if d.r.Problems[i].State == "still" {
			ids = append(ids, d.r.Problems[i].ID)
		}
	}
	return ids
}

// firstOf lists the first of many ids.
func firstOf(ids []string) string {
	if rest := len(ids) - mostAffected; rest > 0 {
		return codes(ids[:mostAffected]) + ", " + leftOut(rest)
	}
	return codes(ids)
}
