package report

import "math/big"

// What makes a difference a change; see Compare.
const (
	leastWindow  = 60 // seconds: of a shorter log, rates say nothing
	leastChanged = 5  // errors
	growth       = 3  // to growthBase: half more
	growthBase   = 2
	surprise     = 12 // times the variance: 3.5 standard deviations, squared
)

// The verdicts on a problem that has not changed.
const (
	steady = ""       // it is as frequent as before
	unsure = "unsure" // it differs, but perhaps by chance
)

// comparison is how the counts of two windows compare: one before times the length
// after with one after times the length before.
type comparison struct {
	before, after int64    // lengths in seconds, both 1 if one is not known
	telling       []string // the dimensions in which not all errors have the same value
}

func newComparison(d *Diff, list []pair) *comparison {
	var all pair
	for i := range list {
		all.join(&list[i])
	}
	c := &comparison{before: 1, after: 1}
	if d.Timed {
		c.before, c.after = d.Before.Seconds, d.After.Seconds
	}
	for _, dimension := range Dimensions {
		if len(valuesOf(countsOf(all.before, dimension), countsOf(all.after, dimension))) > 1 {
			c.telling = append(c.telling, dimension)
		}
	}
	return c
}

// rise returns by how much b errors after are more than a before, over equal
// time. Its unit is the comparison's own.
func (c *comparison) rise(a, b int64) int64 { return b*c.before - a*c.after }

// expected returns what a errors before would be over the time of after.
func (c *comparison) expected(a int64) int64 {
	return (a*c.after + c.before/2) / c.before
}

// judge returns the kind of change, or one of the other verdicts.
func (c *comparison) judge(p *pair) string {
	a, b := errorsOf(p.before), errorsOf(p.after)
	less, more, counted := a*c.after, b*c.before, b
	quiet := unsteadiness(p.before, c.before)
	if more < less {
		less, more, counted = more, less, a
		quiet = unsteadiness(p.after, c.after)
	}
	switch {
	case more*growthBase < less*growth:
		return steady
	case counted < leastChanged || !c.surprising(more-less, a+b, quiet):
		return unsure
	case a == 0:
		return ChangeNew
	case b == 0:
		return ChangeGone
	case c.rise(a, b) > 0:
		return ChangeWorse
	}
	return ChangeBetter
}

// surprising reports whether a difference among n errors is more than chance
// explains. Of n errors that fall into either window by chance, its variance is
// n times both lengths.
func (c *comparison) surprising(difference, n, unsteady int64) bool {
	return product(difference, difference).Cmp(product(surprise, unsteady, n, c.before, c.after)) >= 0
}

func product(factors ...int64) *big.Int {
	result := big.NewInt(1)
	for _, n := range factors {
		result.Mul(result, big.NewInt(n))
	}
	return result
}

// unsteadiness returns the variance of errors per slot over their mean, at least
// 1: about 1 for errors that come one by one, and 10 for bursts of ten.
func unsteadiness(problems []*Problem, seconds int64) int64 {
	var sum, squares, slots int64
	for _, p := range problems {
		for _, point := range p.Timeline.Points {
			sum += point.Errors
			squares += point.Errors * point.Errors
		}
		slots += seconds/max(1, p.Timeline.Step) + 1
	}
	if sum == 0 {
		return 1
	}
	return max(1, squares/sum-sum/slots)
}
