package parse

import (
	"hash/maphash"
	"strings"
)

// remembered is how many texts a Scanner remembers, and rememberedText how long
// one is at most.
const (
	remembered     = 1 << 10
	rememberedText = 256
)

// memory holds the texts and envelopes that were read last: logs repeat services,
// routes, codes and most messages line by line.
type memory struct {
	texts     recent[cleaned]
	messages  recent[found[heard]]
	read      recent[found[said]]
	envelopes recent[envelope]
}

func newMemory() *memory {
	return &memory{
		texts:     newRecent[cleaned](remembered),
		messages:  newRecent[found[heard]](remembered),
		read:      newRecent[found[said]](remembered / 4),
		envelopes: newRecent[envelope](4 * remembered),
	}
}

// recent keeps what was met last, each in one of the two places that its hash gives
// it. What stands in it changes nothing but speed.
type recent[V any] [][2]V

// newRecent returns a recent with room for n, all of which is written to: memory that
// is read before it is written the system gives out twice, the second time with all
// processors waiting.
func newRecent[V any](n int) recent[V] {
	r := make(recent[V], n/2)
	clear(r)
	return r
}

// place returns the place, valid until the next call, of what is looked for, and
// whether it is known. If not, it is one to fill.
func (r recent[V]) place(hash uint64, is func(*V) bool) (v *V, known bool) {
	if v = r.look(hash, is); v != nil {
		return v, true
	}
	return r.room(hash), false
}

// look returns what is looked for, nil if it is not known.
func (r recent[V]) look(hash uint64, is func(*V) bool) *V {
	places := &r[hash%uint64(len(r))]
	for i := range places {
		if is(&places[i]) {
			return &places[i]
		}
	}
	return nil
}

// room returns a place to fill, in which the older of two stands.
func (r recent[V]) room(hash uint64) *V {
	places := &r[hash%uint64(len(r))]
	places[0], places[1] = places[1], places[0]
	return &places[0]
}

// found is what was found of a text.
type found[V any] struct {
	text string
	what V
}

// find returns what look finds of text, which is asked only if that is not
// remembered. There is nothing to find of the empty text. What is returned is valid
// until the next call.
func find[V any](r recent[found[V]], text string, look func(text string) *V) *V {
	place, known := r.place(hashOf(text), func(f *found[V]) bool { return f.text == text })
	if !known {
		place.text = strings.Clone(text)
		place.what = *look(place.text)
	}
	return &place.what
}

// seed is that of all hashes by which something is remembered.
var seed = maphash.MakeSeed()

func hashOf(text string) uint64 { return maphash.String(seed, text) }
