package render

import (
	"math"
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

// maxBins are as many as people tell apart in a chart.
const maxBins = 72

// binSteps are the slots that people can read, in seconds.
var binSteps = []int64{1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 10800, 21600, 43200, 86400}

// newBins takes the finest step that needs no more than most bins, and that holds
// the slots of every problem's timeline whole.
func newBins(r *report.Report, most int64) bins {
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
		if b = binsOf(w, step); b.n <= most && step%coarsest == 0 {
			return b
		}
	}
	for b.n > most {
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

// stacks counts errors by category, in the order of categoryItems, and bin.
func (b bins) stacks(r *report.Report) (counts [][]int64, totals []int64) {
	totals = make([]int64, b.n)
	for _, c := range categoryItems(r) {
		sums := make([]int64, b.n)
		for i := range r.Problems {
			if pr := &r.Problems[i]; pr.Category == c.Category {
				for bin, n := range b.count(pr.Timeline) {
					sums[bin], totals[bin] = plus(sums[bin], n), plus(totals[bin], n)
				}
			}
		}
		counts = append(counts, sums)
	}
	return counts, totals
}

// at returns the bin of an instant; the first or last one if it is outside.
func (b bins) at(t *report.Time) int64 {
	return max(0, min(floorDiv(t.Unix()-b.first, b.step), b.n-1))
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

// scale says from when on bins are, and how long each is.
func (b bins) scale(c clock) string { return b.time(0, c) + ", a column per " + b.length() }
