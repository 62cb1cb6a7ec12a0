package main

import (
	"iter"
	"runtime"
	"sync"

	"analyzer/parse/input"
)

// feed reads sources one after the other, to the next chunk at each call. It
// returns false once there are no more, and is called by one worker at a time.
type feed func() (*input.Chunk, bool)

// sendFunc takes the chunks of a source. Its error ends reading.
type sendFunc = func(*input.Chunk) error

// newFeed returns a feed of what read sends. It is to be called until it ends.
func newFeed(read func(send sendFunc)) feed {
	next, _ := iter.Pull(func(yield func(*input.Chunk) bool) {
		read(func(c *input.Chunk) error {
			yield(c)
			return nil
		})
	})
	return next
}

// feeds are read from side by side. A worker reads its chunks itself, rather than
// being sent them, so that it finds them near its processor.
type feeds struct {
	mu      sync.Mutex
	changed sync.Cond // idle or open
	idle    []feed    // those that nobody reads from
	open    int       // how many have not ended

	ordered chan<- chan [][]byte // takes what comes back by job.lines; nil if nothing does
}

func newFeeds(all ...feed) *feeds {
	f := &feeds{idle: all, open: len(all)}
	f.changed.L = &f.mu
	return f
}

// next reads the next chunk of any of them; false once all have ended.
func (f *feeds) next() (job, bool) {
	// Workers that never wait would keep the garbage collector from its turn.
	runtime.Gosched()
	for feed := f.take(); feed != nil; feed = f.take() {
		chunk, ok := feed()
		if !ok {
			f.end()
			continue
		}
		j := job{chunk: chunk}
		if f.ordered != nil {
			j.lines = make(chan [][]byte, 1)
			f.ordered <- j.lines
		}
		f.giveBack(feed)
		return j, true
	}
	return job{}, false
}

// take returns a feed for the caller alone, nil once all have ended. It is the one
// that was given back last: while a few feeds keep all workers busy, others wait.
func (f *feeds) take() feed {
	f.mu.Lock()
	defer f.mu.Unlock()
	for len(f.idle) == 0 && f.open > 0 {
		f.changed.Wait()
	}
	if f.open == 0 {
		return nil
	}
	last := len(f.idle) - 1
	feed := f.idle[last]
	f.idle = f.idle[:last]
	return feed
}

func (f *feeds) giveBack(feed feed) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.idle = append(f.idle, feed)
	f.changed.Signal()
}

// end notes that a feed that was taken has ended.
func (f *feeds) end() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.open--
	f.changed.Broadcast()
}
