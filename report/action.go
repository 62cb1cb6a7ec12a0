package report

// actions joins the problems that call for the same thing, in the order of the
// best of them. The requests of an action are the sum over its problems.
func (b *builder) actions() []Action {
	list := []Action{}
	index := make(map[string]int)
	for i := range b.done {
		p := &b.done[i]
		summary := p.Remedy.Summary
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
