package parse

import (
	"cmp"
	"slices"

	"analyzer/parse/sift"
)

// kernel lists where triggers may stand in a text, by vector instructions: at all
// places where one does, and at some where none does. It is another way than a sieve
// to the same triggers, for long texts and processors that have these.
//
// It looks at every place, so that a word needs only one window.
type kernel struct {
	sift    *sift.Kernel
	anchors anchors
	glance  *glance
}

// newKernel returns a kernel for what newSieve takes, nil if the processor lacks
// the instructions.
func newKernel(t *triggers) *kernel {
	choices := make([][]window, len(t.words), len(t.words)+1)
	for i, word := range t.words {
		choices[i] = rareWindows(word)
	}
	leads := ""
	if t.digits {
		choices, leads = append(choices, escapes[:1]), statusLead
	}
	s, chosen := sift.New(bothCasesOf(choices), leads, ordinary)
	if s == nil {
		return nil
	}
	k := &kernel{sift: s, glance: newGlance(t)}
	for i, windows := range choices {
		k.anchors.add(&windows[chosen[i]])
		k.glance.addWindow(&windows[chosen[i]])
	}
	return k
}

// mostChoices is how many windows of a word a kernel chooses from.
const mostChoices = 4

// rareWindows returns the rarest of the windows in word of which enough is known.
func rareWindows(word string) (all []window) {
	for at := range word {
		if !isVague(word, at) {
			all = append(all, newWindow(word, at))
		}
	}
	slices.SortStableFunc(all, func(a, b window) int { return cmp.Compare(a.commonness(), b.commonness()) })
	return all[:min(len(all), mostChoices)]
}

// bothCasesOf returns the bytes of windows, letters in both cases.
func bothCasesOf(choices [][]window) [][]sift.Window {
	all := make([][]sift.Window, len(choices))
	for i, windows := range choices {
		all[i] = make([]sift.Window, len(windows))
		for j, w := range windows {
			for k, bytes := range w.bytes {
				all[i][j][k] = bothCases(bytes)
			}
		}
	}
	return all
}

// list makes p the places in the part of text that begins at from, and returns where
// the part ends.
func (k *kernel) list(p *sift.Places, text string, from int) (to int) {
	to = k.sift.Find(p, text, from)
	if lookBack <= from && to <= len(text)-lookOn {
		p.Stops = k.likely(p.Stops, text)
	}
	return to
}

// likely returns those of stops at which, at a glance, there is a word or a status. It
// does the same for each, whatever it finds: nothing is to be guessed.
func (k *kernel) likely(stops []uint32, text string) []uint32 {
	n := 0
	for _, i := range stops { // most go here
		on := text[i : i+lookOn]
		stops[n] = i
		n += int(k.anchors.fours.bit(fourAt(on, 0)|lowerFour) | mayBeStatus(on))
	}
	stops, n = stops[:n], 0
	for _, i := range stops {
		around := text[i-lookBack : i+lookOn]
		stops[n] = i
		n += int(k.glance.window(around) | k.glance.status(around))
	}
	return stops[:n]
}
