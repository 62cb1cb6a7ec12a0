package history

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"analyzer/report"
)

// frameBudget is how many bytes of frames are kept, those of the last runs.
// Together with the counts of a year of hourly runs that meet 500 problems each,
// the database stays below 50 MB.
const frameBudget = 18 << 20

// Entry is what a run leaves behind.
type Entry struct {
	Started, Finished time.Time
	Tally             *report.Tally
	Report            *report.Report // of Tally, compared with Past
	Cursors           []byte
	Sources           int64
	Retention         time.Duration // runs that finished earlier than that before this one are dropped
}

// Commit is an entry on its way: it is there for nobody until Commit returns,
// and gone if the process ends before.
type Commit struct {
	s  *Store
	tx *sql.Tx
}

// Add prepares to commit e.
func (s *Store) Add(e *Entry) (*Commit, error) {
	tx, err := s.db.Begin()
	if err != nil {
		return nil, s.failed("commit", err)
	}
	if err := write(tx, e, s.budget); err != nil {
		tx.Rollback()
		return nil, s.failed("commit", err)
	}
	return &Commit{s, tx}, nil
}

// Commit makes the entry durable. After an error nothing of it is there.
func (c *Commit) Commit() error {
	return c.s.failed("commit", c.tx.Commit())
}

func write(tx *sql.Tx, e *Entry, budget int64) error {
	run := e.Report.History.Run
	counts, err := writeProblems(tx, run, e.Report)
	if err != nil {
		return err
	}
	if err := writeRun(tx, run, e, encodeCounts(counts)); err != nil {
		return err
	}
	if err := writeFrame(tx, run, e); err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT OR REPLACE INTO cursors (id, data) VALUES (1, ?)`, deflate(e.Cursors)); err != nil {
		return err
	}
	return thin(tx, e.Finished.Add(-e.Retention), budget)
}

func writeRun(tx *sql.Tx, run int64, e *Entry, counts []byte) error {
	in := &e.Report.Input
	since, until := windowOf(e.Report.Window, e.Report.History.Since)
	_, err := tx.Exec(`
		INSERT INTO run (id, started, finished, since, until, records, errors, malformed, sources, counts)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		run, e.Started.UnixNano(), e.Finished.UnixNano(), nanoseconds(since), nanoseconds(until),
		in.Records, in.Errors, in.Malformed, e.Sources, counts)
	return err
}

func writeFrame(tx *sql.Tx, run int64, e *Entry) error {
	frame, err := e.Tally.AppendBinary(nil)
	if err != nil {
		return err
	}
	history, err := json.Marshal(e.Report.History)
	if err != nil {
		return err
	}
	frame, history = deflate(frame), deflate(history)
	_, err = tx.Exec(`INSERT INTO frame (run, size, tally, history) VALUES (?, ?, ?, ?)`, run, len(frame)+len(history), frame, history)
	return err
}

// writeProblems adds what r says of its problems to what is known of them, and
// returns their counts.
func writeProblems(tx *sql.Tx, run int64, r *report.Report) ([]count, error) {
	add, err := tx.Prepare(`
		INSERT INTO problem (id, category, status, code, method, route, message, first, last, errors, runs, recent)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
		ON CONFLICT (id) DO UPDATE SET
			first = coalesce(min(first, excluded.first), first, excluded.first),
			last = coalesce(max(last, excluded.last), last, excluded.last),
			errors = errors + excluded.errors, runs = runs + 1, recent = excluded.recent
		RETURNING number`)
	if err != nil {
		return nil, err
	}
	defer add.Close()
	counts := make([]count, len(r.Problems))
	for i := range r.Problems {
		p := &r.Problems[i]
		c := &counts[i]
		c.errors, c.first, c.last = p.Errors, seconds(p.First), seconds(p.Last)
		row := add.QueryRow(p.ID, p.Category, p.Status, p.Code, p.Method, p.Route, p.Message,
			nanoseconds(p.First), nanoseconds(p.Last), p.Errors, run)
		if err := row.Scan(&c.problem); err != nil {
			return nil, fmt.Errorf("problem %s: %w", p.ID, err)
		}
	}
	return counts, nil
}

// thin drops runs that finished before oldest, the problems that only those
// knew, and the oldest frames beyond the budget.
func thin(tx *sql.Tx, oldest time.Time, budget int64) error {
	if _, err := tx.Exec(`DELETE FROM run WHERE finished < ?`, oldest.UnixNano()); err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM problem WHERE recent < (SELECT min(id) FROM run)`); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM frame WHERE run < (SELECT min(id) FROM run) OR run IN (
		SELECT run FROM (SELECT run, sum(size) OVER (ORDER BY run DESC) AS total FROM frame) WHERE total > ?)`, budget)
	return err
}
