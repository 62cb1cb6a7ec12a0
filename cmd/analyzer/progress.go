package main

import (
	"io"
	"os"
	"sync/atomic"
	"time"

	"analyzer/parse"
	"analyzer/parse/input"
)

// progress is how far the analysis has come. The reader adds to it at each read
// and the workers after each chunk; anyone may look at it meanwhile.
type progress struct {
	bytes           atomic.Int64 // as stored
	records, errors atomic.Int64
	latest          atomic.Int64 // time of a chunk's last record, in Unix nanoseconds; 0 if none shows one
}

// add counts what became of a chunk.
func (p *progress) add(a *parse.Account) {
	p.records.Add(a.Records)
	p.errors.Add(a.Errors)
	if a.Tail.Time.IsZero() {
		return
	}
	at := a.Tail.Time.UnixNano()
	for latest := p.latest.Load(); at > latest && !p.latest.CompareAndSwap(latest, at); {
		latest = p.latest.Load()
	}
}

// latestTime returns the time that the log has reached, zero if it shows none.
func (p *progress) latestTime() (at time.Time) {
	if latest := p.latest.Load(); latest > 0 {
		at = time.Unix(0, latest).UTC()
	}
	return at
}

// counted counts what is read.
type counted struct {
	io.Reader
	bytes *atomic.Int64
}

func (c counted) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.bytes.Add(int64(n))
	return n, err
}

// totalSize returns how many bytes there are to read, 0 if nobody knows.
func (p *pipeline) totalSize(sources []input.Source, stdin *os.File) int64 {
	if p.continued != nil {
		return p.continued.size()
	}
	return totalSize(sources, stdin)
}

// totalSize returns the bytes that all sources hold as stored, 0 if nobody knows.
func totalSize(sources []input.Source, stdin *os.File) (total int64) {
	for _, s := range sources {
		size := s.Size
		if s.Path == input.Stdin {
			size = fileSize(stdin)
		}
		if size < 0 && s.Err == nil {
			return 0
		}
		total += max(size, 0)
	}
	return total
}

// fileSize returns the size of a regular file, -1 for anything else.
func fileSize(f *os.File) int64 {
	if f == nil {
		return -1
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return -1
	}
	return info.Size()
}
