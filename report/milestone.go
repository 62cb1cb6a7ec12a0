package report

import (
	"cmp"
	"slices"
)

// The kinds of Milestone.
const (
	MilestoneBegin   = "begin"   // of the log
	MilestoneAlready = "already" // a problem fails when the log begins
	MilestoneFirst   = "first"   // error of a problem
	MilestoneLast    = "last"    // error of a problem that is over; not of one that has a single moment
	MilestoneStory   = "story"   // begins
	MilestonePeak    = "peak"    // of a story
	MilestoneOver    = "over"    // a story ends
	MilestoneEnd     = "end"     // of the log
)

// Milestone is a moment at which something begins or ends.
type Milestone struct {
	Time    Time
	Kind    string
	Problem *Problem // of already, first and last
	Story   *Story   // of story, peak and over
}

// Milestones lists, in order of time, what happened: the beginning and the end
// of stories that did harm, of the first most problems that no story explains,
// and of the log. There are none if the log shows no times.
func (r *Report) Milestones(most int) []Milestone {
	if r.Window.First == nil || r.Window.Last == nil {
		return nil
	}
	m := milestones{log: span{r.Window.First.UnixNano(), r.Window.Last.UnixNano()}}
	m.add(MilestoneBegin, r.Window.First, nil, nil)
	explained := make(map[string]bool)
	for i := range r.Stories {
		s := &r.Stories[i]
		if s.Benign || s.foretells() {
			continue
		}
		m.addStory(s)
		for _, id := range s.Problems {
			explained[id] = explained[id] || s.First != nil
		}
	}
	for i := range r.Problems[:min(most, len(r.Problems))] {
		if p := &r.Problems[i]; !explained[p.ID] {
			m.addProblem(p)
		}
	}
	m.add(MilestoneEnd, r.Window.Last, nil, nil)
	slices.SortStableFunc(m.list, func(x, y Milestone) int {
		return cmp.Or(compareBools(y.Kind == MilestoneBegin, x.Kind == MilestoneBegin), compareBools(x.Kind == MilestoneEnd, y.Kind == MilestoneEnd), x.Time.Compare(y.Time.Time))
	})
	return m.list
}

// milestones collects them.
type milestones struct {
	log  span
	list []Milestone
}

func (m *milestones) add(kind string, at *Time, p *Problem, s *Story) {
	if at != nil {
		m.list = append(m.list, Milestone{*at, kind, p, s})
	}
}

func (m *milestones) addStory(s *Story) {
	m.add(MilestoneStory, s.First, nil, s)
	if s.Peak != nil && s.First != nil && s.Peak.After(s.First.Time) {
		m.add(MilestonePeak, s.Peak, nil, s)
	}
	if s.Last != nil && state(instant(s.Last.Time), stillAfter(m.log)) == stateOver {
		m.add(MilestoneOver, s.Last, nil, s)
	}
}

func (m *milestones) addProblem(p *Problem) {
	if p.First == nil || p.Last == nil {
		return
	}
	kind := MilestoneFirst
	if p.First.UnixNano() <= m.log.first+atEdge(m.log) {
		kind = MilestoneAlready
	}
	m.add(kind, p.First, p, nil)
	if p.State == stateOver && p.Last.After(p.First.Time) {
		m.add(MilestoneLast, p.Last, p, nil)
	}
}
