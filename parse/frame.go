package parse

import (
	"bytes"
	"strings"
)

// nextBlock goes to the next block and returns the record that it is as far as lines
// tell, behind lead bytes, and whether that is looked into. It returns false at the end
// of the chunk.
func (s *Scanner) nextBlock() (record []byte, lead int, opens, ok bool) {
	if s.looksAhead() {
		if len(s.ahead) == 0 {
			s.lookAhead()
		}
		if len(s.ahead) > 0 {
			return trimRight(s.takeLine()), 0, true, true
		}
	}
	data := s.chunk.Data[s.next:]
	if len(data) == 0 {
		return nil, 0, false, false
	}
	n, lines := lineEnd(data), 1
	if isPlain(view(data), n) {
		record = trimRight(data[:n])
	} else {
		n, lines = blockEnd(data, n)
		record, lead = trimBlock(data[:n], lines)
		s.account.Skipped += int64(n - len(bytes.TrimLeft(data[:n], "\x00")))
	}
	s.takeBlock(n, lines)
	return record, lead, s.opens(view(record)), true
}

// takeBlock goes to the block of n bytes and so many lines that is next in the chunk.
func (s *Scanner) takeBlock(n, lines int) {
	s.rest, s.offset = s.chunk.Data[s.next:s.next+n], s.chunk.Offset+int64(s.next)
	s.line, s.counted = s.number, s.next
	s.next += n
	s.number += int64(lines)
}

// takeLine goes to the first of the lines that are to be looked into, and returns it.
func (s *Scanner) takeLine() []byte {
	l := s.ahead[0]
	s.ahead = s.ahead[1:]
	s.rest, s.offset = l.text, s.chunk.Offset+int64(l.at)
	s.line, s.counted = l.number, l.at+len(l.text)
	return l.text
}

// line is a line of the chunk.
type line struct {
	text   []byte // its end included
	at     int
	number int64 // counted from the chunk's first
}

// mostAhead is how many lines are found before they are looked into.
const mostAhead = 1024

// lookAhead finds the next lines that are records as they stand, as nearly all are,
// and are looked into, and passes over those between. It goes on to another kind of
// block, or until it has found many.
//
// It finds them before the first is looked into: a processor does each faster if it
// does the same for a while.
func (s *Scanner) lookAhead() {
	data := s.chunk.Data
	l, passed := line{at: s.next, number: s.number}, int64(0)
	s.ahead = s.lines[:0]
	for len(s.ahead) < mostAhead && l.at < len(data) {
		if s.first != nil {
			n, last, end := s.finder.pass(l.at)
			if n > 0 {
				s.mark(trimRight(data[last:end]), s.chunk.Offset+int64(last))
				passed += int64(n)
				l.at, l.number = end, l.number+int64(n)
				continue
			}
		}
		end := s.finder.lineEnd(l.at)
		if l.text = data[l.at:end]; !isPlain(view(data[l.at:]), len(l.text)) {
			break
		}
		record := trimRight(l.text)
		s.mark(record, s.chunk.Offset+int64(l.at))
		if s.finder.in(l.at, l.at+len(record)) {
			s.ahead = append(s.ahead, l)
		} else {
			passed++
		}
		l.at = end
		l.number++
	}
	if l.at > s.next && data[l.at-1] != '\n' {
		l.number-- // the last line goes on
	}
	s.next, s.number = l.at, l.number
	s.passOver(passed)
}

// blockEnd returns the length of the first block of data, a line, of which the length
// is given, and those after it that begin no record, and how many lines it has.
func blockEnd(data []byte, line int) (n, lines int) {
	n, lines = line, 1
	for start := 0; n < len(data) && !cutsAt(data, start, n); lines++ {
		start, n = n, n+lineEnd(data[n:])
	}
	return n, lines
}

// isPlain reports whether the first line of text, of that length, is a block and its
// record begins where it does, as is so of nearly all.
func isPlain(text string, n int) bool {
	return beginsPlain[text[0]] && (n == len(text) || beginsRecord(text[n])) && !(mayBePart(text) && isPartial(text[:n]))
}

// beginsPlain says of a byte that a line which begins with it is a record that begins
// where it does, unless it is a part.
var beginsPlain = func() (table [256]bool) {
	for c := range table {
		table[c] = !isAround(byte(c)) && byte(c) != byteOrderMark[0]
	}
	return table
}()

// cutsAt is Cut for the line of data at next and the one before it, at prev; and a
// hole begins a record. It looks for the end of the next line only where it must.
func cutsAt(data []byte, prev, next int) bool {
	if data[next] == 0 {
		return true
	}
	before := data[prev:next]
	if beginsRecord(data[next]) {
		return !isPartial(view(before))
	}
	return Cut(chop(before), chop(data[next:next+lineEnd(data[next:])]))
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
	n, _ := v.next(s.rest)
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
