package render

import (
	"slices"
	"strconv"
	"strings"

	"analyzer/report"
)

// happenings is the section on what happened, in order of time: each story, and
// each problem that no story explains. Stories that need no action or have no
// time come last.
func (d *document) happenings() {
	list := d.beginnings()
	if len(list) == 0 {
		return
	}
	d.line("\n## What happened")
	for i := range list[:min(d.top, len(list))] {
		if m := &list[i]; m.Story != nil {
			d.story(i+1, m.Story)
		} else {
			d.unexplained(i+1, m.Problem)
		}
	}
	if len(list) > d.top {
		d.line("\n… and ", number(int64(len(list)-d.top)), " more.")
	}
}

// beginnings lists those of stories and of problems that none explains.
func (d *document) beginnings() []report.Milestone {
	begins := []string{report.MilestoneAlready, report.MilestoneFirst, report.MilestoneStory}
	list := slices.DeleteFunc(d.r.Milestones(d.top), func(m report.Milestone) bool { return !slices.Contains(begins, m.Kind) })
	for i := range d.r.Stories {
		s := &d.r.Stories[i]
		if !slices.ContainsFunc(list, func(m report.Milestone) bool { return m.Story == s }) {
			list = append(list, report.Milestone{Kind: report.MilestoneStory, Story: s})
		}
	}
	return list
}

func (d *document) story(n int, s *report.Story) {
	d.line("\n### ", strconv.Itoa(n), " ", prose(s.Kind), "\n")
	d.line(prose(s.Summary), "\n")
	d.item("Cause", d.cause(s))
	if s.First != nil && s.Last != nil {
		d.item("When", dates(s.First, s.Last)+" UTC")
	}
	d.item("Peak", aboutMinute(s.Peak))
	d.item("Lines", seen(&s.Errors))
	switch {
	case s.Kind != "incident":
	case s.SharePercent == nil:
		d.item("Share of calls", cannotTell)
	default:
		d.item("Share of calls", number(*s.SharePercent)+" percent")
	}
	d.item("Endpoints", codes(s.Endpoints))
	d.item("Version", code(s.Version))
	d.item("Requests", codes(s.RequestIDs))
	d.item("Problems", codes(s.Problems))
	if len(s.Problems) > 0 {
		d.item("For example", d.example(s.Problems[0]))
	}
	if s.Benign || len(s.Problems) == 0 { // else it stands with them
		d.item("Advice", instruction(s.Advice))
	}
	d.item("All lines", code(s.Command))
}

// unknownCause is what to say of a cause of which the log says nothing.
const unknownCause = "not known from the log"

// cause says how sure it is that a story tells the cause.
func (d *document) cause(s *report.Story) string {
	switch {
	case s.Benign:
		return ""
	case s.Kind == "incident":
		return unknownCause + "; the errors say that the server failed, not why"
	case s.Proven:
		return "known"
	case d.r.Audit.Successes:
		return "likely; there are no successes beside it that prove it"
	}
	return "likely; for certain: " + cannotTell
}

// causeOf says in a few words whether the cause of a problem is known, and by
// which kind of story.
func (d *document) causeOf(pr *report.Problem) string {
	for i := range d.r.Stories {
		s := &d.r.Stories[i]
		if s.Benign || !slices.Contains(s.Problems, pr.ID) {
			continue
		}
		sure, _, _ := strings.Cut(d.cause(s), ";")
		return sure + " (" + prose(s.Kind) + ")"
	}
	return unknownCause
}

// unexplained tells of a problem that no story explains.
func (d *document) unexplained(n int, pr *report.Problem) {
	d.line("\n### ", strconv.Itoa(n), " ", prose(pr.Category), "\n")
	d.line(told(pr), metBy(pr), "\n")
	d.item("Cause", unknownCause)
	d.item("When", lasting(pr))
	d.item("Errors", number(pr.Errors)+inRequests(pr.Requests))
	d.item("Retries", d.retriesOf(pr))
	d.item("Problems", code(pr.ID))
	d.item("For example", d.example(pr.ID))
}

// example quotes an error of a problem, with the values that its template leaves
// out.
func (d *document) example(id string) string {
	pr := problemByID(d.r, id)
	if pr == nil || len(pr.Samples) == 0 {
		return ""
	}
	return code(pr.Samples[0].Message)
}

// aboutMinute writes the slot of a timeline, "" if there is none.
func aboutMinute(t *report.Time) string {
	if t == nil {
		return ""
	}
	return "about " + format(t, dateMinute)
}

// retriesOf says how callers made a problem worse.
func (d *document) retriesOf(pr *report.Problem) string {
	for i := range d.r.Audit.Retries {
		if r := &d.r.Audit.Retries[i]; slices.Contains(r.Problems, pr.ID) {
			return strings.Join(faults(r), ", ")
		}
	}
	return ""
}
