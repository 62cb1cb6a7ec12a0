package parse

// readSuccess makes the Record of a successful call, if the tree holds one: a
// request with an HTTP status below 400.
func (s *Scanner) readSuccess(pos Pos) bool {
	succeeded := func(status int) bool { return 200 <= status && status < 400 }
	return s.readLine(pos, succeeded) && (s.record.Path != "" || s.record.Operation != "")
}

// readLine makes the Record of a line that holds no API error, unless its HTTP
// status is not accepted. What is odd about such a line is no doubt about an error,
// so it is not noted.
func (s *Scanner) readLine(pos Pos, accept func(status int) bool) bool {
	notes, twice := s.account.Notes, s.tree.twice
	defer func() { s.account.Notes, s.tree.twice = notes, twice }()

	s.findOutline()
	status := s.lineStatus(-1)
	if !accept(status) {
		return false
	}
	s.said = s.said[:0]
	s.record = Record{Pos: pos, Status: status, Errors: s.record.Errors[:0], IDs: s.record.IDs[:0]}
	s.fillEvent(-1)
	s.fillRequest(-1, nil)
	s.fillIDs(nil, -1, nil)
	s.fillAdvice(nil, -1)
	return true
}
