package input

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"time"
)

// Continuation is a reading of files that goes on where an earlier one stopped.
type Continuation struct {
	Steps  []*Step  // in the order of the sources, copies left out
	Lost   []Cursor // files of which something may be lost, as nothing goes on with what was read of them
	Copies int      // files left out because they hold what others hold

	now  time.Time
	kept []Cursor // of files that were not found, or not asked for
}

// forgetAfter is how long the cursor of a file is kept that is not found. An
// archive that was away longer is read again.
const forgetAfter = 30 * 24 * time.Hour

// Continue finds out from where on to read sources, after a reading that left
// cursors. A file is read up to the end of its last whole record: whole tells of
// the block that begins at the last cut whether it is there in full. What is
// compressed is decoded once beforehand, so that nothing is read of a file whose
// checksum is wrong. now is noted in the cursors.
func Continue(sources []Source, cursors []Cursor, o Options, whole func(block []byte) bool, now time.Time) *Continuation {
	o.setDefaults(MaxRecord)
	c := &Continuation{now: now}
	sources, files := c.lookAt(sources, cursors, o.MaxExpand)
	decisions, orphans := resume(cursors, files)
	steps := make([]*Step, len(files))
	for i, d := range decisions {
		if d.copyOf == none {
			steps[i] = newStep(&sources[i], files[i], d.before(cursors), &o, whole)
		}
	}
	for i, d := range decisions {
		if d.copyOf != none && !c.leaveOut(files[i], steps[d.copyOf].Path, o.MaxExpand) {
			steps[i] = newStep(&sources[i], files[i], nil, &o, whole)
		}
	}
	c.Steps = slices.DeleteFunc(steps, func(s *Step) bool { return s == nil })
	for _, j := range orphans {
		c.keep(cursors[j], sources)
	}
	return c
}

// lookAt looks at the sources. A file that was renamed meanwhile may be seen under
// both names: it is left out the second time.
func (c *Continuation) lookAt(sources []Source, cursors []Cursor, maxExpand int64) (kept []Source, files []*sight) {
	seen := make(map[[2]uint64]bool)
	for _, s := range sources {
		f := look(s, cursors, maxExpand)
		id := [2]uint64{f.device, f.inode}
		if f.inode != 0 && seen[id] {
			c.Copies++
			continue
		}
		seen[id] = true
		kept, files = append(kept, s), append(files, f)
	}
	return kept, files
}

// leaveOut leaves out f if it is a copy of the file at path of, and notes that as
// read, for the time when the other is gone. A copy that breaks off is one that is
// being made.
func (c *Continuation) leaveOut(f *sight, of string, maxExpand int64) bool {
	if f.failure == nil {
		k, ok := f.within(of, maxExpand)
		if !ok {
			return false
		}
		k.Seen = c.now
		c.kept = append(c.kept, k)
	}
	c.Copies++
	return true
}

// keep keeps the cursor of a file that was not found, as it may come back, and
// says what may be lost.
func (c *Continuation) keep(k Cursor, sources []Source) {
	switch {
	case !isAsked(k.Path, sources) && stands(&k):
		k.Seen = c.now
	case !k.Rested && !k.Lost:
		k.Lost = true
		c.Lost = append(c.Lost, k)
	}
	if c.now.Sub(k.Seen) < forgetAfter {
		c.kept = append(c.kept, k)
	}
}

func isAsked(path string, sources []Source) bool {
	for i := range sources {
		if sources[i].Path == path {
			return true
		}
	}
	return false
}

// stands reports whether the file of a cursor is where it was, so that it was
// only not asked for.
func stands(k *Cursor) bool {
	info, err := os.Stat(k.Path)
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist)
	}
	device, inode := numbers(info)
	return device == k.Device && inode == k.Inode
}

// Cursors returns where the next reading goes on, once all steps were read. A
// step that could not be read stays where it was.
func (c *Continuation) Cursors() []Cursor {
	list := []Cursor{}
	for _, s := range c.Steps {
		switch {
		case s.Err == nil:
			s.cursor.Seen = c.now
			list = append(list, s.cursor)
		case s.before != nil:
			k := *s.before
			k.Seen = c.now
			list = append(list, k)
		}
	}
	return append(list, c.kept...)
}
