package history

import (
	"testing"
	"time"
)

// TestBaselines runs every hour, with as many errors as the hour says, and then
// compares a run with the runs before it and with the same time a week ago.
func TestBaselines(t *testing.T) {
	const week = 7 * 24
	s := open(t, t.TempDir()+"/state")
	at := func(hour int) time.Time { return noon.Add(time.Duration(hour) * time.Hour) }
	for hour := range week + 1 {
		commit(t, s, counted(at(hour), at(hour+1), map[string]int{"one": 10 + hour}))
	}
	for _, row := range []struct {
		name            string
		until           int // the hour at which the log ends
		before, weekAgo int64
	}{
		{"an hour", week + 2, 10 + week, 11},
		{"three hours, because two runs did not come", week + 4, 10 + week + 10 + week - 1 + 10 + week - 2, 11 + 12 + 13},
		{"eight days: that of a week ago is not over", week + 8*24, -1, 0},
	} {
		now := counted(at(week+1), at(row.until), map[string]int{"one": 1}).Report(nothing{}, tool)
		past, err := s.Past(now.Window)
		if err != nil {
			t.Fatal(err)
		}
		if got := past.Before.Errors[idOf("one")]; row.before >= 0 && !near(got, row.before) {
			t.Errorf("%s: %d errors before, want %d", row.name, got, row.before)
		}
		if past.WeekAgo == nil {
			if row.weekAgo != 0 {
				t.Errorf("%s: no window a week ago", row.name)
			}
			continue
		}
		if got := past.WeekAgo.Errors[idOf("one")]; !near(got, row.weekAgo) {
			t.Errorf("%s: %d errors a week ago, want %d", row.name, got, row.weekAgo)
		}
	}
}

// near allows for rounding.
func near(got, want int64) bool { return want-1 <= got && got <= want+1 }

// TestShortHistory: the first run has nothing to compare with, the next ones no
// week ago.
func TestShortHistory(t *testing.T) {
	s := open(t, t.TempDir()+"/state")
	first := counted(noon, noon.Add(time.Hour), map[string]int{"one": 60})
	past, err := s.Past(first.Report(nothing{}, tool).Window)
	if err != nil || past.Run != 1 || past.Before != nil || past.WeekAgo != nil || past.Since != nil {
		t.Errorf("first run: %+v, %v", past, err)
	}
	commit(t, s, first)
	second := counted(noon.Add(time.Hour), noon.Add(3*time.Hour), map[string]int{"one": 60})
	past, err = s.Past(second.Report(nothing{}, tool).Window)
	if err != nil || past.Run != 2 || past.WeekAgo != nil || !past.Since.Equal(noon.Add(time.Hour)) {
		t.Errorf("second run: %+v, %v", past, err)
	}
	if got := past.Before.Errors[idOf("one")]; !near(got, 120) {
		t.Errorf("60 errors in an hour are %d in two, want 120", got)
	}
}

// TestUntimed: a log without times is compared as it is.
func TestUntimed(t *testing.T) {
	s := open(t, t.TempDir()+"/state")
	commit(t, s, counted(time.Time{}, time.Time{}, map[string]int{"one": 60}))
	past, err := s.Past(counted(time.Time{}, time.Time{}, map[string]int{"one": 3}).Report(nothing{}, tool).Window)
	if err != nil || past.Before.Errors[idOf("one")] != 60 {
		t.Errorf("%+v, %v", past.Before, err)
	}
}
