package main

import (
	"math"
	"strings"
	"testing"
	"time"
)

func TestParseMoment(t *testing.T) {
	now := time.Date(2026, 11, 22, 1, 30, 0, 0, time.FixedZone("", 3600)) // half past midnight in UTC
	for text, want := range map[string]string{
		"2026-11-22T14:00:00Z":         "2026-11-22T14:00:00Z",
		"2026-11-22T14:00:00.25+01:00": "2026-11-22T13:00:00.25Z",
		"2026-11-22T14:00+01:00":       "2026-11-22T13:00:00Z",
		"2026-11-22 14:00:07-05:00":    "2026-11-22T19:00:07Z",
		"2026-11-22T14:00:07":          "2026-11-22T14:00:07Z",
		"2026-11-22 14:00:07.5":        "2026-11-22T14:00:07.5Z",
		"2026-11-22T14:00":             "2026-11-22T14:00:00Z",
		"2026-11-22 14:00":             "2026-11-22T14:00:00Z",
		"2026-11-22":                   "2026-11-22T00:00:00Z",
		"00:10":                        "2026-11-22T00:10:00Z", // today's
		"23:10":                        "2026-11-21T23:10:00Z", // last night's
		"23:10:05":                     "2026-11-21T23:10:05Z",
		"0s":                           "2026-11-22T00:30:00Z",
		"90m":                          "2026-11-21T23:00:00Z",
		"2h":                           "2026-11-21T22:30:00Z",
		"3d":                           "2026-11-19T00:30:00Z",
		"1w":                           "2026-11-15T00:30:00Z",
		"1d12h30m":                     "2026-11-20T12:00:00Z",
	} {
		got, err := parseMoment(text, now)
		if err != nil || got.Format(time.RFC3339Nano) != want {
			t.Errorf("%s: got %v, %v; want %s", text, got, err, want)
		}
	}
}

func TestParseMomentRefuses(t *testing.T) {
	now := time.Date(2026, 11, 22, 0, 30, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"soon":                   "want an age",
		"":                       "want an age",
		"2":                      "want an age",
		"2 h":                    "want an age",
		"-2h":                    "want an age",
		"2y":                     "want an age",
		"25:00":                  "want an age",
		"2026-13-01":             "want an age",
		"11/22/2026":             "want an age",
		"1969-12-31":             "between 1970 and 2261",
		"2262-01-01":             "between 1970 and 2261",
		"100000w":                "between 1970 and 2261",
		"99999999999999999999h":  "between 1970 and 2261",
		"99999999w99999999w999d": "between 1970 and 2261",
	} {
		got, err := parseMoment(text, now)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, %v; want an error with %q", text, got, err, want)
		}
	}
}

func TestParseAgeStaysInRange(t *testing.T) {
	if age, ok := parseAge("106751d24h"); !ok || age < 0 {
		t.Errorf("got %v", age)
	}
	if age, ok := parseAge("106751d106751d"); !ok || age != math.MaxInt64 {
		t.Errorf("got %v", age)
	}
}

func TestParsePeriod(t *testing.T) {
	now := time.Date(2026, 11, 22, 15, 30, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"2026-11-20T13:00..14:00":            "2026-11-20T13:00:00Z 2026-11-20T14:00:00Z", // the same day's
		"2026-11-20T23:00..01:00":            "2026-11-20T23:00:00Z 2026-11-21T01:00:00Z", // the next day's
		"13:00..14:00":                       "2026-11-22T13:00:00Z 2026-11-22T14:00:00Z",
		"16:00..14:00":                       "2026-11-21T16:00:00Z 2026-11-22T14:00:00Z",
		"3h..1h":                             "2026-11-22T12:30:00Z 2026-11-22T14:30:00Z",
		"2026-11-20..2026-11-21":             "2026-11-20T00:00:00Z 2026-11-21T00:00:00Z",
		"14:00..":                            "2026-11-22T14:00:00Z 0001-01-01T00:00:00Z",
		"..14:00":                            "0001-01-01T00:00:00Z 2026-11-22T14:00:00Z",
		"14:00":                              "",
		"..":                                 "",
		"14:00..14:00":                       "",
		"1h..2h":                             "",
		"2026-11-20T13:00..2026-11-20T12:00": "",
		"soon..14:00":                        "",
		"14:00..soon":                        "",
	} {
		from, to, err := parsePeriod("--before", text, now)
		got := from.Format(time.RFC3339) + " " + to.Format(time.RFC3339)
		if want != "" && (err != nil || got != want) || want == "" && (err == nil || !strings.HasPrefix(err.Error(), "--before")) {
			t.Errorf("%s: got %s, %v; want %s", text, got, err, want)
		}
	}
}
