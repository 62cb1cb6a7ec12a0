package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// wrappers write a line as shippers do that carry the lines of others.
var wrappers = map[string]func(line string) string{
	"docker": func(line string) string {
		return `{"log":` + quote(line+"\n") + `,"stream":"stderr","time":"2026-06-01T00:00:00.000000001Z"}`
	},
	"cri": func(line string) string {
		return "2026-06-01T00:00:00.000000001Z stderr F " + line
	},
	"journald": func(line string) string {
		return `{"__REALTIME_TIMESTAMP":"1780272000000000","PRIORITY":"3","SYSLOG_IDENTIFIER":"app","MESSAGE":` + quote(line) + `}`
	},
}

func quote(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(quoted)
}

// TestWrapped holds that a line means the same in a wrapper of Docker, CRI or
// journald: what a record says of its API error does not depend on who carried it.
func TestWrapped(t *testing.T) {
	var found []difference
	for _, log := range labelled(t, layouts) {
		text := readFile(t, log)
		if !isOneRecordPerLine(text) {
			continue
		}
		plain := carried(readLabels(t, lines(t, log)))
		for _, name := range slices.Sorted(maps.Keys(wrappers)) {
			got := readLabels(t, lines(t, wrapped(t, text, wrappers[name])))
			found = append(found, differences(name+"/"+filepath.Base(log), judgeLabels(got, plain))...)
		}
	}
	holdTo(t, filepath.Join(layouts, "KNOWN-WRAPPED"), found)
}

// isOneRecordPerLine reports whether every line of a log begins a record and
// ends it, so that a shipper that carries lines carries records.
func isOneRecordPerLine(text string) bool {
	for line := range strings.Lines(text) {
		if strings.ContainsAny(line[:1], " \t\n}],[") || strings.Contains(line, " P ") || strings.HasPrefix(line, `{"log":`) && !strings.Contains(line, `\n","`) {
			return false
		}
	}
	return true
}

// wrapped writes a log whose every line is wrapped, and returns its path.
func wrapped(t *testing.T, text string, wrap func(line string) string) string {
	t.Helper()
	var out bytes.Buffer
	for line := range strings.Lines(text) {
		out.WriteString(wrap(strings.TrimSuffix(line, "\n")) + "\n")
	}
	path := filepath.Join(t.TempDir(), "wrapped.log")
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// carried returns labels without what is a wrapper's to say as well: a time and
// the name of a service.
func carried(labels []label) []label {
	for i := range labels {
		labels[i].Time = nil
		labels[i].Service = nil
	}
	return labels
}
