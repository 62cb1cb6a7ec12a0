package sift

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

const leads = " \":=\t\n|r"

// choices are windows of all kinds: of bytes in both cases, of any, of few.
func choices() (all [][]Window) {
	for _, word := range []string{`error`, `"err"`, `fault`, `:"bad`, `_code`, `limit`, `denied`, `\u003`, `throttled`, `not_found`} {
		var windows []Window
		for i := range len(word) - places + 1 {
			var w Window
			for k := range w {
				w[k] = word[i+k:i+k+1] + strings.ToUpper(word[i+k:i+k+1])
			}
			windows = append(windows, w)
		}
		all = append(all, windows)
	}
	return append(all, []Window{{"e", "r", "r", `"\`, statuses(leads)[0][0][4]}})
}

// kernels returns one by each method that the processor has, and the windows of each.
func kernels(t testing.TB) (all []*Kernel, windows [][]Window) {
	t.Helper()
	choices := choices()
	for _, m := range methods() {
		k, chosen := m.newKernel(choices, leads, strings.Repeat(`{"level":"info","status":200,"message":"served"}`, 9))
		looked := statuses(leads)[0]
		for i, c := range chosen {
			looked = append(looked, choices[i][c])
		}
		all, windows = append(all, k), append(windows, looked)
	}
	if all == nil {
		t.Skip("the processor lacks the instructions, or they are not to be used")
	}
	return all, windows
}

// findSlowly returns what Find lists in all of text, one byte after the other.
func (k *Kernel) findSlowly(text string) (stops, ends []uint32) {
	for i := range len(text) {
		if k.passes(text, i) || k.beside && isStatus(text, i) {
			stops = append(stops, uint32(i))
		}
		if text[i] == '\n' {
			ends = append(ends, uint32(i))
		}
	}
	return stops, ends
}

// passes reports whether the tables let a window begin at i.
func (k *Kernel) passes(text string, i int) bool {
	refused, tables := byte(0), k.tables
	for _, view := range k.views {
		c := byteAt(text, i+view.place)
		if view.bits != 0x0f || c < 0x80 { // no low half is looked at beyond ASCII
			refused |= tables[view.of(c)]
		}
		tables = tables[view.size():]
	}
	return refused != 0xff
}

func isStatus(text string, i int) bool {
	for k, bytes := range statuses(leads)[0][0] {
		if strings.IndexByte(bytes, byteAt(text, i+k)) < 0 {
			return false
		}
	}
	return true
}

func byteAt(text string, i int) byte {
	if i < len(text) {
		return text[i]
	}
	return '\n'
}

// check holds Find of all parts of text, the first of which begins at from, against
// findSlowly.
func check(t *testing.T, k *Kernel, text string, from int) {
	t.Helper()
	var stops, ends []uint32
	p := &Places{}
	for at := from; at < len(text); {
		to := k.Find(p, text, at)
		if to <= at || to > len(text) || to < len(text) && to != at+Part {
			t.Fatalf("the part at %d of %d ends at %d", at, len(text), to)
		}
		stops, ends = append(stops, p.Stops...), append(ends, p.Ends...)
		at = to
	}
	wantStops, wantEnds := k.findSlowly(text)
	wantStops, wantEnds = beyond(wantStops, from), beyond(wantEnds, from)
	if !slices.Equal(stops, wantStops) || !slices.Equal(ends, wantEnds) {
		t.Fatalf("from %d of %q\nstops %v\nwant  %v\nends  %v\nwant  %v", from, text, stops, wantStops, ends, wantEnds)
	}
}

func beyond(places []uint32, from int) []uint32 {
	return slices.DeleteFunc(places, func(i uint32) bool { return int(i) < from })
}

// TestFindLikeOneByOne holds each kernel to what its tables say, at every length up to a
// few blocks and at every alignment.
func TestFindLikeOneByOne(t *testing.T) {
	all, _ := kernels(t)
	for _, k := range all {
		r := rand.New(rand.NewPCG(1, 2))
		for length := range 4*block + 2 {
			for shift := range 65 {
				check(t, k, randomText(r, shift+length)[shift:], 0)
			}
		}
		long := randomText(r, 3*Part+77)
		for from := range 2 * block {
			check(t, k, long, from)
		}
		for cut := range 2 * block {
			check(t, k, long[:len(long)-cut], len(long)-Part-block)
		}
		check(t, k, strings.Repeat(" 404", Part), 0)
		check(t, k, strings.Repeat("\n", 2*Part), 0)
	}
}

// randomText is made of what windows, statuses and lines are made of.
func randomText(r *rand.Rand, n int) string {
	parts := []string{"err", "or", "ERROR", `"err"`, `\u00`, "3", ":", `"bad`, "_code", " 404", `"503"`, "=4", "\n", "r5", "99", "limit", "déni", "\xff\x80", "not_", "found", "x", "{", "\x00"}
	var b strings.Builder
	for b.Len() < n {
		b.WriteString(parts[r.IntN(len(parts))])
	}
	return b.String()[:n]
}

// TestFindsAllWindows holds that what is looked for is listed wherever it stands.
func TestFindsAllWindows(t *testing.T) {
	all, windows := kernels(t)
	for i, k := range all {
		for _, w := range windows[i] {
			checkFinds(t, k, w)
		}
	}
}

func checkFinds(t *testing.T, k *Kernel, w Window) {
	t.Helper()
	r := rand.New(rand.NewPCG(3, 4))
	for i := range 200 {
		text := []byte(randomText(r, i+places))
		for j, bytes := range w {
			text[i+j] = bytes[r.IntN(len(bytes))]
		}
		p := &Places{}
		k.Find(p, string(text), 0)
		if !slices.Contains(p.Stops, uint32(i)) {
			t.Fatalf("window %q is not found at %d of %q", w, i, text)
		}
	}
}

// FuzzFind holds each kernel to what its tables say.
func FuzzFind(f *testing.F) {
	all, _ := kernels(f)
	f.Add("{\"status\":404,\"error\":\"not_found\"}\n", 3)
	f.Add(strings.Repeat("a\n", 40), 64)
	f.Fuzz(func(t *testing.T, text string, from int) {
		for _, k := range all {
			if from >= 0 && from <= len(text) {
				check(t, k, text, from)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	all, _ := kernels(b)
	text := strings.Repeat(`{"level":"info","ts":1786780351.25,"msg":"request served","status":200,"request_id":"4c1a7b9e-6b7c-4f0e-9a42-8f0a5f0f1c55","bytes_out":15906}`+"\n", 4<<10)
	p := &Places{}
	for i, k := range all {
		b.Run(fmt.Sprint("method ", i), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				for at := 0; at < len(text); {
					at = k.Find(p, text, at)
				}
			}
		})
	}
}
