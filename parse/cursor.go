package parse

// cursor walks over a JSON text and reads it strictly (RFC 8259), nested no deeper
// than MaxDepth. Each step reports whether what it passes is sound; behind what is
// not there is no further step.
type cursor struct {
	text  string
	at    int
	depth int
}

// validEnd returns the end of the JSON object or array that text begins with, -1
// if it is not valid or nests too deep.
func validEnd(text string) int {
	if text == "" || text[0] != '{' && text[0] != '[' {
		return -1
	}
	c := cursor{text: text}
	if !c.skip() {
		return -1
	}
	return c.at
}

// peek moves to the next byte that is no white space and returns it, 0 at the end
// of the text.
func (c *cursor) peek() byte {
	for ; c.at < len(c.text); c.at++ {
		if b := c.text[c.at]; b > ' ' || !isSpace(b) {
			return b
		}
	}
	return 0
}

// ended reports whether nothing but white space follows.
func (c *cursor) ended() bool {
	c.peek()
	return c.at == len(c.text)
}

// skip moves behind the next value.
func (c *cursor) skip() bool {
	switch first := c.peek(); first {
	case '{':
		return c.skipList('}')
	case '[':
		return c.skipList(']')
	case '"':
		return c.skipString()
	default:
		return c.literal(first)
	}
}

// raw moves behind the value at hand and returns it.
func (c *cursor) raw() (value string, ok bool) {
	start := c.at
	ok = c.skip()
	return c.text[start:c.at], ok
}

// skipList moves behind the object or array at hand, which ends with closing.
func (c *cursor) skipList(closing byte) bool {
	if !c.enter() {
		return false
	}
	for more := c.peek() != closing; more; more = c.pass(',') {
		if closing == '}' && !c.skipKey() || !c.skip() {
			return false
		}
	}
	return c.leave(closing)
}

// skipKey moves behind the next key and its colon.
func (c *cursor) skipKey() bool { return c.peek() == '"' && c.skipString() && c.pass(':') }

// enter moves into the object or array at hand.
func (c *cursor) enter() bool {
	c.at++
	c.depth++
	return c.depth <= MaxDepth
}

// leave moves behind the closing bracket.
func (c *cursor) leave(closing byte) bool {
	c.depth--
	return c.pass(closing)
}

// pass moves behind the next byte that is no white space, if it is b.
func (c *cursor) pass(b byte) bool {
	if c.peek() != b {
		return false
	}
	c.at++
	return true
}

// literal moves behind the number, truth value or null at hand, which begins with
// first.
func (c *cursor) literal(first byte) bool {
	switch first {
	case 't':
		return c.word("true")
	case 'f':
		return c.word("false")
	case 'n':
		return c.word("null")
	}
	return c.number()
}

func (c *cursor) word(word string) bool {
	end := c.at + len(word)
	if end > len(c.text) || c.text[c.at:end] != word {
		return false
	}
	c.at = end
	return true
}

func (c *cursor) number() bool {
	c.take('-')
	if !c.take('0') && !c.digits() {
		return false
	}
	if c.take('.') && !c.digits() {
		return false
	}
	if c.take('e') || c.take('E') {
		return (c.take('+') || c.take('-') || true) && c.digits()
	}
	return true
}

// take moves behind b, if it is the byte at hand.
func (c *cursor) take(b byte) bool {
	if c.at == len(c.text) || c.text[c.at] != b {
		return false
	}
	c.at++
	return true
}

// digits moves behind digits, of which there is at least one.
func (c *cursor) digits() bool {
	start := c.at
	for c.at < len(c.text) && isDigit(c.text[c.at]) {
		c.at++
	}
	return c.at > start
}
