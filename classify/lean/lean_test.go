package lean

import (
	"slices"
	"strings"
	"testing"
)

func terms(text string) string {
	var t Terms
	t.AddText(text)
	var names []string
	for _, term := range t.List() {
		names = append(names, term.String())
	}
	return strings.Join(names, ", ")
}

func TestTermsAreWordsAndPairs(t *testing.T) {
	for text, want := range map[string]string{
		"":                            "",
		"404 – 7":                     "",
		"Token expired":               "token, expire, token expire",
		"The token, the token":        "the, token, the token, token the",
		"InvalidIDToken":              "invali, id, invali id, token, id token",
		"rate_limit-exceeded":         "rate, limit, rate limit, exceed, limit exceed",
		strings.Repeat("a ", 1000):    "a, a a",
		"naïve \xff\xfe and unfinish": "na, ve, na ve, and, ve and, unfini, and unfini",
	} {
		if got := terms(text); got != want {
			t.Errorf("%q says %q, want %q", text, got, want)
		}
	}
}

func TestCodesHaveNoNamespace(t *testing.T) {
	var of Terms
	of.AddCode("com.acme.model#SlowDown")
	if names := of.List(); len(names) != 3 || names[0].String() != "slow" {
		t.Errorf("the code says %v", names)
	}
}

func TestTermsAreBounded(t *testing.T) {
	var of Terms
	for c := 'a'; c <= 'z'; c++ {
		for d := 'a'; d <= 'z'; d++ {
			of.AddText(string(c) + string(d))
		}
	}
	if n := len(of.List()); n != maxTerms {
		t.Errorf("%d terms, want %d", n, maxTerms)
	}
}

func TestWeightsAreReadAsWritten(t *testing.T) {
	for _, line := range strings.SplitAfter(Text(), "\n") {
		name, _, _ := strings.Cut(line, "\t")
		if term, err := parseTerm(name); line != "" && (err != nil || term.String() != name) {
			t.Fatalf("%q is read as %q: %v", name, term, err)
		}
	}
	if Default().String() != Text() {
		t.Error("weights.tsv is not what its weights are written as")
	}
	for _, bad := range []string{"Token\t1\t2\t3\t4\t5\n", "token\t1\t2\n", "token\t1\t2\t3\t4\t500\n", "\t1\t2\t3\t4\t5\n"} {
		if _, err := Parse(bad); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}

// learn learns from texts, each behind the number of its category and a space.
func learn(texts ...string) *Weights {
	var examples []Example
	for range minCount {
		for _, text := range texts {
			var of Terms
			of.AddText(text[2:])
			examples = append(examples, Example{slices.Clone(of.List()), int(text[0] - '0')})
		}
	}
	return Learn(examples)
}

func TestLearningTellsCategoriesApart(t *testing.T) {
	texts := []string{"0 token expired", "1 name missing", "2 name taken", "3 wait for your token", "4 broken"}
	w := learn(texts...)
	for _, text := range append(texts, "0 this has expired", "2 taken again", "3 wait a while") {
		var of Terms
		of.AddText(text[2:])
		scores := w.Score(of.List())
		if got := scores.Best(); got != int(text[0]-'0') {
			t.Errorf("%q leans to %d: %v", text, got, scores)
		}
	}
	if again := learn(texts...); again.String() != w.String() {
		t.Error("the same examples teach other weights")
	}
	if scores := w.Score(nil); scores != (Scores{}) {
		t.Errorf("nothing leans to something: %v", scores)
	}
}

func FuzzTerms(f *testing.F) {
	f.Add("InvalidIDToken: the token expired")
	f.Fuzz(func(t *testing.T, text string) {
		var of Terms
		of.AddCode(text)
		of.AddText(text)
		for _, term := range of.List() {
			if again, err := parseTerm(term.String()); err != nil || again != term {
				t.Errorf("%q is read as %q: %v", term, again, err)
			}
		}
	})
}
