package report

import (
	"cmp"
	"slices"
)

// Dimensions are what Breakdown takes.
var Dimensions = []string{"service", "caller", "route", "version", "field"}

// noValue stands for the errors that name no value.
const noValue = "(none)"

// Share is a value and the part of all errors that name it.
type Share struct {
	Value    string
	Errors   int64
	Percent  int64    // of the report's errors, rounded
	Problems []string // ids, in the report's order
}

// Breakdown divides the errors of r by one of Dimensions, the largest share
// first. Errors that name no value are under "(none)", and those that a problem
// does not tell apart under "(many)". An error may name several fields: their
// shares may exceed 100 percent together, and there is no "(none)". Another
// dimension gives nothing.
func (r *Report) Breakdown(dimension string) []Share {
	b := breakdown{index: make(map[string]int)}
	if dimension == "field" {
		for _, f := range r.Fields {
			b.add(Count{f.Field, f.Errors}, f.Problems...)
		}
	} else {
		for i := range r.Problems {
			p := &r.Problems[i]
			for _, c := range p.counts(dimension) {
				b.add(c, p.ID)
			}
		}
	}
	for i := range b.shares {
		s := &b.shares[i]
		s.Percent = (scale(s.Errors, 200, r.Input.Errors) + 1) / 2
	}
	slices.SortFunc(b.shares, func(x, y Share) int {
		return cmp.Or(cmp.Compare(y.Errors, x.Errors), cmp.Compare(x.Value, y.Value))
	})
	return b.shares
}

// counts divides the errors of p; the counts add up to them.
func (p *Problem) counts(dimension string) []Count {
	var named []Count
	switch dimension {
	case "service":
		named = p.By.Service
	case "caller":
		named = p.By.Caller
	case "version":
		named = p.By.Version
	case "route":
		return []Count{{p.route(), p.Errors}}
	default:
		return nil
	}
	rest := p.Errors
	for _, c := range named {
		rest -= c.Errors
	}
	if rest > 0 {
		return append(slices.Clip(named), Count{noValue, rest})
	}
	return named
}

func (p *Problem) route() string {
	switch {
	case p.Route != "":
		return p.Route
	case p.Folded:
		return manyValue
	}
	return noValue
}

// breakdown adds up shares.
type breakdown struct {
	shares []Share
	index  map[string]int // of a value, in shares
}

func (b *breakdown) add(c Count, problems ...string) {
	i, found := b.index[c.Value]
	if !found {
		i = len(b.shares)
		b.index[c.Value] = i
		b.shares = append(b.shares, Share{Value: c.Value})
	}
	b.shares[i].Errors += c.Errors
	b.shares[i].Problems = append(b.shares[i].Problems, problems...)
}
