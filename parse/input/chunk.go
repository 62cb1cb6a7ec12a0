package input

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
	Line   int64  // number of the line that Data[0] begins, from 1
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
	// stand in a chunk without Data.
	Padding int64

	buf *buffer // that holds Data; nil if Data is the chunk's own, or released
}

// Release gives the chunk's memory back; Data must not be used after it. It may
// be called from any goroutine, and more than once.
func (c *Chunk) Release() {
	if c.buf != nil {
		c.buf.release()
	}
	c.buf, c.Data = nil, nil
}
