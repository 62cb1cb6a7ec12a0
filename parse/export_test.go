package parse

// OpensSlowly is Opens as it is meant: it looks at every place for every trigger.
func (r *Reader) OpensSlowly(record []byte) bool { return r.triggers.inSlowly(view(record)) }

// OpensLines returns of each line of a log whether a Scanner, which looks for
// triggers in all of it, opens the line.
func (r *Reader) OpensLines(log []byte) (opens []bool) {
	f := finder{triggers: r.triggers}
	f.reset(view(log))
	for from := 0; from < len(log); {
		n := lineEnd(log[from:])
		opens = append(opens, f.in(from, from+len(chop(log[from:from+n]))))
		from += n
	}
	return opens
}

// Triggers returns the words that open a record.
func (r *Reader) Triggers() []string { return r.triggers.words }

// WithoutNeedles is w, but has every record opened.
func (w *Wanted) WithoutNeedles() *Wanted {
	return &Wanted{ids: w.ids, needles: newNeedles([]string{""})}
}
