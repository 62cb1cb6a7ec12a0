package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"analyzer/parse/redact"
)

// TestAuditCommands: the command beside a figure lists the lines that it counts.
func TestAuditCommands(t *testing.T) {
	log := "../../testdata/incident.log"
	audit := analyzeLog(t, testPipeline(t, nil), log).Audit
	if len(audit.Retries) < 3 {
		t.Fatalf("%d callers retry, want some", len(audit.Retries))
	}
	for _, r := range audit.Retries {
		args, found := strings.CutPrefix(strings.ReplaceAll(r.Command, "'", ""), "analyzer -o lines --where ")
		if !found {
			t.Fatalf("command %q", r.Command)
		}
		p := testPipeline(t, nil)
		flags := filterFlags{Where: strings.Split(args, " --where ")}
		filter, err := flags.read(time.Time{}, redact.New(nil))
		if err != nil {
			t.Fatalf("%s: %v", r.Command, err)
		}
		p.filter = filter
		listed := analyzeLog(t, p, log)
		if got := listed.Input.Errors; got < r.Tries.Count || got > r.Tries.Count*21/20 {
			t.Errorf("%s lists %d errors of %d tries", r.Command, got, r.Tries.Count)
		}
		same := func(place string) bool { return slices.Contains(r.Tries.Places, place) }
		if places := listed.Audit.Retries[0].Tries.Places; !slices.ContainsFunc(places, same) {
			t.Errorf("%s lists %v, not %v", r.Command, places, r.Tries.Places)
		}
	}
}
