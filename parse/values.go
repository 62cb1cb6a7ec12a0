package parse

import "analyzer/parse/input"

// Split returns what finds the records of one block: see input.Split.
func Split() input.Split { return new(values).next }

// values finds the records of a block: of a run of lines within which Cut finds
// no border, because they hold one JSON text over many lines, several texts on
// one line, or an array of any size. Its states depend on the bytes of the block
// alone, so a block may be fed in pieces.
//
// A record is an object with what stands before it (white space, commas, the
// brackets of arrays around it), or a line of text. An object that breaks off in
// a string ends with its line, so that the next one is found. Text right after
// an object goes on to the end of the line and spoils it.
//
// The zero value stands at the beginning of a block.
type values struct {
	state   valuesState
	depth   int
	escaped bool // in a string, after a backslash
}

type valuesState uint8

const (
	beforeValue  valuesState = iota
	afterOpening             // behind a [ that may begin an array, or a text: [pod/web] …
	inObject
	inObjectString
	afterObject // behind the closing brace: what follows on the line decides
	inText
)

// next goes on with the block's next bytes. It returns how many of them belong
// to the record at hand and whether the record ends there.
func (v *values) next(data []byte) (n int, done bool) {
	for n < len(data) {
		c := data[n]
		switch v.state {
		case beforeValue:
			v.begin(c)
		case afterOpening:
			if !isSpace(c) {
				v.state = beforeValue
				if c != '{' && c != '[' && c != '"' && c != ']' {
					v.state = inText
				}
				continue
			}
		case inObject:
			v.step(c)
		case inObjectString:
			n += v.skipString(data[n:])
			if n == len(data) {
				return n, false
			}
			if data[n] == '\n' {
				*v = values{}
				return n + 1, true
			}
			v.state = inObject
		case afterObject:
			if done, text := objectEnds(c); done {
				*v = values{}
				return n, true
			} else if text {
				v.state = inText
			}
		case inText:
			if c == '\n' {
				*v = values{}
				return n + 1, true
			}
		}
		n++
	}
	return n, false
}

// begin takes the first bytes of a record.
func (v *values) begin(c byte) {
	switch c {
	case ' ', '\t', '\r', '\n', ',', ']', '}', 0:
	case '[':
		v.state = afterOpening
	case '{':
		v.state, v.depth = inObject, 1
	default:
		v.state = inText
	}
}

// step follows the brackets of an object.
func (v *values) step(c byte) {
	switch c {
	case '"':
		v.state = inObjectString
	case '{', '[':
		v.depth++
	case '}', ']':
		if v.depth--; v.depth == 0 {
			v.state = afterObject
		}
	}
}

// skipString returns the index of the quote that ends the string that data is
// in, or of the line end that breaks it off, len(data) if neither is there.
func (v *values) skipString(data []byte) int {
	for i, c := range data {
		switch {
		case c == '\n':
			return i
		case v.escaped:
			v.escaped = false
		case c == '\\':
			v.escaped = true
		case c == '"':
			return i
		}
	}
	return len(data)
}

// objectEnds tells what c, behind an object, says: that another value or the
// line's end follows (done), or that text does.
func objectEnds(c byte) (done, text bool) {
	switch c {
	case '\n', ',', ']', '{', '[', '}':
		return true, false
	case ' ', '\t', '\r':
		return false, false
	}
	return false, true
}
