package parse

import (
	"bytes"
	"regexp"
)

// Suppressed returns how many lines of data, which holds whole lines, say that
// the logger left others out. journald, rsyslog, the kernel and libraries say so
// when they limit a rate: of such a log, every count is a lower bound.
func Suppressed(data []byte) (lines int64) {
	for i, word := range suppressedWords {
		for at := 0; ; {
			next := bytes.Index(data[at:], word)
			if next < 0 {
				break
			}
			start, end := wholeLine(data, at+next)
			line := data[start:end]
			if !containsAny(line, suppressedWords[:i]) && suppressedText.Match(vicinity(line, at+next-start)) {
				lines++
			}
			at = end
		}
	}
	return lines
}

// suppressedWords are those of which suppressedText needs one.
var suppressedWords = [][]byte{[]byte("ppressed"), []byte("-limiting"), []byte("ropped"), []byte("carded")}

var suppressedText = regexp.MustCompile(`(?i)` +
	`\bsuppressed \d+ (log )?(messages?|lines?|entries)\b` +
	`|\b\d+ ((similar|identical|log|more) )?(messages?|lines?|entries|callbacks) (were |have been )?suppressed\b` +
	`|\b(dropped|discarded) \d+ log (messages?|lines?|entries|events|records)\b` +
	`|\b\d+ log (messages?|lines?|entries|events|records) (were |have been )?(dropped|discarded)\b` +
	`|\bmessages? .{0,40}due to rate-limiting\b`)

// suppressedReach is how far from its word suppressedText is looked for.
const suppressedReach = 100

// vicinity returns the part of line near at.
func vicinity(line []byte, at int) []byte {
	return line[max(0, at-suppressedReach):min(len(line), at+suppressedReach)]
}

// wholeLine returns the borders of the line that at lies in.
func wholeLine(data []byte, at int) (start, end int) {
	start = bytes.LastIndexByte(data[:at], '\n') + 1
	if n := bytes.IndexByte(data[at:], '\n'); n >= 0 {
		return start, at + n + 1
	}
	return start, len(data)
}

func containsAny(line []byte, words [][]byte) bool {
	for _, word := range words {
		if bytes.Contains(line, word) {
			return true
		}
	}
	return false
}
