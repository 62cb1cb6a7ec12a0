package parse

import (
	"bytes"
	"slices"
	"strings"
	"unsafe"

	"analyzer/parse/input"
	"analyzer/parse/redact"
)

// Options change what a Scanner does with the same bytes.
type Options struct {
	// Full opens every record. It may find more malformed records and fewer
	// unopened ones, never another API error.
	Full bool
	// Successes yields successful calls too, as Records without Errors; with
	// Full, all of them. They count as non-errors all the same.
	Successes bool
	// Wanted, if not nil, makes the Scanner find the records that carry one of
	// these identifiers, API errors or not, and open no others. The Account then
	// counts the records that were opened.
	Wanted *Wanted
	// Redactor masks secrets and makes pseudonyms; nil means the default key.
	Redactor *redact.Redactor
}

// Scanner reads the API errors in a chunk of records. It is not safe for
// concurrent use: each worker has its own, all share the Reader.
type Scanner struct {
	reader  *Reader
	options Options

	finder   finder // in the chunk, one of the two
	sieving  sieving
	listing  *listing // nil until enough was sieved
	sieved   int      // bytes
	chunk    *input.Chunk
	begins   int64 // the chunk, in this line
	next     int   // where in the chunk nothing was looked for yet
	number   int64 // of the line there, counted from the chunk's first
	lines    [mostAhead]line
	ahead    []line  // those before next that are still to be looked into
	spared   []byte  // of a chunk that is lent, what is still to be looked at
	keeps    bool    // the last chunk had to be kept
	rest     []byte  // of the block at hand, what was not read yet
	offset   int64   // of rest
	line     int64   // of the block's first byte that is not counted, from the chunk's first
	counted  int     // where in the chunk that is
	raw      []byte  // of the record at hand
	built    bool    // it is what stands in the tree
	events   []event // of a batch, still to be read
	batch    Pos     // where it stands
	document string  // the batch
	first    []byte  // the chunk's first and last record, for their times
	last     []byte
	lastAt   int64 // in the source
	account  Account

	tree       tree
	candidates []candidate
	outline    *outline
	outlines   outlines
	said       []said
	record     Record
	memory     *memory
	carried    string // identifier by which the record is wanted
	kept       []byte // texts of records, never changed once they stand
}

// NewScanner returns a Scanner that reads what r knows. Reset gives it a chunk.
func NewScanner(r *Reader, o Options) *Scanner {
	if o.Redactor == nil {
		o.Redactor = redact.New(nil)
	}
	s := &Scanner{reader: r, options: o, sieving: sieving{triggers: r.triggers}, memory: newMemory()}
	s.tree.words, s.tree.codes = r.words.share(), r.codes.share()
	s.tree.notes = &s.account.Notes
	s.outlines.known = newRecent[outline](512)
	return s
}

// Reset begins c, with an empty account, and counts its lines. The Scanner reads
// c.Data until Scan returns false; it does not release c.
func (s *Scanner) Reset(c *input.Chunk) {
	s.chunk, s.rest, s.built = c, nil, false
	if s.looksAhead() && !c.Inside && c.Oversize == 0 {
		s.finder = s.finderFor(c)
		s.survey()
	} else {
		c.Keep()
		s.begin()
		c.Count(bytes.Count(c.Data, newline))
	}
	s.begins = c.Line()
	if c.Inside {
		s.takeBlock(len(c.Data), 0)
	}
	if c.Oversize > 0 {
		s.skipOversize()
	}
}

// begin begins with the chunk's data.
func (s *Scanner) begin() {
	s.account = NewAccount(s.chunk)
	s.next, s.number, s.ahead, s.first, s.last = 0, 0, nil, nil, nil
}

// survey finds the first lines of the chunk that are to be looked into, and counts all
// lines. Mostly these are all that there is to be found, so that a chunk that is lent
// need not be kept.
func (s *Scanner) survey() {
	c := s.chunk
	if s.keeps {
		c.Keep()
	}
	look := func() {
		s.begin()
		s.finder.begin(view(c.Data))
		s.lookAhead()
		if c.Lent() {
			s.spare()
		}
	}
	c.Look(look)
	if s.keeps = s.next < len(c.Data); s.keeps && c.Lent() {
		c.Keep()
		look()
	}
	c.Count(int(s.number) + bytes.Count(c.Data[s.next:], newline))
}

