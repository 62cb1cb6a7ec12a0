package render

import (
	"slices"
	"testing"
	"time"

	"analyzer/report"
)

func TestCut(t *testing.T) {
	tests := []struct {
		name string
		cut  func(string, int) string
		in   string
		n    int
		want string
	}{
		{"end", cutEnd, "abcdef", 6, "abcdef"},
		{"end", cutEnd, "abcdef", 4, "abc…"},
		{"end", cutEnd, "abcdef", 1, "…"},
		{"end of wide", cutEnd, "日本語", 4, "日…"},
		{"end keeps marks", cutEnd, "e\u0301e\u0301e\u0301", 2, "e\u0301…"},
		{"end keeps families whole", cutEnd, "👨\u200d👩 abcdef", 4, "…"},
		{"middle", cutMiddle, "abcdefgh", 5, "ab…gh"},
		{"middle of wide", cutMiddle, "日本語日本語", 7, "日…語"},
		{"route", cutRoute, "/v1/project/{project}/kafka", 20, "…/{project}/kafka"},
		{"route of one segment", cutRoute, "/v1/project-of-mine", 8, "…of-mine"},
		{"route that ends in a slash", cutRoute, "/v1/a-long-segment/", 10, "…-segment/"},
		{"route", cutRoute, "/v1", 3, "/v1"},
	}
	for _, tt := range tests {
		got := tt.cut(tt.in, tt.n)
		if got != tt.want || width(got) > tt.n {
			t.Errorf("%s: cut(%q, %d) = %q, want %q", tt.name, tt.in, tt.n, got, tt.want)
		}
	}
}

func TestWrap(t *testing.T) {
	tests := []struct {
		in       string
		first, n int
		max      int
		want     []string
	}{
		{"one two three", 7, 7, 3, []string{"one two", "three"}},
		{"one two three", 7, 7, 1, []string{"one tw…"}},
		{"one two three", 3, 9, 2, []string{"one", "two three"}},
		{"abcdefghijkl z", 5, 5, 2, []string{"ab…kl", "z"}},
		{"", 5, 5, 2, nil},
	}
	for _, tt := range tests {
		if got := hang(tt.in, tt.first, tt.n, tt.max); !slices.Equal(got, tt.want) {
			t.Errorf("hang(%q, %d, %d, %d) = %q, want %q", tt.in, tt.first, tt.n, tt.max, got, tt.want)
		}
	}
}

func TestFill(t *testing.T) {
	items := []string{"alpha 1", "beta 2", "gamma 3"}
	for _, tt := range []struct {
		n    int
		want string
	}{
		{80, "alpha 1 · beta 2 · gamma 3"},
		{26, "alpha 1 · beta 2 · gamma 3"},
		{25, "alpha 1 · +2 more"},
		{12, "alpha 1"},
		{5, "al… 1"},
		{1, "…"},
	} {
		if got := fill(items, dot, tt.n); got != tt.want {
			t.Errorf("fill(%d) = %q, want %q", tt.n, got, tt.want)
		}
	}
}

func TestFillCutsALongItem(t *testing.T) {
	items := []string{"a-very-long-name-of-a-field 1", "beta 2"}
	if got, want := fill(items, dot, 24), "a-very…field 1 · +1 more"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000",
		1<<63 - 1: "9,223,372,036,854,775,807"} {
		if got := number(n); got != want {
			t.Errorf("number(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestTrend(t *testing.T) {
	at := func(minute int) report.Time {
		return report.Time{Time: time.Date(2026, 11, 22, 14, minute, 0, 0, time.UTC)}
	}
	first, last := at(0), at(39)
	window := report.Window{First: &first, Last: &last}
	tests := []struct {
		name   string
		points []report.Point
		want   string
	}{
		{"none", nil, ""},
		{"one error is one step", []report.Point{{Time: at(0), Errors: 1}}, "▁·······"},
		{"even", []report.Point{{Time: at(0), Errors: 9}, {Time: at(20), Errors: 9}}, "█···█···"},
		{"the peak is full, a trace is seen", []report.Point{{Time: at(1), Errors: 1}, {Time: at(39), Errors: 1 << 62}}, "▁······█"},
		{"outside the window", []report.Point{{Time: at(-30), Errors: 2}, {Time: at(59), Errors: 4}}, "▂······▄"},
	}
	for _, tt := range tests {
		if got := trend(report.Timeline{Step: 60, Points: tt.points}, window); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
	if got := trend(report.Timeline{Step: 60, Points: tests[1].points}, report.Window{}); got != "" {
		t.Errorf("without a window: got %s", got)
	}
}

func TestDuration(t *testing.T) {
	for ms, want := range map[int64]string{0: "0 ms", 250: "250 ms", 1000: "1 s", 1500: "1.5 s", 28050: "28.05 s"} {
		if got := duration(ms); got != want {
			t.Errorf("duration(%d) = %q, want %q", ms, got, want)
		}
	}
}
