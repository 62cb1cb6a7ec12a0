package history

import (
	"database/sql"
	"time"

	"analyzer/report"
)

// week is how far back a baseline lies that meets the same weekday and hour.
const week = 7 * 24 * time.Hour

// Past returns what to compare a report of the log in window with.
func (s *Store) Past(window report.Window) (*report.Past, error) {
	past, err := s.past(window)
	return past, s.failed("read history", err)
}

func (s *Store) past(window report.Window) (*report.Past, error) {
	lives, err := s.lives()
	if err != nil {
		return nil, err
	}
	past := &report.Past{Known: make(map[string]report.Life, len(lives))}
	for _, l := range lives {
		past.Known[l.ID] = l
	}
	var until sql.NullInt64
	err = s.db.QueryRow(`SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'run'), 0) + 1,
		(SELECT until FROM run WHERE until IS NOT NULL ORDER BY id DESC LIMIT 1)`).Scan(&past.Run, &until)
	if err != nil {
		return nil, err
	}
	past.Since = moment(until)
	now := slotOf(windowOf(window, past.Since))
	if past.Before, err = s.before(now, lives); err != nil {
		return nil, err
	}
	past.WeekAgo, err = s.weekBefore(now, lives)
	return past, err
}

// windowOf returns the time of the log that a run read: from where the one before
// it ended, else from its own first record.
func windowOf(w report.Window, since *report.Time) (first, last *report.Time) {
	if since != nil && w.Last != nil && since.Before(w.Last.Time) {
		return since, w.Last
	}
	return w.First, w.Last
}

// slot is a stretch of time in seconds since 1970, from first to before last. It
// is empty if the log does not say.
type slot struct{ first, last int64 }

func slotOf(first, last *report.Time) slot {
	if first == nil || last == nil {
		return slot{}
	}
	return slot{first.Unix(), max(last.Unix(), first.Unix()+1)}
}

func (s slot) length() int64 { return s.last - s.first }

// overlap returns the seconds that s and u share.
func (s slot) overlap(u slot) int64 {
	return max(0, min(s.last, u.last)-max(s.first, u.first))
}

// before returns the baseline of the runs before this one: the last one, and as
// many more as it takes to make up the length of now.
func (s *Store) before(now slot, lives map[int64]report.Life) (*report.Baseline, error) {
	rows, err := s.db.Query(`SELECT since, until, counts FROM run ORDER BY id DESC`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var b *baseline
	for rows.Next() && (b == nil || b.length < now.length()) {
		read, counts, err := scanCounts(rows)
		if err != nil {
			return nil, err
		}
		if b == nil {
			b = newBaseline(0)
		}
		b.length += read.length()
		b.add(counts, 1, 1)
	}
	return b.report(now.length(), lives), rows.Err()
}

// weekBefore returns the baseline of the time a week before now, nil unless the
// runs reach back that far, or if that time is not over.
func (s *Store) weekBefore(now slot, lives map[int64]report.Life) (*report.Baseline, error) {
	seconds := int64(week / time.Second)
	then := slot{now.first - seconds, now.last - seconds}
	if now.length() == 0 || now.length() > seconds {
		return nil, nil
	}
	var covered bool
	err := s.db.QueryRow(`SELECT EXISTS (SELECT 1 FROM run WHERE since <= ?)`, then.first*int64(time.Second)).Scan(&covered)
	if err != nil || !covered {
		return nil, err
	}
	rows, err := s.db.Query(`SELECT since, until, counts FROM run WHERE until >= ? AND since < ?`,
		then.first*int64(time.Second), then.last*int64(time.Second))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	b := newBaseline(then.first)
	for rows.Next() {
		read, counts, err := scanCounts(rows)
		if err != nil {
			return nil, err
		}
		b.add(counts, read.overlap(then), read.length())
	}
	b.length = now.length()
	return b.report(now.length(), lives), rows.Err()
}

func scanCounts(rows *sql.Rows) (read slot, counts []count, err error) {
	var since, until sql.NullInt64
	var data []byte
	if err := rows.Scan(&since, &until, &data); err != nil {
		return slot{}, nil, err
	}
	counts, err = decodeCounts(data)
	return slotOf(moment(since), moment(until)), counts, err
}

// lives returns what is known of all problems, by their number.
func (s *Store) lives() (map[int64]report.Life, error) {
	rows, err := s.db.Query(`SELECT number, id, category, status, code, method, route, message, first, last, errors, runs FROM problem`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	lives := make(map[int64]report.Life)
	for rows.Next() {
		var number int64
		var first, last sql.NullInt64
		var l report.Life
		if err := rows.Scan(&number, &l.ID, &l.Category, &l.Status, &l.Code, &l.Method, &l.Route, &l.Message, &first, &last, &l.Errors, &l.Runs); err != nil {
			return nil, err
		}
		l.First, l.Last = moment(first), moment(last)
		lives[number] = l
	}
	return lives, rows.Err()
}
