package parse

import (
	"math/big"
	"strconv"
	"strings"
	"time"
)

// Times outside these years are taken for something else.
const (
	firstYear = 1990
	lastYear  = 2100
)

// timeLayouts are the forms of a time in text, after parseTime has put a T
// between date and clock and a point before the fraction. A form without a zone
// is read as UTC.
var timeLayouts = [...]string{
	"2006-01-02T15:04:05Z07:00",
	"2006-01-02T15:04:05Z0700",
	"2006-01-02T15:04:05Z07",
	"2006-01-02T15:04:05 Z07:00",
	"2006-01-02T15:04:05 Z0700",
	"2006-01-02T15:04:05 Z0700 MST",
	"2006-01-02T15:04:05 MST",
	"2006-01-02T15:04:05",
	"2006/01/02T15:04:05",
	"02/Jan/2006:15:04:05 Z0700",
	"Mon, 02 Jan 2006T15:04:05 MST",
	"20060102T150405Z",
	"Mon Jan _2T15:04:05 MST 2006",
	"Mon Jan _2T15:04:05 2006",
}

// shortestTime is the length of the shortest text that one of them reads.
const shortestTime = len("20060102T150405Z")

// parseTime reads the time of a log line: RFC 3339 and its relatives, or a
// number of seconds, milliseconds, microseconds or nanoseconds since 1970, told
// apart by its size. ok is false if text is no time of this age.
func parseTime(text string) (t time.Time, ok bool) {
	text = strings.Trim(text, " []")
	if text == "" || len(text) > 64 {
		return time.Time{}, false
	}
	if t, ok = parseEpoch(text); ok {
		return t, inRange(t)
	}
	if len(text) < shortestTime {
		return time.Time{}, false
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil && zoneKnown(t) {
		return t.UTC(), inRange(t) // as most are, in no need of being brought into form
	}
	text = normalTime(text)
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, text); err == nil && zoneKnown(t) {
			return t.UTC(), inRange(t)
		}
	}
	return time.Time{}, false
}

// zoneKnown refuses zone names that Go reads without knowing their offset: EST
// and IST would be taken for UTC.
func zoneKnown(t time.Time) bool {
	name, offset := t.Zone()
	return offset != 0 || name == "" || name == "UTC" || name == "GMT"
}

func inRange(t time.Time) bool {
	return t.Year() >= firstYear && t.Year() <= lastYear
}

// normalTime puts a T between date and clock, and a point before the fraction.
func normalTime(text string) string {
	b := []byte(text)
	for i := 1; i+1 < len(b); i++ {
		before, after := isDigit(b[i-1]), isDigit(b[i+1])
		switch {
		case before && after && (b[i] == ' ' || b[i] == 't') && i+3 < len(b) && b[i+3] == ':':
			b[i] = 'T'
		case before && after && b[i] == ',':
			b[i] = '.'
		case before && b[i+1] == 'z' && i+2 == len(b):
			b[i+1] = 'Z'
		}
	}
	if b[len(b)-1] == 'z' {
		b[len(b)-1] = 'Z'
	}
	return string(b)
}

// parseEpoch reads a number since 1970 exactly: 1706275064.4760764,
// 1.7062750644760764e+09, 1706275064476.
func parseEpoch(text string) (time.Time, bool) {
	if c := text[len(text)-1]; !isDigit(c) || !isDigit(text[0]) {
		return time.Time{}, false
	}
	if whole, billionths, ok := decimal(text); ok {
		return epoch(whole, billionths)
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok || len(text) > maxNumber || strings.ContainsAny(text, "/_xXpP") || hugeExponent(text) {
		return time.Time{}, false
	}
	nanos := new(big.Int).Div(new(big.Int).Mul(r.Num(), big.NewInt(1e9)), r.Denom())
	whole, rest := new(big.Int).DivMod(nanos, big.NewInt(1e9), new(big.Int))
	if !whole.IsInt64() {
		return time.Time{}, false
	}
	return epoch(whole.Int64(), rest.Int64())
}

// maxNumber is the length of the longest number that is read as a time.
const maxNumber = 40

// decimal reads digits with at most one point among them, the fraction to the
// billionth.
func decimal(text string) (whole, billionths int64, ok bool) {
	digits, fraction, _ := strings.Cut(text, ".")
	if len(text) > maxNumber || !allDigits(digits) || !allDigits(fraction) {
		return 0, 0, false
	}
	whole, err := strconv.ParseInt(digits, 10, 64)
	for i := range 9 {
		billionths *= 10
		if i < len(fraction) {
			billionths += int64(fraction[i] - '0')
		}
	}
	return whole, billionths, err == nil
}

// hugeExponent guards big.Rat, which would write 1e999999999 out in full.
func hugeExponent(text string) bool {
	i := strings.IndexAny(text, "eE")
	return i >= 0 && len(strings.TrimLeft(text[i+1:], "+-0")) > 2
}

// epoch tells the unit of n by its size. billionths is the fraction of n.
func epoch(n, billionths int64) (time.Time, bool) {
	switch {
	case n < 631152000: // 1990 in seconds
		return time.Time{}, false
	case n < 1e11:
		return time.Unix(n, billionths).UTC(), true
	case n < 1e14:
		return time.Unix(n/1e3, n%1e3*1e6+billionths/1e3).UTC(), true
	case n < 1e17:
		return time.Unix(n/1e6, n%1e6*1e3+billionths/1e6).UTC(), true
	}
	return time.Unix(n/1e9, n%1e9).UTC(), true
}

// leadingTime reads the time with which a line of text begins, within its first
// words: 2026-09-14T08:12:31Z ERROR …, pod/web 2026-09-14 08:12:31.
func leadingTime(line string) (time.Time, bool) {
	if len(line) > 200 {
		line = line[:200]
	}
	words := strings.Fields(line)
	for i := 0; i < len(words) && i < 8; i++ {
		word := bareWord(words[i])
		for n := min(3, len(words)-i); n > 1; n-- { // date, clock and zone; date and clock
			rest := bareWord(strings.Join(words[i+1:i+n], " "))
			if t, ok := parseTime(word + " " + rest); ok {
				return t, true
			}
		}
		if looksLikeTime(word) {
			if t, ok := parseTime(word); ok {
				return t, true
			}
		}
	}
	return time.Time{}, false
}

// bareWord strips brackets and quotes from a word of a text line, and the key of
// a pair: level=error, time="2026-09-14T08:12:31Z".
func bareWord(word string) string {
	if key, value, found := strings.Cut(word, "="); found && len(key) <= len("@timestamp") {
		word = value
	}
	return strings.Trim(word, `[]()|:"`)
}

// looksLikeTime asks more of a bare word in text than parseTime does of a value
// under a time key: a date, or an epoch with a fraction or of full length.
func looksLikeTime(word string) bool {
	return len(word) >= 10 && isDigit(word[0])
}

func isDigit(c byte) bool {
	return '0' <= c && c <= '9'
}
