package render

import (
	"slices"
	"strconv"
	"strings"

	"analyzer/report"
)

// binTrend is a line of a timeline, with a column for each bin.
type binTrend struct{ name, figure, line string }

// incidentMark marks a bin in which there was an incident.
const incidentMark = "!"

// trends draws the errors of each category over time, when problems were first
// seen, and when there were incidents.
func (b bins) trends(r *report.Report) []binTrend {
	var all []binTrend
	counts, _ := b.stacks(r)
	for i, c := range categoryItems(r) {
		all = append(all, binTrend{c.Category, number(c.Errors), sparkline(counts[i])})
	}
	all = append(all, binTrend{"first seen", number(int64(len(r.Problems))), b.firsts(r)})
	if marks := b.incidents(r); strings.Contains(marks, incidentMark) {
		all = append(all, binTrend{"incidents", "", marks})
	}
	return all
}

// firsts writes how many problems were first seen in each bin.
func (b bins) firsts(r *report.Report) string {
	counts := make([]int, b.n)
	for i := range r.Problems {
		if first := r.Problems[i].First; first != nil {
			counts[b.at(first)]++
		}
	}
	var line strings.Builder
	for _, n := range counts {
		switch {
		case n == 0:
			line.WriteRune(bars[0])
		case n > 9:
			line.WriteString("+")
		default:
			line.WriteString(strconv.Itoa(n))
		}
	}
	return line.String()
}

// incidents marks the bins of incidents.
func (b bins) incidents(r *report.Report) string {
	marks := slices.Repeat([]string{string(bars[0])}, int(b.n))
	for _, s := range incidents(r) {
		for bin := b.at(s.First); bin <= b.at(s.Last); bin++ {
			marks[bin] = incidentMark
		}
	}
	return strings.Join(marks, "")
}

// incidents lists the stories of servers that failed, those with their times.
func incidents(r *report.Report) []report.Story {
	return slices.DeleteFunc(slices.Clone(r.Stories), func(s report.Story) bool {
		return s.Kind != "incident" || s.First == nil || s.Last == nil
	})
}

// trendLabel is the width of the names of trends in text.
const trendLabel = 16

// timeline draws the trends of a report that may be longer than a screen.
func (p *page) timeline() []string {
	b := newBins(p.r, min(maxBins, int64(p.width-trendLabel)))
	if p.lines == screenLines || b.n == 0 {
		return nil
	}
	lines := []string{"", p.ink.bold("TIMELINE") + strings.Repeat(" ", trendLabel-len("TIMELINE")) + cutEnd("from "+b.scale(p.clock), p.width-trendLabel)}
	for _, t := range b.trends(p.r) {
		name := cutEnd(steady(t.name), trendLabel-gap)
		lines = append(lines, p.ink.category(t.name, name)+strings.Repeat(" ", trendLabel-width(name))+t.line)
	}
	return lines
}
