package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// The story is one hour at a company that keeps its data at Aiven. The log's
// clock is UTC.
var (
	storyBegins = clock(13, 40, 7)
	storyEnds   = clock(14, 31, 52)
)

const minute = 60_000 // milliseconds

// clock returns a time of the story's day in milliseconds since 1970.
func clock(hour, min, sec int) int64 {
	return time.Date(2026, time.November, 22, hour, min, sec, 0, time.UTC).UnixMilli()
}

// actor is a service of the story. act tells what it logs in one minute.
type actor struct {
	name string
	act  func(*teller)
}

// teller collects the lines that one actor logs in one minute.
type teller struct {
	rng
	scale int   // how busy the story is: 1 is the bundled log
	from  int64 // the minute's first millisecond
	actor int
	lines []line
}

type line struct {
	at    int64
	actor int
	text  []byte
}

// tell logs e in the given layout.
func (t *teller) tell(as layout, e event) {
	t.lines = append(t.lines, line{e.at, t.actor, as(nil, &e)})
}

// say logs a line that no layout makes.
func (t *teller) say(at int64, text string) {
	t.lines = append(t.lines, line{at, t.actor, append([]byte(text), '\n')})
}

// moment returns a time within the minute that leaves room for retries.
func (t *teller) moment() int64 {
	return t.from + int64(t.below(57_000))
}

// holds reports whether at lies within the minute.
func (t *teller) holds(at int64) bool {
	return t.from <= at && at < t.from+minute
}

// every is true once in n minutes.
func (t *teller) every(n int64) bool {
	return t.from/minute%n == 0
}

// id returns a new request ID.
func (t *teller) id() string {
	return string(appendHex(nil, t.next(), 16))
}

// tellStory calls write for every line of the story in order of time. It holds
// one minute in memory, whatever the scale.
func tellStory(seed uint64, scale int, write func(actor int, text []byte) error) error {
	tellers := make([]rng, len(cast))
	for i := range cast {
		tellers[i] = rng(seed).fork(i)
	}
	for from := storyBegins - storyBegins%minute; from <= storyEnds; from += minute {
		t := &teller{scale: scale, from: from}
		for i, a := range cast {
			t.actor, t.rng = i, tellers[i]
			a.act(t)
			tellers[i] = t.rng
		}
		if err := writeMinute(t.lines, write); err != nil {
			return err
		}
	}
	return nil
}

func writeMinute(lines []line, write func(actor int, text []byte) error) error {
	slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(a.at, b.at) })
	for _, l := range lines {
		if l.at < storyBegins || l.at > storyEnds {
			continue
		}
		if err := write(l.actor, l.text); err != nil {
			return err
		}
	}
	return nil
}

// writeStory writes the story as one log.
func writeStory(w io.Writer, seed uint64, scale int) error {
	out := bufio.NewWriterSize(w, 1<<18)
	err := tellStory(seed, scale, func(_ int, text []byte) error {
		_, err := out.Write(text)
		return err
	})
	if err != nil {
		return fmt.Errorf("write the story: %w", err)
	}
	return out.Flush()
}

// writeStoryDir writes the story to dir as one log for each service.
func writeStoryDir(dir string, seed uint64, scale int) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make the story's folder: %w", err)
	}
	logs := make([]*logFile, len(cast))
	for i, a := range cast {
		l, err := createLog(filepath.Join(dir, a.name+".log"))
		if err != nil {
			return err
		}
		defer l.file.Close()
		logs[i] = l
	}
	err := tellStory(seed, scale, func(actor int, text []byte) error {
		_, err := logs[actor].Write(text)
		return err
	})
	for _, l := range logs {
		err = errors.Join(err, l.Flush(), l.file.Close())
	}
	return err
}

// logFile is one service's log on its way to disk.
type logFile struct {
	*bufio.Writer
	file *os.File
}

func createLog(path string) (*logFile, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("make a service's log: %w", err)
	}
	return &logFile{bufio.NewWriterSize(f, 1<<18), f}, nil
}
