package report

import (
	"cmp"
	"slices"
	"sync"

	"analyzer/classify"
)

// Catalog gives the text of remedies by their id. *classify.Set is one.
type Catalog interface {
	Remedy(id string) (classify.Remedy, bool)
}

// Report returns what t counted as finished values. It changes nothing, so that
// counting may go on. A remedy that c does not know is left without text.
func (t *Tally) Report(c Catalog, tool Tool) *Report {
	if tool.Packs == "" {
		tool.Packs = t.packs
	}
	b := &builder{tally: t, catalog: c, ids: make(map[*problem]string), owners: t.conduct.owners()}
	var conduct sync.WaitGroup // is read beside what has nothing to do with it
	conduct.Go(func() { b.operations = t.conduct.operations() })
	b.readLog()
	b.countRequests()
	b.buildProblems()
	requests := b.requests()
	b.traffic = b.readTraffic()
	b.countSuccesses()
	conduct.Wait()
	r := &Report{
		FormatVersion: FormatVersion,
		Tool:          tool,
		Interrupted:   t.interrupted,
		Window:        b.window(),
		Filters:       t.filter.report(),
		Input:         b.input(),
		Problems:      b.problems(),
		Categories:    b.categories(),
		Fields:        b.fields(),
		Requests:      requests,
		Quality:       t.quality.report(),
		Audit:         b.audit(),
		Stories:       b.stories(),
		Actions:       b.actions(),
	}
	r.Limits = b.limits()
	return r
}

// builder holds what the parts of a report share while it is made.
type builder struct {
	tally   *Tally
	catalog Catalog

	log  span // of the errors and of each source's first and last record
	done []built
	ids  map[*problem]string

	owners     callers
	operations []operation
	retries    []Retries
	traffic    *traffic
	told       []Story

	perProblem  map[*problem]int64 // requests followed, by what they met
	perField    map[*field]int64
	perCategory map[string]int64

	cutProblems      bool // a request met more problems than are kept of it
	cutFields        bool // and more fields
	cutPlaces        bool // and has more errors; or a derived one has
	cutDerivedFields bool // a derived one met more fields
	cutFieldProblems bool
	cutActions       bool
	cutAudit         bool
	cutStories       bool
	cutTries         bool // an operation has more errors than are kept of it
}

// built is a finished problem beside what it was made from.
type built struct {
	Problem
	from *problem
}

// readLog finds the time that the log spans, as far as it was asked for.
func (b *builder) readLog() {
	b.log = noSpan
	b.tally.problems.all(func(p *problem) { b.log.merge(p.span) })
	for i := range b.tally.sources.all {
		a := &b.tally.sources.all[i].value.account
		marks := noSpan
		marks.add(instant(a.Head.Time))
		marks.add(instant(a.Tail.Time))
		b.log.merge(b.tally.filter.clip(marks))
	}
}

func (b *builder) window() Window {
	f := &b.tally.filter
	return Window{
		First: reportTime(b.log.first), Last: reportTime(b.log.last),
		Since: reportTime(f.since), Until: reportTime(f.until),
	}
}

// countRequests counts the requests followed by problem, field and category.
func (b *builder) countRequests() {
	b.perProblem = make(map[*problem]int64)
	b.perField = make(map[*field]int64)
	b.perCategory = make(map[string]int64)
	var problems distinctList[*problem]
	var categories distinctList[string]
	var fields distinctList[*field]
	for i := range b.tally.requests.all {
		v := &b.tally.requests.all[i].value
		problems, categories, fields = problems[:0], categories[:0], fields[:0]
		for _, path := range v.problems {
			problems.add(b.tally.problems.find(path[:]))
			categories.add(path.category().String())
		}
		for _, name := range v.fields.list {
			key := fieldPath(name)
			fields.add(b.tally.fields.find(key[:]))
		}
		countEach(b.perProblem, problems)
		countEach(b.perCategory, categories)
		countEach(b.perField, fields)
		b.cutProblems = b.cutProblems || v.more
		b.cutFields = b.cutFields || v.fields.more
		b.cutPlaces = b.cutPlaces || v.errors > int64(len(v.places))
	}
	for i := range b.tally.derived.all {
		v := &b.tally.derived.all[i].value
		b.cutDerivedFields = b.cutDerivedFields || v.fields.more
		b.cutPlaces = b.cutPlaces || v.errors > int64(len(b.listed(v.places)))
	}
}

// listed returns those of places that are listed: of a derived request no more
// than of one with an ID.
func (b *builder) listed(places []errorAt) []errorAt {
	return places[:min(len(places), b.tally.requests.places)]
}

// distinctList is a small set.
type distinctList[T comparable] []T

func (l *distinctList[T]) add(x T) {
	if !slices.Contains(*l, x) {
		*l = append(*l, x)
	}
}

func countEach[T comparable](counts map[T]int64, list distinctList[T]) {
	for _, x := range list {
		counts[x]++
	}
}

// requestCount returns how many requests a problem or field has, of which n are
// followed and own was counted. cut says that the requests followed do not know
// all that they met.
func (b *builder) requestCount(n int64, own *distinct, cut bool) int64 {
	r := &b.tally.requests
	switch {
	case !r.more && !cut:
		return n
	case !own.more:
		return own.count()
	case n < distinctCap:
		return own.count()
	}
	return scale(n, r.total(), int64(len(r.all)))
}

// buildProblems makes all problems and puts them in order.
func (b *builder) buildProblems() {
	still := stillAfter(b.log)
	b.tally.problems.all(func(p *problem) {
		b.ids[p] = p.key.problemID()
		b.done = append(b.done, built{b.problem(p, still), p})
	})
	slices.SortStableFunc(b.done, func(x, y built) int { return compareProblems(&x.Problem, &y.Problem) })
}

