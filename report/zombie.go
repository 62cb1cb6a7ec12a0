package report

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"analyzer/classify"
)

// What makes calls of the same resource a poll that nobody misses.
const (
	zombieTime  = int64(2 * time.Hour)
	zombieTries = 12
)

// zombies finds the clients that call for hours, at regular intervals, though
// the answer stays the same, and of which no other story tells why.
func (b *builder) zombies(others []Story) []Story {
	polls := make(map[endpointKey]poll) // by path: no route stands for others
	for i := range b.operations {
		op := &b.operations[i]
		if op.strength != byTime {
			continue
		}
		k := endpointKey{op.service, b.owners.of(op.service, op.caller), op.method, op.target}
		polls[k] = append(polls[k], op)
	}
	maps.DeleteFunc(polls, func(_ endpointKey, p poll) bool { return p.count() < zombieTries || !p.stays() })
	var list []Story
	for _, k := range slices.SortedFunc(maps.Keys(polls), func(x, y endpointKey) int { return compareEndpoints(&x, &y) }) {
		tries := polls[k].tries()
		if !isZombie(tries) {
			continue
		}
		if s := b.zombie(&k, tries); !slices.ContainsFunc(others, s.isToldBy) {
			list = append(list, s)
		}
	}
	return list
}

// poll is all calls of one client to one path.
type poll []*operation

// count returns the number of tries.
func (p poll) count() (n int) {
	for _, o := range p {
		n += len(o.tries)
	}
	return n
}

// stays reports whether it always met the same permanent answer.
func (p poll) stays() bool {
	status := p[0].tries[0].status
	return !slices.ContainsFunc(p, func(o *operation) bool {
		return o.passes != nil || slices.ContainsFunc(o.tries, func(t try) bool { return t.retry != classify.Never || t.status != status })
	})
}

// tries returns the tries in order.
func (p poll) tries() (list []try) {
	for _, o := range p {
		list = append(list, o.tries...)
	}
	slices.SortFunc(list, compareTries)
	return list
}

// isZombie reports whether tries are a regular poll over hours.
func isZombie(tries []try) bool {
	n := len(tries)
	if tries[n-1].time-tries[0].time < zombieTime {
		return false
	}
	gaps := make([]int64, 0, n-1)
	for i, t := range tries[1:] {
		gaps = append(gaps, (t.time-tries[i].time)/1e6)
	}
	slices.Sort(gaps)
	usual, regular := median(gaps), 0
	for _, gap := range gaps {
		if gap*4 >= usual*3 && gap*4 <= usual*5 {
			regular++
		}
	}
	return usual > 0 && regular*10 >= len(gaps)*7
}

// isToldBy reports whether another story explains s.
func (s *Story) isToldBy(other Story) bool {
	if other.Kind == storyCredential {
		return other.Service == s.Service && other.Caller == s.Caller
	}
	return slices.ContainsFunc(s.Problems, func(id string) bool { return slices.Contains(other.Problems, id) })
}

func (b *builder) zombie(k *endpointKey, tries []try) Story {
	n := len(tries)
	c := k.client()
	var seen evidence
	for i := range tries {
		seen.add(&tries[i].place)
	}
	route := cmp.Or(b.tally.problems.find(tries[0].path[:]).key.Route, k.route)
	s := Story{Kind: storyZombie, Proven: b.tally.conduct.knowsSuccesses(), Service: k.service, Caller: k.caller, Method: k.method, Route: route, Errors: seen.seen()}
	s.lasts(span{tries[0].time, tries[n-1].time})
	what := k.call().String()
	hours := duration((tries[n-1].time - tries[0].time) / int64(time.Hour) * 3_600_000)
	s.Summary = c.String() + " calls " + what + " again and again, for " + hours + ", and the answer stays " + strconv.Itoa(int(tries[0].status)) + "."
	s.Advice = "Stop " + c.String() + " from calling " + short(k.route) + ", or mend what it asks for."
	s.Endpoints = []string{apiCall{k.method, route}.String()}
	s.Problems = b.mostly(tries)
	for i := range b.done {
		if p := &b.done[i]; len(s.Problems) == 1 && p.ID == s.Problems[0] {
			s.Errors.Count = max(s.Errors.Count, p.Errors) // of a long poll, not every slot may be kept
		}
	}
	var line commandLine
	line.where("service", k.service)
	line.where("method", k.method)
	line.where("path", k.route)
	s.Command = line.String()
	return s
}

// mostly returns the problems most of whose errors are tries.
func (b *builder) mostly(tries []try) []string {
	counts := make(map[*problem]int64)
	for _, t := range tries {
		counts[b.tally.problems.find(t.path[:])]++
	}
	return b.concerned(func(p *built) bool { return counts[p.from]*2 > p.Errors })
}
