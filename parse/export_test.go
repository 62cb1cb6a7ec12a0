package parse

// OpensSlowly is Opens as it is meant: it looks at every place for every trigger.
func (r *Reader) OpensSlowly(record []byte) bool { return r.triggers.inSlowly(view(record)) }

// OpensLines returns of each line of a log whether a Scanner, which looks for
// triggers in all of it, opens the line: by each finder that the processor has.
func (r *Reader) OpensLines(log []byte) (all [][]bool) {
	finders := []finder{&sieving{triggers: r.triggers}}
	if k := r.triggers.kernel(); k != nil {
		finders = append(finders, &listing{triggers: r.triggers, kernel: k})
	}
	for _, f := range finders {
		var opens []bool
		f.begin(view(log))
		for from, end := 0, 0; from < len(log); from = end {
			var passed int
			if passed, _, end = f.pass(from); passed > 0 {
				opens = append(opens, make([]bool, passed)...)
				continue
			}
			end = f.lineEnd(from)
			opens = append(opens, f.in(from, from+len(chop(log[from:end]))))
		}
		all = append(all, opens)
	}
	return all
}

// ListFromStart makes s use a kernel, where there is one, however little it reads.
func (s *Scanner) ListFromStart() { s.list(s.reader.triggers.kernel()) }

// Triggers returns the words that open a record.
func (r *Reader) Triggers() []string { return r.triggers.words }

// WithoutNeedles is w, but has every record opened.
func (w *Wanted) WithoutNeedles() *Wanted {
	return &Wanted{ids: w.ids, needles: newNeedles([]string{""})}
}
