package history

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"analyzer/report"
)

// Run is one committed run.
type Run struct {
	ID        int64
	Started   time.Time
	Finished  time.Time
	Records   int64
	Errors    int64
	Malformed int64
	Sources   int64 // that had something new
	Kept      bool  // its frame is: its report can be made again
}

// ErrNoRun says that no run has the number that was asked for.
var ErrNoRun = errors.New("no such run")

// ErrThinned says that a run is so old that its frame was dropped.
var ErrThinned = errors.New("its report is too old to be kept; the counts of its problems are")

const runColumns = `SELECT id, started, finished, records, errors, malformed, sources, EXISTS (SELECT 1 FROM frame WHERE run = id) FROM run`

// Runs returns all runs that are kept, the oldest first.
func (s *Store) Runs() ([]Run, error) {
	rows, err := s.db.Query(runColumns + ` ORDER BY id`)
	if err != nil {
		return nil, s.failed("list runs", err)
	}
	runs, err := collect(rows, scanRun)
	return runs, s.failed("list runs", err)
}

func scanRun(rows *sql.Rows) (r Run, err error) {
	var started, finished int64
	err = rows.Scan(&r.ID, &started, &finished, &r.Records, &r.Errors, &r.Malformed, &r.Sources, &r.Kept)
	r.Started, r.Finished = time.Unix(0, started).UTC(), time.Unix(0, finished).UTC()
	return r, err
}

// Tally returns what the run numbered id counted, of which its report can be made
// again, and how that compared. The error is ErrNoRun or ErrThinned if it is not
// there.
func (s *Store) Tally(id int64) (*report.Tally, *report.History, error) {
	t, h := report.NewTally(report.Options{}), new(report.History)
	var frame, history []byte
	err := s.db.QueryRow(`SELECT tally, history FROM run LEFT JOIN frame ON run = id WHERE id = ?`, id).Scan(&frame, &history)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		err = ErrNoRun
	case err == nil && frame == nil:
		err = ErrThinned
	case err == nil:
		err = errors.Join(unpack(frame, t.UnmarshalBinary), unpack(history, func(b []byte) error { return json.Unmarshal(b, h) }))
	}
	return t, h, s.failed(fmt.Sprintf("run %d", id), err)
}

// unpack hands decode what was compressed.
func unpack(data []byte, decode func([]byte) error) error {
	data, err := inflate(data)
	if err != nil {
		return err
	}
	return decode(data)
}

// Cursors returns what the last Commit was given, nil if there was none.
func (s *Store) Cursors() (data []byte, err error) {
	err = s.db.QueryRow(`SELECT data FROM cursors`).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err == nil {
		data, err = inflate(data)
	}
	return data, s.failed("read cursors", err)
}

// failed adds to err what was tried, and on which state.
func (s *Store) failed(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("state %s: %s: %w", s.dir, what, err)
}

// collect returns what scan makes of each row.
func collect[T any](rows *sql.Rows, scan func(*sql.Rows) (T, error)) (list []T, err error) {
	defer rows.Close()
	for rows.Next() {
		x, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	return list, rows.Err()
}

// nanoseconds is how the tables write a time.
func nanoseconds(t *report.Time) sql.NullInt64 {
	if t == nil {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: t.UnixNano(), Valid: true}
}

// moment is the inverse of nanoseconds.
func moment(n sql.NullInt64) *report.Time {
	if !n.Valid {
		return nil
	}
	return &report.Time{Time: time.Unix(0, n.Int64).UTC()}
}
