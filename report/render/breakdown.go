package render

import (
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter/tw"

	"analyzer/report"
)

const leastValue = 8 // columns that a value keeps

// breakdown draws the first n shares as a table, with a line for the others.
func (p *page) breakdown(n int) []string {
	if n == 0 {
		return nil
	}
	rows := [][]string{{strings.ToUpper(p.by), "ERRORS", "SHARE", "PROBLEMS"}}
	for _, s := range p.shares[:n] {
		rows = append(rows, []string{steady(s.Value), cutEnd(number(s.Errors), maxCount), percent(&s), ""})
	}
	value, problems := p.shareWidths(rows)
	for i := range rows {
		rows[i][0] = cutMiddle(rows[i][0], value)
		if i > 0 {
			rows[i][3] = fill(escaped(slices.Clone(p.shares[i-1].Problems)), " ", problems)
		}
	}
	lines := append([]string{""}, drawCells(rows, []tw.Align{tw.AlignLeft, tw.AlignRight, tw.AlignRight, tw.AlignLeft})...)
	lines[1] = p.ink.bold(lines[1])
	if rest := len(p.shares) - n; rest > 0 {
		lines = append(lines, p.ink.faint("… and "+count(int64(rest), "more "+p.by)))
	}
	return lines
}

// shareWidths returns the columns for values, and for the problems beside them:
// at least one id wide, or the values make way.
func (p *page) shareWidths(rows [][]string) (value, problems int) {
	var natural [3]int
	for _, row := range rows {
		for c := range natural {
			natural[c] = max(natural[c], width(row[c]))
		}
	}
	room := p.width - 3*gap - natural[1] - natural[2]
	value = max(leastValue, min(natural[0], room-maxID))
	return value, max(1, room-value)
}

// percent writes the part of a share: one that rounds to nothing is not zero.
func percent(s *report.Share) string {
	if s.Percent == 0 {
		return "<1%"
	}
	return number(s.Percent) + "%"
}

// breakdown is the table of the shares.
func (d *document) breakdown(by string) {
	shares := d.r.Breakdown(by)
	if len(shares) == 0 {
		return
	}
	d.line("\n## By ", by, "\n")
	var rows [][]string
	for _, s := range shares[:min(d.top, len(shares))] {
		rows = append(rows, []string{code(s.Value), number(s.Errors), percent(&s), codes(s.Problems[:min(d.top, len(s.Problems))])})
	}
	d.table([]string{strings.ToUpper(by[:1]) + by[1:], "Errors#", "Share#", "Problems"}, rows)
	d.more(len(shares), by)
}
