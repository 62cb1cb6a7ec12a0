package report

// limits lists every bound that a figure or a list of the report has; those of
// lists say so by the word "listed".
func (b *builder) limits() []Limit {
	t := b.tally
	var values, callers, fieldNames, fields, folded bool
	for i := range b.done {
		p := b.done[i].from
		for j := range p.by {
			values = values || p.by[j].many
		}
		callers = callers || p.callers.more
		fieldNames = fieldNames || p.fields.more
		folded = folded || b.done[i].Folded
	}
	t.fields.all(func(f *field) {
		callers = callers || f.callers.more
		fields = fields || f.mixed != 0
	})
	return []Limit{
		{"request ids", requestCap, !t.requests.more},
		{"derived requests", derivedCap, !t.derived.more},
		{"problems", problemCap, t.problems.root.cut == 0},
		{"problems per group", groupCap, !folded || t.problems.root.cut > 0},
		{"fields", fieldCap, t.fields.root.cut == 0},
		{"fields per group", groupCap, !fields || t.fields.root.cut > 0},
		{"callers", distinctCap, !callers},
		{"values per problem", valuesCap, !values},
		{"services", valuesCap, !t.quality.many},
		{"problems per request", requestProblemsCap, !b.cutProblems},
		{"sources", sourceCap, !t.sources.more},
		{"operations", linkCap, !t.conduct.byID.more && !t.conduct.settled.more && !t.conduct.byTime.more},
		{"tries per operation", int64(min(t.conduct.byID.tries, t.conduct.settled.tries, t.conduct.byTime.tries)), !b.cutTries},
		{"endpoints", endpointCap, !t.conduct.errors.more && !t.conduct.success.more && !t.conduct.pending.more},
		{"requests listed", requestsListed, len(t.requests.all)+len(t.derived.all) <= requestsListed},
		{"errors listed per request", int64(t.requests.places), !b.cutPlaces},
		{"fields listed per request", requestFieldsCap, !b.cutFields && !b.cutDerivedFields},
		{"fields listed per problem", problemFieldsCap, !fieldNames},
		{"problems listed per field", fieldProblemsCap, !b.cutFieldProblems},
		{"audit entries listed", auditListed, !b.cutAudit},
		{"stories listed", storiesListed, !b.cutStories},
		{"actions listed", actionsListed, !b.cutActions},
	}
}
