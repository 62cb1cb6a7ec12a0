package classify

import (
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

// passes reports whether a sieve passes p for text.
func passes(p *pattern, text string) bool {
	var g grams
	g.fill(text)
	sieve := newSieve([]*pattern{p}, func(p *pattern) *pattern { return p })
	return sieve.pass(&g)[0] == 1
}

func TestSieveHidesNoMatch(t *testing.T) {
	for expr, texts := range patternTexts {
		p, err := newPattern(expr, false)
		if err != nil {
			t.Fatalf("%s: %v", expr, err)
		}
		for _, text := range texts {
			if !p.regexp().MatchString(text) || !passes(p, text) {
				t.Errorf("%s: %q: match %v, sieve %v", expr, text, p.regexp().MatchString(text), passes(p, text))
			}
		}
	}
}

func TestSievePassesByMostPatterns(t *testing.T) {
	text := strings.Repeat("Topic 'orders' does not exist in project acme. ", 5)
	for _, expr := range []string{`(?i)\brate[ -]?limit`, `(?:too many|too fast|tooth)`, `^Service \S+ is powered off`} {
		p, err := newPattern(expr, false)
		if err != nil {
			t.Fatal(err)
		}
		if passes(p, text) {
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
		p, err := newPattern(expr, false)
		if err != nil {
			return
		}
		text = strings.ToValidUTF8(text, "")
		if p.regexp().MatchString(text) && !passes(p, text) {
			t.Errorf("%q matches %q, and the sieve hides it", expr, text)
		}
	})
}
