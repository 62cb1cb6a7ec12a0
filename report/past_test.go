package report

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestCompare says in words what is news: each row is what a problem P-x gave in
// earlier windows and gives now. A dash is a window that history does not know.
func TestCompare(t *testing.T) {
	for _, row := range []struct{ known, before, weekAgo, now, want string }{
		{"never", "-", "-", "5", ""}, // the first run: nothing is news
		{"never", "0", "-", "5", "new"},
		{"never", "0", "0", "5", "new"},
		{"old", "0", "-", "5", "returned"},
		{"old", "0", "0", "5", "returned"},
		{"old", "0", "4", "5", ""}, // as each week
		{"old", "5", "-", "0", "gone"},
		{"old", "5", "5", "0", "gone"},
		{"old", "5", "0", "0", ""},       // as quiet as a week ago
		{"young", "5", "0", "0", "gone"}, // it was not there a week ago
		{"old", "0", "5", "0", ""},       // said when it went
		{"old", "<1", "-", "0", ""},      // the log did not go on long enough
		{"old", "<1", "-", "5", ""},
		{"old", "<1", "-", "12", "worse"},
		{"old", "5", "<1", "0", "gone"},
		{"old", "5", "-", "6", ""},
		{"old", "1", "-", "4", ""}, // may be chance
		{"old", "10", "-", "40", "worse"},
		{"old", "1000", "-", "1400", ""},
		{"old", "1000", "-", "1500", "worse"},
		{"old", "10", "100", "110", ""}, // the week ago tells
		{"old", "100", "10", "110", "worse"},
		{"old", "4000000000", "-", "7000000000", "worse"},
	} {
		past, r := pastAndNow(row.known, row.before, row.weekAgo, row.now)
		r.Compare(past)
		got := ""
		for _, c := range r.History.Problems {
			got += c.Change
		}
		if got != row.want {
			t.Errorf("%s: before %s, a week ago %s, now %s: %q, want %q", row.known, row.before, row.weekAgo, row.now, got, row.want)
		}
	}
}

func pastAndNow(known, before, weekAgo, now string) (*Past, *Report) {
	at := func(day int) *Time { return &Time{time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC)} }
	past := &Past{Run: 9, Before: baseline(before), WeekAgo: baseline(weekAgo), Known: map[string]Life{}}
	if past.WeekAgo != nil {
		past.WeekAgo.First = at(10)
	}
	if known != "never" {
		past.Known["P-x"] = Life{ID: "P-x", First: at(map[string]int{"old": 1, "young": 14}[known]), Last: at(15), Errors: 1, Runs: 1}
	}
	r := &Report{}
	r.Input.Records = 100
	if n, _ := baseline(now).of("P-x"); n > 0 {
		r.Problems = []Problem{{ID: "P-x", Errors: n, First: at(17), Last: at(18)}}
	}
	return past, r
}

func baseline(errors string) *Baseline {
	b := &Baseline{Errors: map[string]int64{}}
	switch errors {
	case "-":
		return nil
	case "0":
	case "<1":
		b.Errors["P-x"] = 0
	default:
		var n int64
		fmt.Sscan(errors, &n)
		b.Errors["P-x"] = n
	}
	return b
}

// TestCompareLives adds what a run finds to what is known, and lists changes
// first.
func TestCompareLives(t *testing.T) {
	at := func(day int) *Time { return &Time{time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC)} }
	past := &Past{
		Known:  map[string]Life{"P-a": {ID: "P-a", First: at(1), Last: at(3), Errors: 10, Runs: 2}, "P-c": {ID: "P-c", First: at(2), Last: at(3), Errors: 7, Runs: 1}},
		Before: &Baseline{Errors: map[string]int64{"P-a": 4, "P-c": 7}},
	}
	r := &Report{Input: Input{Records: 7}, Problems: []Problem{{ID: "P-a", Errors: 5, First: at(4), Last: at(5)}, {ID: "P-b", Errors: 2}}}
	r.Compare(past)
	var got []string
	for _, c := range r.History.Problems {
		got = append(got, fmt.Sprintf("%s %q %d/%d %d in %d %s-%s", c.ID, c.Change, c.Now, c.Before, c.Errors, c.Runs, day(c.First), day(c.Last)))
	}
	want := `P-b "new" 2/0 2 in 1 ?-?
P-c "gone" 0/7 7 in 1 2-3
P-a "" 5/4 15 in 3 1-5`
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("got\n%s\nwant\n%s", s, want)
	}
}

// TestCompareNothing: a log that is silent does not tell that a problem is gone.
func TestCompareNothing(t *testing.T) {
	past, r := pastAndNow("old", "5", "-", "0")
	r.Input.Records = 0
	if r.Compare(past); len(r.History.Problems) > 0 {
		t.Errorf("%+v", r.History.Problems)
	}
}

func day(t *Time) string {
	if t == nil {
		return "?"
	}
	return fmt.Sprint(t.Day())
}
