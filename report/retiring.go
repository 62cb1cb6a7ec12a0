package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"analyzer/classify"
)

// retiring is what answers of an endpoint announced, of all its clients.
type retiring struct {
	notices      sighting
	since, until int64
	clients      []client
}

// deprecations finds the endpoints that announce their end.
func (b *builder) deprecations() []Story {
	index := make(map[apiCall]*retiring)
	for _, all := range []map[endpointKey]*endpoint{b.traffic.errors, b.traffic.successes} {
		for k, v := range all {
			if v.notices.calls == 0 {
				continue
			}
			r := index[k.call()]
			if r == nil {
				r = &retiring{since: noTime, until: noTime}
				index[k.call()] = r
			}
			r.notices.merge(&v.notices)
			r.since, r.until = min(r.since, v.since), min(r.until, v.until)
			if !slices.Contains(r.clients, k.client()) {
				r.clients = append(r.clients, k.client())
			}
		}
	}
	var list []Story
	for _, c := range slices.SortedFunc(maps.Keys(index), func(x, y apiCall) int { return strings.Compare(x.String(), y.String()) }) {
		list = append(list, b.deprecation(c, index[c]))
	}
	return list
}

func (b *builder) deprecation(c apiCall, r *retiring) Story {
	s := Story{Kind: storyDeprecated, Proven: true, Method: c.method, Route: c.route, Errors: r.notices.report(), Endpoints: []string{c.String()}}
	s.lasts(r.notices.span)
	s.Summary = begin(c.String()) + " is deprecated" + on(" since ", r.since) + on(" and goes on ", r.until) + "; " + plural(len(r.clients), "client") + " call it."
	s.Advice = "Move to its replacement" + on(" before ", r.until) + ": see the Link header and the API's changelog."
	if len(r.clients) == 1 {
		s.Service, s.Caller = r.clients[0].service, r.clients[0].caller
		s.Summary = strings.Replace(s.Summary, "1 client call", r.clients[0].String()+" calls", 1)
	}
	k := endpointKey{s.Service, s.Caller, c.method, c.route}
	s.Command = k.command(nil, b)
	return s
}

// on writes a date behind a word, "" if there is none.
func on(word string, at int64) string {
	t := reportTime(at)
	if t == nil || at == 0 {
		return ""
	}
	return word + t.Format(time.DateOnly)
}

// retirements finds the endpoints that are gone.
func (b *builder) retirements() []Story {
	var list []Story
	for i := range b.done {
		p := &b.done[i]
		if p.from.key.Status != 410 || p.from.key.Category != classify.Resource || p.Folded || !saysRetired(p) {
			continue
		}
		c := apiCall{p.Method, p.Route}
		s := Story{Kind: storyRetired, Proven: true, Method: p.Method, Route: p.Route, Problems: []string{p.ID}, Endpoints: []string{c.String()},
			Errors: Seen{p.Errors, []string{p.from.first.report().String()}}, Command: "analyzer -o lines --where problem=" + p.ID}
		s.Service, _ = only(p.By.Service)
		s.Caller, _ = only(p.By.Caller)
		s.lasts(p.from.span)
		s.Summary = begin(c.String()) + " was retired and does not come back."
		s.Advice = "Call its replacement, which the API's documentation names."
		if r := replacement(p); r != "" {
			s.Advice = "Call " + short(r) + " instead."
		}
		list = append(list, s)
	}
	return list
}

// saysRetired reports whether p's answer is about an endpoint rather than a
// resource that is gone.
func saysRetired(p *built) bool {
	texts := []string{p.Code, p.Message}
	for _, s := range p.Samples {
		texts = append(texts, s.Message)
	}
	return slices.ContainsFunc(texts, func(text string) bool {
		text = strings.ToLower(text)
		return slices.ContainsFunc([]string{"retired", "deprecated", "sunset", "no longer supported"}, func(word string) bool { return strings.Contains(text, word) })
	})
}

// replacement returns the path or URL that an answer names, "" if it names none
// but the one that was called.
func replacement(p *built) string {
	for _, s := range p.Samples {
		for _, word := range strings.Fields(s.Message) {
			word = strings.Trim(word, `.,;:'"()<>`+"`")
			if strings.HasPrefix(cmp.Or(word, " "), "/v") || strings.HasPrefix(word, "https://") {
				if word != p.Route {
					return word
				}
			}
		}
	}
	return ""
}
