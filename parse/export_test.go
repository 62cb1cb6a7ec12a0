package parse

// OpensSlowly is Opens as it is meant: it looks at every place for every trigger.
func (r *Reader) OpensSlowly(record []byte) bool { return r.triggers.inSlowly(view(record)) }

// Triggers returns the words that open a record.
func (r *Reader) Triggers() []string { return r.triggers.words }

// WithoutNeedles is w, but has every record opened.
func (w *Wanted) WithoutNeedles() *Wanted {
	return &Wanted{ids: w.ids, needles: newNeedles([]string{""})}
}
