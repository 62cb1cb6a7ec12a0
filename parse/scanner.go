package parse

import (
	"bytes"
	"unsafe"

	"analyzer/parse/input"
	"analyzer/parse/redact"
)

// Options change what a Scanner does with the same bytes.
type Options struct {
	// Full opens every record. It may find more malformed records and fewer
	// unopened ones, never another API error.
	Full bool
	// Redactor masks secrets and makes pseudonyms; nil means the default key.
	Redactor *redact.Redactor
}

// Scanner reads the API errors in a chunk of records. It is not safe for
// concurrent use: each worker has its own, all share the Reader.
type Scanner struct {
	reader  *Reader
	options Options

	chunk   *input.Chunk
	rest    []byte // of the chunk's data
	offset  int64  // of rest
	line    int64  // of rest
	first   []byte // the chunk's first and last record, for their times
	last    []byte
	account Account

	tree   tree
	hits   []hit
	said   []said
	record Record
}

// NewScanner returns a Scanner that reads what r knows. Reset gives it a chunk.
func NewScanner(r *Reader, o Options) *Scanner {
	if o.Redactor == nil {
		o.Redactor = redact.New(nil)
	}
	s := &Scanner{reader: r, options: o}
	s.tree.words = r.words.share()
	s.tree.notes = &s.account.Notes
	return s
}

// Reset begins c, with an empty account. The Scanner reads c.Data until Scan
// returns false; it does not release c.
func (s *Scanner) Reset(c *input.Chunk) {
	s.chunk, s.rest, s.offset, s.line = c, c.Data, c.Offset, c.Line
	s.first, s.last = nil, nil
	s.account = Account{Bytes: int64(len(c.Data)) + c.Padding, Skipped: c.Padding}
	if c.Oversize > 0 {
		s.skipOversize()
	}
}

// skipOversize accounts for a record of which the chunk holds only the head.
func (s *Scanner) skipOversize() {
	s.account.Records++
	s.account.Bytes += s.chunk.Oversize - int64(len(s.rest))
	s.account.Skipped += s.chunk.Oversize
	s.malformed(Oversize, s.pos())
	s.rest = nil
	s.account.Head = Mark{Seen: true, Offset: s.offset}
	s.account.Tail = s.account.Head
}

// Scan goes to the next API error. It returns false at the chunk's end; bad
// input never ends it sooner.
func (s *Scanner) Scan() bool {
	for len(s.rest) > 0 {
		raw := s.frame()
		pos := s.pos()
		s.advance(len(raw))
		record, lead := trim(raw)
		if len(record) == 0 {
			continue
		}
		pos.Offset += int64(lead)
		s.mark(record, pos.Offset)
		if s.open(record, pos) {
			s.account.Errors++
			return true
		}
	}
	s.closeMarks()
	return false
}

// Record returns the API error that Scan found. It is valid until the next
// call to Scan.
func (s *Scanner) Record() *Record { return &s.record }

// Account returns what became of the chunk's records so far; all of them once
// Scan has returned false. The caller may keep it.
func (s *Scanner) Account() *Account {
	account := s.account
	return &account
}

// frame returns the bytes of the next record: a line, and those after it that
// begin none.
func (s *Scanner) frame() []byte {
	end := lineEnd(s.rest)
	if s.chunk.Lines {
		return s.rest[:end]
	}
	for start := 0; end < len(s.rest); {
		next := end + lineEnd(s.rest[end:])
		if Cut(chop(s.rest[start:end]), chop(s.rest[end:next])) {
			break
		}
		start, end = end, next
	}
	return s.rest[:end]
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

func (s *Scanner) advance(n int) {
	s.line += int64(bytes.Count(s.rest[:n], []byte{'\n'}))
	s.rest = s.rest[n:]
	s.offset += int64(n)
}

func (s *Scanner) pos() Pos {
	return Pos{Source: s.chunk.Source, Line: s.line, Offset: s.offset}
}

var byteOrderMark = []byte("\uFEFF")

// trim strips white space, NUL padding and a byte order mark. lead is the
// number of bytes that it took at the front.
func trim(raw []byte) (record []byte, lead int) {
	record = bytes.TrimLeft(raw, "\x00 \t\r\n")
	record = bytes.TrimLeft(bytes.TrimPrefix(record, byteOrderMark), "\x00 \t\r\n")
	lead = len(raw) - len(record)
	return bytes.TrimRight(record, "\x00 \t\r\n"), lead
}

// open looks into a record and reports whether it holds an API error.
func (s *Scanner) open(record []byte, pos Pos) bool {
	s.account.Records++
	triggered := s.reader.triggers.in(view(record))
	if !triggered && !s.options.Full {
		s.account.Unopened++
		s.account.NonErrors++
		return false
	}
	text := string(record)
	if !beginsJSON(text) {
		if triggered {
			s.tree.buildText(s.tree.repair(text))
		}
	} else if g := check(text); g != gateValid {
		s.malformed(g.malformed(), pos)
		return false
	} else {
		s.tree.build(text)
	}
	if !triggered || !s.read(pos) {
		s.account.NonErrors++
		return false
	}
	return true
}

func (s *Scanner) malformed(class Malformed, pos Pos) {
	s.account.Malformed[class]++
	if s.account.FirstDoubt == nil {
		s.account.FirstDoubt = &pos
	}
}

// mark remembers the chunk's first and last record. Their times bound the
// log's span, whether or not anything opens them.
func (s *Scanner) mark(record []byte, offset int64) {
	if s.first == nil {
		s.first = record
		s.account.Head = Mark{Seen: true, Offset: offset}
	}
	s.last = record
	s.account.Tail = Mark{Seen: true, Offset: offset}
}

// closeMarks reads the times of the chunk's first and last record.
func (s *Scanner) closeMarks() {
	if s.first == nil {
		return
	}
	notes := s.account.Notes
	s.account.Head.Time = s.timeOf(s.first)
	s.account.Tail.Time = s.timeOf(s.last)
	s.account.Notes = notes // looking at the time counts nothing
	s.first, s.last = nil, nil
}

// view returns record as a string without copying it. The string is only
// looked at while record stands still.
func view(record []byte) string {
	return unsafe.String(unsafe.SliceData(record), len(record))
}
