package report

// singles makes slices for lists of which most never hold a second element: cut
// from larger ones, they are few objects for the collector.
type singles[T any] struct {
	rest []T
}

// singlesAtOnce is how many of them are made at once.
const singlesAtOnce = 64

// emptied returns an empty slice with room for one element, old if that has any.
func (s *singles[T]) emptied(old []T) []T {
	if cap(old) > 0 {
		return old[:0]
	}
	if len(s.rest) == 0 {
		s.rest = make([]T, singlesAtOnce)
	}
	one := s.rest[:0:1]
	s.rest = s.rest[1:]
	return one
}
