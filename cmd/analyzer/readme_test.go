package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// session is a block of README.md that shows a command and what it prints.
var session = regexp.MustCompile("(?s)```console\n\\$ ([^\n]+)\n(.*?)```")

// TestReadme runs each session in README.md and compares what it prints. With
// UPDATE_SCRIPTS set, README.md is rewritten.
func TestReadme(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	readme := readFile(t, filepath.Join(root, "README.md"))
	sessions := session.FindAllStringSubmatch(readme, -1)
	if len(sessions) == 0 {
		t.Fatal("README.md shows no session")
	}
	var script, files strings.Builder
	fmt.Fprintf(&script, "env COLUMNS=\ncd %s\n", root)
	for i, s := range sessions {
		command := strings.ReplaceAll(s[1], "go run ./cmd/analyzer", "analyzer")
		fmt.Fprintf(&script, "exec sh -c '%s'\ncmp stdout $WORK/want%d\n", command, i)
		fmt.Fprintf(&files, "-- want%d --\n%s", i, s[2])
	}
	path := filepath.Join(t.TempDir(), "readme.txtar")
	if err := os.WriteFile(path, []byte(script.String()+files.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	update := os.Getenv("UPDATE_SCRIPTS") != ""
	t.Run("sessions", func(t *testing.T) {
		testscript.Run(t, testscript.Params{Files: []string{path}, UpdateScripts: update})
	})
	if update {
		rewriteReadme(t, filepath.Join(root, "README.md"), readFile(t, path))
	}
}

// rewriteReadme puts what the commands printed into README.md.
func rewriteReadme(t *testing.T, path, script string) {
	t.Helper()
	parts := regexp.MustCompile(`(?m)^-- want\d+ --\n`).Split(script, -1)[1:]
	i := 0
	text := session.ReplaceAllStringFunc(readFile(t, path), func(block string) string {
		command, _, _ := strings.Cut(strings.TrimPrefix(block, "```console\n"), "\n")
		printed := parts[i]
		i++
		return "```console\n" + command + "\n" + printed + "```"
	})
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
