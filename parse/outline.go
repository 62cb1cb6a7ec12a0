package parse

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
)

// outline is what records of one kind have in common: their keys, the kinds of
// values, and how they stand in each other. Logs repeat a few. What follows from
// the outline alone is found once, in the first record that has it.
type outline struct {
	drawn  []byte // what it holds of each node
	serial uint64 // among all that were remembered; 0 if it is not

	hits       hits
	texts      []int32 // strings for people
	candidates []candidate
	fits       []verdict // of the candidates
}

// maxOutline is the length, in bytes, up to which an outline is remembered.
const maxOutline = 4 << 10

// outlines are those of the records that were read last. One that comes for the first
// time is not remembered: in some logs each record has an outline of its own.
type outlines struct {
	known recent[outline]
	once  [1 << 12]uint64 // hashes of those that came, each in its place
	other outline         // one that is not remembered
	made  uint64
	drawn []byte // of the record at hand
}

// of returns the outline of the record in the tree, and whether it is known. If
// not, it is still to be filled.
func (o *outlines) of(t *tree) (x *outline, known bool) {
	if !o.draw(t) {
		return &o.other, false
	}
	hash := maphash.Bytes(seed, o.drawn)
	if x = o.known.look(hash, func(x *outline) bool { return bytes.Equal(x.drawn, o.drawn) }); x != nil {
		return x, true
	}
	if once := &o.once[hash%uint64(len(o.once))]; *once != hash {
		*once = hash
		return &o.other, false
	}
	o.made++
	x = o.known.room(hash)
	x.serial, x.drawn = o.made, append(x.drawn[:0], o.drawn...)
	return x, false
}

// draw writes down the outline of the record in the tree, and reports whether it is
// short enough to be remembered.
func (o *outlines) draw(t *tree) bool {
	o.drawn = o.drawn[:0]
	for i := range t.nodes {
		n := &t.nodes[i]
		o.drawn = binary.LittleEndian.AppendUint64(append(o.drawn, n.key...), n.form())
		if len(o.drawn) > maxOutline {
			return false
		}
	}
	return true
}

// form returns what an outline holds of n beside its key: of its value no more than
// the kind, whether there is one, and whether it is text, pairs or JSON.
func (n *node) form() uint64 {
	form := uint64(len(n.key))<<48 | uint64(n.word)<<24 | uint64(n.end)<<8 | uint64(n.kind)<<4
	switch {
	case n.inner == 0:
	case n.tail == 0:
		form |= 1 << 1
	case n.lead > 0 || int(n.tail) < len(n.str):
		form |= 2 << 1
	default:
		form |= 3 << 1
	}
	if n.kind == stringKind && n.str == "" || n.kind == numberKind && n.str == "0" {
		form |= 1
	}
	return form
}

// findOutline finds what follows from the outline of the record in the tree.
func (s *Scanner) findOutline() {
	x, known := s.outlines.of(&s.tree)
	if s.outline = x; known {
		return
	}
	doubts := s.doubts()
	s.reader.layout.find(&s.tree, &x.hits)
	x.texts = s.tree.appendTexts(x.texts[:0])
	x.candidates = s.tree.appendCandidates(x.candidates[:0])
	shapes := len(s.reader.shapes)
	x.fits = append(x.fits[:0], make([]verdict, shapes*len(x.candidates))...)
	for k := range x.candidates {
		x.candidates[k].fits = x.fits[k*shapes:]
	}
	if s.raised(doubts) {
		x.drawn = x.drawn[:0] // as no record is drawn
	}
}

// doubts are those raised about a record so far. They are noted of each record, so
// that nothing is remembered of which one was raised.
type doubts struct {
	notes [NumNotes]int64
	twice bool
}

// doubts returns the doubts so far, and begins to look for others.
func (s *Scanner) doubts() doubts {
	d := doubts{s.account.Notes, s.tree.twice}
	s.tree.twice = false
	return d
}

// raised reports whether others were raised since d.
func (s *Scanner) raised(d doubts) bool {
	raised := s.account.Notes != d.notes || s.tree.twice
	s.tree.twice = s.tree.twice || d.twice
	return raised
}
