package parse_test

import (
	"testing"

	"analyzer/parse"
	"analyzer/parse/input"
)

// TestWanted says which lines carry an identifier.
func TestWanted(t *testing.T) {
	for _, c := range []struct {
		id, line string
		carries  bool
	}{
		{"ab-12", `{"id":"ab-12"}`, true},
		{"ab-12", `{"msg":"retry of ab-12."}`, true},
		{"ab-12", `{"msg":"retry of (ab-12), id=ab-12-"}`, true},
		{"ab-12", `{"url":"/requests/ab-12/state"}`, true},
		{"ab-12", `{"ab-12":{"state":"done"}}`, true},
		{"ab-12", `{"msg":"new\nab-12\tdone"}`, true},
		{"ab-12", `2026-11-22 14:00:00 INFO ab-12: done`, true},
		{"ab-12", `{"cut":"off ab-12`, true},
		{"ab-12", `{"a":{"b":[[[{"c":"ab-12"}]]]}}`, true},
		{"ab-12", `{"id":"ab-123"}`, false},
		{"ab-12", `{"id":"cab-12"}`, false},
		{"ab-12", `{"id":"web-ab-12"}`, false},
		{"ab-12", `{"id":"ab-12-retry"}`, false},
		{"ab-12", `{"id":"ab-12.3"}`, false},
		{"ab-12", `{"id":"ab_12"}`, false},
		{"ab-12", `{"id":"ab-12é"}`, false},
		{"ab-12", `{"id":"ab-12x, ab-12"}`, true},
		{"4711", `{"request_id":4711}`, true},
		{"4711", `{"request_id":47110}`, false},
		{"é", `{"id":"é"}`, true},
		{"é", `{"id":"\u00e9"}`, true},
		{"4bf92f3577b34da6a3ce929d0e0e4736", `{"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}`, true},
		{"00f067aa0ba902b7", `{"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}`, false},
	} {
		s := parse.NewScanner(newReader(), parse.Options{Wanted: parse.NewWanted("other", c.id)})
		s.Reset(&input.Chunk{Source: "x.log", Line: 1, Data: []byte(c.line)})
		if carries := s.Scan(); carries != c.carries || carries && s.Carried() != c.id {
			t.Errorf("%s: carries %s: %v", c.line, c.id, carries)
		}
	}
}
