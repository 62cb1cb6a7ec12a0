package main

import (
	"fmt"
	"io"
)

// writeBench writes lines until they are size bytes or more, of which percent
// of 100 hold an API error.
func writeBench(w io.Writer, seed uint64, percent int, size int64) error {
	return writeLines(w, size, newMixer(seed, percent).appendLine)
}

// writeLines writes what next appends, line after line, until it is size bytes
// or more.
func writeLines(w io.Writer, size int64, next func(b []byte) []byte) error {
	const block = 1 << 18
	b := make([]byte, 0, block+1<<14)
	for written := int64(0); written < size; written += int64(len(b)) {
		b = b[:0]
		for len(b) < block && written+int64(len(b)) < size {
			b = next(b)
		}
		if _, err := w.Write(b); err != nil {
			return fmt.Errorf("write the corpus: %w", err)
		}
	}
	return nil
}

// mixer makes lines as a company's logs hold them when they are put together.
type mixer struct {
	rng
	percent int
	at      int64
	fresh   event  // the line being made
	body    []byte // of a failure, reused
	extra   []byte // of the line, reused
	inner   []byte // the line within Docker's, reused
}

func newMixer(seed uint64, percent int) *mixer {
	return &mixer{rng: rng(seed).fork(0), percent: percent, at: clock(0, 0, 0)}
}

// kind is one of the layouts that are mixed.
type kind struct {
	as     layout
	all    int // of 100 lines without an error
	failed int // of 100 lines with one: API clients log with zap more than others
	embeds bool
	fill   func(m *mixer, e *event)
}

var kinds = []kind{
	{zapLine, 30, 54, true, (*mixer).served},
	{slogLine, 22, 22, true, (*mixer).served},
	{pinoLine, 20, 18, true, (*mixer).served},
	{nginxLine, 18, 3, false, (*mixer).accessed},
	{logrusLine, 10, 3, true, (*mixer).reconciled},
}

// appendLine appends the next line; a fifth are wrapped by Docker.
func (m *mixer) appendLine(b []byte) []byte {
	failed := m.percent > 0 && m.rng.percent(m.percent)
	k := m.kind(failed)
	e := m.event(k, failed)
	if !m.rng.percent(20) {
		return k.as(b, e)
	}
	m.inner = k.as(m.inner[:0], e)
	return appendDocker(b, m.inner, e.at)
}

// kind draws a layout.
func (m *mixer) kind(failed bool) *kind {
	n := m.below(100)
	for i := range kinds {
		k := &kinds[i]
		share := k.all
		if failed {
			share = k.failed
		}
		if n -= share; n < 0 {
			return k
		}
	}
	panic("BUG: the shares of the kinds do not add up to 100")
}

// event draws what happened. It is valid until the next call.
func (m *mixer) event(k *kind, failed bool) *event {
	m.at += int64(m.below(17))
	m.fresh = event{at: m.at, level: info}
	m.extra = m.extra[:0]
	e := &m.fresh
	switch {
	case !failed:
		k.fill(m, e)
		m.extra = append(m.extra, pick(&m.rng, decoys)...)
	case k.embeds:
		m.served(e)
		m.fail(e)
		m.embedBody(e)
	default:
		k.fill(m, e)
		m.fail(e)
	}
	e.extra = m.extra
	return e
}

// fail makes e a failed call of Aiven's API.
func (m *mixer) fail(e *event) {
	f := pick(&m.rng, failures)
	name := pick(&m.rng, names)
	e.level, e.msg = fail, "request failed"
	e.method, e.path, e.status = f.method, fillIn(f.path, name), f.status
	m.body = appendBody(m.body[:0], f.status, f.code, fillIn(f.message, name), "")
}

// embedBody puts the answer into e: as an object, as a string, or into the
// message, which alone tells the status then.
func (m *mixer) embedBody(e *event) {
	e.body, e.embed = m.body, embed(m.below(3))
	if e.embed == asText {
		e.text = "aiven client: " + e.method
		e.msg = errorText(e)
		e.body, e.status = nil, 0
	}
}

// served fills in a request that a service answered.
func (m *mixer) served(e *event) {
	m.call(e)
	e.msg, e.service, e.version = pick(&m.rng, messages), pick(&m.rng, services), "4.18.2"
	x := str(m.extra, "caller", pick(&m.rng, callers))
	x = str(x, "remote_ip", "10.42.7.118")
	x = str(x, "user_agent", pick(&m.rng, agents))
	x = num(x, "bytes_out", int64(m.between(120, 64_000)))
	m.extra = m.trace(x)
}

// accessed fills in a line of an access log.
func (m *mixer) accessed(e *event) {
	m.call(e)
	x := str(m.extra, "host", "api.shop.example")
	x = str(x, "http_referrer", "https://shop.example/basket/checkout?step=delivery&session=keep")
	x = str(x, "http_user_agent", pick(&m.rng, agents))
	x = num(x, "body_bytes_sent", int64(m.between(120, 64_000)))
	x = seconds(x, "upstream_response_time", int64(m.between(2, 480)))
	x = str(x, "upstream_addr", "10.42.9.33:8080")
	x = str(x, "server_protocol", "HTTP/1.1")
	x = m.trace(x)
	m.extra = str(x, "upstream_status", "-")
}

// reconciled fills in a line that is no request.
func (m *mixer) reconciled(e *event) {
	e.msg, e.service, e.id = "service reconciled", pick(&m.rng, services), m.uuid()
	e.took = m.between(100, 999)
	x := str(m.extra, "status", "RUNNING")
	x = str(x, "plan", "business-4")
	x = str(x, "object", "acme/"+pick(&m.rng, names))
	x = str(x, "detail", "desired state equals observed state; nothing to change until the next maintenance window")
	x = num(x, "generation", int64(m.between(1, 40)))
	m.extra = m.trace(x)
}

// call fills in a request that succeeded.
func (m *mixer) call(e *event) {
	e.id = m.uuid()
	e.method = pick(&m.rng, []string{"GET", "GET", "GET", "POST", "PUT"})
	e.path = fillIn(pick(&m.rng, okPaths), pick(&m.rng, names))
	e.status = pick(&m.rng, []int{200, 200, 200, 201, 204, 304})
	e.took = m.between(2, 720)
}

func (m *mixer) uuid() string {
	var room [36]byte
	return string(appendUUID(room[:0], m.next(), m.next()))
}

func (m *mixer) trace(x []byte) []byte {
	x = append(appendKey(x, "trace_id"), '"')
	x = appendHex(appendHex(x, m.next(), 16), m.next(), 16)
	return append(x, '"', ',')
}