// spare copies what is still to be looked at of the lines that were found.
func (s *Scanner) spare() {
	n := len(s.first) + len(s.last)
	for _, l := range s.ahead {
		n += len(l.text)
	}
	s.spared = slices.Grow(s.spared[:0], n)
	for i := range s.ahead {
		s.ahead[i].text = s.copyOf(s.ahead[i].text)
	}
	s.first, s.last = s.copyOf(s.first), s.copyOf(s.last)
}

// copyOf returns a copy of text, for which there is room; nil of none.
func (s *Scanner) copyOf(text []byte) []byte {
	if text == nil {
		return nil
	}
	n := len(s.spared)
	s.spared = append(s.spared, text...)
	return s.spared[n:]
}

// mostSieved is how many bytes a Scanner reads before a kernel is worth what it takes to
// make one. While it is made, they may be more.
const mostSieved = 2 << 20

// finderFor returns the finder for c, the fastest that there is for all that is read.
func (s *Scanner) finderFor(c *input.Chunk) finder {
	if s.listing == nil && s.sieved >= mostSieved {
		s.list(s.reader.triggers.madeKernel())
	}
	if s.listing == nil {
		s.sieved += len(c.Data)
		return &s.sieving
	}
	return s.listing
}

// list lets k list what to look at, if there is one.
func (s *Scanner) list(k *kernel) {
	if k != nil {
		s.listing = &listing{triggers: s.reader.triggers, kernel: k}
	}
}

// looksAhead reports whether lines are found before they are looked into.
func (s *Scanner) looksAhead() bool { return !s.options.Full && s.options.Wanted == nil }

// opens reports whether a record with this text is looked into.
func (s *Scanner) opens(text string) bool {
	if s.options.Wanted != nil {
		return s.options.Wanted.mayStandIn(text)
	}
	return s.reader.triggers.in(text)
}

// skipOversize accounts for a record of which the chunk holds only the head.
func (s *Scanner) skipOversize() {
	s.account.Records++
	s.takeBlock(len(s.chunk.Data), 0)
	s.account.Bytes += s.chunk.Oversize - int64(len(s.rest))
	s.account.Skipped += s.chunk.Oversize
	s.malformed(Oversize, s.pos())
	s.rest = nil
	s.account.Head = Mark{Seen: true, Offset: s.offset}
	s.account.Tail = s.account.Head
}

// Scan goes to the next API error, to the next success if those are asked for, or
// to the next record that is wanted. It returns false at the chunk's end; bad input
// never ends it sooner.
func (s *Scanner) Scan() bool {
	for !s.nextEvent() {
		if len(s.rest) > 0 { // of a block of several records
			n := s.nextValue()
			record, lead := trimValue(s.rest[:n])
			if s.take(n, record, lead, s.opens(view(record))) {
				return true
			}
			continue
		}
		record, lead, opens, ok := s.nextBlock()
		if !ok {
			s.closeMarks()
			return false
		}
		if s.isWhole(view(record), opens) && s.take(len(s.rest), record, lead, opens) {
			return true
		}
	}
	return true
}

// take consumes n bytes, in which a record stands behind lead bytes, and reports
// whether it holds an API error.
func (s *Scanner) take(n int, record []byte, lead int, opens bool) bool {
	s.advance(lead)
	n -= lead
	if len(record) == 0 {
		s.advance(n)
		return false
	}
	s.mark(record, s.offset)
	if !opens && (s.options.Wanted != nil || !s.options.Full) {
		s.advance(n)
		s.passOver(1)
		return false
	}
	pos := s.pos()
	s.advance(n)
	s.raw = record
	return s.open(record, pos, opens)
}

// passOver counts n records that are not opened.
func (s *Scanner) passOver(n int64) {
	if s.options.Wanted != nil {
		return
	}
	s.account.Records += n
	s.account.NonErrors += n
	s.account.Unopened += n
}

// nextEvent goes to the next API error among the events of a batch.
func (s *Scanner) nextEvent() bool {
	for len(s.events) > 0 {
		e := s.events[0]
		s.events = s.events[1:]
		pos := s.batch
		pos.Offset += int64(e.at)
		pos.Line += int64(strings.Count(s.document[:e.at], "\n"))
		s.account.Records++
		triggered := s.opens(e.json)
		if triggered || s.options.Full {
			s.tree.build(e.json)
		}
		if s.judge(triggered, pos) {
			return true
		}
	}
	return false
}

