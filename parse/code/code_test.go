package code_test

import (
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
