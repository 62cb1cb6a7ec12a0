package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"analyzer/classify"
)

// What makes failures of a server an incident rather than noise.
const (
	incidentStep     = 60 // seconds of a slot, or more where the log's timelines are coarser
	incidentGap      = 3  // quiet minutes within an incident
	incidentErrors   = 5  // more than these, beyond incidentFactor times what is usual
	incidentFactor   = 6
	incidentSlots    = 3  // minutes with more than the usual errors
	incidentFade     = 10 // an incident is over when fewer than this part of its peak fail
	incidentRequests = 3  // a call that is repeated does not make an incident

	endpointsNamed = 5
	requestsNamed  = 10
)

// window is a run of slots in which more failed than usual.
type window struct {
	first, last int64 // numbers of slots
	high        int   // slots above the usual
	errors      int64
	peak        slot
}

// incidents finds the windows in which a host's servers failed persistently.
func (b *builder) incidents() []Story {
	hosts := make(map[string][]*built)
	for i := range b.done {
		p := &b.done[i]
		if p.from.key.Category == classify.Server && p.from.key.Status != 501 {
			host, _ := only(p.By.Host)
			hosts[host] = append(hosts[host], p)
		}
	}
	var list []Story
	for _, host := range slices.Sorted(maps.Keys(hosts)) {
		problems := hosts[host]
		step := commonStep(problems)
		slots := joinSlots(problems, step)
		for _, w := range b.windows(slots, step) {
			if s, ok := b.incident(w, step, problems); ok {
				list = append(list, s)
			}
		}
	}
	return list
}

// commonStep returns the width of slots into which all timelines fit.
func commonStep(problems []*built) int64 {
	step := int64(incidentStep)
	for _, p := range problems {
		step = max(step, p.Timeline.Step)
	}
	return step
}

// joinSlots adds up timelines, in order of time.
func joinSlots(problems []*built, step int64) []slot {
	sum := make(map[int64]int64)
	for _, p := range problems {
		for _, point := range p.Timeline.Points {
			sum[point.Time.Unix()/step] += point.Errors
		}
	}
	list := make([]slot, 0, len(sum))
	for number, n := range sum {
		list = append(list, slot{number, n})
	}
	slices.SortFunc(list, func(a, b slot) int { return cmp.Compare(a.number, b.number) })
	return list
}

// windows returns the runs of slots that stand out of the log.
func (b *builder) windows(slots []slot, step int64) []window {
	length := (b.log.last-b.log.first)/int64(time.Second)/step + 1
	usual := usualErrors(slots, length)
	gap, least := int64(1), 1
	if step == incidentStep {
		gap, least = incidentGap, incidentSlots
	}
	var list []window
	var total int64
	for _, s := range slots {
		total += s.errors
		if s.errors <= 3*usual {
			continue
		}
		if n := len(list); n == 0 || s.number-list[n-1].last > gap {
			list = append(list, window{first: s.number})
		}
		w := &list[len(list)-1]
		w.last = s.number
		w.high++
		if s.errors > w.peak.errors {
			w.peak = s
		}
	}
	for i := range list {
		list[i].trim(slots)
		list[i].count(slots)
	}
	return slices.DeleteFunc(list, func(w window) bool {
		width := w.last - w.first + 1
		expected := (total - w.errors) * width / max(1, length-width)
		return w.high < least || w.errors < incidentErrors+incidentFactor*expected || step > incidentStep && w.errors < 2*incidentErrors
	})
}

// usualErrors returns the median of errors in a slot, empty ones included.
func usualErrors(slots []slot, length int64) int64 {
	counts := make([]int64, len(slots))
	for i, s := range slots {
		counts[i] = s.errors
	}
	slices.Sort(counts)
	empty := max(0, length-int64(len(counts)))
	if middle := (length - 1) / 2; middle >= empty && middle-empty < int64(len(counts)) {
		return counts[middle-empty]
	}
	return 0
}

// trim takes the slots at both ends that are nothing beside the peak.
func (w *window) trim(slots []slot) {
	first, last := w.last, w.first
	for _, s := range slots {
		if w.first <= s.number && s.number <= w.last && s.errors*incidentFade >= w.peak.errors {
			first, last = min(first, s.number), max(last, s.number)
		}
	}
	w.first, w.last = first, last
}

func (w *window) count(slots []slot) {
	for _, s := range slots {
		if w.first <= s.number && s.number <= w.last {
			w.errors += s.errors
		}
	}
}

