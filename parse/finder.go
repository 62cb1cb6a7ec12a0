package parse

// finder tells of the records of a chunk, one after the other, whether a trigger
// stands in them. The sieve runs over the whole chunk rather than record by record:
// most hold none of what it finds.
type finder struct {
	*triggers
	chunk string
	at    int   // the window at which the sieve stopped
	found finds // there
}

// reset begins chunk.
func (f *finder) reset(chunk string) {
	f.chunk = chunk
	f.seek(0)
}

// seek goes to the first window at i, or after it, in which triggers may be.
func (f *finder) seek(i int) { f.at, f.found = f.sieve.next(f.chunk, i) }

// in reports whether a trigger stands in the record that lies there in the chunk.
// Records are asked for in their order.
func (f *finder) in(from, to int) bool {
	record := f.chunk[from:to]
	if f.digits && f.isStatus(record, 0) {
		return true // of which the windows may begin before the record
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
