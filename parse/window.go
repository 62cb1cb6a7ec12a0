package parse

import (
	"math"
	"slices"
	"strings"
	"sync"

	"analyzer/parse/sift"
)

// window is a few neighbouring bytes by which a word is looked for: by a sieve the
// first four.
type window struct {
	anchor
	bytes    sift.Window   // those that may stand at each place, in lower case
	spelling []sift.Window // and how they go together
}

// short is how many bytes of a window a sieve looks at.
const short = 4

// escapes are the windows of the escapes of ASCII characters.
var escapes = []window{
	escapeWindow(0, sift.Window{`\`, "u", "0", "0", anyByte}),
	escapeWindow(1, sift.Window{"u", "0", "0", "234567", anyByte}),
}

func escapeWindow(at int, bytes sift.Window) window {
	return window{anchor: anchor{at: at}, bytes: bytes, spelling: []sift.Window{bytes}}
}

// anyByte holds all bytes.
var anyByte = func() string {
	var all []byte
	for c := range 256 {
		if lowerASCII[c] == byte(c) {
			all = append(all, byte(c))
		}
	}
	return string(all)
}()

// windowsOf returns the two windows by which word is looked for: an odd number of
// bytes apart in whatever text spells it, and rare. It returns none where nowhere
// in word there is enough between what spells passes over.
func windowsOf(word string) []*window {
	var best []*window
	least := math.MaxInt
	for _, s := range stretches(word) {
		even, n := rarest(word, s)
		odd, m := rarest(word, stretch{s.from + 1, s.to})
		if n+m < least {
			best, least = []*window{even, odd}, n+m
		}
	}
	return best
}

// stretch is a part of a word.
type stretch struct{ from, to int }

// stretches returns where in word windowsOf finds its two: between what spells passes
// over.
func stretches(word string) (all []stretch) {
	for from, to := 0, 0; from < len(word); from = to {
		to = from + 1
		for to < len(word) && passed(word, to) == "" {
			to++
		}
		if from+1 < to && !isVague(word, from+1) {
			all = append(all, stretch{from, to})
		}
	}
	return all
}

// rarest returns the rarest of the windows at every second place of s, and how
// common it is.
func rarest(word string, s stretch) (best *window, least int) {
	for at := s.from; at < s.to && !isVague(word, at); at += stride {
		w := newWindow(word, at)
		if n := w.commonness(); best == nil || n < least {
			best, least = &w, n
		}
	}
	return best, least
}

// isVague reports whether more than one of the four bytes at a place in word may be
// any.
func isVague(word string, at int) bool { return at+short-1 > len(word) }

// passed returns what spells passes over before the byte of word at i.
func passed(word string, i int) (bytes string) {
	for _, c := range []byte("\\ \t") {
		if isPassed(word, i, c) {
			bytes += string(c)
		}
	}
	return bytes
}

// isPassed reports whether spells passes over c before the byte of word at i.
func isPassed(word string, i int, c byte) bool {
	switch c {
	case '\\':
		return i > 0 && word[i] == '"'
	case ' ', '\t':
		return i > 0 && (word[i-1] == ':' || word[i] == ':')
	}
	return false
}

// newWindow returns the window at a place in word.
func newWindow(word string, at int) window {
	w := window{anchor: anchor{word, at}}
	w.spell(sift.Window{}, 0, at)
	for k := range w.bytes {
		for _, s := range w.spelling {
			if s[k] == anyByte {
				w.bytes[k] = anyByte
			} else if !strings.Contains(w.bytes[k], s[k]) {
				w.bytes[k] += s[k]
			}
		}
	}
	return w
}

// spell adds what begins with the first k bytes of s and goes on with the word at i:
// with what spells passes over before it or without, and after the end with any byte.
func (w *window) spell(s sift.Window, k, i int) {
	if k == len(s) {
		w.spelling = append(w.spelling, s)
		return
	}
	if i == len(w.word) {
		s[k] = anyByte
		w.spell(s, k+1, i)
		return
	}
	if k > 0 {
		for _, c := range []byte(passed(w.word, i)) {
			s[k] = string(c)
			w.spell(s, k+1, i)
		}
	}
	s[k] = w.word[i : i+1]
	w.spell(s, k+1, i+1)
}

// each calls f with all that the first four bytes of w can be, with lowerFour, and
// those that may come next.
func (w *window) each(f func(four uint32, next string)) {
	for _, s := range w.spelling {
		all := []uint32{lowerFour}
		for k, bytes := range s[:short] {
			var longer []uint32
			for _, four := range all {
				for _, b := range []byte(bytes) {
					longer = append(longer, four|uint32(b)<<(8*k))
				}
			}
			all = longer
		}
		slices.Sort(all)
		for _, four := range slices.Compact(all) {
			f(four, s[short])
		}
	}
}

// ordinary is what fills logs, in lower case. Windows that occur in it would stop
// the sieve at lines that hold nothing.
const ordinary = `{"level":"info","ts":1786780351.25,"msg":"request served","service":"web","version":"2.8.1","method":"get","path":"/v1/project/acme/service/demo-pg",` +
	`"status":200,"duration_ms":32,"request_id":"4c1a7b9e-6b7c-4f0e-9a42-8f0a5f0f1c55","caller":"server/handler.go:118","remote_ip":"10.42.7.118",` +
	`"user_agent":"mozilla/5.0 (x11; linux x86_64) applewebkit/537.36 (khtml, like gecko) chrome/143.0.0.0 safari/537.36","bytes_out":15906,` +
	`"trace_id":"7217103728f5d5be4af649f6213f1218","state":"running","status":"ok"}` + "\n" +
	`{"log":"{\"@timestamp\":\"2026-09-14t08:12:31.250z\",\"log.level\":\"warning\",\"http.response.status_code\":200,\"host\":\"app-5d8f7c\"}\n","stream":"stderr","time":"2026-09-14t08:12:31.25z"}` + "\n" +
	`time=2026-09-14t08:12:31z severity=debug message="connected to the database, next attempt" client=terraform/1.9.5 thread=main logger=com.example.format exception=null` + "\n" +
	`10.0.0.1 - - [14/sep/2026:08:12:31 +0000] "post /api/users?page=2 http/1.1" 200 512 "https://shop.example/order" "curl/8.5.0" response time content-type application/json`

// usual tells how often each pair of bytes stands in ordinary lines, which are too
// short for a byte to overflow.
var usual = sync.OnceValue(func() *[1 << 16]uint8 {
	var n [1 << 16]uint8
	for i := range len(ordinary) - 1 {
		n[pairOf(ordinary[i], ordinary[i+1])]++
	}
	return &n
})

// commonness tells windows apart by how often their bytes follow one another in
// ordinary lines.
func (w *window) commonness() int {
	n := 1
	for k := range 3 {
		n *= 1 + commonest(w.bytes[k], w.bytes[k+1])
	}
	return n
}

// commonest returns how often the most usual pair of a byte of first and one of
// second stands in ordinary lines.
func commonest(first, second string) (n int) {
	count := usual()
	for _, a := range []byte(first) {
		for _, b := range []byte(second) {
			n = max(n, int(count[pairOf(a, b)]))
		}
	}
	return n
}
