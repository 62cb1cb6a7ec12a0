package parse

import "analyzer/parse/sift"

// listing is the finder that lets a kernel list, part by part of the chunk, where
// lines end and where triggers may stand.
type listing struct {
	*triggers
	kernel *kernel
	chunk  string

	from, to    int         // the part
	places      sift.Places // in it
	stops, ends []uint32    // of these, those that are still to come
}

func (f *listing) begin(chunk string) {
	f.chunk, f.from, f.to = chunk, 0, 0
	f.places.Clear()
	f.stops, f.ends = nil, nil
}

// seek goes to the part that begins at i.
func (f *listing) seek(i int) {
	f.from, f.to = i, f.kernel.list(&f.places, f.chunk, i)
	f.stops, f.ends = f.places.Stops, f.places.Ends
}

func (f *listing) lineEnd(i int) int {
	if i >= f.to {
		f.seek(i)
	}
	for len(f.ends) > 0 && int(f.ends[0]) < i {
		f.ends = f.ends[1:]
	}
	if len(f.ends) > 0 {
		return int(f.ends[0]) + 1
	}
	if f.from < i && f.to < len(f.chunk) { // a part that begins with the line mostly has all of it
		f.seek(i)
		return f.lineEnd(i)
	}
	return lineEndAfter(f.chunk, f.to)
}

func (f *listing) in(from, to int) bool {
	record := f.chunk[from:to]
	if f.beginsWithStatus(record) { // what lists it may lie before the chunk
		return true
	}
	for {
		if f.stopsIn(record, from) {
			return true
		}
		if f.to >= to {
			return false
		}
		f.seek(f.to)
	}
}

// stopsIn reports whether a trigger stands in the record at from where the part lists
// one.
func (f *listing) stopsIn(record string, from int) bool {
	for len(f.stops) > 0 && int(f.stops[0]) < from+len(record) {
		if i := int(f.stops[0]); i >= from && f.confirmStop(record, i-from) {
			return true
		}
		f.stops = f.stops[1:]
	}
	return false
}

// pass passes over lines of the part, until one that takes another look.
func (f *listing) pass(i int) (lines, last, end int) {
	if i >= f.to {
		f.seek(i)
	}
	last, end = i, i
	for _, e := range f.ends {
		next := int(e) + 1
		if next <= end {
			continue
		}
		if !isPlain(f.chunk[end:], next-end) || f.in(end, next) {
			break
		}
		lines, last, end = lines+1, end, next
	}
	return lines, last, end
}

// confirmStop reports whether what the kernel lists at i is a trigger.
func (f *listing) confirmStop(record string, i int) bool {
	return f.digits && f.isStatus(record, i+1) || f.kernel.anchors.spells(record, i)
}
