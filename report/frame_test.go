package report

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
)

// frames returns real frames: empty, small, folded.
func frames(t testing.TB) [][]byte {
	rng := rand.New(rand.NewPCG(11, 12))
	list := [][]byte{
		frameOf(t, NewTally(Options{})),
		frameOf(t, tallyOf(ordinary.steps(rng, 1))),
		frameOf(t, tallyOf(ordinary.steps(rng, 12))),
		frameOf(t, tallyOf(variety{messages: 200, codes: 100, fields: 300, span: 1}.steps(rng, 300))),
	}
	return list
}

func TestMagicIsNoText(t *testing.T) {
	if utf8.ValidString(Magic) {
		t.Error("the magic is valid UTF-8: a log could begin with it")
	}
	for _, frame := range frames(t) {
		if !bytes.HasPrefix(frame, []byte(Magic)) {
			t.Error("a frame without the magic")
		}
	}
}

func TestFrameRoundTrip(t *testing.T) {
	for i, frame := range frames(t) {
		if !bytes.Equal(frameOf(t, read(t, frame)), frame) {
			t.Errorf("frame %d changed on the way", i)
		}
	}
}

// TestFrameRejects: what is not a whole frame is an error that says so.
func TestFrameRejects(t *testing.T) {
	whole := frames(t)[2]
	version := bytes.Clone(whole)
	version[len(Magic)] = 9
	for _, c := range []struct {
		name  string
		frame []byte
		want  string
	}{
		{"empty", nil, "read tally: no frame"},
		{"text", []byte("{}"), "read tally: no frame"},
		{"magic only", []byte(Magic), "read tally: frame cut short"},
		{"half", whole[:len(whole)/2], "read tally: frame cut short"},
		{"tail", append(bytes.Clone(whole), 0), "read tally: more than a frame"},
		{"version", version, "read tally: frame of version 9, want 5"},
		{"another frame's body", reseal([]byte("\x00\x00\x05")), "read tally: frame malformed: number out of range"},
		{"body and more", reseal(append(body(whole), 0)), "read tally: frame malformed: more than a tally"},
	} {
		err := NewTally(Options{}).UnmarshalBinary(c.frame)
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
}

// TestFrameDamage: cuts and flipped bits are noticed, also where the checksum
// was made to fit.
func TestFrameDamage(t *testing.T) {
	for _, frame := range frames(t)[1:] {
		u := NewTally(Options{})
		for n := range frame[:min(len(frame), 400)] {
			if u.UnmarshalBinary(frame[:n]) == nil {
				t.Fatalf("a frame cut to %d bytes was read", n)
			}
		}
		rng := rand.New(rand.NewPCG(13, 14))
		for range 500 {
			damaged := bytes.Clone(frame)
			damaged[rng.IntN(len(damaged))] ^= 1 << rng.IntN(8)
			if u.UnmarshalBinary(damaged) == nil {
				t.Fatal("a damaged frame was read")
			}
			checkHostile(t, reseal(body(damaged)))
		}
	}
}

// TestFrameRejectsHollowLinks: what the audit relies on is there.
func TestFrameRejectsHollowLinks(t *testing.T) {
	for name, change := range map[string]func(*link){
		"no tries":     func(v *link) { v.tries = nil },
		"no errors":    func(v *link) { v.errors = 0 },
		"too many":     func(v *link) { v.errors = int64(len(v.tries)) - 1 },
		"out of order": func(v *link) { v.tries = append(v.tries, v.tries[0]); v.errors++ },
	} {
		tally := tallyOf(ordinary.steps(rand.New(rand.NewPCG(17, 18)), 30))
		for i := range tally.conduct.byTime.all {
			change(&tally.conduct.byTime.all[i].value)
		}
		if new(Tally).UnmarshalBinary(frameOf(t, tally)) == nil {
			t.Errorf("a link with %s was read", name)
		}
	}
}

// body returns what stands between a frame's head and checksum.
func body(frame []byte) []byte {
	_, size := binary.Uvarint(frame[len(Magic)+1:])
	if size <= 0 {
		return nil
	}
	return frame[len(Magic)+1+size : len(frame)-8]
}

// reseal makes a frame of any body.
func reseal(body []byte) []byte {
	b := append([]byte(Magic), frameVersion)
	b = binary.AppendUvarint(b, uint64(len(body)))
	b = append(b, body...)
	return binary.LittleEndian.AppendUint64(b, xxhash.Sum64(b))
}

// checkHostile asserts that a frame of any origin is an error, or a tally that
// can be written, merged and reported.
func checkHostile(t *testing.T, frame []byte) {
	t.Helper()
	u := NewTally(Options{})
	if u.UnmarshalBinary(frame) != nil {
		return
	}
	if !bytes.Equal(frameOf(t, u), frame) {
		t.Fatal("a frame was read that is written otherwise")
	}
	u.Report(nil, Tool{})
	twice := read(t, frame)
	if err := twice.Merge(u); err != nil {
		t.Fatal(err)
	}
	twice.Report(nil, Tool{})
	read(t, frameOf(t, twice))
}

// FuzzFrame takes the body of a frame, so that the fuzzer need not guess
// checksums.
func FuzzFrame(f *testing.F) {
	seeds := frames(f)
	if len(seeds) == 0 {
		f.Fatal("no seeds")
	}
	for _, frame := range seeds {
		f.Add(body(frame))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		checkHostile(t, b)
		checkHostile(t, reseal(b))
	})
}
