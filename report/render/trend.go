package render

import (
	"math/bits"

	"analyzer/report"
)

// slots is the number of columns of a trend.
const slots = 8

// bars are the heights of a trend; the first one means no errors.
var bars = [...]rune{'·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'}

// trend draws how a problem's errors spread over the log's window, each
// problem to its own scale. It is "" if the log shows no times.
func trend(t report.Timeline, w report.Window) string {
	if w.First == nil || w.Last == nil || len(t.Points) == 0 {
		return ""
	}
	sums := slotSums(t, w)
	return sparkline(sums[:])
}

// sparkline draws counts on their own scale; up to eight, a step is one.
func sparkline(counts []int64) string {
	peak := int64(len(bars) - 1)
	for _, n := range counts {
		peak = max(peak, n)
	}
	line := make([]rune, len(counts))
	for i, n := range counts {
		line[i] = bars[scaled(n, peak, int64(len(bars)-1))]
	}
	return string(line)
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

// slotSums sums the points by the slot that their middle falls in.
func slotSums(t report.Timeline, w report.Window) [slots]int64 {
	var sums [slots]int64
	first := w.First.Unix()
	length := w.Last.Unix() - first + 1
	for _, p := range t.Points {
		middle := p.Time.Unix() + t.Step/2
		slot := (middle - first) * slots / max(1, length)
		sums[max(0, min(slot, slots-1))] += p.Errors
	}
	return sums
}
