package report

import (
	"cmp"
	"slices"

	"analyzer/classify"
)

// actions joins the problems that call for the same thing, in the order of the
// best of them. The requests of an action are the sum over its problems.
func (b *builder) actions() []Action {
	list := []Action{}
	index := make(map[string]int)
	for i := range b.done {
		p := &b.done[i]
		summary := cmp.Or(b.waitAsAsked(&p.Problem), p.Remedy.Summary)
		if summary == "" {
			continue
		}
		at, known := index[summary]
		if !known {
			at = len(list)
			index[summary] = at
			list = append(list, Action{Rank: at + 1, Summary: summary, Problems: []string{}, Evidence: []string{}})
		}
		list[at].join(p)
	}
	b.cutActions = len(list) > actionsListed
	return list[:min(len(list), actionsListed)]
}

func (a *Action) join(p *built) {
	a.Errors += p.Errors
	a.Requests += p.Requests
	a.Problems = append(a.Problems, p.ID)
	if len(a.Evidence) < evidenceCap {
		a.Evidence = append(a.Evidence, p.from.first.report().String())
	}
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
