package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"analyzer/classify"
	"analyzer/parse"
	"analyzer/parse/input"
	"analyzer/report"
)

// pipeline is what all workers share.
type pipeline struct {
	*knowledge

	workers   int
	chunkSize int
	full      bool
	filter    filter

	wanted *parse.Wanted // what is looked for; nil is API errors
	trail  *report.Trail // to which the lines that are found are told, if there is one

	continued *continued // an earlier run; nil if all of the sources is read

	stdin    io.ReadCloser
	streams  []stream
	progress progress
}

// job is a chunk that a worker took. Its lines for each stream, if there are
// any streams, come back by lines.
type job struct {
	chunk *input.Chunk
	lines chan [][]byte
}

// analyze reads the sources and returns their tally. The error is one of
// writing lines; what is wrong with a source is in the tally. When ctx ends,
// reading stops and the tally holds what was read.
func (p *pipeline) analyze(ctx context.Context, sources []input.Source) (*report.Tally, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)

	total := p.newTotal()
	feeds, read := p.feeds(ctx, sources, total)
	ordered := make(chan chan [][]byte, 2*p.workers)
	if p.streams != nil {
		feeds.ordered = ordered
	}
	tallies := make([]*report.Tally, p.workers)

	var workers, writer sync.WaitGroup
	for i := range tallies {
		workers.Go(func() { tallies[i] = p.work(feeds) })
	}
	writer.Go(func() {
		if err := writeInOrder(p.streams, ordered); err != nil {
			cancel(err)
		}
	})
	workers.Wait()
	close(ordered)
	writer.Wait()

	for _, t := range append(tallies, read...) {
		if t == nil {
			continue
		}
		if err := total.Merge(t); err != nil {
			return nil, fmt.Errorf("BUG: merge of workers: %w", err)
		}
	}
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return nil, err
	}
	return total, nil
}

func (p *pipeline) newTally() *report.Tally {
	return report.NewTally(report.Options{Packs: p.rules.Fingerprint(), Filter: &p.filter.asked, Full: p.successes()})
}

// newTotal returns the tally of the whole. If no filters are given, it takes
// those under which saved tallies were made.
func (p *pipeline) newTotal() *report.Tally {
	if p.filter.restricts() || p.trail != nil {
		return p.newTally()
	}
	return report.NewTally(report.Options{Packs: p.rules.Fingerprint()})
}

// work is the core loop: chunks in, one tally out, nil if there were none.
func (p *pipeline) work(feeds *feeds) (t *report.Tally) {
	var s *parse.Scanner
	var f classify.Finding
	for j, ok := feeds.next(); ok; j, ok = feeds.next() {
		if t == nil {
			t, s = p.newTally(), p.newScanner()
		}
		lines := newChunkLines(p.streams)
		s.Reset(j.chunk)
		for s.Scan() {
			if p.trail != nil {
				p.tell(s, t)
			} else if s.Record().Succeeded() {
				p.addSuccess(s.Record(), t)
			} else if p.diagnose(&f, s.Record(), t) {
				t.Add(&f)
				lines.add(&f, s.Raw())
			}
		}
		t.AddAccount(j.chunk.Source, s.Account())
		p.progress.add(s.Account())
		j.chunk.Release()
		if j.lines != nil {
			j.lines <- lines.text
		}
	}
	return t
}

func (p *pipeline) newScanner() *parse.Scanner {
	return parse.NewScanner(p.reader(), parse.Options{Full: p.full, Successes: p.successes(), Wanted: p.wanted, Redactor: p.redactor})
}

// successes reports whether successful calls are counted too. Conditions on what
// the API answered leave no success, so that none would look like none at all.
func (p *pipeline) successes() bool { return p.full && !p.filter.asksOfAnswers() }

// addSuccess tells t of a successful call, if it is asked for.
func (p *pipeline) addSuccess(r *parse.Record, t *report.Tally) {
	f := classify.Finding{Record: r, Problem: classify.Problem{Method: r.Method, Route: p.rules.Route(r)}}
	if p.filter.inWindow(r.Time) && p.filter.matches(&f) {
		t.AddSuccess(r, f.Problem.Route)
	}
}

// feeds returns what reads the sources, or what is new in them. What it tells of
// them is in total and in the tallies, once it has ended.
func (p *pipeline) feeds(ctx context.Context, sources []input.Source, total *report.Tally) (*feeds, []*report.Tally) {
	switch {
	case p.wanted != nil:
		return p.atOnce(sources, func(source input.Source, t *report.Tally, send sendFunc) {
			p.read(ctx, source, t, p.seekOptions(source.Path, t), p.sift(t, send))
		})
	case p.continued != nil:
		return newFeeds(newFeed(func(send sendFunc) { p.readNew(ctx, total, send) })), nil
	case p.mayRunAtOnce(sources):
		return p.atOnce(sources, func(source input.Source, t *report.Tally, send sendFunc) {
			p.read(ctx, source, t, p.readOptions(), send)
		})
	}
	return newFeeds(newFeed(func(send sendFunc) {
		for _, source := range sources {
			p.read(ctx, source, total, p.readOptions(), send)
		}
	})), nil
}

