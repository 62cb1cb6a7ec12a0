package history

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
)

// openDatabase opens the database at path if it is a sound one of ours.
func openDatabase(path, options string) (*sql.DB, error) {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := refuseLink(path + suffix); err != nil {
			return nil, err
		}
	}
	if err := readHeader(path); err != nil {
		return nil, err
	}
	db, err := connect(path, options)
	if err != nil {
		return nil, err
	}
	if err := judge(db); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// refuseLink refuses to follow a link to another place, or to use what is no file.
func refuseLink(path string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s is not a regular file; refused", filepath.Base(path))
	}
	return nil
}

// readHeader looks at the first bytes: SQLite would take an empty file for a new
// database.
func readHeader(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	const magic = "SQLite format 3\x00"
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(f, head); err != nil || !bytes.Equal(head, []byte(magic)) {
		return damaged("no database")
	}
	return nil
}

func damaged(what any) error {
	return fmt.Errorf("%s is damaged: %v; it is left as it is, move it away to begin anew", databaseName, what)
}

// failure returns what err, met while a database was judged, says of it: SQLite
// tells damage from a disk that does not work.
func failure(err error) error {
	const corrupt, notDatabase = 11, 26
	if e, ok := errors.AsType[*sqlite.Error](err); ok && (e.Code()&0xff == corrupt || e.Code() == notDatabase) {
		return damaged(err)
	}
	return fmt.Errorf("%s: %w", databaseName, err)
}

// judge tells a database that is ours and whole from all others.
func judge(db *sql.DB) error {
	var owner, number int64
	if err := db.QueryRow("PRAGMA application_id").Scan(&owner); err != nil {
		return failure(err)
	}
	if err := db.QueryRow("PRAGMA user_version").Scan(&number); err != nil {
		return failure(err)
	}
	switch {
	case owner != applicationID:
		return fmt.Errorf("%s belongs to another program; refused", databaseName)
	case number > version:
		return fmt.Errorf("%s was written by a newer analyzer (state version %d, this one knows %d); refused", databaseName, number, version)
	}
	var verdict string
	if err := db.QueryRow("PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return failure(err)
	}
	if verdict != "ok" {
		return damaged(verdict)
	}
	return nil
}
