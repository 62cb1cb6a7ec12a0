package main

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Times on the command line are those of the report, so that they can be copied
// from it: UTC, unless they say otherwise.

// moments are the forms of an absolute time. Parts that are left out are zero.
var moments = []string{
	time.RFC3339Nano,
	"2006-01-02T15:04Z07:00",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02T15:04:05",
	"2006-01-02T15:04",
	time.DateTime,
	"2006-01-02 15:04",
	time.DateOnly,
}

// clocks are the forms of a time of day.
var clocks = []string{time.TimeOnly, "15:04"}

// parseMoment reads a time: absolute, a time of day, which is the last one that
// is not after now, or an age, counted back from now.
func parseMoment(text string, now time.Time) (time.Time, error) {
	now = now.UTC()
	if age, ok := parseAge(text); ok {
		return checkMoment(text, now.Add(-age))
	}
	for _, layout := range moments {
		if t, err := time.Parse(layout, text); err == nil {
			return checkMoment(text, t.UTC())
		}
	}
	if t, ok := parseClock(text); ok {
		return lastClock(t, now), nil
	}
	return time.Time{}, fmt.Errorf("%q: want an age (90m, 2h, 3d, 1w) or a time (2026-11-22T14:00:00Z, 2026-11-22 14:00, 2026-11-22, 14:00)", text)
}

// parseClock reads a time of day.
func parseClock(text string) (t time.Time, ok bool) {
	for _, layout := range clocks {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return t, false
}

// lastClock returns the last time, up to now, at which clocks showed what t says.
func lastClock(t, now time.Time) time.Time {
	at := time.Date(now.Year(), now.Month(), now.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	if at.After(now) {
		return at.AddDate(0, 0, -1)
	}
	return at
}

// checkMoment refuses times that no log has.
func checkMoment(text string, t time.Time) (time.Time, error) {
	if t.Year() < 1970 || t.Year() > 2261 {
		return time.Time{}, fmt.Errorf("%q: want a time between 1970 and 2261", text)
	}
	return t, nil
}

// parsePeriod reads FROM..TO, of which one may be left out. A TO that is a time
// of day is the first one from FROM on.
func parsePeriod(flag, text string, now time.Time) (from, to time.Time, err error) {
	first, last, ok := strings.Cut(text, "..")
	if !ok || first == "" && last == "" {
		return from, to, fmt.Errorf("%s %q: want FROM..TO", flag, text)
	}
	if from, err = readBound(flag, first, now); err != nil {
		return from, to, err
	}
	if to, err = readBound(flag, last, now); err != nil {
		return from, to, err
	}
	if t, isClock := parseClock(last); isClock && !from.IsZero() {
		to = lastClock(t, from.AddDate(0, 0, 1).Add(-1))
	}
	if !from.IsZero() && !to.IsZero() && !from.Before(to) {
		return from, to, fmt.Errorf("%s %s: does not begin before it ends", flag, text)
	}
	return from, to, nil
}

var (
	age     = regexp.MustCompile(`^(?:\d+[wdhms])+$`)
	agePart = regexp.MustCompile(`(\d+)([wdhms])`)
)

var ageUnits = map[string]time.Duration{
	"w": 7 * 24 * time.Hour,
	"d": 24 * time.Hour,
	"h": time.Hour,
	"m": time.Minute,
	"s": time.Second,
}

// parseAge reads 2h, 90m, 3d, 1w or several of them together: 1d12h. One that
// is longer than a Duration is the longest Duration.
func parseAge(text string) (time.Duration, bool) {
	if !age.MatchString(text) {
		return 0, false
	}
	var sum time.Duration
	for _, part := range agePart.FindAllStringSubmatch(text, -1) {
		unit := ageUnits[part[2]]
		n, err := strconv.ParseInt(part[1], 10, 64)
		if err != nil || n > int64((math.MaxInt64-sum)/unit) {
			return math.MaxInt64, true
		}
		sum += time.Duration(n) * unit
	}
	return sum, true
}
