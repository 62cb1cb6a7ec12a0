package history

import (
	"database/sql"
	"errors"
	"slices"

	"analyzer/report"
)

// ErrNoProblem says that no run met the problem that was asked for.
var ErrNoProblem = errors.New("no run met it")

// Occurrence is what one run found of a problem.
type Occurrence struct {
	Run    int64
	Errors int64
	First  *report.Time // to the second
	Last   *report.Time
}

// Life returns what is known of the problem id, and the runs that are kept in
// which it occurred, the oldest first. The error is ErrNoProblem if there is none.
func (s *Store) Life(id string) (report.Life, []Occurrence, error) {
	l, occurrences, err := s.life(id)
	return l, occurrences, s.failed(id, err)
}

func (s *Store) life(id string) (l report.Life, occurrences []Occurrence, err error) {
	lives, err := s.lives()
	if err != nil {
		return l, nil, err
	}
	for number, l := range lives {
		if l.ID == id {
			occurrences, err = s.occurrences(number)
			return l, occurrences, err
		}
	}
	return l, nil, ErrNoProblem
}

func (s *Store) occurrences(problem int64) ([]Occurrence, error) {
	rows, err := s.db.Query(`SELECT id, counts FROM run ORDER BY id`)
	if err != nil {
		return nil, err
	}
	perRun, err := collect(rows, func(rows *sql.Rows) (list []Occurrence, err error) {
		var run int64
		var data []byte
		if err := rows.Scan(&run, &data); err != nil {
			return nil, err
		}
		counts, err := decodeCounts(data)
		for _, c := range counts {
			if c.problem == problem {
				list = append(list, Occurrence{run, c.errors, instant(c.first), instant(c.last)})
			}
		}
		return list, err
	})
	return slices.Concat(perRun...), err
}
