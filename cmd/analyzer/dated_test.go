package main

import (
	"strings"
	"testing"
	"time"
)

// TestDated names files at a moment that is the last of a year in New York, and
// in UTC the first day of the next, in the first week of which it is not yet.
func TestDated(t *testing.T) {
	newYork := time.FixedZone("", -5*3600)
	moment := time.Date(2026, 12, 31, 23, 4, 5, 0, newYork)
	for _, c := range []struct{ pattern, name, latest string }{
		{"report.html", "report.html", ""},
		{"report-%Y%m%d.html", "report-20270101.html", "report-latest.html"},
		{"out/%F.json", "out/2027-01-01.json", "out/latest.json"},
		{"%Y-%j_%H-%M-%S.md", "2027-001_04-04-05.md", "latest.md"},
		{"weekly-%G-W%V.html", "weekly-2026-W53.html", "weekly-latest.html"},
		{"at%s", "at1798776245", "atlatest"},
		{"100%%.csv", "100%.csv", ""},
		{"5%%-%d-%%.csv", "5%-01-%.csv", "5%-latest-%.csv"},
	} {
		name, latest, err := dated(c.pattern, moment)
		if name != c.name || latest != c.latest || err != nil {
			t.Errorf("%s: %q, latest %q, error %v; want %q, latest %q", c.pattern, name, latest, err, c.name, c.latest)
		}
	}
}

func TestDatedRefuses(t *testing.T) {
	for pattern, want := range map[string]string{
		"%Y/report.html":  "not of its directory",
		"report-%y.html":  "%y is no part of a date: want one of %% %F %G",
		"report-%ä.html":  "%ä is no part",
		"my%20report.txt": "%2 is no part",
		"report%":         "% is no part",
	} {
		if _, _, err := dated(pattern, time.Time{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one that says %q", pattern, err, want)
		}
	}
}
