package report

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"analyzer/classify"
	"analyzer/parse"
)

// tell tells a tally of calls, one a line: seconds, method, path and status,
// then what else is known of it: id=, key=, try=, wait=, by=, as=, text=.
func tell(t *testing.T, full bool, calls string) *Tally {
	t.Helper()
	tally := NewTally(Options{Full: full})
	for i, line := range strings.Split(strings.TrimSpace(calls), "\n") {
		f := callOf(t, strings.Fields(line))
		f.Pos = parse.Pos{Source: "a.log", Line: int64(i + 1), Offset: int64(i) * 100}
		switch {
		case f.Status >= 400:
			tally.Add(f)
		case full:
			tally.AddSuccess(f.Record, f.Problem.Route)
		}
	}
	tally.AddAccount("a.log", &parse.Account{})
	return tally
}

func callOf(t *testing.T, words []string) *classify.Finding {
	t.Helper()
	number := func(text string) float64 {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	after := func(text string) time.Duration { return time.Duration(number(text)*1000) * time.Millisecond }
	r := &parse.Record{Service: "web", Time: epoch.Add(after(words[0])), Method: words[1], Path: words[2], Status: int(number(words[3]))}
	f := &classify.Finding{Record: r}
	for _, word := range words[4:] {
		name, value, _ := strings.Cut(word, "=")
		switch name {
		case "id":
			r.IDs = []parse.ID{{Kind: "request", Value: value}}
		case "key":
			r.Idempotency = value
		case "try":
			r.Attempt = int(number(value))
		case "wait":
			wait := after(value)
			r.Wait = &wait
		case "by":
			r.Caller = value
		case "as":
			r.Service = value
		case "text":
			f.Message = value
		}
	}
	f.Category, f.Retry = judged(r.Status)
	f.Problem = classify.Problem{Category: f.Category, Status: r.Status, Method: r.Method, Route: r.Path}
	return f
}

// judged is what a generic pack says of a status.
func judged(status int) (classify.Category, classify.Retry) {
	switch {
	case status == 429:
		return classify.RateLimit, classify.AfterWait
	case status >= 500:
		return classify.Server, classify.IfIdempotent
	case status == 401, status == 403:
		return classify.Authentication, classify.Never
	case status == 400:
		return classify.Validation, classify.Never
	}
	return classify.Resource, classify.Never
}

// spelled is what an audit says, a line for each entry.
func spelled(a *Audit) string {
	var b strings.Builder
	for _, r := range a.Retries {
		fmt.Fprintf(&b, "%s %s %s by %s:", r.Service, r.Method, r.Route, r.Link)
		if r.Operations != nil {
			fmt.Fprintf(&b, " %d calls", r.Operations.Count)
		}
		fmt.Fprintf(&b, " %d tries", r.Tries.Count)
		if w := r.Waits; w != nil {
			fmt.Fprintf(&b, ", %d waits %d broken", w.Asked.Count, w.Broken.Count)
			if w.Broken.Count > 0 {
				fmt.Fprintf(&b, " (%d of %d ms, line %s)", w.TakenMS, w.AskedMS, strings.TrimPrefix(w.Broken.Places[0], "a.log:"))
			}
			if w.Honoured != nil {
				fmt.Fprintf(&b, " %d honoured", w.Honoured.Count)
			}
		}
		if r.Backoff != nil {
			fmt.Fprintf(&b, ", delays %q from %d ms", r.Backoff.Shape, r.Backoff.FirstMS)
			if r.Backoff.Jitter != nil && *r.Backoff.Jitter {
				b.WriteString(" jitter")
			}
			if r.Backoff.Advised {
				b.WriteString(" as advised")
			}
		}
		switch {
		case r.Unsafe == nil:
			b.WriteString(", cannot tell unsafe")
		case r.Unsafe.Count > 0:
			fmt.Fprintf(&b, ", %d unsafe", r.Unsafe.Count)
		}
		if r.InVain.Count > 0 {
			fmt.Fprintf(&b, ", %d in vain", r.InVain.Count)
		}
		if r.Recovered != nil {
			fmt.Fprintf(&b, ", %d recovered", r.Recovered.Count)
		}
		fmt.Fprintf(&b, ", %d saved\n", r.Saved)
	}
	for _, o := range a.Outcomes {
		fmt.Fprintf(&b, "%s: %d %s %s by %s, %v\n", o.Kind, o.Operations.Count, o.Method, o.Route, o.Link, o.Operations.Places)
	}
	return b.String()
}

func TestAudit(t *testing.T) {
	for _, c := range []struct{ name, calls, want, full string }{
		{"a wait that is broken", `
			0    GET /a 429 id=r1 wait=28
			0.2  GET /a 429 id=r1 wait=28
			0.4  GET /a 429 id=r1 wait=28
			0.6  GET /a 200 id=r1`,
			"web GET /a by request ID: 1 calls 3 tries, 3 waits 2 broken (200 of 28000 ms, line 1), delays \"constant\" from 200 ms, 2 saved\n",
			"web GET /a by request ID: 1 calls 3 tries, 3 waits 3 broken (200 of 28000 ms, line 1) 0 honoured, delays \"constant\" from 200 ms, 1 recovered, 2 saved\n"},
		{"a wait that is kept", `
			0    GET /a 429 id=r1 wait=5
			5.01 GET /a 200 id=r1`,
			"web GET /a by request ID: 1 calls 1 tries, 1 waits 0 broken, 0 saved\n",
			"web GET /a by request ID: 1 calls 1 tries, 1 waits 0 broken 1 honoured, 1 recovered, 0 saved\n"},
		{"a wait that is broken but for the log's clock", `
			0    GET /a 429 id=r1 wait=5
			4    GET /a 429 id=r1 wait=5`,
			"web GET /a by request ID: 1 calls 2 tries, 2 waits 0 broken, delays \"\" from 4000 ms, 0 saved\n", ""},
		{"new IDs for every try", `
			0    GET /a 429 id=r1 wait=28
			1.5  GET /a 429 id=r2 wait=28
			3.2  GET /a 429 id=r3 wait=28`,
			"web GET /a by caller and path: 3 tries, 3 waits 2 broken (1500 of 28000 ms, line 1), 2 saved\n", ""},
		{"calls that were on their way", `
			0    GET /a 429 wait=3
			0.1  GET /a 429 wait=3
			0.3  GET /a 429 wait=3
			3.4  GET /a 200
			3.5  GET /a 200`,
			"web GET /a by caller and path: 3 tries, 3 waits 0 broken, 0 saved\n",
			"web GET /a by caller and path: 3 tries, 3 waits 0 broken 3 honoured, 0 saved\n"},
		{"as advised", `
			0     POST /a 503 key=k1
			1.02  POST /a 503 key=k1
			3.01  POST /a 503 key=k1
			7.04  POST /a 503 key=k1`,
			"web POST /a by idempotency key: 1 calls 4 tries, delays \"exponential\" from 1020 ms as advised, 0 saved\n", ""},
		{"linear", `
			0     GET /a 503 id=r1
			2     GET /a 503 id=r1
			6     GET /a 503 id=r1
			12    GET /a 503 id=r1`,
			"web GET /a by request ID: 1 calls 4 tries, delays \"linear\" from 2000 ms, 0 saved\n", ""},
		{"irregular", `
			0     GET /a 503 id=r1
			2     GET /a 503 id=r1
			22    GET /a 503 id=r1
			23    GET /a 503 id=r1`,
			"web GET /a by request ID: 1 calls 4 tries, delays \"irregular\" from 2000 ms, 0 saved\n", ""},
		{"jitter", `
			0     GET /a 503 id=r1
			1     GET /a 503 id=r1
			10    GET /a 503 id=r2
			10.5  GET /a 503 id=r2
			20    GET /a 503 id=r3
			21.3  GET /a 503 id=r3
			30    GET /a 503 id=r4
			30.9  GET /a 503 id=r4
			40    GET /a 503 id=r5
			40.7  GET /a 503 id=r5`,
			"web GET /a by request ID: 5 calls 10 tries, delays \"\" from 900 ms jitter, 0 saved\n", ""},
		{"an unsafe retry", `
			0    POST /a 503 id=r1
			1    POST /a 503 id=r1
			2    POST /a 201 id=r1`,
			"web POST /a by request ID: 1 calls 2 tries, delays \"\" from 1000 ms, 1 unsafe, 0 saved\n",
			"web POST /a by request ID: 1 calls 2 tries, delays \"\" from 1000 ms, 2 unsafe, 1 recovered, 0 saved\n"},
		{"an unsafe retry on a weak link", `
			0    POST /a 429 wait=2
			3    POST /a 503
			4    POST /a 503`,
			"web POST /a by caller and path: 3 tries, 1 waits 0 broken, cannot tell unsafe, 0 saved\n", ""},
		{"permanent errors", `
			0    GET /a 401 id=r1
			1    GET /a 401 id=r1
			2    GET /a 401 id=r1`,
			"web GET /a by request ID: 1 calls 3 tries, delays \"constant\" from 1000 ms, 2 in vain, 2 saved\n", ""},
		{"tries by their numbers", `
			0    GET /a 503 try=1
			1    GET /a 503 try=2
			3    GET /a 503 try=3
			9    GET /a 503 try=1
			10   GET /a 503 try=2`,
			"web GET /a by attempt number: 2 calls 5 tries, delays \"exponential\" from 1000 ms as advised, 0 saved\n", ""},
		{"one failure in two lines", `
			0     GET /a 503 id=r1
			0.01  GET /a 503 id=r1`,
			"", ""},
		{"two services under one ID", `
			0    GET /a 503 id=r1 as=web
			1    GET /a 503 id=r1 as=gateway`,
			"", ""},
		{"created after all", `
			0    POST /a 503 id=r1
			2    POST /a 409 id=r1 text=already`,
			"web POST /a by request ID: 1 calls 2 tries, delays \"\" from 2000 ms, 1 unsafe, 0 saved\ncreated: 1 POST /a by request ID, [a.log:2]\n", ""},
		{"another conflict", `
			0    POST /a 503 key=k
			2    POST /a 409 key=k text=busy`,
			"web POST /a by idempotency key: 1 calls 2 tries, delays \"\" from 2000 ms, 0 saved\n", ""},
		{"created after all, by new IDs", `
			0    POST /a 503 id=r1
			2    POST /a 409 id=r2 text=already`,
			"created: 1 POST /a by caller and path, [a.log:2]\n", ""},
		{"perhaps another one created", `
			0    POST /a 503
			2    POST /a 409 text=already
			4    POST /a 503`,
			"", ""},
		{"what is sent may differ", `
			0    PUT /a 400
			9    PUT /a 400
			18   PUT /a 400`,
			"", ""},
		{"a token is refused again and again", `
			0    GET /a 401
			9    GET /a 401`,
			"web GET /a by caller and path: 2 tries, 1 in vain, 1 saved\n", ""},
		{"deleted after all", `
			0    DELETE /a/1 500
			2    DELETE /a/1 404
			3    DELETE /a/2 404`,
			"deleted: 1 DELETE /a/1 by caller and path, [a.log:2]\n", ""},
		{"not there yet", `
			0    POST /a 201
			1    GET /a/1 404
			2    GET /a/1 200
			3    GET /a/2 404`,
			"", "lag: 1 GET /a/1 by caller and path, [a.log:2]\n"},
	} {
		if got := spelled(&tell(t, false, c.calls).Report(nil, Tool{}).Audit); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.name, got, c.want)
		}
		if c.full == "" {
			continue
		}
		if got := spelled(&tell(t, true, c.calls).Report(nil, Tool{}).Audit); got != c.full {
			t.Errorf("%s, with successes: got\n%swant\n%s", c.name, got, c.full)
		}
	}
}
