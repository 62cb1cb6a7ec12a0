package input

import (
	"fmt"
	"strings"
	"testing"
)

// TestResume decides from what stands on disk where each file is read on. Files
// and cursors are written "name/inode"; a cursor has its offset, a file the
// cursors (a, b, …) that it holds: "a?" is one that it may hold, but breaks off.
func TestResume(t *testing.T) {
	for _, row := range []struct{ name, cursors, files, want string }{
		{"first run", "", "app/1", "app from start"},
		{"grown", "app/1@5000", "app/1:a", "app on a"},
		{"renamed", "app/1@5000", "app/2 app.1/1:a", "app from start, app.1 on a"},
		{"renamed twice", "app/1@5000", "app/3 app.1/2 app.2/1:a", "app from start, app.1 from start, app.2 on a"},
		{"compressed", "app/1@5000", "app/2 app.1.gz/3:a", "app from start, app.1.gz on a"},
		{"truncated after a copy", "app/1@5000", "app/1 app.1/2:a", "app from start, app.1 on a"},
		{"truncated", "app/1@5000", "app/1", "app from start; a is an orphan"},
		{"deleted", "app/1@5000", "", "; a is an orphan"},
		{"the inode used again", "app/1@5000", "other/1", "other from start; a is an orphan"},
		{"devices numbered anew", "app/1@5000", "app/1!:a", "app on a"},
		{"restored from a backup", "app/1@5000", "app/9:a", "app on a"},
		{"equal heads, both known", "app/1@5000 web/2@5000", "app/1:ab web/2:ab", "app on a, web on b"},
		{"equal heads, one new", "app/1@5000", "app/1:a web/2", "app on a, web from start"},
		{"the same short head", "app/1@33", "app/1:a web/2:a", "app on a, web from start"},
		{"a new file of the same name that begins alike", "app/1@33", "app/2:a app.1.gz/3:a", "app from start, app.1.gz on a"},
		{"a copy", "app/1@5000", "app/1:a app.bak/2:a", "app on a, app.bak is a copy"},
		{"a copy whose original went", "app/1@5000", "app.bak/2:a", "app.bak on a"},
		{"being compressed", "app.1/1@5000", "app.1/1:a app.1.gz/2:a?", "app.1 on a, app.1.gz is a copy"},
		{"compressed by half", "app.1/1@5000", "app.1.gz/2:a?", "app.1.gz from start; a is an orphan"},
		{"an empty file that grew", "app/1@0", "app/1:a", "app on a"},
		{"the longer of two", "app/1@100 app/1@5000", "x/1:ab", "x on b"},
		{"a copy that grew after it was seen", "app/1@5000 app.1/2@4000", "app/1 app.1/2:ab", "app from start, app.1 on a"},
		{"deleted, and its copy known", "app/1@5000 app.1/2@4000", "app.1/2:b", "app.1 on b; a is an orphan"},
		{"each cursor goes on once", "app/1@5000", "b/2:a a/3:a", "b on a, a is a copy"},
	} {
		cursors, files := situation(row.cursors, row.files)
		steps, orphans := resume(cursors, files)
		if got := decided(files, steps, orphans); got != row.want {
			t.Errorf("%s: %s\nwant %s", row.name, got, row.want)
		}
	}
}

func situation(c, f string) (cursors []Cursor, files []*sight) {
	for _, word := range strings.Fields(c) {
		var k Cursor
		fmt.Sscanf(strings.NewReplacer("/", " ", "@", " ").Replace(word), "%s %d %d", &k.Path, &k.Inode, &k.Offset)
		cursors = append(cursors, k)
	}
	for _, word := range strings.Fields(f) {
		name, held, _ := strings.Cut(word, ":")
		s := &sight{}
		fmt.Sscanf(strings.Replace(name, "/", " ", 1), "%s %d", &s.path, &s.inode)
		if strings.HasSuffix(name, "!") {
			s.device = 7
		}
		for i := range held {
			j := int(held[i] - 'a')
			switch {
			case held[i] == '?':
			case strings.HasSuffix(held, "?"):
				s.partly = append(s.partly, j)
			default:
				s.holds = append(s.holds, j)
			}
		}
		files = append(files, s)
	}
	return cursors, files
}

func decided(files []*sight, steps []decision, orphans []int) string {
	var words []string
	for i, d := range steps {
		switch {
		case d.copyOf != none:
			words = append(words, files[i].path+" is a copy")
		case d.cursor == none:
			words = append(words, files[i].path+" from start")
		default:
			words = append(words, fmt.Sprintf("%s on %c", files[i].path, 'a'+d.cursor))
		}
	}
	text := strings.Join(words, ", ")
	for _, j := range orphans {
		text += fmt.Sprintf("; %c is an orphan", 'a'+j)
	}
	return text
}
