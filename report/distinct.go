package report

import (
	"math"
	"math/bits"
	"slices"
)

// distinct counts different things by the distinctCap smallest of their hashes
// (k minimum values). Up to the cap the count is exact.
type distinct struct {
	hashes []uint64 // ascending
	more   bool     // there were others
}

func (s *distinct) add(h uint64) {
	full := len(s.hashes) == distinctCap
	if full && s.more && h > s.hashes[distinctCap-1] {
		return
	}
	i, found := slices.BinarySearch(s.hashes, h)
	switch {
	case found:
	case !full:
		s.hashes = slices.Insert(s.hashes, i, h)
	default:
		s.more = true
		if i < distinctCap {
			copy(s.hashes[i+1:], s.hashes[i:])
			s.hashes[i] = h
		}
	}
}

func (s *distinct) merge(u *distinct) {
	for _, h := range u.hashes {
		s.add(h)
	}
	s.more = s.more || u.more
}

// count returns the number of different things, an estimate if s.more.
func (s *distinct) count() int64 {
	if !s.more {
		return int64(len(s.hashes))
	}
	return estimate(len(s.hashes), s.hashes[len(s.hashes)-1])
}

// estimate returns how many hashes there are if the k-th smallest is kth:
// (k-1) · 2⁶⁴ / kth, the unbiased estimator, in integers.
func estimate(k int, kth uint64) int64 {
	hi := uint64(k - 1)
	if kth <= hi {
		return math.MaxInt64 // not from evenly spread hashes
	}
	n, _ := bits.Div64(hi, 0, kth)
	return int64(min(n, math.MaxInt64))
}

// scale returns c · whole / part without overflow, for c <= part.
func scale(c, whole, part int64) int64 {
	if c <= 0 || c > part || whole <= 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(c), uint64(whole))
	n, _ := bits.Div64(hi, lo, uint64(part))
	return int64(n)
}

func (s *distinct) encode(e *encoder) {
	e.bool(s.more)
	e.len(len(s.hashes))
	for _, h := range s.hashes {
		e.hash(h)
	}
}

func (s *distinct) decode(d *decoder) {
	s.more = d.bool()
	s.hashes = make([]uint64, d.len(distinctCap, 8))
	for i := range s.hashes {
		s.hashes[i] = d.hash()
		if i > 0 && s.hashes[i] <= s.hashes[i-1] {
			d.fail("hashes out of order")
		}
	}
	if s.more && len(s.hashes) < distinctCap {
		d.fail("cut set below its cap")
	}
}
