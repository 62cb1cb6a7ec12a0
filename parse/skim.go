package parse

import "bytes"

// Skim passes over what a Scanner need not see: an input.Skim. A Scanner finds
// nothing there, and counts no more than the bytes.
func (w *Wanted) Skim(data []byte) (n, lines int) {
	n = lastBorder(data)
	lines, plain := countPlain(data[:n])
	if !plain || w.mayStandIn(view(data[:n])) {
		return 0, 0
	}
	return n, lines
}

// lastBorder returns where the last record begins of which there is a whole line; 0
// if none does after the first line.
func lastBorder(data []byte) int {
	for end := bytes.LastIndexByte(data, '\n') + 1; end > 0; {
		next := lastLine(data[:end])
		if next == 0 {
			return 0
		}
		if prev := lastLine(data[:next]); Cut(chop(data[prev:next]), chop(data[next:end])) {
			return next
		}
		end = next
	}
	return 0
}

// lastLine returns where the last line of data begins, which ends with a line end.
func lastLine(data []byte) int { return bytes.LastIndexByte(data[:len(data)-1], '\n') + 1 }
