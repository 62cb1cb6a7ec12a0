package render

import "analyzer/report"

// slots is the number of columns of a trend.
const slots = 8

// bars are the heights of a trend; the first one means no errors.
var bars = [...]rune{'·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'}

// trend draws how a problem's errors spread over the log's window, each
// problem to its own scale; up to eight errors a slot, a step is one error.
// It is "" if the log shows no times.
func trend(t report.Timeline, w report.Window) string {
	if w.First == nil || w.Last == nil || len(t.Points) == 0 {
		return ""
	}
	sums := slotSums(t, w)
	peak := int64(len(bars) - 1)
	for _, n := range sums {
		peak = max(peak, n)
	}
	line := make([]rune, slots)
	for i, n := range sums {
		line[i] = bars[scaled(n, peak, int64(len(bars)-1))]
	}
	return string(line)
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
