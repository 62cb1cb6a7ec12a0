package parse

import "bytes"

// Whole reports whether the last block of a log, from the last line that begins a
// record on, is there in full, as far as can be told before a line follows it. It
// is not while a bracket that it opens is open, or a line is marked as the part of
// a longer one. Its line end may be missing only where JSON is closed.
func Whole(block []byte) bool {
	last := chop(block)
	last = last[bytes.LastIndexByte(last, '\n')+1:]
	if isPartial(view(last)) {
		return false
	}
	begin := bytes.IndexByte(block, '{')
	if text := bytes.TrimLeft(block, around); len(text) > 0 && text[0] == '[' {
		begin = len(block) - len(text)
	}
	ended := bytes.HasSuffix(block, newline)
	if begin < 0 {
		return ended
	}
	end, g := span(view(block[begin:]))
	if g == gateValid && !ended {
		return len(bytes.Trim(block[begin+end:], around)) == 0
	}
	return g != gateTruncated
}