func (b *builder) problem(p *problem, still int64) Problem {
	k := &p.key
	r := Problem{
		ID:       b.ids[p],
		Category: k.Category.String(),
		Status:   reportStatus(k.Status),
		Code:     k.Code,
		Method:   k.Method,
		Route:    k.Route,
		Message:  k.Message,
		Folded:   k.mixed != 0,
		Fields:   append([]string{}, p.fields.list...),
		Errors:   p.errors,
		Requests: min(b.requestCount(b.perProblem[p], &p.requests, b.cutProblems), p.withID),
		Callers:  min(p.callers.count(), p.errors),
		First:    reportTime(p.span.first),
		Last:     reportTime(p.span.last),
		State:    state(p.span.last, still),
		Timeline: p.timeline.report(),
		By:       By{p.by[0].list(), p.by[1].list(), p.by[2].list(), p.by[3].list(), p.by[4].list()},
		Wait:     p.waits.report(),
		Retry:    p.verdict.retry.String(),
		Rule:     p.verdict.rule,
		Evidence: p.verdict.evidence,
		Samples:  p.samples.report(),
	}
	if r.Folded {
		r.Message = joinWords(k.Message, k.many())
	}
	r.Remedy = b.remedy(p.verdict.remedy, &r, p.limit)
	return r
}

func joinWords(message, many string) string {
	if message == "" {
		return many
	}
	return message + "; " + many
}

func reportStatus(status int) *int {
	if status == 0 {
		return nil
	}
	return &status
}

func (b *builder) problems() []Problem {
	list := make([]Problem, len(b.done))
	for i := range b.done {
		list[i] = b.done[i].Problem
	}
	return list
}

// categories counts all five. The requests of a category lie between those of
// its largest problem and the sum over its problems.
func (b *builder) categories() []Category {
	r := &b.tally.requests
	list := make([]Category, 0, len(classify.Categories))
	for _, category := range classify.Categories {
		c := Category{Category: category.String()}
		var largest, sum int64
		for i := range b.done {
			p := &b.done[i].Problem
			if p.Category != c.Category {
				continue
			}
			c.Errors += p.Errors
			c.Problems++
			largest, sum = max(largest, p.Requests), sum+p.Requests
		}
		c.Requests = b.perCategory[c.Category]
		if r.more {
			c.Requests = scale(c.Requests, r.total(), int64(len(r.all)))
		}
		c.Requests = min(max(c.Requests, largest), sum)
		list = append(list, c)
	}
	return list
}

func (b *builder) fields() []Field {
	list := []Field{}
	problems := b.fieldProblems()
	b.tally.fields.all(func(f *field) {
		ids := problems[f]
		b.cutFieldProblems = b.cutFieldProblems || len(ids) > fieldProblemsCap
		list = append(list, Field{
			Field:    f.title(),
			Errors:   f.errors,
			Requests: min(b.requestCount(b.perField[f], &f.requests, b.cutFields), f.errors),
			Callers:  min(f.callers.count(), f.errors),
			Problems: append([]string{}, ids[:min(len(ids), fieldProblemsCap)]...),
		})
	})
	slices.SortStableFunc(list, func(x, y Field) int {
		return cmp.Or(cmp.Compare(y.Errors, x.Errors), cmp.Compare(x.Field, y.Field))
	})
	return list
}

// fieldProblems lists, in the order of the report, the problems that name each
// field.
func (b *builder) fieldProblems() map[*field]distinctList[string] {
	problems := make(map[*field]distinctList[string])
	for i := range b.done {
		for _, name := range b.done[i].from.fields.list {
			key := fieldPath(name)
			f := b.tally.fields.find(key[:])
			list := problems[f]
			list.add(b.done[i].ID)
			problems[f] = list
		}
	}
	return problems
}

// requests lists the requests with most errors first, derived ones among those
// with an ID.
func (b *builder) requests() []Request {
	var entries []*entry[request]
	for _, r := range []*requests{&b.tally.requests, &b.tally.derived} {
		for i := range r.all {
			entries, _ = insertCut(entries, &r.all[i], requestsListed, compareRequests)
		}
	}
	list := make([]Request, len(entries))
	for i, x := range entries {
		v := &x.value
		list[i] = Request{
			RequestID: x.name,
			Kind:      v.kind,
			Errors:    v.errors,
			First:     reportTime(v.span.first),
			Last:      reportTime(v.span.last),
			Fields:    append([]string{}, v.fields.list...),
			ErrorsAt:  b.errorsAt(b.listed(v.places)),
		}
	}
	return list
}

// compareRequests puts those with most errors first, and one with an ID before a
// derived one of the same name.
func compareRequests(x, y *entry[request]) int {
	if x.value.errors != y.value.errors {
		return cmp.Compare(y.value.errors, x.value.errors)
	}
	return cmp.Or(cmp.Compare(x.value.span.first, y.value.span.first), cmp.Compare(x.name, y.name), cmp.Compare(kindRank(x.value.kind), kindRank(y.value.kind)))
}

func (b *builder) errorsAt(places []errorAt) []ErrorAt {
	list := make([]ErrorAt, len(places))
	for i, at := range places {
		list[i] = ErrorAt{
			Time:    reportTime(at.time),
			Place:   at.place.report(),
			Status:  reportStatus(at.path.status()),
			Problem: b.ids[b.tally.problems.find(at.path[:])],
		}
	}
	return list
}
