package report

import (
	"cmp"
	"slices"
)

// Concentration says that much of a change lies in one value of a dimension.
type Concentration struct {
	Dimension string `json:"dimension"` // one of Dimensions
	Value     string `json:"value"`

	Percent       int64 `json:"percent"`        // of the change
	PercentBefore int64 `json:"percent_before"` // of the errors before
	PercentAfter  int64 `json:"percent_after"`  // of the errors after
}

// From which part of a change on it concentrates in a value, and by how much
// that is more than the value's part of the quieter side if the change is what
// concentrates, rather than the problem, in percent.
const (
	leastConcentrated = 60
	leastContrast     = 20
)

// concentrations finds in which values the change of p lies, at most one of each
// telling dimension, the largest part first: those that tell the change from what was
// there, or, if there are none, those in which all lies as before.
func (c *comparison) concentrations(p *pair) []Concentration {
	if list := c.concentrating(p, leastConcentrated, leastContrast); len(list) > 0 {
		return list
	}
	return c.concentrating(p, 100, 0)
}

// concentrating lists the values that hold at least that part of the change, and
// by at least contrast more than of the quieter side.
func (c *comparison) concentrating(p *pair, least, contrast int64) []Concentration {
	list := []Concentration{}
	for _, dimension := range c.telling {
		if x, quiet := c.concentration(dimension, p); x.Percent >= max(least, quiet+contrast) {
			list = append(list, x)
		}
	}
	slices.SortStableFunc(list, func(x, y Concentration) int { return cmp.Compare(y.Percent, x.Percent) })
	return list
}

// concentration finds the value in which most of the change of p lies, and the
// value's part of the quieter side.
func (c *comparison) concentration(dimension string, p *pair) (most Concentration, quiet int64) {
	a, b := errorsOf(p.before), errorsOf(p.after)
	change := c.rise(a, b)
	before, after := countsOf(p.before, dimension), countsOf(p.after, dimension)
	for _, value := range valuesOf(before, after) {
		x := Concentration{
			Dimension: dimension, Value: value,
			Percent:       part(c.rise(before[value], after[value]), change),
			PercentBefore: part(before[value], a),
			PercentAfter:  part(after[value], b),
		}
		if x.Percent > most.Percent && value != noValue && value != manyValue {
			most = x
		}
	}
	if change < 0 {
		return most, most.PercentAfter
	}
	return most, most.PercentBefore
}

// part returns n as a percentage of all, rounded; 0 if they have not the same
// sign, and at most 100.
func part(n, all int64) int64 {
	if all < 0 {
		n, all = -n, -all
	}
	return (scale(min(n, all), 200, all) + 1) / 2
}

// countsOf counts the errors of problems by the values of a dimension.
func countsOf(problems []*Problem, dimension string) map[string]int64 {
	counts := make(map[string]int64)
	for _, p := range problems {
		for _, c := range p.counts(dimension) {
			counts[c.Value] += c.Errors
		}
		if dimension != "field" {
			continue
		}
		for _, f := range p.Fields {
			counts[f] += p.Errors
		}
		if len(p.Fields) == 0 {
			counts[noValue] += p.Errors
		}
	}
	return counts
}

// valuesOf lists the keys of both, in order.
func valuesOf(before, after map[string]int64) []string {
	var list []string
	for _, counts := range []map[string]int64{before, after} {
		for value := range counts {
			list = append(list, value)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
