package parse

import "strings"

// isStatus reports whether three digits 4xx or 5xx stand at i where an HTTP
// status can stand: on their own, in text or under a key that names a status.
func (t *triggers) isStatus(text string, i int) bool {
	if i+3 > len(text) || !isDigit(text[i+2]) || i > 0 && !precedes[text[i-1]] || text[i] != '4' && text[i] != '5' || !isDigit(text[i+1]) {
		return false
	}
	if rest := text[i+3:]; !endsStatus(rest) && !isLongCode(rest) || !mayPrecede(text[:i]) {
		return false
	}
	if key, isValue := keyBefore(text, i); isValue {
		return t.namesStatus(key) || strings.HasSuffix(key, valueKey) && t.namesStatus(attributeBefore(text[:i]))
	}
	word, isTied := wordTied(text[:i])
	return !isTied || t.namesStatus(word)
}

// valueKey is how the key of an attribute's value ends, in a list where its name stands
// beside it: value, intValue.
const valueKey = "alue"

// wordTied returns the word to which a colon or an equals sign at the end of
// text ties what follows: status=503, but also main.go:503.
func wordTied(text string) (word string, isTied bool) {
	if !strings.HasSuffix(text, ":") && !strings.HasSuffix(text, "=") {
		return "", false
	}
	end := len(text) - 1
	start := end
	for start > 0 && (isAlphanumeric(text[start-1]) || text[start-1] == '-') {
		start--
	}
	return text[start:end], start < end
}

// endsStatus reports whether a number of three digits ends before rest: not in
// more digits, a word, or a fraction other than .0.
func endsStatus(rest string) bool {
	if rest == "" {
		return true
	}
	if rest[0] == '.' && len(rest) > 1 && isDigit(rest[1]) {
		return rest[1] == '0' && (len(rest) == 2 || !isAlphanumeric(rest[2]))
	}
	return !isAlphanumeric(rest[0])
}

// isLongCode reports whether two digits more make a code that carries a status
// in its first three: 42201.
func isLongCode(rest string) bool {
	return len(rest) >= 2 && isDigit(rest[0]) && isDigit(rest[1]) && (len(rest) == 2 || !isAlphanumeric(rest[2]))
}

// statusLead are the bytes that can stand before a status: none of a word, a
// sign, a path or a version. Letters are those of escapes; mayPrecede looks at
// what stands before them.
const statusLead = " \t\n:\"'[({=,>|`mntr"

var precedes = func() (table [256]bool) {
	for _, c := range []byte(statusLead) {
		table[c] = true
	}
	return table
}()

// mayPrecede reports whether a status can stand after text.
func mayPrecede(text string) bool {
	if text == "" {
		return true
	}
	switch c := text[len(text)-1]; c {
	case 'm':
		return endsColour(text)
	case 'n', 't', 'r':
		return len(text) > 1 && text[len(text)-2] == '\\' // an escaped line end or tab
	default:
		return precedes[c]
	}
}

// endsColour reports whether text ends in an SGR sequence, as it is or as JSON
// escapes it: ESC [ 3 1 m.
func endsColour(text string) bool {
	text = strings.TrimRight(text[:len(text)-1], "0123456789;")
	text, found := strings.CutSuffix(text, "[")
	return found && (strings.HasSuffix(text, "\x1b") || strings.HasSuffix(text, "u001b") || strings.HasSuffix(text, "u001B"))
}

// keyBefore returns the JSON key whose whole value is the number of three
// digits or more at i, bare or in quotes, however deep it is escaped. isValue is
// false if text stands around the number.
func keyBefore(text string, i int) (key string, isValue bool) {
	end := i + 3
	for end < len(text) && (isDigit(text[end]) || text[end] == '.') {
		end++
	}
	before := text[:i]
	if strings.HasSuffix(before, `"`) {
		if end += slashes(text[end:]); end == len(text) || text[end] != '"' {
			return "", false // a text that begins with a number
		}
		before = trimSlashes(before[:i-1])
	}
	before, found := strings.CutSuffix(trimSpaces(before), ":")
	if !found {
		return "", false
	}
	before, found = strings.CutSuffix(trimSpaces(before), `"`)
	if !found {
		return "", false
	}
	before = trimSlashes(before)
	return before[strings.LastIndexByte(before, '"')+1:], true
}

// attributeBefore returns the name of the attribute whose value begins after
// text, in a list of {"key":NAME,"value":{"intValue":…}} or {"name":NAME,"value":…}.
func attributeBefore(text string) string {
	const far = 160
	text = text[max(0, len(text)-far):]
	i := max(strings.LastIndex(text, `"key`), strings.LastIndex(text, `"name`))
	if i < 0 {
		return ""
	}
	_, name, _ := strings.Cut(text[i:], ":")
	name = strings.TrimLeft(name, ` \"`)
	if end := strings.IndexAny(name, `\"`); end >= 0 {
		name = name[:end]
	}
	return name
}

// trimSpaces strips white space from the end of text, as it is and as an
// encoder writes it in a string: \n, \\n, \t.
func trimSpaces(text string) string {
	for n := len(text); n > 0; n = len(text) {
		switch c := text[n-1]; {
		case isSpace(c):
			text = text[:n-1]
		case n > 1 && text[n-2] == '\\' && (c == 'n' || c == 'r' || c == 't'):
			text = trimSlashes(text[:n-1])
		default:
			return text
		}
	}
	return text
}

// trimSlashes strips backslashes from the end of text.
func trimSlashes(text string) string {
	n := len(text)
	for n > 0 && text[n-1] == '\\' {
		n--
	}
	return text[:n]
}

// namesStatus reports whether a key ends like one under which a status stands.
func (t *triggers) namesStatus(key string) bool {
	const far = 64
	key = key[max(0, len(key)-far):]
	last := len(key) - 1
	for last >= 0 && isJoint(key[last]) {
		last--
	}
	if last < 0 {
		return false
	}
	for _, ending := range t.statusKeys[lowerASCII[key[last]]] {
		if endsFolded(key, ending) {
			return true
		}
	}
	return false
}

// endsFolded reports whether the folded form of key ends with ending.
func endsFolded(key string, ending []byte) bool {
	n := len(ending)
	for i := len(key) - 1; i >= 0 && n > 0; i-- {
		if isJoint(key[i]) {
			continue
		}
		if n--; lowerASCII[key[i]] != ending[n] {
			return false
		}
	}
	return n == 0
}

// addStatusKey declares a key under which a status stands. One that ends like
// another adds nothing.
func (t *triggers) addStatusKey(key string) {
	if folded := fold(nil, key); len(folded) > 0 && !t.namesStatus(key) {
		keys := &t.statusKeys[folded[len(folded)-1]]
		*keys = append(*keys, folded)
	}
}
