package input

import "io"

// How far a decompressor runs ahead of the cutter.
const (
	aheadSize   = 256 << 10 // bytes of a block
	aheadBlocks = 8         // in flight: enough for neither side to wait while the other has no turn
)

// ahead reads a source in a goroutine of its own, so that decompressing and
// cutting go on side by side.
type ahead struct {
	src  io.ReadCloser
	full chan aheadBlock
	free chan []byte
	quit chan struct{}

	cur aheadBlock
	pos int // in cur
}

// aheadBlock is what was read, and what ended the source after it, if anything.
type aheadBlock struct {
	bytes []byte
	err   error
}

// newAhead reads ahead of src, which it closes in the end.
func newAhead(src io.ReadCloser) *ahead {
	a := &ahead{
		src:  src,
		full: make(chan aheadBlock, aheadBlocks),
		free: make(chan []byte, aheadBlocks),
		quit: make(chan struct{}),
	}
	for range aheadBlocks {
		a.free <- nil // made when needed: most sources of a directory are small
	}
	go a.run()
	return a
}

func (a *ahead) run() {
	defer close(a.full)
	defer a.src.Close()
	for {
		select {
		case <-a.quit:
			return
		case b := <-a.free:
			block := a.fill(b)
			a.full <- block // never blocks: it has room for all blocks
			if block.err != nil {
				return
			}
		}
	}
}

func (a *ahead) fill(b []byte) aheadBlock {
	if b == nil {
		b = make([]byte, aheadSize)
	}
	b = b[:cap(b)]
	n, err := io.ReadFull(a.src, b)
	if err == io.ErrUnexpectedEOF {
		err = io.EOF // a block need not be full
	}
	return aheadBlock{b[:n], err}
}

func (a *ahead) Read(p []byte) (int, error) {
	for a.pos == len(a.cur.bytes) {
		if a.cur.err != nil {
			return 0, a.cur.err
		}
		if a.cur.bytes != nil {
			a.free <- a.cur.bytes
		}
		a.cur, a.pos = <-a.full, 0
	}
	n := copy(p, a.cur.bytes[a.pos:])
	a.pos += n
	return n, nil
}

// Close ends the goroutine and waits for it.
func (a *ahead) Close() error {
	close(a.quit)
	for range a.full {
	}
	return nil
}
