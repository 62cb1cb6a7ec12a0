package grams

import (
	"regexp"
	"strings"
	"testing"
)

// patternTexts are patterns, each with texts that it matches.
var patternTexts = map[string][]string{
	`^Service (?P<resource>\S+) does not exist`: {"Service x does not exist"},
	`(?i)\brate[ -]?limit`:                      {"RATE LIMIT", "Rate-limit", "ratelimit"},
	`(?i)tokens?`:                               {"TOKEN", "to\u212aen\u017f"},
	`(?i)größe`:                                 {"Größe", "GRÖSSE größe", "GRÖßE"},
	`[Ss]low down|[Tt]hrottl`:                   {"Slow down", "throttled"},
	`(?:too many|too fast|tooth)`:               {"too many", "too fast", "tooth"},
	`a|b`:                                       {"a", "xb"},
	`(?:abc)?def*`:                              {"de", "abcdeff"},
	`(?:abc)+`:                                  {"abcabc"},
	`x{2,}yz`:                                   {"xxxyz"},
	`\d+ of \d+`:                                {"1 of 2"},
	`(?i)k8s`:                                   {"K8S", "\u212a8\u017f"},
	`^€uro`:                                     {"€uro"},
	`(?:one|two|three) (?:four|five)`:           {"two five"},
}

// passes reports whether a sieve passes expr for text.
func passes(expr, text string) bool {
	var g Set
	g.Fill(text)
	return NewSieve([]string{expr}).Pass(&g)[0] == 1
}

func TestSieveHidesNoMatch(t *testing.T) {
	for expr, texts := range patternTexts {
		re := regexp.MustCompile(expr)
		for _, text := range texts {
			if !re.MatchString(text) || !passes(expr, text) {
				t.Errorf("%s: %q: match %v, sieve %v", expr, text, re.MatchString(text), passes(expr, text))
			}
		}
	}
}

func TestSievePassesByMostPatterns(t *testing.T) {
	text := strings.Repeat("Topic 'orders' does not exist in project acme. ", 5)
	for _, expr := range []string{`(?i)\brate[ -]?limit`, `(?:too many|too fast|tooth)`, `^Service \S+ is powered off`} {
		if passes(expr, text) {
			t.Errorf("%s is run on a text that it cannot match", expr)
		}
	}
}

func FuzzSieve(f *testing.F) {
	for expr, texts := range patternTexts {
		for _, text := range texts {
			f.Add(expr, text)
		}
	}
	f.Fuzz(func(t *testing.T, expr, text string) {
		if len(expr) > 2000 {
			return // no pack holds a longer one
		}
		re, err := regexp.Compile(expr)
		if err != nil {
			return
		}
		text = strings.ToValidUTF8(text, "")
		if re.MatchString(text) && !passes(expr, text) {
			t.Errorf("%q matches %q, and the sieve hides it", expr, text)
		}
	})
}
