package report

// Note is a remark on the input that is none on a single record.
type Note int

// The notes, in the order of the frame.
const (
	SameFile     Note = iota // a file that was given twice was read once
	NotText                  // a file in a directory was left out, as it is no text
	PossibleLoss             // a file was removed or emptied, perhaps before all of it was read
	numNotes
)

// String returns the note as reports spell it.
func (n Note) String() string {
	return [...]string{"same_file", "not_text", "possible_loss"}[n]
}

// AddNote says that n holds, times over. The numbers of merged tallies add up.
func (t *Tally) AddNote(n Note, times int64) {
	t.notes[n] += times
}

// noted returns the notes on the input and those on its records, by name.
func (b *builder) noted(records map[string]int64) map[string]int64 {
	for i, n := range b.tally.notes {
		if n != 0 {
			records[Note(i).String()] = n
		}
	}
	return records
}
