package render

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"analyzer/report"
)

var markups = map[string]Markup{"message.txt": Unmarked, "message.md": MarkedDown, "message.mrkdwn": Mrkdwn}

func TestMessageGolden(t *testing.T) {
	for _, name := range testCases(t) {
		for file, m := range markups {
			title, text := Message(load(t, name), m)
			golden(t, filepath.Join("testdata", name, file), title+"\n\n"+text+"\n")
		}
	}
}

// A message fits a chat, and its title a subject, whatever the report holds.
func TestMessageIsBounded(t *testing.T) {
	long := strings.Repeat("Z\u0351\u0352\u0353\u0354 <`&ab ", 1000)
	r := &report.Report{Input: report.Input{Errors: 7, Sources: []report.Source{{Name: long, Status: "failed", Reason: long}}}}
	for i := range 9 {
		id := fmt.Sprint(i, long)
		samples := []report.Sample{{RequestID: long, Message: long, Place: report.Place{Source: long}}, {RequestID: long}, {RequestID: long}}
		r.Problems = append(r.Problems, report.Problem{ID: id, Method: long, Route: long, Samples: samples})
		r.Actions = append(r.Actions, report.Action{Rank: i + 1, Summary: long, Problems: []string{id}})
	}
	for file, m := range markups {
		title, text := Message(r, m)
		if len(text) > messageBytes || !strings.Contains(text, "\n1. ") {
			t.Errorf("%s: %d bytes, want at most %d and the first action:\n%s", file, len(text), messageBytes, text)
		}
		if strings.ContainsAny(title, "Z<\n") || len(title) > 100 {
			t.Errorf("%s: title %q", file, title)
		}
	}
}
