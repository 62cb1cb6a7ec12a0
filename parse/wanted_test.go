package parse_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"analyzer/parse"
	"analyzer/parse/input"
)

// TestWanted says which lines carry an identifier.
func TestWanted(t *testing.T) {
	for _, c := range []struct {
		id, line string
		carries  bool
	}{
		{"ab-12", `{"id":"ab-12"}`, true},
		{"ab-12", `{"msg":"retry of ab-12."}`, true},
		{"ab-12", `{"msg":"retry of (ab-12), id=ab-12-"}`, true},
		{"ab-12", `{"url":"/requests/ab-12/state"}`, true},
		{"ab-12", `{"ab-12":{"state":"done"}}`, true},
		{"ab-12", `{"msg":"new\nab-12\tdone"}`, true},
		{"ab-12", `2026-11-22 14:00:00 INFO ab-12: done`, true},
		{"ab-12", `{"cut":"off ab-12`, true},
		{"ab-12", `{"a":{"b":[[[{"c":"ab-12"}]]]}}`, true},
		{"ab-12", `{"id":"ab-123"}`, false},
		{"ab-12", `{"id":"cab-12"}`, false},
		{"ab-12", `{"id":"web-ab-12"}`, false},
		{"ab-12", `{"id":"ab-12-retry"}`, false},
		{"ab-12", `{"id":"ab-12.3"}`, false},
		{"ab-12", `{"id":"ab_12"}`, false},
		{"ab-12", `{"id":"ab-12é"}`, false},
		{"ab-12", `{"id":"ab-12x, ab-12"}`, true},
		{"4711", `{"request_id":4711}`, true},
		{"4711", `{"request_id":47110}`, false},
		{"é", `{"id":"é"}`, true},
		{"é", `{"id":"\u00e9"}`, true},
		{"4bf92f3577b34da6a3ce929d0e0e4736", `{"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}`, true},
		{"00f067aa0ba902b7", `{"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}`, false},
	} {
		got := carried(t, c.line, 0, parse.NewWanted("other", c.id))
		if want := c.id + " in line 1"; c.carries && !slices.Equal(got, []string{want}) || !c.carries && got != nil {
			t.Errorf("%s: carries %s: %q", c.line, c.id, got)
		}
	}
}

// TestWantedParts holds that an identifier is found wherever a runtime cut the line
// that carries it.
func TestWantedParts(t *testing.T) {
	const id = "4c5ce913-813e"
	for at := range len(id) {
		before, after := id[:at], id[at:]
		for _, log := range []string{
			"2026-09-14T08:12:31.5Z stdout P {\"id\":\"" + before + "\n2026-09-14T08:12:31.5Z stdout F " + after + "\"}\n",
			`{"log":"{\"id\":\"` + before + `","stream":"stdout","time":"x"}` + "\n" + `{"log":"` + after + `\"}\n","stream":"stdout","time":"x"}`,
		} {
			for _, size := range []int{1, 1 << 10} {
				got := carried(t, log+"\nanother line\nand another\n", size, parse.NewWanted(id))
				if !slices.Equal(got, []string{id + " in line 1"}) {
					t.Errorf("%s\ncarries %q, read in chunks of %d", log, got, size)
				}
			}
		}
	}
}

// TestWantedShortcut holds that looking into every record finds no others, in logs
// as they are and bent, whatever the chunks.
func TestWantedShortcut(t *testing.T) {
	m := &mutator{rand.New(rand.NewPCG(7, 7)), ownLines(t)}
	found := 0
	for range 300 {
		log := bytes.ReplaceAll(m.log(30), []byte(`\u00`), nil) // no encoder writes letters and digits so
		words := word.FindAll(log, -1)
		w := parse.NewWanted(string(words[m.IntN(len(words))]), string(words[m.IntN(len(words))]))
		got := carried(t, string(log), 1<<m.IntN(16), w)
		if want := carried(t, string(log), 0, w.WithoutNeedles()); !slices.Equal(got, want) {
			t.Errorf("%s\nfound %q, want %q", log, got, want)
		}
		found += len(got)
	}
	if found < 300 {
		t.Errorf("%d lines found: too few to tell anything", found)
	}
}

var word = regexp.MustCompile(`[\w.:-]{3,64}`)

// TestNeedles holds that a text is passed over only if it holds no needle, wherever
// one stands.
func TestNeedles(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	letters := func(n int) string {
		text := make([]byte, n)
		for i := range text {
			text[i] = "ab"[random.IntN(2)]
		}
		return string(text)
	}
	for range 100_000 {
		one, other, text := letters(1+random.IntN(16)), letters(1+random.IntN(16)), letters(random.IntN(100))
		want := strings.Contains(text, one) || strings.Contains(text, other)
		if got := parse.NewWanted(one, other).MayStandIn(&input.Chunk{Data: []byte(text)}); got != want {
			t.Fatalf("%s or %s stands in %s: %v", one, other, text, got)
		}
	}
}

// carried returns which records of log are wanted, and by what, read in chunks of
// about size bytes.
func carried(t *testing.T, log string, size int, w *parse.Wanted) (found []string) {
	t.Helper()
	s := parse.NewScanner(newReader(), parse.Options{Wanted: w})
	eachChunk(t, log, size, func(c *input.Chunk) {
		if !w.MayStandIn(c) {
			return
		}
		skimmed := int64(0)
		if !c.Inside && c.Oversize == 0 {
			n, lines := w.Skim(c.Data)
			skimmed = c.Line() - 1 + int64(lines)
			c = &input.Chunk{Source: c.Source, Offset: c.Offset + int64(n), Data: c.Data[n:]}
		}
		for s.Reset(c); s.Scan(); {
			found = append(found, fmt.Sprintf("%s in line %d", s.Carried(), skimmed+s.Record().Line))
		}
	})
	return found
}
