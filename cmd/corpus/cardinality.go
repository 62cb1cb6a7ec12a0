package main

import (
	"bufio"
	"fmt"
	"io"
)

// writeCardinality writes c.Records errors. Record i has the ID i mod Ids, the
// path i mod Paths and the message i mod Messages; with Skew nine of ten have
// the first message and the tenth goes through the others. So each number of
// distinct values is exact as soon as there are enough records.
func writeCardinality(w io.Writer, c *cardinalityCmd) error {
	out := bufio.NewWriterSize(w, 1<<18)
	e := event{level: fail, service: "shop", msg: "request failed", method: "POST", status: 422}
	var b []byte
	for i := range c.Records {
		n := uint64(i % c.Ids)
		message := "cannot apply the " + c.message(i) + " policy"
		e.at = clock(0, 0, 0) + int64(i)
		e.id = string(appendUUID(nil, mix(c.Seed+n), n))
		e.path = "/api/" + word(i%c.Paths) + "/policy"
		e.body = appendBody(e.body[:0], 422, "", message, "")
		b = zapLine(b[:0], &e)
		if _, err := out.Write(b); err != nil {
			return fmt.Errorf("write the corpus: %w", err)
		}
	}
	return out.Flush()
}

// message returns the word in which the message of record i differs from
// others.
func (c *cardinalityCmd) message(i int) string {
	switch {
	case !c.Skew:
		return word(i % c.Messages)
	case i%10 != 0 || c.Messages == 1:
		return word(0)
	default:
		return word(1 + i/10%(c.Messages-1))
	}
}

// Syllables without digits, and never hexadecimal throughout: no mask takes a
// word for a number or an ID.
const (
	onsets = "klmnprst"
	vowels = "aeiou"
)

// word returns a word of three syllables or more; different n give different
// words.
func word(n int) string {
	var room [24]byte
	b := room[:0]
	for ; len(b) < 6 || n > 0; n /= len(onsets) * len(vowels) {
		b = append(b, onsets[n%len(onsets)], vowels[n/len(onsets)%len(vowels)])
	}
	return string(b)
}
