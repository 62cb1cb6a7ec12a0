package report

import (
	"cmp"
	"slices"

	"analyzer/classify"
)

// actions joins the problems that call for the same thing, in the order of the
// best of them; behind these come the things that remove no problem. The
// requests of an action are the sum over its problems.
func (b *builder) actions() []Action {
	list := []Action{}
	index := make(map[string]int)
	for i := range b.done {
		p := &b.done[i]
		story := b.storyOf(p.ID)
		summary := cmp.Or(story.demand(), b.waitAsAsked(&p.Problem), p.Remedy.Summary)
		if summary == "" {
			continue
		}
		at, known := index[summary]
		if !known {
			at = len(list)
			index[summary] = at
			list = append(list, newAction(summary, story.Kind))
		}
		list[at].join(p)
	}
	list = append(list, b.precautions()...)
	for i := range list {
		list[i].Rank = i + 1
		list[i].SharePercent = (scale(list[i].Errors, 200, b.errors()) + 1) / 2
	}
	b.cutActions = len(list) > actionsListed
	return list[:min(len(list), actionsListed)]
}

func newAction(summary, story string) Action {
	return Action{Summary: summary, Story: story, Problems: []string{}, Evidence: []string{}}
}

func (a *Action) join(p *built) {
	a.Errors += p.Errors
	a.Requests += p.Requests
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

// demand returns what a story asks for that the remedy of a single problem does
// not say, "" if that says as much.
func (s *Story) demand() string {
	switch s.Kind {
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
func (b *builder) precautions() []Action {
	var list []Action
	for i := range b.retries {
		r := &b.retries[i]
		if r.Unsafe == nil || r.Unsafe.Count == 0 {
			continue
		}
		who, what := client{r.Service, r.Caller}, apiCall{r.Method, r.Route}
		a := newAction("Send an idempotency key with "+what.String()+" of "+who.String()+": its retries may have acted twice.", "")
		a.Problems, a.Evidence = r.Problems, r.Unsafe.Places
		list = append(list, a)
	}
	for i := range b.told {
		if s := &b.told[i]; s.Kind == storyDeprecated {
			a := newAction(s.Summary+" "+s.Advice, s.Kind)
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
	var worst *Waits
	for i := range b.retries {
		r := &b.retries[i]
		if r.Waits == nil || !slices.Contains(r.Problems, p.ID) {
			continue
		}
		if worst == nil || r.Waits.Broken.Count > worst.Broken.Count {
			worst = r.Waits
		}
	}
	if worst == nil || worst.Broken.Count == 0 {
		return ""
	}
	return "Make " + words{Problem: p}.who() + " wait as the API asks: " + duration(worst.AskedMS) + ", not " + duration(worst.TakenMS) + " (median)."
}
