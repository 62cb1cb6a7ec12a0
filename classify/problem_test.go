package classify

import (
	"regexp"
	"testing"
)

// The ids stand in tickets and ignore lists: a change here breaks them.
func TestProblemIDsNeverChange(t *testing.T) {
	for _, c := range []struct {
		want    string
		problem Problem
	}{
		{"P-kty8cc", Problem{}},
		{"P-at9ecf", Problem{Category: Authentication, Status: 401, Message: "Missing (expired) db token", Method: "GET", Route: "/v1/project/{project}/kafka"}},
		{"P-dn37t8", Problem{Category: Validation, Status: 400, Fields: "user_config.ip_filter[].network", Method: "PUT", Route: "/v1/project/{project}/service/{service}"}},
		{"P-3d6eph", Problem{Category: RateLimit, Status: 429, Code: "too_many_requests"}},
	} {
		if got := c.problem.ID(); got != c.want {
			t.Errorf("ID of %+v = %s, want %s", c.problem, got, c.want)
		}
	}
}

func TestProblemIDTellsPartsApart(t *testing.T) {
	seen := map[string]Problem{}
	for _, p := range []Problem{
		{Code: "ab"}, {Method: "ab"}, {Route: "ab"}, {Fields: "ab"}, {Message: "ab"},
		{Code: "a", Method: "b"}, {Code: "a", Route: "b"}, {Fields: "a", Message: "b"},
		{Code: "a1:b"}, {Code: "a", Method: "1:b"}, {Category: Server}, {Status: 500},
	} {
		id := p.ID()
		if !regexp.MustCompile(`^P-[0-9a-hjkmnp-tv-z]{6}$`).MatchString(id) {
			t.Errorf("ID of %+v is %q", p, id)
		}
		if other, ok := seen[id]; ok {
			t.Errorf("%+v and %+v have the same id %s", p, other, id)
		}
		seen[id] = p
	}
}
