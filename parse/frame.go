package parse

import (
	"bytes"
	"strings"
)

// nextBlock returns the length of the next block: a line, and those after it
// that begin no record.
func (s *Scanner) nextBlock() int {
	end := lineEnd(s.rest)
	for start := 0; end < len(s.rest); {
		next := end + lineEnd(s.rest[end:])
		if Cut(chop(s.rest[start:end]), chop(s.rest[end:next])) {
			break
		}
		start, end = end, next
	}
	return end
}

// isWhole reports whether a block is one record as it stands: a single object, a
// text with the lines that go on with it, an array that lists the errors of one
// answer, or something that nothing would open.
func (s *Scanner) isWhole(text string, opens bool) bool {
	if !opens && !s.options.Full || !beginsJSON(text) || !strings.Contains(text, "{") {
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
func lineEnd(data []byte) int {
	if n := bytes.IndexByte(data, '\n'); n >= 0 {
		return n + 1
	}
	return len(data)
}

// chop strips the line end.
func chop(line []byte) []byte {
	line = bytes.TrimSuffix(line, []byte{'\n'})
	return bytes.TrimSuffix(line, []byte{'\r'})
}

var newline = []byte{'\n'}

var byteOrderMark = []byte("\uFEFF")

// around is what may stand before and after a record, of which it is no part.
const around = "\x00 \t\r\n"

// trim strips white space, NUL padding and a byte order mark. lead is the
// number of bytes that it took at the front.
func trim(raw []byte) (record []byte, lead int) {
	record = bytes.TrimLeft(raw, around)
	record = bytes.TrimLeft(bytes.TrimPrefix(record, byteOrderMark), around)
	lead = len(raw) - len(record)
	return bytes.TrimRight(record, around), lead
}

// trimBlock is trim for a block, whose parts it joins.
func trimBlock(block []byte) (record []byte, lead int) {
	record, lead = trim(block)
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
