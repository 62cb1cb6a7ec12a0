package parse

import "strings"

// finder tells of the lines of a chunk where they end, and whether a trigger stands
// in them. It is asked for them in their order.
type finder interface {
	begin(chunk string)

	// lineEnd returns where the line ends that begins at i, its line end included.
	lineEnd(i int) int

	// in reports whether a trigger stands in the record that lies there in the chunk.
	in(from, to int) bool

	// pass passes over some lines from i on, where one begins, that are records as they
	// stand and hold no trigger. It returns how many, where the last of them begins, and
	// where it ends.
	pass(i int) (lines, last, end int)
}

// sieving is the finder that does with what every processor can do. The sieve runs
// over the whole chunk rather than record by record: most hold none of what it finds.
type sieving struct {
	*triggers
	chunk string
	at    int   // the window at which the sieve stopped
	found finds // there
}

func (f *sieving) begin(chunk string) {
	f.chunk = chunk
	f.seek(0)
}

// seek goes to the first window at i, or after it, in which triggers may be.
func (f *sieving) seek(i int) { f.at, f.found = f.sieve.next(f.chunk, i) }

func (f *sieving) lineEnd(i int) int { return lineEndAfter(f.chunk, i) }

func (f *sieving) pass(i int) (lines, last, end int) { return 0, i, i }

func (f *sieving) in(from, to int) bool {
	record := f.chunk[from:to]
	if f.beginsWithStatus(record) { // of which the windows may begin before it
		return true
	}
	if before := from - 1; f.at < before { // in what is no part of a record
		f.seek(before)
	}
	for ; f.at < to && f.found != nothing; f.seek(f.at + stride) {
		if f.confirm(record, f.at-from, f.found) {
			return true
		}
	}
	return false
}

// lineEndAfter returns where the line ends that i belongs to, its line end included.
func lineEndAfter(text string, i int) int {
	if n := strings.IndexByte(text[i:], '\n'); n >= 0 {
		return i + n + 1
	}
	return len(text)
}