// incident tells the story of w. ok is false if too few requests failed.
func (b *builder) incident(w window, step int64, problems []*built) (s Story, ok bool) {
	when := span{w.first * step * int64(time.Second), ((w.last+1)*step - 1) * int64(time.Second)}
	var inside []*built
	calls := make(map[apiCall]int64)
	exact := noSpan
	requests, withID := int64(0), int64(0)
	for _, p := range problems {
		n := errorsIn(p, when, step)
		if n == 0 {
			continue
		}
		calls[apiCall{p.Method, p.Route}] += n
		requests, withID = requests+p.Requests, withID+p.from.withID
		exact.merge(span{max(p.from.span.first, when.first), min(p.from.span.last, when.last)})
		if n*2 > p.Errors {
			inside = append(inside, p)
		}
	}
	if withID > 0 && requests < incidentRequests || len(inside) == 0 || exact.last < exact.first {
		return s, false
	}
	named := slices.SortedFunc(maps.Keys(calls), func(x, y apiCall) int {
		return cmp.Or(cmp.Compare(calls[y], calls[x]), strings.Compare(x.String(), y.String()))
	})
	s = Story{Kind: storyIncident, Proven: true, Peak: &Time{time.Unix(w.peak.number*step, 0).UTC()}}
	s.lasts(exact)
	for _, c := range named[:min(len(named), endpointsNamed)] {
		s.Endpoints = append(s.Endpoints, c.String())
	}
	s.Summary = "The server failed " + plural(int(w.errors), "time") + " on " + listed(named) + "."
	s.Advice = "Look at the provider's status page, then send support the request IDs of these errors."
	s.RequestIDs, s.Errors = b.failedIn(exact)
	s.Errors.Count = w.errors
	s.SharePercent = b.shareOf(calls, w.errors, exact)
	for _, p := range inside {
		s.Problems = append(s.Problems, p.ID)
	}
	s.Problems = s.Problems[:min(len(s.Problems), auditProblemsCap)]
	s.Command = "analyzer -o lines --where category=server --since " + s.First.Format(time.RFC3339) + " --until " + s.Last.Add(time.Second).Format(time.RFC3339)
	return s, true
}

// listed names the first of calls, and how many more there are.
func listed(calls []apiCall) string {
	if len(calls) == 1 {
		return calls[0].String()
	}
	return calls[0].String() + " and " + plural(len(calls)-1, "more endpoint")
}

// errorsIn counts the errors of p in slots that begin within when.
func errorsIn(p *built, when span, step int64) (n int64) {
	for _, point := range p.Timeline.Points {
		if at := point.Time.Unix() / step * step * int64(time.Second); when.first <= at && at <= when.last {
			n += point.Errors
		}
	}
	return n
}

// failedIn returns the first request IDs under which a server failed in that
// time, and where.
func (b *builder) failedIn(when span) (ids []string, seen Seen) {
	var list []failure
	for _, x := range b.tally.requests.sorted() {
		v := &x.value
		i := slices.IndexFunc(v.places, func(at errorAt) bool {
			return at.path.category() == classify.Server && when.first <= at.time && at.time <= when.last
		})
		if i >= 0 {
			list = append(list, failure{&v.places[i].place, x.name})
		}
	}
	slices.SortStableFunc(list, func(a, b failure) int { return comparePlaces(a.at, b.at) })
	for i, f := range list[:min(len(list), requestsNamed)] {
		ids = append(ids, f.request)
		if i < evidenceCap {
			seen.Places = append(seen.Places, f.at.report().String())
		}
	}
	return ids, seen
}

type failure struct {
	at      *place
	request string
}

// shareOf returns which part of calls failed in that time, in percent; nil if
// successes are not known.
func (b *builder) shareOf(calls map[apiCall]int64, errors int64, when span) *int64 {
	if !b.tally.conduct.knowsSuccesses() {
		return nil
	}
	var good int64
	for k, v := range b.traffic.successes {
		if calls[k.call()] > 0 {
			good += v.rate.within(when)
		}
	}
	return pointer(errors * 100 / max(1, errors+good))
}

// within returns what a timeline holds of that time; of slots that lie in it in
// part, that part.
func (t *timeline) within(when span) (sum int64) {
	step := steps[t.step] * int64(time.Second)
	for _, s := range t.slots {
		from := max(s.number*step, when.first)
		to := min((s.number+1)*step, when.last+1)
		if to > from {
			sum += scale((to-from)/int64(time.Millisecond), s.errors, step/int64(time.Millisecond))
		}
	}
	return sum
}
