package parse

import "strings"

// MaxDepth is how deep the brackets of a record may nest. What reads them recurses:
// a line of millions of brackets would overflow the stack, which ends the process.
const MaxDepth = 256

// gate is the verdict on a text that begins as JSON.
type gate int

const (
	gateValid gate = iota
	gateInvalid
	gateTruncated
	gateTooDeep
)

// broken returns the class under which a text is counted that begins as JSON and is
// not valid.
func broken(text string) Malformed {
	switch _, g := span(text); g {
	case gateTruncated:
		return Truncated
	case gateTooDeep:
		return TooDeep
	}
	return InvalidJSON
}

// span returns the end of the JSON object or array that text begins with. It
// follows brackets and strings only: gateTruncated means that the text ends
// inside the value, gateTooDeep that it nests beyond MaxDepth.
func span(text string) (end int, g gate) {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			n := stringEnd(text[i+1:])
			if n < 0 {
				return 0, gateTruncated
			}
			i += n + 1
		case '{', '[':
			if depth++; depth > MaxDepth {
				return 0, gateTooDeep
			}
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1, gateValid
			} else if depth < 0 {
				return 0, gateInvalid
			}
		}
	}
	return 0, gateTruncated
}

// stringEnd returns the index of the quote that ends the string whose content
// text begins with, -1 if there is none.
func stringEnd(text string) int {
	for i := 0; ; i++ {
		n := strings.IndexByte(text[i:], '"')
		if n < 0 {
			return -1
		}
		i += n
		slashes := 0
		for slashes < i && text[i-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return i
		}
	}
}
