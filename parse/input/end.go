package input

import "bytes"

// end returns where the last whole record after from ends in a file that is
// stored as it is, and the print of the bytes before. What follows there is read
// when it is whole.
func (f *sight) end(from int64, cut Cut, whole func([]byte) bool) (end int64, tail string, err error) {
	file, _, err := openRegular(f.path)
	if err != nil {
		return from, "", err
	}
	defer file.Close()
	end = from
	rest := make([]byte, min(f.size-from, MaxRecord))
	if _, err := file.ReadAt(rest, f.size-int64(len(rest))); err != nil && len(rest) > 0 {
		return from, "", err
	}
	begin := f.size - int64(len(rest))
	if n := wholeEnd(rest, begin == from, cut, whole); n > 0 {
		end = begin + int64(n)
	}
	tail, err = tailPrint(file, end)
	return end, tail, err
}

// wholeEnd returns where the last whole record in rest ends, 0 if there is none.
// border says that a record begins where rest does. Of a record longer than rest, its whole lines
// count.
func wholeEnd(rest []byte, border bool, cut Cut, whole func([]byte) bool) int {
	start := lastBorder(rest, cut)
	switch {
	case start == 0 && !border:
		return bytes.LastIndexByte(rest, '\n') + 1
	case whole(rest[start:]):
		return len(rest)
	}
	return start
}

// lastBorder returns where the last record in b begins.
func lastBorder(b []byte, cut Cut) int {
	start := lineStart(b)
	for end := len(b); start > 0; {
		before := lineStart(b[:start])
		if cut(trimEnd(b[before:start]), trimEnd(b[start:end])) {
			break
		}
		start, end = before, start
	}
	return start
}

// lineStart returns where the last line of b begins, which may lack its end.
func lineStart(b []byte) int {
	return bytes.LastIndexByte(b[:max(0, len(b)-1)], '\n') + 1
}
