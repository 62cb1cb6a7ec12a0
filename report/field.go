package report

import (
	"strings"
)

// field is what is kept of an affected field, or of many that folded into one.
type field struct {
	segment, name string // the parts on which all agree
	mixed         uint8  // the parts that differ
	errors        int64
	callers       distinct
	requests      distinct
}

const (
	mixedSegment uint8 = 1 << iota
	mixedName
)

func newField() *field { return new(field) }

// fieldPath returns the key of a field: its first segment and the whole.
func fieldPath(name string) [fieldLevels]uint64 {
	name = clip(name, valueBytes)
	return [...]uint64{hash(segment(name)), hash(name)}
}

// segment returns what stands before the first dot or bracket of a field name.
func segment(name string) string {
	if i := strings.IndexAny(name, ".["); i >= 0 {
		return name[:i]
	}
	return name
}

func (f *field) add(name string, e *event) {
	if f.errors == 0 {
		f.name = keep(name, valueBytes)
		f.segment = segment(f.name)
	} else {
		f.join(segment(name), name)
	}
	f.errors++
	if e.Caller != "" {
		f.callers.add(e.callerHash)
	}
	if e.request != "" {
		f.requests.add(e.requestHash)
	}
}

// join blanks the parts that differ.
func (f *field) join(segment, name string) {
	if f.segment != clip(segment, valueBytes) {
		f.mixed |= mixedSegment
	}
	if f.name != clip(name, valueBytes) {
		f.mixed |= mixedName
	}
	f.blank()
}

func (f *field) blank() {
	if f.mixed&mixedSegment != 0 {
		f.segment = ""
	}
	if f.mixed&mixedName != 0 {
		f.name = ""
	}
}

func (f *field) merge(u *field) {
	f.mixed |= u.mixed
	f.blank()
	f.join(u.segment, u.name)
	f.errors += u.errors
	f.callers.merge(&u.callers)
	f.requests.merge(&u.requests)
}

// title returns the field's name; that of folded ones says what they share.
func (f *field) title() string {
	switch {
	case f.mixed == 0:
		return f.name
	case f.mixed&mixedSegment == 0:
		return f.segment + "." + manyValue
	}
	return manyValue
}

func (f *field) encode(e *encoder) {
	e.len(int(f.mixed))
	e.str(f.segment)
	e.str(f.name)
	e.int(f.errors)
	f.callers.encode(e)
	f.requests.encode(e)
}

func (f *field) decode(d *decoder) {
	f.mixed = uint8(d.len(int(mixedSegment|mixedName), 0))
	f.segment, f.name = d.str(valueBytes), d.str(valueBytes)
	f.errors = d.int()
	f.callers.decode(d)
	f.requests.decode(d)
}
