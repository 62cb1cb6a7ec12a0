package report

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/cespare/xxhash/v2"

	"analyzer/classify"
)

// Magic begins every frame. As in PNG, it is not text in any encoding that logs
// use, and its line ends show whether a transfer changed them.
const Magic = "\x89TALLY\r\n\x1a\n"

// frameVersion is that of the frame's layout and of the bounds in caps.go:
// states cut by different bounds must not meet.
const frameVersion = 5

// packsBytes is the longest fingerprint of packs.
const packsBytes = 4096

// A frame is
//
//	Magic  version byte  length of body (uvarint)  body  checksum (8 bytes)
//
// The body holds the state in one fixed order: integers as uvarints, hashes and
// the checksum as 8 bytes, little endian. A text or path that stands for the
// second time is a reference to the first.

// AppendBinary appends t's frame to b. The same state gives the same bytes. The
// error is always nil.
func (t *Tally) AppendBinary(b []byte) ([]byte, error) {
	var e encoder
	t.encode(&e)
	start := len(b)
	b = append(b, Magic...)
	b = append(b, frameVersion)
	b = binary.AppendUvarint(b, uint64(len(e.b)))
	b = append(b, e.b...)
	return binary.LittleEndian.AppendUint64(b, xxhash.Sum64(b[start:])), nil
}

// UnmarshalBinary replaces t by the state of a frame, which must fill b and be
// as AppendBinary writes it. After an error t is unchanged. It never panics,
// and allocates in proportion to len(b).
func (t *Tally) UnmarshalBinary(b []byte) error {
	body, err := openFrame(b)
	if err != nil {
		return fmt.Errorf("read tally: %w", err)
	}
	u := NewTally(Options{})
	d := decoder{b: body}
	u.decode(&d)
	if d.err == nil && len(d.b) > 0 {
		d.fail("more than a tally")
	}
	if d.err != nil {
		return fmt.Errorf("read tally: %w", d.err)
	}
	// Writing it once more is the proof that every order, cut and fold is as a
	// Tally makes them: Merge relies on that.
	if again, _ := u.AppendBinary(nil); !bytes.Equal(again, b) {
		return errors.New("read tally: not in canonical form")
	}
	*t = *u
	return nil
}

// openFrame checks what surrounds the body.
func openFrame(b []byte) (body []byte, err error) {
	rest, ok := bytes.CutPrefix(b, []byte(Magic))
	if !ok {
		return nil, errors.New("no frame")
	}
	if len(rest) == 0 {
		return nil, errors.New("frame cut short")
	}
	if rest[0] != frameVersion {
		return nil, fmt.Errorf("frame of version %d, want %d", rest[0], frameVersion)
	}
	n, size := binary.Uvarint(rest[1:])
	if size <= 0 {
		return nil, errors.New("frame cut short")
	}
	rest = rest[1+size:]
	switch {
	case len(rest) < 8 || n > uint64(len(rest)-8):
		return nil, errors.New("frame cut short")
	case n < uint64(len(rest)-8):
		return nil, errors.New("more than a frame")
	}
	if binary.LittleEndian.Uint64(rest[n:]) != xxhash.Sum64(b[:len(b)-8]) {
		return nil, errors.New("frame damaged: checksum differs")
	}
	return rest[:n], nil
}

func (t *Tally) encode(e *encoder) {
	e.str(t.packs)
	t.filter.encode(e)
	e.bool(t.interrupted)
	e.int(t.withoutID)
	for _, n := range t.notes {
		e.int(n)
	}
	t.quality.encode(e)
	t.problems.encode(e)
	t.fields.encode(e)
	t.requests.encode(e)
	t.derived.encode(e)
	t.conduct.encode(e)
	t.sources.encode(e)
}

