package report

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestMilestones: what began and ended is told in order, once: by a story where
// there is one.
func TestMilestones(t *testing.T) {
	at := func(minute int) *Time { return &Time{epoch.Add(time.Duration(minute) * time.Minute)} }
	r := &Report{
		Window: Window{First: at(0), Last: at(100)},
		Problems: []Problem{
			{ID: "P-still", First: at(50), Last: at(99), State: stateStill},
			{ID: "P-told", First: at(31), Last: at(39), State: stateOver},
			{ID: "P-already", First: at(4), Last: at(60), State: stateOver},
			{ID: "P-timeless"},
			{ID: "P-once", First: at(55), Last: at(55), State: stateOver},
			{ID: "P-beyond", First: at(70), Last: at(71), State: stateOver},
		},
		Stories: []Story{
			{Kind: storyIncident, First: at(31), Peak: at(35), Last: at(39), Problems: []string{"P-told"}},
			{Kind: storyIncident, First: at(80), Peak: at(80), Last: at(100)},
			{Kind: storyDeprecated, First: at(20), Last: at(30)},
			{Kind: storyRefreshed, First: at(20), Last: at(30), Benign: true},
		},
	}
	var got []string
	for _, m := range r.Milestones(5) {
		line := fmt.Sprint(int(m.Time.Sub(epoch)/time.Minute), " ", m.Kind)
		if m.Problem != nil {
			line += " " + m.Problem.ID
		}
		got = append(got, line)
	}
	want := "0 begin|4 already P-already|31 story|35 peak|39 over|50 first P-still|55 first P-once|60 last P-already|80 story|100 end"
	if text := strings.Join(got, "|"); text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
	if list := (&Report{Problems: r.Problems}).Milestones(9); list != nil {
		t.Errorf("without a window: got %v", list)
	}
}
