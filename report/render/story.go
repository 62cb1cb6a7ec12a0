package render

import (
	"strconv"

	"analyzer/report"
)

// stories is the section on what happened.
func (d *document) stories() {
	list := d.r.Stories
	if len(list) == 0 {
		return
	}
	d.line("\n## What happened")
	for i := range list[:min(d.top, len(list))] {
		d.story(i+1, &list[i])
	}
	if len(list) > d.top {
		d.line("\n… and ", number(int64(len(list)-d.top)), " more.")
	}
}

func (d *document) story(n int, s *report.Story) {
	d.line("\n### ", strconv.Itoa(n), " ", prose(s.Kind), "\n")
	d.line(prose(s.Summary), "\n")
	d.item("Proof", d.doubt(s))
	if s.First != nil && s.Last != nil {
		d.item("When", dates(s.First, s.Last)+" UTC")
	}
	if s.Peak != nil {
		d.item("Peak", when(s.Peak))
	}
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
	d.item("Advice", instruction(s.Advice))
	d.item("All lines", code(s.Command))
}

// doubt says what a story that is not proven lacks.
func (d *document) doubt(s *report.Story) string {
	switch {
	case s.Proven:
		return ""
	case d.r.Audit.Successes:
		return "likely; there are no successes beside it that prove it"
	}
	return "likely; for certain: " + cannotTell
}
