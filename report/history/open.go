package history

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// The names of the files in a state directory.
const (
	databaseName = "history.db"
	newName      = "history.db.new" // while the first run creates it
	lockName     = "lock"
)

// Store is an open state directory.
type Store struct {
	dir    string
	db     *sql.DB
	lock   *os.File // nil for a View
	budget int64    // bytes of frames to keep
}

// Open opens dir for a run, and creates it if need be. It fails if another
// process has it open for a run, which the error names, and if what it finds is
// not safe to use. now is written down for those who find it locked.
func Open(dir string, now time.Time) (*Store, error) {
	if err := makeDirectory(dir); err != nil {
		return nil, fmt.Errorf("open state: %w", err)
	}
	lock, err := takeLock(filepath.Join(dir, lockName), now)
	if err != nil {
		return nil, fmt.Errorf("open state %s: %w", dir, err)
	}
	s := &Store{dir: dir, lock: lock, budget: frameBudget}
	if err := s.openForRun(); err != nil {
		s.Close()
		return nil, fmt.Errorf("open state %s: %w", dir, err)
	}
	return s, nil
}

func (s *Store) openForRun() error {
	path := filepath.Join(s.dir, databaseName)
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		err = s.create(path)
	}
	if err != nil {
		return err
	}
	if s.db, err = openDatabase(path, "_txlock=immediate"); err != nil {
		return err
	}
	return setDurable(s.db)
}

// View opens dir for reading beside a run that may be going on. The error is
// fs.ErrNotExist if no run was ever committed there.
func View(dir string) (*Store, error) {
	db, err := openDatabase(filepath.Join(dir, databaseName), "mode=ro")
	if err != nil {
		return nil, fmt.Errorf("open state %s: %w", dir, err)
	}
	return &Store{dir: dir, db: db}, nil
}

// Close ends the use of s and gives up its lock. What was not committed is gone.
func (s *Store) Close() (err error) {
	if s.db != nil {
		err = s.db.Close()
	}
	if s.lock != nil {
		err = errors.Join(err, s.lock.Close())
	}
	return err
}

// create makes an empty database beside its place and then renames it, so that a
// kill leaves none that is half made.
func (s *Store) create(path string) error {
	temporary := filepath.Join(s.dir, newName)
	if err := os.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := writeSchema(temporary); err != nil {
		return fmt.Errorf("create %s: %w", databaseName, err)
	}
	if err := os.Rename(temporary, path); err != nil {
		return err
	}
	return syncDirectory(s.dir)
}

func writeSchema(path string) error {
	db, err := connect(path, "_pragma=synchronous(FULL)")
	if err != nil {
		return err
	}
	_, err = db.Exec(schema)
	return errors.Join(err, db.Close())
}

// connect opens the file at path through a single connection, so that pragmas
// hold for all that is done.
func connect(path, options string) (*sql.DB, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(absolute), RawQuery: options + "&_pragma=busy_timeout(5000)"}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// setDurable makes a commit survive a power cut, and makes sure of it: SQLite
// passes over a pragma that it cannot carry out.
func setDurable(db *sql.DB) error {
	var mode string
	if err := db.QueryRow("PRAGMA journal_mode = WAL").Scan(&mode); err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	if mode != "wal" {
		return fmt.Errorf("journal mode is %s: this file system cannot hold the state", mode)
	}
	if _, err := db.Exec("PRAGMA synchronous = FULL"); err != nil {
		return err
	}
	level := 0
	if err := db.QueryRow("PRAGMA synchronous").Scan(&level); err != nil {
		return err
	}
	if level != 2 {
		return fmt.Errorf("synchronous is %d, want 2", level)
	}
	return nil
}