// Record returns what Scan found. It is valid until the next call to Scan.
func (s *Scanner) Record() *Record { return &s.record }

// Carried returns the first of Options.Wanted that the record carries.
func (s *Scanner) Carried() string { return s.carried }

// Raw returns the bytes of the record that Scan found, without white space
// around it. They are valid until the next call to Scan, and hold what the log
// holds: nothing in them is redacted.
func (s *Scanner) Raw() []byte { return s.raw }

// Account returns what became of the chunk's records so far; all of them once
// Scan has returned false. The caller may keep it.
func (s *Scanner) Account() *Account {
	account := s.account
	return &account
}

func (s *Scanner) advance(n int) {
	s.rest = s.rest[n:]
	s.offset += int64(n)
}

// pos returns the place of rest.
func (s *Scanner) pos() Pos {
	if at := int(s.offset - s.chunk.Offset); s.counted < at {
		s.line += int64(bytes.Count(s.chunk.Data[s.counted:at], newline))
		s.counted = at
	}
	return Pos{Source: s.chunk.Source, Line: s.begins + s.line, Offset: s.offset}
}

// open looks into a record and reports whether it holds an API error.
func (s *Scanner) open(record []byte, pos Pos, triggered bool) bool {
	text := view(record)
	if !beginsJSON(text) {
		s.tree.buildText(s.tree.repair(text))
	} else if !s.built && !s.tree.build(text) {
		s.account.Records++
		s.malformed(broken(text), pos)
		return s.options.Wanted != nil && s.judgeBroken(text, pos)
	}
	if s.events = s.reader.events(&s.tree); s.events != nil {
		s.noteTwice()
		s.batch, s.document = pos, s.tree.nodes[0].str
		return s.nextEvent()
	}
	s.account.Records++
	return s.judge(triggered, pos)
}

// judge reports whether the record in the tree holds an API error, or a success
// that is asked for, and counts it. Without a trigger it holds no error, whatever
// the tree says.
func (s *Scanner) judge(triggered bool, pos Pos) bool {
	defer s.noteTwice()
	if s.options.Wanted != nil && triggered {
		return s.judgeWanted(pos)
	}
	if triggered && s.read(pos) {
		s.account.Errors++
		return true
	}
	if triggered {
		s.noteSuppressed(s.tree.nodes[0].str)
	} else if !s.options.Full {
		s.account.Unopened++
	}
	s.account.NonErrors++
	return s.options.Successes && (triggered || s.options.Full) && s.readSuccess(pos)
}

// noteTwice notes of the record or batch in the tree, once, that a key stands twice.
func (s *Scanner) noteTwice() {
	if s.tree.twice {
		s.account.Notes[DuplicateKeys]++
		s.tree.twice = false
	}
}

func (s *Scanner) malformed(class Malformed, pos Pos) {
	s.account.Malformed[class]++
	if s.account.FirstDoubt == nil {
		s.account.FirstDoubt = &pos
	}
}

// mark remembers the chunk's first and last record, and where they stand in the
// source. Their times bound the log's span, whether or not anything opens them.
func (s *Scanner) mark(record []byte, at int64) {
	if s.options.Wanted != nil {
		return // nothing else is opened, not even for its time
	}
	if s.first == nil {
		s.first = record
		s.account.Head = Mark{Seen: true, Offset: at}
	}
	if s.last == nil || at > s.lastAt {
		s.last, s.lastAt = record, at
	}
}

// closeMarks reads the times of the chunk's first and last record.
func (s *Scanner) closeMarks() {
	if s.first == nil {
		return
	}
	notes := s.account.Notes
	s.account.Head.Time = s.timeOf(s.first)
	s.account.Tail = Mark{Seen: true, Offset: s.lastAt, Time: s.timeOf(s.last)}
	s.account.Notes = notes // looking at the time counts nothing
	s.first, s.last = nil, nil
}

// view returns record as a string without copying it. The string is only
// looked at while record stands still.
func view(record []byte) string {
	return unsafe.String(unsafe.SliceData(record), len(record))
}
