package report

import (
	"slices"
)

// shapes of the waits between tries.
const (
	shapeNone        = "none"
	shapeConstant    = "constant"
	shapeLinear      = "linear"
	shapeExponential = "exponential"
	shapeIrregular   = "irregular"
)

const (
	atOnce       = 100 // milliseconds below which a retry waited for nothing
	leastJitter  = 5   // delays that show whether they scatter
	mostDelays   = 8   // retries of an operation that show the shape
	advisedFirst = 700 // milliseconds: the advised second, in the log's clock
	advisedLast  = 2500
)

// backoff finds the shape of the delays between the tries of operations, nil if
// there are none.
func backoff(ops []*operation) *Backoff {
	delays := delaysOf(ops)
	if len(delays[0]) == 0 {
		return nil
	}
	var medians []int64
	for _, list := range delays {
		if len(list)*5 < len(delays[0]) || len(list) == 0 {
			break // too few came so far
		}
		medians = append(medians, median(list))
	}
	b := &Backoff{Shape: shapeOf(medians), FirstMS: medians[0], Jitter: jitter(delays[0])}
	b.Advised = b.Shape == shapeExponential && advisedFirst <= b.FirstMS && b.FirstMS <= advisedLast
	return b
}

// delaysOf returns, in milliseconds and sorted, the delays before the first
// retries, the second ones, and so on.
func delaysOf(ops []*operation) (delays [mostDelays][]int64) {
	for _, op := range ops {
		tries := op.tries
		for j := 1; j < len(tries) && j <= mostDelays && tries[j].timed(); j++ {
			delays[j-1] = append(delays[j-1], (tries[j].time-tries[j-1].time)/1e6)
		}
	}
	for _, list := range delays {
		slices.Sort(list)
	}
	return delays
}

// median returns the lower median of what is sorted.
func median(sorted []int64) int64 { return sorted[(len(sorted)-1)/2] }

// shapeOf names the shape of the median delays, "" if there are too few.
func shapeOf(delays []int64) string {
	least, most := slices.Min(delays), slices.Max(delays)
	switch {
	case most < atOnce:
		return shapeNone
	case len(delays) < 2:
		return ""
	case most*5 <= least*7:
		return shapeConstant
	case isLinear(delays):
		return shapeLinear
	case isExponential(delays):
		return shapeExponential
	}
	return shapeIrregular
}

// isLinear reports whether delays grow by the same amount each time; of two one
// cannot tell.
func isLinear(delays []int64) bool {
	if len(delays) < 3 {
		return false
	}
	step := delays[1] - delays[0]
	for i := 2; i < len(delays); i++ {
		if d := delays[i] - delays[i-1]; d*4 < step*3 || d*4 > step*5 {
			return false
		}
	}
	return step > 0
}

// isExponential reports whether delays grow by a factor, perhaps up to a bound
// where they stay.
func isExponential(delays []int64) bool {
	bounded := false
	for i := 1; i < len(delays); i++ {
		before, now := delays[i-1], delays[i]
		grows := now*2 >= before*3 && now <= before*4
		if bounded = bounded || !grows; bounded && (i == 1 || now*10 < before*7 || now*2 > before*3) {
			return false
		}
	}
	return true
}

// jitter reports whether delays scatter by more than a fifth, nil if there are
// too few.
func jitter(sorted []int64) *bool {
	n := len(sorted)
	if n < leastJitter {
		return nil
	}
	scatter := sorted[n-1-n/10] - sorted[n/10]
	scatters := scatter*5 > median(sorted) && scatter > int64(atOnce)/2
	return &scatters
}
