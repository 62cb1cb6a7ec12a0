package input

import "bytes"

// MaxRecord is the longest record that is read, in bytes, line ends included. A
// longer one is skipped and counted.
const MaxRecord = 4 << 20

// Chunk is a run of whole records of one source. It begins where a record
// begins and ends before one, or at the end of the source; it never ends
// inside a record.
//
// A chunk belongs to whoever received it, who may hand it to another goroutine
// and calls Release when its Data is no longer needed.
type Chunk struct {
	Source string
	Offset int64  // of Data[0] in the decompressed source
	Data   []byte // whole lines; the last one of a source may lack its line end. Read only, valid until Release

	// Inside says that Data lies in a block in which no border was found within
	// MaxRecord, as in an array of any size: it holds whole records as
	// Options.Split finds them.
	Inside bool

	// Oversize, where positive, is the length in bytes of one record (line end
	// included) of which Data holds just the beginning; the rest was skipped.
	Oversize int64

	// Padding is the number of NUL bytes that stood before Offset and were
	// skipped: the hole that copytruncate leaves. At the end of a source it may
	// stand in a chunk without Data. A line of Data may begin with a smaller hole.
	Padding int64

	buf    *buffer // that holds Data; nil if Data is the chunk's own, or released
	before *border // where the chunk begins; nil at the start of a source
	after  *border // where it ends, until its lines are counted
	passed int64   // line ends between before and Data
}

// Line returns the number of the line that Data[0] begins, from 1. It waits until
// the lines of all chunks before are counted.
func (c *Chunk) Line() int64 { return c.before.line() + c.passed }

// Count tells how many line ends Data holds, so that those who have the chunks
// behind need not wait for this one's number any longer. Only the first call counts;
// without one, Release does it.
func (c *Chunk) Count(lines int) {
	if c.after != nil {
		c.after.reach(c.Line() + int64(lines))
		c.after = nil
	}
}

// Release gives the chunk's memory back; Data must not be used after it. It may
// be called from any goroutine, and more than once.
func (c *Chunk) Release() {
	if c.after != nil {
		c.Look(func() { c.Count(bytes.Count(c.Data, newline)) })
	}
	if c.buf != nil {
		c.buf.release()
	}
	c.buf, c.Data = nil, nil
}

// border lies between two chunks. Whoever has the one before tells which line it is in
// to whoever has the one behind it.
type border struct {
	number  int64
	reached chan struct{} // closed once number stands
}

func newBorder() *border { return &border{reached: make(chan struct{})} }

func (b *border) reach(line int64) {
	b.number = line
	close(b.reached)
}

// line waits for the number of the line.
func (b *border) line() int64 {
	if b == nil {
		return 1
	}
	<-b.reached
	return b.number
}
