package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
)

// A day is one of ordinary traffic: calls of six services, of which one in a
// hundred fails for reasons that have nothing to do with each other. One plot
// may be planted in it.
const (
	dayMinutes  = 24 * 60
	dayServices = 6
	hour        = 60 * minute
)

// plots are what can be planted, by name.
var plots = map[string]func(*daily){
	"none":       func(*daily) {},
	"incident":   (*daily).plantIncident,
	"credential": (*daily).plantCredential,
	"refreshed":  (*daily).plantRefreshed,
	"permission": (*daily).plantPermission,
	"contract":   (*daily).plantContract,
	"client":     (*daily).plantClient,
	"deprecated": (*daily).plantDeprecated,
	"retired":    (*daily).plantRetired,
	"zombie":     (*daily).plantZombie,
	"storm":      (*daily).plantStorm,
	"created":    (*daily).plantCreated,
	"unfinished": (*daily).plantUnfinished,
}

// daily makes a day's lines.
type daily struct {
	rng
	begins int64
	scale  int
	change func(*event) // what the plot does to an ordinary call; may be nil
	events []event
}

// writeDay writes a day with a plot in it.
func writeDay(w io.Writer, seed uint64, scale int, plot string) error {
	d := &daily{rng: rng(seed).fork(0), begins: clock(0, 0, 0), scale: scale}
	plots[plot](d)
	for m := range int64(dayMinutes) {
		for range 12 * d.scale {
			d.ordinary(d.begins + m*minute + int64(d.below(minute)))
		}
	}
	slices.SortStableFunc(d.events, func(a, b event) int { return cmp.Compare(a.at, b.at) })
	out := bufio.NewWriter(w)
	var line []byte
	for i := range d.events {
		line = zapLine(line[:0], &d.events[i])
		if _, err := out.Write(line); err != nil {
			return fmt.Errorf("write the day: %w", err)
		}
	}
	return out.Flush()
}

// dayCalls are what all services call.
var dayCalls = []struct {
	method, path string
	status       int
}{
	{"GET", "/v1/project/acme/service/*", 200},
	{"GET", "/v1/project/acme/service/*/topic", 200},
	{"GET", "/v1/project/acme/service/*/metrics", 200},
	{"PUT", "/v1/project/acme/service/*", 200},
	{"POST", "/v1/project/acme/service", 201},
	{"GET", "/v1/project/acme/service", 200},
}

// call returns a call that succeeds.
func (d *daily) call(at int64) event {
	c := pick(&d.rng, dayCalls)
	return event{at: at, level: info, service: services[d.below(dayServices)], version: "2.8.0", msg: "called",
		id: string(appendHex(nil, d.next(), 16)), method: c.method, path: fillIn(c.path, pick(&d.rng, names)), status: c.status, took: d.between(8, 400)}
}

// fails makes e a failure.
func (e *event) fails(status int, code, message, field string) {
	e.level, e.msg, e.status, e.embed, e.extra = fail, "call failed", status, asString, nil
	e.body = appendBody(nil, status, code, message, field)
}

// ordinary makes one call, and what a good client does after a failure.
func (d *daily) ordinary(at int64) {
	e := d.call(at)
	if d.change != nil {
		d.change(&e)
	}
	if len(e.body) > 0 || !d.percent(1) {
		d.events = append(d.events, e)
		return
	}
	again := e
	again.id, again.at = string(appendHex(nil, d.next(), 16)), at+int64(d.between(900, 1_300))
	switch d.below(6) {
	case 0:
		e.fails(404, "service_not_found", "Service 'gone' does not exist", "")
		e.method, e.path = "GET", fillIn("/v1/project/acme/service/*/gone", string(appendHex(nil, d.next(), 4)))
	case 1:
		e.fails(400, "", "Invalid input for "+pick(&d.rng, dayFields)+": None is not of type 'string'", "")
		e.method, e.path = "PUT", fillIn("/v1/project/acme/service/*", pick(&d.rng, names))
	case 2:
		e.fails(401, "", "Missing (expired) db token", "")
		d.events = append(d.events, again)
	case 3:
		if e.method != "GET" {
			e.method, e.path = "GET", "/v1/project/acme/service"
			again.method, again.path, again.status = e.method, e.path, 200
		}
		e.fails(500, "", "Internal server error", "")
		d.events = append(d.events, again)
	case 4:
		again.at, again.id = at+int64(d.between(5_200, 9_000)), e.id
		e.fails(429, "", "Too many requests, please try again in 5s", "")
		d.events = append(d.events, again)
	default:
		e.fails(403, "", "You don't have permission to perform this action: project:read", "")
	}
	d.events = append(d.events, e)
}

