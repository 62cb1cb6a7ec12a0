package history

import (
	"math"
	"math/bits"

	"analyzer/report"
)

// baseline sums what runs found in a window of the past.
type baseline struct {
	first  int64           // where the window begins, in seconds since 1970
	length int64           // of the time that was read, in seconds
	errors map[int64]int64 // in thousandths, by the problem's number
}

func newBaseline(first int64) *baseline {
	return &baseline{first: first, errors: make(map[int64]int64)}
}

// add adds part/whole of what a run counted, in thousandths.
func (b *baseline) add(counts []count, part, whole int64) {
	if part == 0 {
		return
	}
	for _, c := range counts {
		b.errors[c.problem] += share(1000*c.errors, part, whole)
	}
}

// report brings b to another length, and names the problems.
func (b *baseline) report(length int64, lives map[int64]report.Life) *report.Baseline {
	if b == nil {
		return nil
	}
	if length == 0 || b.length == 0 { // nothing is known of times: as they are
		length, b.length = 1, 1
	}
	errors := make(map[string]int64, len(b.errors))
	for number, n := range b.errors {
		errors[lives[number].ID] = share(n, length, b.length) / 1000
	}
	return &report.Baseline{First: instant(b.first), Errors: errors}
}

// share returns part/whole of n.
func share(n, part, whole int64) int64 {
	high, low := bits.Mul64(uint64(n), uint64(part))
	if high >= uint64(whole) {
		return math.MaxInt64 / 2 // more errors than there are
	}
	quotient, _ := bits.Div64(high, low, uint64(whole))
	return int64(quotient)
}
