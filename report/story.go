package report

import (
	"cmp"
	"slices"
	"strings"
)

// The kinds of Story.
const (
	storyIncident   = "incident"
	storyCredential = "credential"
	storyRefreshed  = "refreshed"
	storyPermission = "permission"
	storyContract   = "contract"
	storyClient     = "client"
	storyDeprecated = "deprecated"
	storyRetired    = "retired"
	storyZombie     = "zombie"
	storyUnfinished = "unfinished"
)

// Story is what many errors have in common in time: when the trouble began,
// whom it meets, and what is behind it.
type Story struct {
	Kind    string `json:"kind"`
	Summary string `json:"summary"` // what happened, a sentence
	Advice  string `json:"advice"`  // what to do, a sentence
	Proven  bool   `json:"proven"`  // false if only successes could prove it and they were not read
	Benign  bool   `json:"benign"`  // nothing need be done

	Service string `json:"service"`
	Caller  string `json:"caller"`
	Version string `json:"version"` // that sends what is refused
	Method  string `json:"method"`
	Route   string `json:"route"`
	Field   string `json:"field"`

	First *Time `json:"first"`
	Peak  *Time `json:"peak"` // of an incident: the worst minute
	Last  *Time `json:"last"`

	Errors       Seen     `json:"errors"`
	SharePercent *int64   `json:"share_percent"` // of the calls in that time; null unless successes were read
	Endpoints    []string `json:"endpoints"`     // most errors first
	RequestIDs   []string `json:"request_ids"`   // for support
	Problems     []string `json:"problems"`      // ids; those that end with the story
	Command      string   `json:"command"`       // lists all lines
}

// A story that is told by errors alone must be long and begin in the middle of
// the log: scattered errors do not.
const (
	leastSudden = 8    // errors
	suddenness  = 7000 // errors times the thousandths of the log before the first
	leastProven = 5    // errors that show the same beside successes
	leastBefore = 3    // successes that show that it had worked
)

// stories tells what happened, what is worst first.
func (b *builder) stories() []Story {
	list := slices.Concat(b.incidents(), b.credentials(), b.permissions(), b.validations(), b.deprecations(), b.retirements(), b.unfinished())
	list = append(list, b.zombies(list)...)
	slices.SortStableFunc(list, func(x, y Story) int {
		return cmp.Or(compareBools(x.Benign, y.Benign), compareBools(x.foretells(), y.foretells()), cmp.Compare(y.Errors.Count, x.Errors.Count), cmp.Compare(x.Kind, y.Kind),
			strings.Compare(x.Service, y.Service), strings.Compare(x.Caller, y.Caller), strings.Compare(x.Summary, y.Summary))
	})
	b.cutStories = len(list) > storiesListed
	list = slices.Clip(list[:min(len(list), storiesListed)])
	for i := range list {
		list[i].complete()
	}
	b.told = append([]Story{}, list...)
	return b.told
}

// foretells reports whether a story is about successes that may end.
func (s *Story) foretells() bool { return s.Kind == storyDeprecated || s.Kind == storyUnfinished }

func compareBools(x, y bool) int {
	switch {
	case x == y:
		return 0
	case y:
		return -1
	}
	return 1
}

// complete makes sure that no list is missing.
func (s *Story) complete() {
	for _, list := range []*[]string{&s.Endpoints, &s.RequestIDs, &s.Problems, &s.Errors.Places} {
		if *list == nil {
			*list = []string{}
		}
	}
}

// lasts sets when the story begins and ends.
func (s *Story) lasts(x span) {
	s.First, s.Last = reportTime(x.first), reportTime(x.last)
}

// sudden reports whether n errors from first on are too many to have begun so
// late in the log by chance.
func (b *builder) sudden(first, n int64) bool {
	length := b.log.last - b.log.first
	if first == noTime || n < leastSudden || length <= 0 {
		return false
	}
	return n*((first-b.log.first)*1000/length) >= suddenness
}

// client is who calls: a service, with its caller where the log names one.
type client struct{ service, caller string }

func (c client) String() string {
	if c.service != "" && c.caller != "" {
		return short(c.service) + " (caller " + short(c.caller) + ")"
	}
	return short(cmp.Or(c.service, c.caller, "one client"))
}

func (k *endpointKey) client() client { return client{k.service, k.caller} }

// apiCall is what is called.
type apiCall struct{ method, route string }

func (k *endpointKey) call() apiCall { return apiCall{k.method, k.route} }

func (c apiCall) String() string {
	return short(cmp.Or(strings.TrimSpace(c.method+" "+c.route), "an endpoint that the log does not name"))
}

// begin makes text begin a sentence.
func begin(text string) string {
	if strings.HasPrefix(text, "an ") {
		return "A" + text[1:]
	}
	return text
}

// places lists where a sighting can be checked.
func (s *sighting) report() Seen {
	return Seen{s.calls, []string{s.first.report().String()}}
}

// concerned returns the ids of the problems that test accepts, in the report's
// order.
func (b *builder) concerned(test func(*built) bool) []string {
	ids := []string{}
	for i := range b.done {
		if len(ids) < auditProblemsCap && test(&b.done[i]) {
			ids = append(ids, b.done[i].ID)
		}
	}
	return ids
}

// meets reports whether most errors of p are c's.
func (p *built) meets(c client) bool {
	counts, value := p.By.Service, c.service
	if value == "" {
		counts, value = p.By.Caller, c.caller
	}
	i := slices.IndexFunc(counts, func(x Count) bool { return x.Value == value })
	return i >= 0 && counts[i].Errors*2 > p.Errors
}

// is reports whether p is about calls of c.
func (p *built) is(c apiCall) bool { return p.Method == c.method && p.Route == c.route }