var dayFields = []string{"plan", "cloud", "disk_space", "maintenance", "tags", "user_config"}

// during says whether at lies between two times of the day, in minutes.
func (d *daily) during(at, from, to int64) bool {
	return d.begins+from*minute <= at && at < d.begins+to*minute
}

func (d *daily) plantIncident() {
	d.change = func(e *event) {
		if d.during(e.at, 14*60+12, 14*60+24) && d.percent(60) {
			e.fails(503, "", "The API is temporarily unavailable, please try again later", "")
		}
	}
}

func (d *daily) plantCredential() {
	d.change = func(e *event) {
		if e.service == services[1] && d.during(e.at, 15*60+20, dayMinutes) {
			e.fails(401, "", "Missing (expired) db token", "")
		}
	}
}

func (d *daily) plantRefreshed() {
	d.change = func(e *event) {
		if e.service == services[1] && d.during(e.at, 9*60+3, 9*60+30) {
			e.fails(401, "", "Missing (expired) db token", "")
		}
	}
}

func (d *daily) plantPermission() {
	d.change = func(e *event) {
		if e.method == "POST" && e.service == services[2] {
			e.fails(403, "", "You don't have permission to perform this action: service:create", "")
		}
	}
}

func (d *daily) plantContract() {
	d.change = func(e *event) {
		if e.method == "POST" && d.during(e.at, 11*60, dayMinutes) {
			e.fails(400, "", "Invalid input: 'region' is a required property", "")
		}
	}
}

func (d *daily) plantClient() {
	d.change = func(e *event) {
		if e.service != services[3] || !d.during(e.at, 16*60, dayMinutes) {
			return
		}
		if e.version = "2.8.1"; e.method == "PUT" {
			e.fails(400, "", "Invalid 'user_config': Invalid input for ip_filter: None is not of type 'array'", "")
		}
	}
}

func (d *daily) plantDeprecated() {
	d.change = func(e *event) {
		if e.path == "/v1/project/acme/service" && e.method == "GET" {
			e.extra = []byte(`"headers":{"Deprecation":"@1795132800","Sunset":"Mon, 01 Mar 2027 00:00:00 GMT"},`)
		}
	}
}

func (d *daily) plantRetired() {
	for m := int64(7); m < dayMinutes; m += 61 {
		e := d.call(d.begins + m*minute)
		e.service, e.method, e.path = services[4], "GET", "/v1/project/acme/billing"
		e.fails(410, "retired_api_endpoint", "This endpoint has been retired. Use /v1/organization/{organization_id}/billing-groups instead.", "")
		d.events = append(d.events, e)
	}
}

func (d *daily) plantZombie() {
	for at := d.begins + 8*hour; at < d.begins+15*hour; at += minute {
		e := d.call(at + int64(d.below(900)))
		e.service, e.method, e.path = services[4], "GET", "/v1/project/acme/service/old-pg/topic/orders"
		e.fails(404, "kafka_topic_not_found", "Topic 'orders' does not exist", "")
		d.events = append(d.events, e)
	}
}

// plantStorm lets one service call again at once though it is asked to wait.
func (d *daily) plantStorm() {
	for at := d.begins + 14*hour; at < d.begins+14*hour+10*minute; at += 9_000 {
		e := d.call(at)
		e.service, e.method, e.path = services[5], "GET", "/v1/project/acme/service"
		for range 4 {
			e.fails(429, "", "Too many requests, please try again in 28s", "")
			d.events = append(d.events, e)
			e.at += int64(d.between(190, 215))
		}
	}
}

// plantCreated lets one create fail that has done its work all the same.
func (d *daily) plantCreated() {
	e := d.call(d.begins + 13*hour)
	e.service, e.method, e.path = services[0], "POST", "/v1/project/acme/service"
	e.fails(503, "", "The API is temporarily unavailable, please try again later", "")
	d.events = append(d.events, e)
	e.at += 2_000
	e.fails(409, "", "Service name is already in use in this project", "")
	d.events = append(d.events, e)
}

// plantUnfinished lets a service ask after two pieces of work, of which one is
// done in the end.
func (d *daily) plantUnfinished() {
	for _, work := range []struct {
		path string
		ends bool
	}{{"/v1/project/acme/task/41", true}, {"/v1/project/acme/task/42", false}} {
		for i := range int64(30) {
			e := d.call(d.begins + 17*hour + i*minute)
			e.service, e.method, e.path, e.status = services[0], "GET", work.path, 202
			if work.ends && i == 29 {
				e.status = 200
			}
			d.events = append(d.events, e)
		}
	}
}