func (t *Tally) decode(d *decoder) {
	t.packs = d.str(packsBytes)
	t.filter.decode(d)
	t.interrupted = d.bool()
	t.withoutID = d.int()
	for i := range t.notes {
		t.notes[i] = d.int()
	}
	t.quality.decode(d)
	t.problems.decode(d)
	t.fields.decode(d)
	t.requests.decode(d)
	t.derived.decode(d)
	t.conduct.decode(d)
	t.sources.decode(d)
}

// encoder builds the body of a frame.
type encoder struct {
	b     []byte
	texts map[string]int
	paths map[path]int
}

func (e *encoder) uint(n uint64) { e.b = binary.AppendUvarint(e.b, n) }
func (e *encoder) len(n int)     { e.uint(uint64(n)) }
func (e *encoder) hash(h uint64) { e.b = binary.LittleEndian.AppendUint64(e.b, h) }

// int appends n, which is a count, an instant or a position: never negative,
// except a sum that overflowed.
func (e *encoder) int(n int64) { e.uint(uint64(max(n, 0))) }

func (e *encoder) bool(v bool) {
	if v {
		e.len(1)
	} else {
		e.len(0)
	}
}

// str appends s, or 1 + the number of the same text before it.
func (e *encoder) str(s string) {
	if i, ok := e.texts[s]; ok {
		e.len(1 + i)
		return
	}
	if e.texts == nil {
		e.texts = make(map[string]int)
	}
	e.texts[s] = len(e.texts)
	e.len(0)
	e.len(len(s))
	e.b = append(e.b, s...)
}

// path appends p, or 1 + the number of the same path before it.
func (e *encoder) path(p *path) {
	if i, ok := e.paths[*p]; ok {
		e.len(1 + i)
		return
	}
	if e.paths == nil {
		e.paths = make(map[path]int)
	}
	e.paths[*p] = len(e.paths)
	e.len(0)
	for _, h := range p {
		e.hash(h)
	}
}

// decoder reads the body of a frame. After a failure it reads zeros.
type decoder struct {
	b     []byte
	texts []string
	paths []*path
	err   error
}

func (d *decoder) fail(why string) {
	if d.err == nil {
		d.err = errors.New("frame malformed: " + why)
	}
	d.b = nil
}

func (d *decoder) uint() uint64 {
	n, size := binary.Uvarint(d.b)
	if size <= 0 {
		d.fail("ends early")
		return 0
	}
	d.b = d.b[size:]
	return n
}

func (d *decoder) int() int64 {
	n := d.uint()
	if n > math.MaxInt64 {
		d.fail("number out of range")
		return 0
	}
	return int64(n)
}

// len reads a number up to limit, of things that take least bytes each: no
// more of them than the rest of the frame can hold.
func (d *decoder) len(limit, least int) int {
	n := d.uint()
	if n > uint64(limit) || least > 0 && n > uint64(len(d.b)/least) {
		d.fail("number out of range")
		return 0
	}
	return int(n)
}

func (d *decoder) bool() bool { return d.len(1, 0) == 1 }

func (d *decoder) hash() uint64 {
	if len(d.b) < 8 {
		d.fail("ends early")
		return 0
	}
	h := binary.LittleEndian.Uint64(d.b)
	d.b = d.b[8:]
	return h
}

// str reads a text of at most limit bytes.
func (d *decoder) str(limit int) string {
	i := d.len(len(d.texts), 0)
	if i > 0 {
		if len(d.texts[i-1]) > limit {
			d.fail("text too long")
			return ""
		}
		return d.texts[i-1]
	}
	n := d.len(limit, 1)
	s := string(d.b[:n])
	d.b = d.b[n:]
	d.texts = append(d.texts, s)
	return s
}

func (d *decoder) path() *path {
	if i := d.len(len(d.paths), 0); i > 0 {
		return d.paths[i-1]
	}
	p := new(path)
	for i := range p {
		p[i] = d.hash()
	}
	if p[0] > uint64(classify.Server) || p[1] > maxStatus {
		d.fail("path out of range")
	}
	d.paths = append(d.paths, p)
	return p
}
