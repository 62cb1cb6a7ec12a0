package render

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"
	"time"

	"analyzer/report"
)

// bins divides a log's window into equal slots of time, for charts.
type bins struct {
	first int64 // when the first begins, in seconds since 1970; a multiple of step
	step  int64 // seconds
	n     int64 // 0 if the log shows no times
}

const maxBins = 72

// binSteps are the slots that people can read, in seconds.
var binSteps = []int64{1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 10800, 21600, 43200, 86400}

// newBins takes the finest step that needs no more than maxBins, and that holds
// the slots of every problem's timeline whole.
func newBins(r *report.Report) bins {
	w := r.Window
	if w.First == nil || w.Last == nil {
		return bins{}
	}
	coarsest := int64(1)
	for i := range r.Problems {
		coarsest = max(coarsest, min(r.Problems[i].Timeline.Step, binSteps[len(binSteps)-1]))
	}
	var b bins
	for _, step := range binSteps {
		if b = binsOf(w, step); b.n <= maxBins && step%coarsest == 0 {
			return b
		}
	}
	for b.n > maxBins {
		b = binsOf(w, 2*b.step)
	}
	return b
}

func binsOf(w report.Window, step int64) bins {
	first, last := floorDiv(w.First.Unix(), step), floorDiv(w.Last.Unix(), step)
	return bins{first * step, step, max(1, last-first+1)}
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// count sums a timeline by bin: a slot counts where its middle falls.
func (b bins) count(t report.Timeline) []int64 {
	counts := make([]int64, b.n)
	for _, p := range t.Points {
		if b.n > 0 {
			at := (p.Time.Unix() + t.Step/2 - b.first) / b.step
			i := max(0, min(at, b.n-1))
			counts[i] = plus(counts[i], p.Errors)
		}
	}
	return counts
}

// plus adds counts, and stays at the largest that there is.
func plus(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

// time writes when bin i begins.
func (b bins) time(i int64, c clock) string {
	t := &report.Time{Time: time.Unix(b.first+i*b.step, 0)}
	switch {
	case b.step >= 86400:
		return format(t, time.DateOnly)
	case b.step < 60:
		return c.second(t)
	default:
		return c.minute(t)
	}
}

// length writes how long a bin is: "minute", "10 minutes".
func (b bins) length() string {
	for _, unit := range []struct {
		seconds int64
		name    string
	}{{86400, "day"}, {3600, "hour"}, {60, "minute"}} {
		if b.step%unit.seconds == 0 {
			return strings.TrimPrefix(count(b.step/unit.seconds, unit.name), "1 ")
		}
	}
	return strings.TrimPrefix(count(b.step, "second"), "1 ")
}

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

// scaled is n on a scale on which peak is top, rounded up, so that a single
// error is seen. The product of two counts may need more than 64 bits.
func scaled(n, peak, top int64) int64 {
	if n <= 0 || peak <= 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(min(n, peak)), uint64(top))
	q, rest := bits.Div64(hi, lo, uint64(peak))
	if rest > 0 {
		q++
	}
	return int64(q)
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
}

type htmlPiece struct {
	Class      string
	X, Y, W, H percents
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
	counts, totals := h.stacks()
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
	return c
}

// stacks counts errors by category, in the order of categoryItems, and bin.
func (h *htmlMaker) stacks() (counts [][]int64, totals []int64) {
	totals = make([]int64, h.bins.n)
	for _, c := range categoryItems(h.r) {
		sums := make([]int64, h.bins.n)
		for i := range h.r.Problems {
			if pr := &h.r.Problems[i]; pr.Category == c.Category {
				for bin, n := range h.bins.count(pr.Timeline) {
					sums[bin], totals[bin] = plus(sums[bin], n), plus(totals[bin], n)
				}
			}
		}
		counts = append(counts, sums)
	}
	return counts, totals
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
			bin := max(0, min((pr.First.Unix()-h.bins.first)/h.bins.step, h.bins.n-1))
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
