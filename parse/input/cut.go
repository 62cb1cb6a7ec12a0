package input

import (
	"bytes"
	"cmp"
)

// Cut reports whether next begins a record when prev is the line before it. Both
// come without their line ends; next may also come short, if it is longer than
// MaxRecord. A cut must depend on these two lines alone.
//
// A line that begins with a NUL byte begins a record whatever Cut says: it is
// where the hole of a truncated log ends.
type Cut func(prev, next []byte) bool

// Split finds the records inside a block that Cut does not divide. It is fed the
// block in order, in pieces of any size, and returns how many bytes of a piece
// belong to the record at hand and whether the record ends there; it goes on
// with what follows. What it returns must not depend on the pieces.
type Split func(data []byte) (n int, done bool)

// splitLines is the Split of a block of which nothing else is known.
func splitLines(data []byte) (n int, done bool) {
	if n = bytes.IndexByte(data, '\n') + 1; n > 0 {
		return n, true
	}
	return len(data), false
}

// headLength is how much of an oversize line is kept to show.
const headLength = 4 << 10

// cutter cuts the window's bytes into chunks.
type cutter struct {
	win     *window
	name    string
	size    int // target length of a chunk
	max     int // length of the longest record
	begins  Cut
	inside  func() Split
	skim    Skim // nil if everything is cut
	emit    func(*Chunk) error
	padding int64   // NUL bytes skipped since the last chunk
	border  *border // where that ends; nil if there is none
	passed  int64   // line ends passed over since
}

// run cuts until the source ends. The error is that of emit or of the context.
func (c *cutter) run() error {
	for more := true; more; {
		var err error
		if more, err = c.step(); err != nil {
			return err
		}
	}
	if err := c.win.ctx.Err(); err != nil {
		return err
	}
	if c.padding > 0 {
		return c.emit(c.newChunk())
	}
	return nil
}

// step consumes what comes next. It returns false at the end of the source.
func (c *cutter) step() (more bool, err error) {
	if c.win.view != nil {
		return c.stepInView()
	}
	if !c.skipPadding() {
		return false, nil
	}
	return true, c.next()
}

// next emits what begins at the window's start: a chunk of whole blocks, or the
// records of a block that is too long to be one.
func (c *cutter) next() error {
	end := c.end()
	if err := c.win.ctx.Err(); err != nil {
		return c.interrupted(err)
	}
	if end > 0 {
		return c.take(end, false)
	}
	if c.win.view != nil {
		c.win.leaveView(len(c.win.data())) // of a big block, there is no going back
	}
	b := &bigBlock{cutter: c, split: c.inside()}
	return b.run()
}

// interrupted emits the whole lines that were read before the context ended: who
// stops watching a pipe wants to know what came through it. The line that was
// being read is dropped.
func (c *cutter) interrupted(err error) error {
	data := c.win.data()
	end := bytes.LastIndexByte(data[:min(len(data), c.max)], '\n') + 1
	if end == 0 {
		return err
	}
	return cmp.Or(c.take(end, false), err)
}

// end returns where a chunk of about the target length ends, or 0 if the block
// at the window's start is too long.
func (c *cutter) end() int {
	for len(c.win.data()) <= c.size && c.win.extend(c.size+1) {
		if end := c.ready(); end > 0 {
			return end
		}
	}
	if n := len(c.win.data()); n <= c.size {
		return n
	}
	if end := c.lastCut(c.size); end > 0 {
		return end
	}
	return c.firstCut(c.lineStart(c.size))
}

// ready returns the last cut in the window if the source pauses: who watches a
// live pipe wants to see what has come through it. Only lines that are there in
// full are looked at.
func (c *cutter) ready() int {
	if !c.win.paused {
		return 0
	}
	data := c.win.data()
	data = data[:min(len(data), c.size)]
	return c.lastCut(max(0, bytes.LastIndexByte(data, '\n')))
}

// lastCut returns the last cut in or right after the window's first n bytes; 0 if
// there is none.
func (c *cutter) lastCut(n int) int {
	for end := c.lineStart(n); end > 0; {
		start := c.lineStart(end - 1)
		if c.isCut(start, end) {
			return end
		}
		end = start
	}
	return 0
}

// lineStart returns where the last line begins in the window's first n bytes.
func (c *cutter) lineStart(n int) int {
	return bytes.LastIndexByte(c.win.data()[:n], '\n') + 1
}

// firstCut returns the first cut after the line at start, or the end of the
// source; 0 if a record may not be that long.
func (c *cutter) firstCut(start int) int {
	for {
		end := start + len(c.win.lineAt(start, c.max))
		if end > c.max {
			return 0
		}
		if len(c.win.want(end+1)) == end || c.isCut(start, end) {
			return end
		}
		start = end
	}
}

// isCut reports whether the line at next begins a record; the line before it
// begins at prev.
func (c *cutter) isCut(prev, next int) bool {
	line := c.win.lineAt(next, c.max)
	if line[0] == 0 {
		return true
	}
	before := c.win.data()[prev:next]
	return c.begins(trimEnd(before), trimEnd(line[:min(len(line), c.max)]))
}

func trimEnd(line []byte) []byte {
	if n := len(line) - 1; n >= 0 && line[n] == '\n' {
		line = bytes.TrimSuffix(line[:n], []byte{'\r'})
	}
	return line
}

// take emits the window up to end.
func (c *cutter) take(end int, inside bool) error {
	data, buf := c.win.share(end)
	chunk := c.newChunk()
	chunk.Data, chunk.Inside, chunk.buf = data, inside, buf
	c.win.advance(end)
	return c.emit(chunk)
}

// newChunk returns an empty chunk that lies at the window's start.
func (c *cutter) newChunk() *Chunk {
	chunk := &Chunk{Source: c.name, Offset: c.win.offset, Padding: c.padding, before: c.border, passed: c.passed}
	c.border, c.padding, c.passed = newBorder(), 0, 0
	chunk.after = c.border
	return chunk
}

// line returns the number of the line that the window's first byte belongs to. It
// waits until the lines of all chunks are counted.
func (c *cutter) line() int64 { return c.border.line() + c.passed }

// skipPadding consumes the NUL bytes at the window's start. It returns false if
// nothing follows them.
func (c *cutter) skipPadding() bool {
	for {
		data := c.win.want(1)
		n := leadingNULs(data)
		c.win.advance(n)
		c.padding += int64(n)
		if n < len(data) {
			return true
		}
		if n == 0 {
			return false
		}
	}
}

var nuls [4 << 10]byte

// leadingNULs compares page by page: holes of a gigabyte exist, and comparing is
// far faster than looking at each byte.
func leadingNULs(data []byte) int {
	n := 0
	for len(data)-n >= len(nuls) && bytes.Equal(data[n:n+len(nuls)], nuls[:]) {
		n += len(nuls)
	}
	for n < len(data) && data[n] == 0 {
		n++
	}
	return n
}
