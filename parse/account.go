package parse

import (
	"time"

	"analyzer/parse/input"
)

// Account says what became of every record of a chunk or source:
//
//	Records = Errors + NonErrors + the sum of Malformed
//
// Accounts add up: the account of a source is the sum of those of its chunks,
// whatever the chunks were.
type Account struct {
	Records   int64 // log events; blank lines are none
	Errors    int64 // records that hold an API error
	NonErrors int64 // unopened, plain text, or without an API error
	Unopened  int64 // of the non-errors, those that no trigger opened
	Bytes     int64 // of the decompressed source, blank lines and line ends included
	Skipped   int64 // of Bytes, those not looked at: oversize records and NUL padding

	Malformed [NumMalformed]int64
	Notes     [NumNotes]int64

	FirstDoubt *Pos // of the first malformed record, by offset
	Head, Tail Mark // the source's first and last record
}

// NewAccount returns the account of a chunk of which nothing was read yet.
func NewAccount(c *input.Chunk) Account {
	return Account{Bytes: int64(len(c.Data)) + c.Padding, Skipped: c.Padding}
}

// Mark is the place and time of a record. A zero Time means that the record
// shows none.
type Mark struct {
	Seen   bool
	Offset int64
	Time   time.Time
}

// Malformed is the way in which a record cannot be read.
type Malformed int

// The classes of malformed records, in the order of the JSON report's keys.
const (
	InvalidJSON Malformed = iota // begins as JSON, and is not
	Truncated                    // JSON that ends too early
	TooDeep                      // nested beyond MaxDepth
	Oversize                     // longer than input.MaxRecord
	NumMalformed
)

// String returns the class as reports spell it.
func (m Malformed) String() string {
	return [...]string{"invalid_json", "truncated", "too_deep", "oversize"}[m]
}

// Note is a doubt about a record that was read all the same.
type Note int

// The notes, in the order of the JSON report's keys.
const (
	DuplicateKeys  Note = iota // a key that matters stands twice; the last one counts
	NoTime                     // an error without a time
	InvalidTime                // a time that cannot be read
	RepairedUTF8               // invalid UTF-8 became U+FFFD
	NestedTooDeep              // JSON in strings in strings, beyond the levels that are opened
	CutBody                    // a body inside a string breaks off; read as text
	StatusMismatch             // HTTP status and the body's status disagree
	ManyItems                  // a record with more values, or an envelope with more items, than are looked at
	Redacted                   // a secret was masked
	Sampled                    // a line says that the logger left others out: counts are lower bounds
	NumNotes
)

// String returns the note as reports spell it.
func (n Note) String() string {
	return [...]string{"duplicate_keys", "no_time", "invalid_time", "repaired_utf8", "nested_too_deep",
		"cut_body", "status_mismatch", "many_items", "redacted", "sampled"}[n]
}

// Add adds b, the account of another part of the same source, to a.
func (a *Account) Add(b *Account) {
	a.Records += b.Records
	a.Errors += b.Errors
	a.NonErrors += b.NonErrors
	a.Unopened += b.Unopened
	a.Bytes += b.Bytes
	a.Skipped += b.Skipped
	for i, n := range b.Malformed {
		a.Malformed[i] += n
	}
	for i, n := range b.Notes {
		a.Notes[i] += n
	}
	if b.FirstDoubt != nil && (a.FirstDoubt == nil || b.FirstDoubt.Offset < a.FirstDoubt.Offset) {
		a.FirstDoubt = b.FirstDoubt
	}
	if b.Head.Seen && (!a.Head.Seen || b.Head.Offset < a.Head.Offset) {
		a.Head = b.Head
	}
	if b.Tail.Seen && (!a.Tail.Seen || b.Tail.Offset > a.Tail.Offset) {
		a.Tail = b.Tail
	}
}
