package parse

import (
	"bytes"
	"strings"
)

// nextRecord returns the length of the next block, the record that it is as far as
// lines tell, behind lead bytes, and whether that is looked into. All are zero if
// nothing follows what it passes over.
func (s *Scanner) nextRecord() (n int, record []byte, lead int, opens bool) {
	if s.looksAhead() {
		if l := s.nextLine(); l.length > 0 || len(s.rest) == 0 {
			return l.length, trimRight(s.rest[:l.length]), 0, l.length > 0
		}
	}
	if n := lineEnd(s.rest); isPlain(s.rest, n) {
		record = trimRight(s.rest[:n])
		return n, record, 0, s.opens(view(record))
	}
	n, lines := s.nextBlock()
	record, lead = trimBlock(s.rest[:n], lines)
	return n, record, lead, s.opens(view(record))
}

// line is a line of the chunk.
type line struct {
	at, length int // its end included
	number     int64
}

// mostAhead is how many lines are found before they are looked into.
const mostAhead = 64

// nextLine goes to the next line that is a record as it stands, as nearly all are,
// and is looked into. Where another kind of block comes first, or the line after those
// that were found at once, it goes there and returns a line without length.
//
// It finds many such lines before the first is looked into: a processor does each
// faster if it does the same for a while.
func (s *Scanner) nextLine() line {
	if len(s.ahead) == 0 {
		s.lookAhead()
	}
	l := s.ahead[0]
	s.ahead = s.ahead[1:]
	s.rest, s.offset = s.chunk.Data[l.at:], s.chunk.Offset+int64(l.at)
	s.counted, s.line = l.at, l.number
	return l
}

// lookAhead finds the next lines that are looked into, and passes over those between.
// After them it puts the place from which on it has not looked, without length.
func (s *Scanner) lookAhead() {
	data := s.chunk.Data
	at := len(data) - len(s.rest)
	s.countLines(at)
	l, passed := line{at: at, number: s.line}, int64(0)
	s.ahead = s.lines[:0]
	for len(s.ahead) < mostAhead && l.at < len(data) {
		if l.length = s.finder.lineEnd(l.at) - l.at; !isPlain(data[l.at:], l.length) {
			break
		}
		record := trimRight(data[l.at : l.at+l.length])
		s.mark(record, s.chunk.Offset+int64(l.at))
		if s.finder.in(l.at, l.at+len(record)) {
			s.ahead = append(s.ahead, l)
		} else {
			passed++
		}
		l.at += l.length
		l.number++
	}
	l.length = 0
	s.ahead = append(s.ahead, l)
	s.passOver(passed)
}

// nextBlock returns the length of the next block, a line and those after it that
// begin no record, and how many lines it has.
func (s *Scanner) nextBlock() (n, lines int) {
	n, lines = lineEnd(s.rest), 1
	for start := 0; n < len(s.rest) && !cutsAt(s.rest, start, n); lines++ {
		start, n = n, n+lineEnd(s.rest[n:])
	}
	return n, lines
}

// isPlain reports whether the first line of data, of that length, is a block and its
// record begins where it does, as is so of nearly all.
func isPlain(data []byte, n int) bool {
	if c := data[0]; isAround(c) || c == byteOrderMark[0] {
		return false
	}
	return (n == len(data) || beginsRecord(data[n])) && !(mayBePart(data) && isPartial(chop(data[:n])))
}

// cutsAt is Cut for the line of data at next and the one before it, at prev. It
// looks for the end of the next line only where it must.
func cutsAt(data []byte, prev, next int) bool {
	before := chop(data[prev:next])
	if beginsRecord(data[next]) {
		return !isPartial(before)
	}
	return Cut(before, chop(data[next:next+lineEnd(data[next:])]))
}

// isWhole reports whether a block is one record as it stands: a single object, a
// text with the lines that go on with it, an array that lists the errors of one
// answer, or something that nothing would open. A single object it leaves in the tree.
func (s *Scanner) isWhole(text string, opens bool) bool {
	s.built = false
	if !opens && !s.options.Full || !beginsJSON(text) || !strings.Contains(text, "{") {
		return true
	}
	if text[0] == '{' && s.tree.build(text) {
		s.built = true
		return true
	}
	switch end, g := span(text); g {
	case gateValid:
		return end == len(text) && (text[0] == '{' || s.reader.listsErrors(text))
	case gateTooDeep:
		return text[0] == '{'
	}
	return text[0] == '{' && !strings.Contains(text, "\n")
}

// nextValue returns the length of the next record within a block.
func (s *Scanner) nextValue() int {
	var v values
	n, _ := v.next(s.rest[:s.block])
	return n
}

// lineEnd returns the length of the first line of data, its end included.
func lineEnd(data []byte) int { return lineEndAfter(view(data), 0) }

// chop strips the line end.
func chop(line []byte) []byte {
	n := len(line)
	if n > 0 && line[n-1] == '\n' {
		n--
	}
	if n > 0 && line[n-1] == '\r' {
		n--
	}
	return line[:n]
}

var newline = []byte{'\n'}

const byteOrderMark = "\uFEFF"

// around is what may stand before and after a record, of which it is no part.
const around = "\x00 \t\r\n"

// trim strips white space, NUL padding and a byte order mark. lead is the
// number of bytes that it took at the front.
func trim(raw []byte) (record []byte, lead int) {
	lead = leading(raw)
	if bytes.HasPrefix(raw[lead:], []byte(byteOrderMark)) {
		lead += len(byteOrderMark)
		lead += leading(raw[lead:])
	}
	return trimRight(raw[lead:]), lead
}

// trimRight strips what may stand after a record.
func trimRight(raw []byte) []byte {
	n := len(raw)
	for n > 0 && isAround(raw[n-1]) {
		n--
	}
	return raw[:n]
}

// leading returns how many bytes at the front of text are around a record.
func leading(text []byte) (n int) {
	for n < len(text) && isAround(text[n]) {
		n++
	}
	return n
}

func isAround(c byte) bool { return c <= ' ' && strings.IndexByte(around, c) >= 0 }

// trimBlock is trim for a block of so many lines, whose parts it joins.
func trimBlock(block []byte, lines int) (record []byte, lead int) {
	record, lead = trim(block)
	if lines == 1 {
		return record, lead
	}
	if line, ok := joinParts(record); ok {
		return line, lead
	}
	return record, lead
}

// trimValue is trim for a value within a block: the commas and brackets that
// divide values go too.
func trimValue(raw []byte) (record []byte, lead int) {
	record, lead = trim(raw)
	value := bytes.TrimLeft(record, around+",[]}")
	if len(value) == 0 || value[0] == '{' {
		lead += len(record) - len(value)
		record = value
	}
	return record, lead
}
