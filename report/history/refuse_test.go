package history

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestRefuse makes each state unfit in one way. It must be refused with the
// reason, for runs and for views, and be left as it was.
func TestRefuse(t *testing.T) {
	for _, row := range []struct {
		name string
		want string
		do   func(t *testing.T, db string)
	}{
		{"empty", "history.db is damaged", func(t *testing.T, db string) { rewrite(t, db, func([]byte) []byte { return nil }) }},
		{"text", "history.db is damaged", func(t *testing.T, db string) { rewrite(t, db, func([]byte) []byte { return []byte("hello") }) }},
		{"cut short", "history.db is damaged: ", func(t *testing.T, db string) { rewrite(t, db, func(b []byte) []byte { return b[:len(b)/2] }) }},
		{"a hole", "history.db is damaged: ", func(t *testing.T, db string) {
			rewrite(t, db, func(b []byte) []byte { clear(b[len(b)/3 : len(b)/3*2]); return b })
		}},
		{"foreign", "belongs to another program", func(t *testing.T, db string) { execute(t, db, "PRAGMA application_id = 7") }},
		{"newer", "was written by a newer analyzer (state version 2, this one knows 1)", func(t *testing.T, db string) { execute(t, db, "PRAGMA user_version = 2") }},
		{"a link", "not a regular file", func(t *testing.T, db string) {
			must(t, os.Rename(db, db+".elsewhere"))
			must(t, os.Symlink(db+".elsewhere", db))
		}},
		{"a directory", "not a regular file", func(t *testing.T, db string) {
			must(t, os.Remove(db))
			must(t, os.Mkdir(db, 0o700))
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "state")
			s := open(t, dir)
			commit(t, s, counted(noon, noon.Add(time.Hour), map[string]int{"one": 3, "two": 40}))
			must(t, s.Close())
			db := filepath.Join(dir, databaseName)
			row.do(t, db)
			before, _ := os.ReadFile(db)
			for name, err := range map[string]error{"run": opening(dir), "view": viewing(dir)} {
				if err == nil || !strings.Contains(err.Error(), row.want) {
					t.Errorf("%s: %v, want %q", name, err, row.want)
				}
			}
			if after, _ := os.ReadFile(db); !bytes.Equal(before, after) {
				t.Error("the refused database was changed")
			}
		})
	}
}

// TestRefuseDirectory: nobody else may be able to put files where the state is.
func TestRefuseDirectory(t *testing.T) {
	for _, row := range []struct {
		name string
		want string
		do   func(dir string) error
	}{
		{"open to others", "others may write to it", func(dir string) error { return chmodded(dir, 0o777) }},
		{"open to a group", "others may write to it", func(dir string) error { return chmodded(dir, 0o770) }},
		{"a link", "is a link to another place", func(dir string) error { return os.Symlink(filepath.Dir(dir), dir) }},
		{"a file", "is not a directory", func(dir string) error { return os.WriteFile(dir, nil, 0o600) }},
		{"a lock that is a link", "lock is not a regular file", func(dir string) error {
			return firstOf(os.Mkdir(dir, 0o700), os.Symlink("elsewhere", filepath.Join(dir, lockName)))
		}},
	} {
		dir := filepath.Join(t.TempDir(), "state")
		must(t, row.do(dir))
		if err := opening(dir); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %q", row.name, err, row.want)
		}
	}
}

// TestCreationIsWhole: what a run that was killed while it made the database left
// behind does not stand in the way.
func TestCreationIsWhole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	must(t, os.Mkdir(dir, 0o700))
	must(t, os.WriteFile(filepath.Join(dir, newName), []byte("half a data"), 0o600))
	commit(t, open(t, dir), counted(noon, noon, map[string]int{"one": 3}))
	if _, err := os.Stat(filepath.Join(dir, newName)); err == nil {
		t.Errorf("%s is still there", newName)
	}
}

func opening(dir string) error {
	s, err := Open(dir, noon)
	if err == nil {
		s.Close()
	}
	return err
}

func viewing(dir string) error {
	s, err := View(dir)
	if err == nil {
		s.Close()
	}
	return err
}

func chmodded(dir string, mode os.FileMode) error {
	return firstOf(os.Mkdir(dir, 0o700), os.Chmod(dir, mode))
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func rewrite(t *testing.T, path string, change func([]byte) []byte) {
	t.Helper()
	b, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(path, change(b), 0o600))
}

func execute(t *testing.T, path, statement string) {
	t.Helper()
	db, err := connect(path, "")
	must(t, err)
	_, err = db.Exec(statement)
	must(t, err)
	must(t, db.Close())
}
