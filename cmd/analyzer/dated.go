package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// conversions are the parts of a date that the name of a report may hold. They
// are written as date(1) writes them, and are in UTC, like all times in a report.
var conversions = map[string]func(time.Time) string{
	"%Y": layout("2006"),
	"%m": layout("01"),
	"%d": layout("02"),
	"%F": layout("2006-01-02"),
	"%j": layout("002"),
	"%H": layout("15"),
	"%M": layout("04"),
	"%S": layout("05"),
	"%s": func(t time.Time) string { return fmt.Sprint(t.Unix()) },
	"%G": func(t time.Time) string { year, _ := t.ISOWeek(); return fmt.Sprintf("%04d", year) },
	"%V": func(t time.Time) string { _, week := t.ISOWeek(); return fmt.Sprintf("%02d", week) },
	"%%": func(time.Time) string { return "%" },
}

func layout(l string) func(time.Time) string {
	return func(t time.Time) string { return t.Format(l) }
}

var conversion = regexp.MustCompile(`%.?`)

// dated returns the name that pattern stands for at t and, if there is a date
// in it, that of a link to the latest of its files: the name with "latest" in
// place of the date, from its first part to its last.
func dated(pattern string, t time.Time) (name, latest string, err error) {
	dir, base := filepath.Split(pattern)
	if strings.Contains(dir, "%") {
		return "", "", fmt.Errorf("%s: a date may stand in the name of the file, not of its directory", pattern)
	}
	first, last, err := dateIn(base)
	if err != nil {
		return "", "", fmt.Errorf("%s: %w", pattern, err)
	}
	if first < last {
		latest = dir + convert(base[:first], t) + "latest" + convert(base[last:], t)
	}
	return dir + convert(base, t), latest, nil
}

// dateIn returns where the conversions in s begin and end, 0 and 0 if there are
// none.
func dateIn(s string) (first, last int, err error) {
	for _, span := range conversion.FindAllStringIndex(s, -1) {
		c := s[span[0]:span[1]]
		switch {
		case conversions[c] == nil:
			known := slices.Sorted(maps.Keys(conversions))
			return 0, 0, fmt.Errorf("%s is no part of a date: want one of %s", c, strings.Join(known, " "))
		case c == "%%":
			continue
		case last == 0:
			first = span[0]
		}
		last = span[1]
	}
	return first, last, nil
}

// convert puts t in place of the conversions in s, all of which are known.
func convert(s string, t time.Time) string {
	return conversion.ReplaceAllStringFunc(s, func(c string) string { return conversions[c](t.UTC()) })
}
