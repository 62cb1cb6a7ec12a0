package report

import (
	"fmt"
	"math/rand/v2"
	"time"

	"analyzer/classify"
	"analyzer/parse"
)

// epoch is when the logs of tests begin.
var epoch = time.Date(2026, 11, 22, 13, 40, 0, 0, time.UTC)

// variety says how many different values each part of generated findings has.
type variety struct {
	statuses, codes, routes, messages, fields, ids, paths, callers, services, sources int
	span                                                                              time.Duration
}

var ordinary = variety{statuses: 4, codes: 3, routes: 4, messages: 3, fields: 6, ids: 40, paths: 5, callers: 4, services: 3, sources: 3, span: time.Hour}

// variant draws a variety in which some parts explode.
func variant(rng *rand.Rand) variety {
	v := ordinary
	for _, part := range []*int{&v.statuses, &v.codes, &v.routes, &v.messages, &v.fields, &v.ids, &v.paths, &v.callers, &v.services} {
		switch rng.IntN(4) {
		case 0:
			*part = 1
		case 1:
			*part = 500
		}
	}
	v.statuses = min(v.statuses, 90)
	if rng.IntN(3) == 0 {
		v.span = time.Duration(rng.Int64N(int64(80 * 365 * 24 * time.Hour)))
	}
	return v
}

// finding draws a finding. Each is an error at a place of its own.
func (v variety) finding(rng *rand.Rand, n int) *classify.Finding {
	pick := func(format string, of int) string { return fmt.Sprintf(format, rng.IntN(max(of, 1))) }
	status := 400 + rng.IntN(max(v.statuses, 1))
	r := &parse.Record{
		Pos:     parse.Pos{Source: pick("app-%d.log", v.sources), Line: int64(n + 1), Offset: int64(n) * 100},
		Service: pick("service-%d", v.services),
		Caller:  pick("tok-%04x", v.callers),
		Method:  []string{"GET", "PUT"}[rng.IntN(2)],
		Status:  status,
		Host:    "api.example.com",
	}
	if rng.IntN(20) > 0 {
		r.Time = epoch.Add(time.Duration(rng.Int64N(int64(v.span))))
	}
	if rng.IntN(10) > 0 {
		r.IDs = []parse.ID{{Kind: []string{"request", "trace"}[rng.IntN(2)], Value: pick("id-%06d", v.ids)}}
	}
	if rng.IntN(4) > 0 {
		r.Path = pick("/v1/project/acme/service/pg-%d", v.paths)
	}
	if rng.IntN(4) == 0 {
		r.Operation = pick("Service%d", 3)
	}
	if rng.IntN(6) == 0 {
		r.Attempt = 1 + rng.IntN(4)
	}
	if rng.IntN(8) == 0 {
		r.Idempotency = pick("key-%04x", v.ids)
	}
	if rng.IntN(9) == 0 {
		r.Sunset = &r.Time
	}
	if wait := time.Duration(rng.IntN(5)) * time.Second; wait > 0 {
		r.Wait = &wait
	}
	f := &classify.Finding{
		Record:   r,
		Category: classify.Categories[status%len(classify.Categories)],
		Rule:     pick("generic/rule-%d", 3),
		Rank:     rng.IntN(3),
		Evidence: pick("status %d", 3),
		Message:  pick("message %d", 1000),
		Remedy:   pick("generic/remedy-%d", 3),
		Retry:    classify.Retry(rng.IntN(3)),
		Resource: pick("demo-%d", 50),
	}
	if rng.IntN(3) > 0 {
		f.Fields = []string{pick("user_config.f%d", v.fields)}
		if rng.IntN(3) == 0 {
			f.Fields = append(f.Fields, pick("z%d[].network", v.fields))
		}
	}
	if n%7 == 0 {
		r.Method, f.Message = "", ""
	}
	f.Problem = classify.Problem{Category: f.Category, Status: status, Code: pick("code_%d", v.codes), Method: r.Method, Route: pick("/v1/r%d/{id}", v.routes)}
	if rng.IntN(2) == 0 {
		f.Problem.Code, f.Problem.Message = "", pick("template %d {n}", v.messages)
	}
	if len(f.Fields) > 0 {
		f.Problem.Fields = f.Fields[0]
	}
	return f
}

// step is something that a tally is told.
type step func(*Tally)

// steps draws n findings, and accounts that add up with them.
func (v variety) steps(rng *rand.Rand, n int) []step {
	steps := make([]step, 0, n+n/4)
	for i := range n {
		f := v.finding(rng, i)
		account := &parse.Account{Records: 3, Errors: 1, NonErrors: 1, Bytes: 300}
		account.Malformed[rng.IntN(int(parse.NumMalformed))] = 1
		account.Notes[rng.IntN(int(parse.NumNotes))] = 1
		account.FirstDoubt = &parse.Pos{Source: f.Source, Line: f.Line, Offset: f.Offset + 50}
		account.Head = parse.Mark{Seen: true, Offset: f.Offset, Time: f.Time}
		account.Tail = parse.Mark{Seen: true, Offset: f.Offset + 60}
		steps = append(steps, func(t *Tally) { t.Add(f); t.AddAccount(f.Source, account) })
		switch rng.IntN(12) {
		case 0:
			filtered := &parse.Account{Records: 1, Errors: 1, Bytes: 100}
			steps = append(steps, func(t *Tally) { t.AddAccount(f.Source, filtered); t.AddFiltered(f.Source, 1) })
		case 2, 3, 4:
			success := *f.Record
			success.Status = 200 + n%3
			steps = append(steps, func(t *Tally) { t.AddSuccess(&success, f.Problem.Route) })
		case 5:
			note := Note(n % int(numNotes))
			steps = append(steps, func(t *Tally) { t.AddNote(note, 2) })
		case 1:
			status, reason := statuses[rng.IntN(3)], fmt.Sprint("reason ", rng.IntN(3))
			steps = append(steps, func(t *Tally) { t.EndSource(f.Source, status, reason) })
		}
	}
	return steps
}
