package report

import (
	"cmp"
	"slices"

	"analyzer/classify"
)

// actions joins the problems that call for the same thing. Those come first that
// a story or the audit explains, or that would remove a large part of all
// errors; then what prevents harm; then the rest, which is scattered. Among
// their like they stand as problems do. The requests of an action are the sum
// over its problems.
func (b *builder) actions() []Action {
	var list []demand
	index := make(map[string]int)
	for i := range b.done {
		p := &b.done[i]
		story := b.storyOf(p.ID)
		wait := b.waitAsAsked(&p.Problem)
		summary := cmp.Or(story.ownAdvice(p), wait, p.Remedy.Summary)
		if summary == "" {
			continue
		}
		at, known := index[summary]
		if !known {
			at = len(list)
			index[summary] = at
			list = append(list, newDemand(summary, story.Kind))
		}
		list[at].join(p)
		list[at].explained = list[at].explained || story.Kind != "" || wait != ""
	}
	list = append(list, b.precautions()...)
	for i := range list {
		list[i].SharePercent = (scale(list[i].Errors, 200, b.errors()) + 1) / 2
	}
	slices.SortStableFunc(list, func(x, y demand) int {
		return cmp.Or(cmp.Compare(x.tier(), y.tier()), compareBools(y.still, x.still), cmp.Compare(y.Requests, x.Requests), cmp.Compare(y.Errors, x.Errors))
	})
	b.cutActions = len(list) > actionsListed
	actions := []Action{}
	for i := range list[:min(len(list), actionsListed)] {
		list[i].Rank = i + 1
		actions = append(actions, list[i].Action)
	}
	return actions
}

// demand is an action on its way to its rank.
type demand struct {
	Action
	explained bool // by a story or the audit
	still     bool // one of its problems goes on
}

// largeShare is the part of all errors, in percent, from which on a problem
// matters though nothing explains it.
const largeShare = 20

// tier orders demands by how sure it is that they are worth doing.
func (a *demand) tier() int {
	switch {
	case a.Errors == 0:
		return 1
	case a.explained || a.SharePercent >= largeShare:
		return 0
	}
	return 2
}

func newDemand(summary, story string) demand {
	return demand{Action: Action{Summary: summary, Story: story, Problems: []string{}, Evidence: []string{}}}
}

func (a *demand) join(p *built) {
	a.Errors += p.Errors
	a.Requests += p.Requests
	a.still = a.still || p.State == stateStill
	a.Problems = append(a.Problems, p.ID)
	if len(a.Evidence) < evidenceCap {
		a.Evidence = append(a.Evidence, p.from.first.report().String())
	}
}

// errors returns the number of all errors.
func (b *builder) errors() (sum int64) {
	for i := range b.done {
		sum += b.done[i].Errors
	}
	return sum
}

// storyOf returns the first story that explains a problem, one of no kind if
// there is none.
func (b *builder) storyOf(problem string) *Story {
	for i := range b.told {
		if s := &b.told[i]; !s.Benign && slices.Contains(s.Problems, problem) {
			return s
		}
	}
	return &Story{}
}

// ownAdvice returns what a story advises that the remedy of p, which it
// explains, does not say; "" if that says as much.
func (s *Story) ownAdvice(p *built) string {
	switch s.Kind {
	case storyCredential:
		if len(p.By.Service) > 1 {
			return s.Advice // the remedy is for all of them
		}
	case storyPermission, storyContract, storyRetired, storyZombie:
		return s.Advice
	case storyIncident:
		if len(s.Problems) > 1 {
			return s.Advice
		}
	}
	return ""
}

// precautions lists what to do though it removes no error: against calls that
// act twice, and for endpoints that are about to go.
func (b *builder) precautions() []demand {
	var list []demand
	for i := range b.retries {
		r := &b.retries[i]
		if r.Unsafe == nil || r.Unsafe.Count == 0 {
			continue
		}
		who, what := client{r.Service, r.Caller}, apiCall{r.Method, r.Route}
		a := newDemand("Send an idempotency key with "+what.String()+" of "+who.String()+": its retries may have acted twice.", "")
		a.Problems, a.Evidence = r.Problems, r.Unsafe.Places
		list = append(list, a)
	}
	for i := range b.told {
		if s := &b.told[i]; s.foretells() {
			a := newDemand(s.Summary+" "+s.Advice, s.Kind)
			a.Evidence = s.Errors.Places
			list = append(list, a)
		}
	}
	return list
}

// waitAsAsked says what to do about a rate limit whose waits were broken, "" if
// that is not known of p.
func (b *builder) waitAsAsked(p *Problem) string {
	if p.Category != classify.RateLimit.String() {
		return ""
	}
	var worst *Retries
	callers := 0
	for i := range b.retries {
		r := &b.retries[i]
		if r.Waits == nil || r.Waits.Broken.Count == 0 || !slices.Contains(r.Problems, p.ID) {
			continue
		}
		callers++
		if worst == nil || r.Waits.Broken.Count > worst.Waits.Broken.Count {
			worst = r
		}
	}
	if worst == nil {
		return ""
	}
	who := client{worst.Service, worst.Caller}.String()
	if callers > 1 {
		who = words{Problem: p}.who()
	}
	return "Make " + who + " wait as the API asks: " + duration(worst.Waits.AskedMS) + ", not " + duration(worst.Waits.TakenMS) + " (median)."
}
