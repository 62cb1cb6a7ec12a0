package render

import (
	"fmt"
	"slices"
	"strings"
)

// htmlSpark is a small chart of one problem: the outline of bars, each as wide
// as 1 and at most sparkHeight high.
type htmlSpark struct {
	Bins, Height int64
	Path         string
}

const sparkHeight = 16

// leastPeak keeps a few single errors from looking like many.
const leastPeak = 8

// spark draws counts on their own scale, nil if there are none.
func (b bins) spark(counts []int64) *htmlSpark {
	peak := int64(leastPeak)
	for _, n := range counts {
		peak = max(peak, n)
	}
	path := fmt.Appendf(nil, "M0 %d", sparkHeight)
	height, wide := int64(0), 0
	for _, n := range counts {
		if h := scaled(n, peak, sparkHeight); h != height {
			path = fmt.Appendf(path, "h%dv%d", wide, height-h)
			height, wide = h, 0
		}
		wide++
	}
	if height == 0 && wide == len(counts) {
		return nil
	}
	return &htmlSpark{b.n, sparkHeight, string(fmt.Appendf(path, "h%dV%dz", wide, sparkHeight))}
}

// htmlChart is the errors by category over time, as stacked bars. Lengths are
// in hundredths of a percent of the chart, so that it fits any width while its
// text keeps its size.
type htmlChart struct {
	Length     string // of a bin
	Peak       string // errors in the highest bar
	Bins       int64
	First      int64 // seconds since 1970, for the script
	Step       int64
	Categories []htmlCategory
	Incidents  []htmlBand
	Bars       []htmlBar
	Marks      []htmlMark
	Ticks      []htmlTick
}

// htmlBar is an occupied bin: its pieces, and its figures for a table.
type htmlBar struct {
	Bin    int64
	X, W   percents // of the bin
	Time   string
	Title  string
	Pieces []htmlPiece
	Counts []htmlCell // of each category of the chart
	Total  htmlCell
	New    []htmlRef // problems first seen

	Incident bool
}

type htmlPiece struct {
	Class      string
	X, Y, W, H percents
}

// htmlBand is the time of an incident.
type htmlBand struct {
	X, W  percents
	Title string
}

// htmlMark says that problems were first seen.
type htmlMark struct {
	X     percents
	Title string
}

type htmlTick struct {
	X            percents
	Anchor, Text string
}

// percents is a length in hundredths of a percent.
type percents int64

func (p percents) String() string { return fmt.Sprintf("%d.%02d%%", p/100, p%100) }

const (
	fullLength = 10000
	mostHeight = 8800 // of the highest bar, before small pieces are made visible
	leastPiece = 225
	pieceGap   = 75 // below each piece
	binGap     = 8  // the part of a bin beside its bar: one eighth
)

// chart draws the errors over time, nil if the log shows no times.
func (h *htmlMaker) chart() *htmlChart {
	if h.bins.n == 0 {
		return nil
	}
	c := &htmlChart{Length: h.bins.length(), Bins: h.bins.n, First: h.bins.first, Step: h.bins.step, Categories: h.categories()}
	counts, totals := h.bins.stacks(h.r)
	peak := slices.Max(totals)
	if peak == 0 {
		return nil
	}
	c.Peak = count(peak, "error")
	news := h.news()
	for i, total := range totals {
		bin := int64(i)
		if total > 0 {
			c.Bars = append(c.Bars, h.bar(bin, counts, total, peak, news[bin]))
		}
		if len(news[bin]) > 0 {
			c.Marks = append(c.Marks, h.mark(bin, news[bin]))
		}
	}
	c.Ticks = h.ticks()
	h.markIncidents(c)
	return c
}

// markIncidents shades the times of incidents.
func (h *htmlMaker) markIncidents(c *htmlChart) {
	for _, s := range incidents(h.r) {
		first, last := h.bins.at(s.First), h.bins.at(s.Last)
		c.Incidents = append(c.Incidents, htmlBand{h.x(first), h.x(last+1) - h.x(first), Plain("Incident " + h.clock.period(s.First, s.Last) + ": " + s.Summary)})
		for i := range c.Bars {
			c.Bars[i].Incident = c.Bars[i].Incident || first <= c.Bars[i].Bin && c.Bars[i].Bin <= last
		}
	}
}

func (h *htmlMaker) bar(bin int64, counts [][]int64, total, peak int64, news []string) htmlBar {
	bar := htmlBar{Bin: bin, X: h.x(bin), W: h.x(bin+1) - h.x(bin), Time: h.bins.time(bin, h.clock), Total: numberCell(total), New: h.refs(news)}
	var parts []string
	top := int64(fullLength)
	for k, c := range h.categories() {
		n := counts[k][bin]
		bar.Counts = append(bar.Counts, numberCell(n))
		if n == 0 {
			continue
		}
		height := max(leastPiece, scaled(n, peak, mostHeight))
		top -= height
		bar.Pieces = append(bar.Pieces, htmlPiece{c.Class, bar.X, percents(max(0, top)), bar.W - bar.W/binGap, percents(height - pieceGap)})
		parts = append(parts, c.Name+" "+number(n))
	}
	bar.Title = bar.Time + ": " + strings.Join(parts, ", ")
	return bar
}

// x is where bin i begins.
func (h *htmlMaker) x(i int64) percents { return percents(i * fullLength / h.bins.n) }

// news lists the problems that were first seen in each bin.
func (h *htmlMaker) news() map[int64][]string {
	all := make(map[int64][]string)
	for i := range h.r.Problems {
		if pr := &h.r.Problems[i]; pr.First != nil {
			bin := h.bins.at(pr.First)
			all[bin] = append(all[bin], pr.ID)
		}
	}
	return all
}

const idsOfMark = 5

func (h *htmlMaker) mark(bin int64, ids []string) htmlMark {
	title := "First seen " + h.bins.time(bin, h.clock) + ": " + strings.Join(escaped(slices.Clone(ids[:min(idsOfMark, len(ids))])), ", ")
	if rest := len(ids) - idsOfMark; rest > 0 {
		title += ", " + leftOut(rest)
	}
	return htmlMark{(h.x(bin) + h.x(bin+1)) / 2, title}
}

// ticks are the times below the chart, as many as a phone can show.
func (h *htmlMaker) ticks() []htmlTick {
	const parts = 4
	var ticks []htmlTick
	for i := range int64(parts + 1) {
		bin := h.bins.n * i / parts
		anchor := "middle"
		switch i {
		case 0:
			anchor = "start"
		case parts:
			anchor = "end"
		}
		ticks = append(ticks, htmlTick{h.x(bin), anchor, h.bins.time(bin, h.clock)})
	}
	if h.bins.n < parts {
		return []htmlTick{ticks[0], ticks[parts]}
	}
	return ticks
}
