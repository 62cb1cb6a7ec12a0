package input

// within reports whether the text of the file at path of begins with all of f,
// and if so returns the cursor of f as if it had been read. It reads both once.
func (f *sight) within(of string, maxExpand int64) (k Cursor, ok bool) {
	p, err := probe(f.path, nil, maxExpand)
	if err != nil {
		return k, false
	}
	other, err := probe(of, []Cursor{{Offset: p.n}}, maxExpand)
	if err != nil || other.prints[p.n] != p.tailPrint() || headPrint(other.head, p.n) != printOf(p.head) {
		return k, false
	}
	return Cursor{
		Path: f.path, Device: f.device, Inode: f.inode, Offset: p.n, Line: p.line,
		Head: printOf(p.head), Tail: p.tailPrint(), Seal: f.seal, Rested: f.seal != "",
	}, true
}
