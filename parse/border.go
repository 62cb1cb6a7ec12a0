package parse

// Cut reports whether next, a line without its end, begins a record when prev
// is the line before it. It is a local rule: it looks at these two lines alone,
// so that a log can be cut anywhere it says and each part read by itself.
//
// A line that begins with anything but white space, a closing bracket or a
// comma begins a record whatever came before, so a broken record never swallows
// the next one. A blank line stands for itself. An indented object begins a
// record after a line that ended one, which inside JSON is never so: there a
// comma stands between. And nothing begins after a line that is marked as the
// part of a longer one.
func Cut(prev, next []byte) bool {
	if isPartial(view(prev)) {
		return false
	}
	if len(next) == 0 || beginsRecord(next[0]) {
		return true
	}
	if !isSpace(next[0]) {
		return false
	}
	first := firstByte(next)
	return first == 0 || first == '{' && endsObject(prev)
}

// beginsRecord reports whether a line that begins with c begins a record whatever
// stands before, but for a part.
func beginsRecord(c byte) bool {
	switch c {
	case '}', ']', ',', ' ', '\t', '\r':
		return false
	}
	return true
}

// firstByte returns the first byte of line that is no white space, 0 if none.
func firstByte(line []byte) byte {
	for _, c := range line {
		if !isSpace(c) {
			return c
		}
	}
	return 0
}

// endsObject reports whether the last byte of line that is no white space
// closes an object.
func endsObject(line []byte) bool {
	for i := len(line) - 1; i >= 0; i-- {
		if !isSpace(line[i]) {
			return line[i] == '}'
		}
	}
	return false
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\r' || c == '\n'
}
