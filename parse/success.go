package parse

// readSuccess makes the Record of a successful call, if the tree holds one: a
// request with an HTTP status below 400. What is odd about such a record is no
// doubt about an error, so it is not noted.
func (s *Scanner) readSuccess(pos Pos) bool {
	notes := s.account.Notes
	defer func() { s.account.Notes = notes }()

	s.findHits()
	status := s.lineStatus(-1)
	if status < 200 || status >= 400 {
		return false
	}
	s.record = Record{Pos: pos, Status: status, Errors: s.record.Errors[:0], IDs: s.record.IDs[:0]}
	s.said = s.said[:0]
	s.fillRequest(-1, nil)
	if s.record.Path == "" && s.record.Operation == "" {
		return false
	}
	s.fillEvent(-1)
	s.fillIDs(nil, -1, nil)
	s.fillAdvice(nil, -1)
	return true
}
