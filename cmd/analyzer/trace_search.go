package main

import (
	"analyzer/parse"
	"analyzer/parse/input"
	"analyzer/report"
)

// seekChunk is the size of chunks that are searched: small enough to stay near the
// processor from the first look to the last.
const seekChunk = 128 << 10

// seekOptions are how a log is searched: what cannot hold what is wanted is passed
// over before chunks are cut, where it can be, and counted in t.
func (p *pipeline) seekOptions(name string, t *report.Tally) input.Options {
	o := p.readOptions()
	if o.ChunkSize <= 0 {
		o.ChunkSize = seekChunk
	}
	o.Skim = func(data []byte) (n, lines int) {
		n, lines = p.wanted.Skim(data)
		t.AddAccount(name, &parse.Account{Bytes: int64(n)})
		return n, lines
	}
	return o
}

// sift looks for what is wanted where a chunk was just read, and so is still near
// the processor. Chunks that cannot hold it are counted in t and go no further.
func (p *pipeline) sift(t *report.Tally, send func(*input.Chunk) error) func(*input.Chunk) error {
	return func(c *input.Chunk) error {
		if p.wanted.MayStandIn(c) {
			return send(c)
		}
		account := parse.NewAccount(c)
		t.AddAccount(c.Source, &account)
		c.Release()
		return nil
	}
}
