//go:build unix

package input

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// tree makes files (with their own names as content), directories (names that
// end in a slash) and links ("name -> target", hard if "name => target").
func tree(t *testing.T, names ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range names {
		from, to, link := strings.Cut(name, " -> ")
		hardFrom, hardTo, hard := strings.Cut(name, " => ")
		switch {
		case link:
			check(os.MkdirAll(filepath.Dir(from), 0o755))
			check(os.Symlink(to, from))
		case hard:
			check(os.Link(hardTo, hardFrom))
		case strings.HasSuffix(name, "/"):
			check(os.MkdirAll(name, 0o755))
		default:
			check(os.MkdirAll(filepath.Dir(name), 0o755))
			check(os.WriteFile(name, []byte(name), 0o644))
		}
	}
}

// described writes sources as "path size", with * for those that were found.
func described(sources []Source, same int) string {
	var list []string
	for _, s := range sources {
		switch {
		case s.Err != nil:
			list = append(list, s.Path+": "+s.Err.Error())
		case s.Found:
			list = append(list, fmt.Sprint("*", s.Path, " ", s.Size))
		default:
			list = append(list, fmt.Sprint(s.Path, " ", s.Size))
		}
	}
	if same > 0 {
		list = append(list, fmt.Sprint("same ", same))
	}
	return strings.Join(list, ", ")
}

func TestExpand(t *testing.T) {
	tree(t, "b.log", "a.log", "app/z.log", "app/b.gz", "app/.hidden", "app/.git/x", "app/sub/c.log", "empty/", "hidden/.x",
		"[odd].log", "hard.log => b.log", "linked -> app", "l.log -> app/z.log", "lost -> nowhere",
		"loop/a.log", "loop/up -> ..", "loop/self -> .", "loop/lost -> nowhere", "link/in -> ../app/sub")
	if err := syscall.Mkfifo("app/pipe", 0o600); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo("pipe", 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ paths, want string }{
		{"a.log b.log", "a.log 5, b.log 5"},
		{"b.log a.log -", "b.log 5, a.log 5, - -1"},
		{"nowhere.log lost", "nowhere.log -1, lost -1"},
		{"pipe", "pipe -1"},
		{"app", "*app/b.gz 8, *app/sub/c.log 13, *app/z.log 9"},
		{"app/", "*app/b.gz 8, *app/sub/c.log 13, *app/z.log 9"},
		{"empty", "empty: no file in this directory"},
		{"hidden", "hidden: no file in this directory"},
		{"hidden/.x", "hidden/.x 9"},
		{"?.log", "*a.log 5, *b.log 5, *l.log 9"},
		{"app/*", "*app/b.gz 8, *app/pipe -1, *app/sub/c.log 13, *app/z.log 9"},
		{"app/.h*", "*app/.hidden 11"},
		{"*.zst", "*.zst: no file matches"},
		{"[odd].log", "[odd].log 9"},
		{"[", "[: syntax error in pattern"},

		{"a.log a.log", "a.log 5, same 1"},
		{"./a.log a.log", "a.log 5, same 1"},
		{"b.log hard.log", "b.log 5, same 1"},
		{"hard.log b.log", "b.log 5, same 1"},
		{"app/z.log l.log", "l.log 9, same 1"},
		{"app app/z.log", "*app/b.gz 8, *app/sub/c.log 13, app/z.log 9, same 1"},
		{"app linked", "*app/b.gz 8, *app/sub/c.log 13, *app/z.log 9, same 1"},
		{"link app", "*link/in/c.log 13, *app/b.gz 8, *app/z.log 9, same 1"},
		{"- -", "- -1, same 1"},
	} {
		if got := described(Expand(strings.Fields(c.paths))); got != c.want {
			t.Errorf("%s: got %s\nwant %s", c.paths, got, c.want)
		}
	}
}

// TestExpandLoops searches directories that link to themselves and upwards.
func TestExpandLoops(t *testing.T) {
	tree(t, "loop/a.log", "loop/self -> .", "loop/sub/b.log", "loop/sub/up -> ../..", "other.log")
	if got, want := described(Expand([]string{"loop"})), "*loop/a.log 10, *loop/sub/b.log 14, *loop/sub/up/other.log 9, same 2"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestExpandUnreadableDirectory(t *testing.T) {
	tree(t, "app/a.log", "app/secret/b.log")
	if err := os.Chmod("app/secret", 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod("app/secret", 0o755)
	if _, err := os.ReadDir("app/secret"); err == nil {
		t.Skip("this user may read everything")
	}
	if got := described(Expand([]string{"app"})); !strings.Contains(got, "*app/a.log") || !strings.Contains(got, "permission denied") {
		t.Errorf("got %s", got)
	}
}

func TestExpandDeep(t *testing.T) {
	deep := "d" + strings.Repeat("/d", maxDepth+3) + "/x.log"
	tree(t, "d/a.log", deep)
	sources, _ := Expand([]string{"d"})
	if len(sources) != 2 || sources[0].Path != "d/a.log" || sources[1].Err == nil {
		t.Errorf("got %s", described(sources, 0))
	}
}