// mayRunAtOnce reports whether the order in which sources are read changes nothing:
// no lines are written in their order, and all are files, none of them a saved tally,
// of which the first says what may be added to it.
func (p *pipeline) mayRunAtOnce(sources []input.Source) bool {
	return len(sources) > 1 && p.streams == nil && !slices.ContainsFunc(sources, func(s input.Source) bool {
		info, err := os.Stat(s.Path)
		return err != nil || !info.Mode().IsRegular() || isSaved(s.Path)
	})
}

// mostReaders is how many sources are read at once: beyond a few, memory is no
// faster, and each decompressor wants its window.
const mostReaders = 4

// atOnce returns feeds that read several sources at once. What read tells of them
// is in the tallies.
func (p *pipeline) atOnce(sources []input.Source, read func(input.Source, *report.Tally, sendFunc)) (*feeds, []*report.Tally) {
	next := make(chan input.Source, len(sources))
	for _, source := range sources {
		next <- source
	}
	close(next)
	all := make([]feed, min(p.workers, mostReaders, len(sources)))
	tallies := make([]*report.Tally, len(all))
	for i := range all {
		t := p.newTally()
		tallies[i] = t
		all[i] = newFeed(func(send sendFunc) {
			for source := range next {
				read(source, t, send)
			}
		})
	}
	return newFeeds(all...), tallies
}

// read sends a source's chunks, and tells the tally how it ended. A saved tally
// is merged instead.
func (p *pipeline) read(ctx context.Context, source input.Source, total *report.Tally, o input.Options, send sendFunc) {
	if source.Err != nil {
		total.EndSource(source.Path, input.Failed, source.Err.Error())
		return
	}
	name, r, err := p.open(source.Path)
	if err != nil {
		total.EndSource(name, input.Failed, err.Error())
		return
	}
	defer r.Close()
	if ctx.Err() != nil {
		total.EndSource(name, input.Failed, "interrupted")
		return
	}
	head, err := r.Peek(len(report.Magic))
	if err == nil && string(head) == report.Magic {
		p.mergeSaved(name, r, total)
		return
	}
	if total.Merge(p.newTally()) != nil {
		total.EndSource(name, input.Failed, "cannot be added to a saved tally that was made under filters")
		return
	}
	result, err := input.Read(ctx, name, r, o, send)
	if result.Binary && source.Found {
		total.AddNote(report.NotText, 1)
		return
	}
	if err != nil {
		result.Status, result.Reason = input.Partial, "interrupted"
	}
	total.EndSource(name, result.Status, result.Reason)
}

// maxFrame bounds a saved tally, whose caps keep it far below.
const maxFrame = 256 << 20

// mergeSaved adds a tally that an earlier run saved.
func (p *pipeline) mergeSaved(name string, r io.Reader, total *report.Tally) {
	saved := p.newTally()
	frame, err := io.ReadAll(io.LimitReader(r, maxFrame))
	if err == nil {
		err = saved.UnmarshalBinary(frame)
	}
	if err == nil {
		err = total.Merge(saved)
	}
	if err != nil {
		total.EndSource(name, input.Failed, err.Error())
	}
}

// source is an open log at whose head one can look before it is read.
type source struct {
	*bufio.Reader
	raw   io.ReadCloser
	bytes *atomic.Int64 // that were read
	file  *os.File      // that is read from its start, if it is one
}

// Regular and Viewed make a source an input.File.
func (s *source) Regular() *os.File { return s.file }
func (s *source) Viewed(n int)      { s.bytes.Add(int64(n)) }

func (s *source) Close() error { return s.raw.Close() }

// SetReadDeadline lets a read that waits for more be interrupted.
func (s *source) SetReadDeadline(t time.Time) error {
	if d, ok := s.raw.(interface{ SetReadDeadline(time.Time) error }); ok {
		return d.SetReadDeadline(t)
	}
	return os.ErrNoDeadline
}

// open opens a path, or standard input for "-".
func (p *pipeline) open(path string) (name string, s *source, err error) {
	if path == input.Stdin {
		return "stdin", p.source(p.stdin), nil
	}
	f, err := input.Open(path)
	if err != nil {
		return path, nil, err
	}
	s = p.source(f)
	if file, ok := f.(*os.File); ok && isAtStart(file) {
		s.file = file
	}
	return path, s, nil
}

// isAtStart reports whether nothing of f was read yet, nor by who opened what a path
// such as /dev/fd/3 stands for.
func isAtStart(f *os.File) bool {
	at, err := f.Seek(0, io.SeekCurrent)
	return err == nil && at == 0
}

func (p *pipeline) source(raw io.ReadCloser) *source {
	bytes := &p.progress.bytes
	return &source{Reader: bufio.NewReader(counted{raw, bytes}), raw: raw, bytes: bytes}
}
