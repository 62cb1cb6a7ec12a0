package code_test

import (
	"strings"
	"testing"

	"analyzer/parse/code"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ code, folded, stem string }{
		{"RATE_LIMIT_EXCEEDED", "ratelimitexceeded", "ratelimitexceeded"},
		{"rate-limit-exceeded", "ratelimitexceeded", "ratelimitexceeded"},
		{"RateLimitExceededException", "ratelimitexceededexception", "ratelimitexceeded"},
		{"too many requests", "toomanyrequests", "toomanyrequests"},
		{"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "resourcenotfoundexception", "resourcenotfound"},
		{"https://bank.example/probs/out-of-credit", "outofcredit", "outofcredit"},
		{"https://bank.example/probs/out-of-credit/?v=2", "outofcredit", "outofcredit"},
		{"https://docs.example/errors#index_not_found", "indexnotfound", "indexnotfound"},
		{"urn:problem-type:acme:login-required", "loginrequired", "loginrequired"},
		{"Acme.Git.ItemNotFoundException, Acme.Git", "acmegititemnotfoundexception", "acmegititemnotfound"},
		{"internal_error", "internalerror", "internal"},
		{"error", "error", "error"},
		{"#", "", ""},
		{"/", "", ""},
		{"", "", ""},
		{"404", "404", "404"},
		{"  not found ", "notfound", "notfound"},
		{"ungültig", "ungültig", "ungültig"},
		{"(\u00a0gone)", "gone", "gone"},
		{"a#", "a", "a"},
		{"/errors/", "errors", "errors"},
		{"errors:http://acme.example/gone?x=1#", "gone", "gone"},
		{"ServiceFault", "servicefault", "service"},
		{"NoFault", "nofault", "nofault"},
	} {
		if got := code.Fold(c.code); got != c.folded {
			t.Errorf("Fold(%q) = %q, want %q", c.code, got, c.folded)
		}
		if got := code.Stem(c.folded); got != c.stem {
			t.Errorf("Stem(%q) = %q, want %q", c.folded, got, c.stem)
		}
	}
}

func TestForm(t *testing.T) {
	for _, c := range []struct {
		form, code string
		want       bool
	}{
		{"invalid_*", "InvalidParameter", true},
		{"invalid_*", "user_invalid", false},
		{"*_limit_reached", "project-limit-reached", true},
		{"*notfound*", "GitItemNotFoundException", true},
		{"a*b*c", "a1b2c", true},
		{"a*b*c", "a1c2b", false},
		{"ab*ba", "aba", false},
		{"*", "anything", true},
		{"a*", "a", true},
		{"*_Not-Found", "user.not_found", true},
		{"a*b*b", "ab", false},
		{"a*b*b", "a1b2b", true},
	} {
		form := code.NewForm(c.form)
		if got := form.Match(code.Fold(c.code)); got != c.want {
			t.Errorf("%s matches %s: %v, want %v", c.form, c.code, got, c.want)
		}
	}
}

func TestIsWord(t *testing.T) {
	for text, want := range map[string]bool{"": false, "404": false, "E42": false, "AB1C2": false, "not_found": true, "PGRST301": true, "1e400": false} {
		if got := code.IsWord(text); got != want {
			t.Errorf("IsWord(%q) = %v, want %v", text, got, want)
		}
	}
}

// FuzzCode holds of any text that its folded form stays as it is when it is
// folded again, that a stem is the beginning of it, and that a form with the code
// between two stars matches the code.
func FuzzCode(f *testing.F) {
	for _, seed := range []string{
		"", "#", "/", "RATE_LIMIT_EXCEEDED", "com.acme.v1#NotFoundException", "urn:acme:login-required", "https://acme.example/probs/out?v=2/",
		"Acme.Git.NotFoundException, Acme.Git", "ungültig", "\xff\xfe", "(\u00a0gone)", "a, b#c", "error",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		folded := code.Fold(text)
		if again := code.Fold(folded); again != folded {
			t.Errorf("Fold(%q) = %q, folded again %q", text, folded, again)
		}
		if stem := code.Stem(folded); !strings.HasPrefix(folded, stem) || stem == "" && folded != "" {
			t.Errorf("Stem(%q) = %q", folded, stem)
		}
		local := code.Local(text)
		if strings.Contains(local, "*") {
			return
		}
		for _, around := range []string{local + "*", "*" + local, "*" + local + "*"} {
			if form := code.NewForm(around); !form.Match(folded) {
				t.Errorf("%q, which is %s, does not match %q, which is %q", around, form.String(), text, folded)
			}
		}
	})
}
