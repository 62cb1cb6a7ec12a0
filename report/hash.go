package report

import (
	"math/bits"

	"github.com/cespare/xxhash/v2"

	"analyzer/classify"
)

// hash maps s to 64 bits, the same on every machine for ever: tallies from
// different machines must cut their sets alike.
func hash(s string) uint64 {
	return xxhash.Sum64String(s)
}

// mix hashes the pair (a, b). The rotation keeps the order of the two apart;
// the rest is the finalizer of splitmix64.
func mix(a, b uint64) uint64 {
	h := a ^ bits.RotateLeft64(b*0x9e3779b97f4a7c15, 31)
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// path is a problem's place in the key tree: one element per level. The first
// two are the category and the status themselves, the others hashes.
type path [problemLevels]uint64

func pathOf(p *classify.Problem) path {
	return path{
		uint64(p.Category),
		uint64(p.Status),
		hash(p.Code),
		mix(hash(p.Method), hash(p.Route)),
		mix(hash(p.Fields), hash(p.Message)),
	}
}

func (p *path) category() classify.Category { return classify.Category(p[0]) }
func (p *path) status() int                 { return int(p[1]) }
