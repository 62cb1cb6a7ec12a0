package input

import "bytes"

// tailLength is how much of a line a cut inside a big block gets to see of the
// line before it.
const tailLength = 64

// bigBlock emits a block in which no border was found within the longest
// record: an array of any size, a line of hundreds of megabytes. It is read in
// one go, record by record, up to the next cut, and never held whole.
type bigBlock struct {
	*cutter
	split Split
	whole int    // end of the last whole record in the window
	pos   int    // end of what split has seen
	tail  []byte // of the line at pos
	over  *Chunk // of the record that is being skipped, nil if none is
}

func (b *bigBlock) run() error {
	for {
		more := len(b.win.want(b.pos+1)) > b.pos
		if err := b.win.ctx.Err(); err != nil {
			return b.interrupted(err)
		}
		if !more || b.atCut() {
			return b.end()
		}
		piece := b.piece()
		b.remember(piece)
		for len(piece) > 0 {
			n, done := b.split(piece)
			piece = piece[n:]
			b.pos += n
			if err := b.record(done); err != nil {
				return err
			}
		}
	}
}

// piece returns what follows in the window, up to the end of a line.
func (b *bigBlock) piece() []byte {
	data := b.win.data()[b.pos:]
	if end := bytes.IndexByte(data, '\n') + 1; end > 0 {
		return data[:end]
	}
	return data
}

// remember keeps the tail of the line that piece belongs to.
func (b *bigBlock) remember(piece []byte) {
	if bytes.HasSuffix(b.tail, newline) {
		b.tail = b.tail[:0]
	}
	b.tail = append(b.tail, piece[max(0, len(piece)-tailLength):]...)
	b.tail = b.tail[max(0, len(b.tail)-tailLength):]
}

// atCut reports whether the block ends at pos. Of the line before, the tail is
// all that is looked at, so that no line has to be held whole.
func (b *bigBlock) atCut() bool {
	if !bytes.HasSuffix(b.tail, newline) {
		return false
	}
	line := b.win.lineAt(b.pos, b.max)
	return line[0] == 0 || b.begins(trimEnd(b.tail), trimEnd(line[:min(len(line), b.max)]))
}

// record takes note of what split said of the bytes up to pos.
func (b *bigBlock) record(done bool) error {
	if b.over == nil && b.pos-b.whole > b.max {
		if err := b.flush(); err != nil {
			return err
		}
		b.over = b.newChunk()
		b.over.Data = bytes.Clone(b.win.data()[:min(headLength, b.max)])
		b.passed = -int64(bytes.Count(b.over.Data, newline)) // of which the chunk tells
	}
	switch {
	case b.over != nil:
		b.passed += int64(bytes.Count(b.win.data()[:b.pos], newline))
		b.win.advance(b.pos)
		b.pos = 0
		if done {
			return b.emitOversize()
		}
		return nil
	case !done:
		return nil
	case b.pos > b.size:
		if err := b.flush(); err != nil {
			return err
		}
	}
	if b.whole = b.pos; b.whole < b.size {
		return nil
	}
	return b.flush()
}

// flush emits the whole records in the window.
func (b *bigBlock) flush() error {
	if b.whole == 0 {
		return nil
	}
	end := b.whole
	b.whole, b.pos = 0, b.pos-end
	return b.take(end, true)
}

// end emits what is left of the block.
func (b *bigBlock) end() error {
	if b.over != nil {
		return b.emitOversize()
	}
	if b.pos > b.size {
		if err := b.flush(); err != nil {
			return err
		}
	}
	if b.pos == 0 {
		return nil
	}
	return b.take(b.pos, true)
}

func (b *bigBlock) emitOversize() error {
	chunk := b.over
	b.over = nil
	chunk.Oversize = b.win.offset - chunk.Offset
	return b.emit(chunk)
}
