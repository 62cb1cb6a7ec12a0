package main

import "strconv"

// What happens in the story. Each fault has its own cause and its own remedy.
var (
	tokenExpires  = clock(14, 2, 11) + 308  // sync: 401 from here to the end
	newVersionOut = clock(14, 20, 4) + 21   // deployer: 2.8.1 runs from here
	badRollout    = clock(14, 20, 33) + 117 // deployer: 400 from here to the end
	stormBegins   = clock(14, 10, 0)        // billing: 429 for ten minutes
	incident      = clock(14, 12, 0)        // billing: 503 until 14:17
	topicsSettle  = clock(14, 28, 0)        // catalog: scattered 404 until here
)

// cast are the services of the story, each with a layout of its own.
var cast = []actor{
	{"sync", actSync},         // zap, and a script that puts time and level before the JSON
	{"deployer", actDeployer}, // slog, and lines of text between
	{"billing", actBilling},   // pino
	{"catalog", actCatalog},   // logrus in Docker's json-file
	{"edge", actEdge},         // nginx access log and health checks in text
}

const (
	topicsPath   = "/v1/project/acme/service/events-kafka/topic"
	databasePath = "/v1/project/acme/service/demo-pg"
	servicesPath = "/v1/project/acme/service"
)

// actSync lists topics with a token that expires.
func actSync(t *teller) {
	for range 6 * t.scale {
		syncTopics(t, t.moment())
	}
	if t.holds(tokenExpires) {
		syncTopics(t, tokenExpires)
	}
	if t.every(6) {
		t.tell(zapLine, event{at: t.moment(), level: info, service: "sync", msg: "metrics",
			extra: []byte(`"errors":[],"error_count":0,"p99_ms":503,"goroutines":429,`)})
	}
	if at := clock(13, 58, 20); t.holds(at) {
		// The process was killed while it wrote.
		t.say(at, `{"level":"error","ts":1795355900.118,"msg":"cannot commit offsets","service":"sync","error":"context dead`)
	}
}

func syncTopics(t *teller, at int64) {
	e := event{at: at, level: info, service: "sync", msg: "topics listed", id: t.id(),
		method: "GET", path: topicsPath, status: 200, took: t.between(38, 190)}
	if at < tokenExpires {
		e.extra = append(num(nil, "topics", int64(t.between(40, 44))), `"errors":[],`...)
		t.tell(zapLine, e)
		return
	}
	e.level, e.status, e.msg = fail, 401, "cannot list topics"
	e.body = appendBody(nil, 401, "", "Missing (expired) db token", "")
	if at == tokenExpires {
		// The only token in the story. It says in base64 that it is none.
		e.extra = []byte(`"request_headers":{"Authorization":"aivenv1 dGhpcy1pcy1ub3QtYS1yZWFsLXRva2Vu"},`)
	}
	if t.percent(5) {
		e.id = ""
	}
	if t.percent(40) {
		e.embed, e.text = asText, "list topics of events-kafka"
		t.tell(prefixedLine, e)
		return
	}
	e.embed = asString
	t.tell(zapLine, e)
}

// actDeployer applies a service's configuration; release 2.8.1 sends a network
// that is none.
func actDeployer(t *teller) {
	for range 2 * t.scale {
		pollService(t)
	}
	applies := 1
	if t.from > badRollout {
		applies = 4 // it reconciles until it succeeds
	}
	for range applies * t.scale {
		applyConfig(t, t.moment())
	}
	if t.holds(badRollout) {
		applyConfig(t, badRollout)
	}
	tellRollout(t)
}

// deployerVersion returns the release that runs at a time.
func deployerVersion(at int64) string {
	if at < newVersionOut {
		return "2.8.0"
	}
	return "2.8.1"
}

func pollService(t *teller) {
	at := t.moment()
	t.tell(slogLine, event{at: at, level: info, service: "deployer", version: deployerVersion(at),
		msg: "service polled", id: t.id(), method: "GET", path: databasePath, status: 200,
		took: t.between(20, 120), extra: []byte(`"state":"RUNNING",`)})
}

func applyConfig(t *teller, at int64) {
	e := event{at: at, level: info, service: "deployer", version: deployerVersion(at),
		msg: "configuration applied", id: t.id(), method: "PUT", path: databasePath, status: 200,
		took: t.between(210, 640)}
	if at >= badRollout {
		e.level, e.status, e.msg = fail, 400, "cannot apply the configuration"
		e.body = appendBody(nil, 400, "",
			"Invalid 'user_config': Invalid input for ip_filter: '10.4.0.0/33' is not a valid network",
			"user_config.ip_filter[0].network")
	}
	t.tell(slogLine, e)
}

// tellRollout logs the rollout of 2.8.1, in text, with numbers that are no
// status.
func tellRollout(t *teller) {
	if !t.holds(newVersionOut) {
		return
	}
	for i, text := range []string{
		"==> rolling out deployer 2.8.1 (was 2.8.0), image 512 MB",
		"--> 1/3 pulled in 4.12 s",
		"--> 2/3 replicas ready, waited 503 ms",
		"--> 3/3 healthy on port 4430",
		"==> done: deployer 2.8.1, ip_filter from environment IP_FILTER",
	} {
		t.tell(plainLine, event{at: newVersionOut + int64(i)*4_117, msg: text})
	}
}

// calls of billing in the ten minutes of the storm.
var storm = []int{5, 9, 12, 13, 13, 12, 10, 7, 5, 3}

// actBilling reads the list of services more often than the API allows and
// does not wait as it is told.
func actBilling(t *teller) {
	for range 2 * t.scale {
		listServices(t)
	}
	if n := (t.from - stormBegins) / minute; t.from >= stormBegins && n < int64(len(storm)) {
		for range storm[n] * t.scale {
			stormCall(t, t.moment()+2_000)
		}
	}
	for range t.scale {
		createService(t)
	}
	tellIncident(t)
	if t.every(7) {
		t.tell(pinoLine, event{at: t.moment(), level: debug, service: "billing", msg: "cache refreshed",
			extra: []byte(`"error":null,"hits":404,"misses":17,`)})
	}
}

func billingCall(t *teller, at int64, method string) event {
	return event{at: at, level: info, service: "billing", msg: "request completed", id: t.id(),
		method: method, path: servicesPath, status: 200, took: t.between(18, 95)}
}

func listServices(t *teller) {
	t.tell(pinoLine, billingCall(t, t.moment(), "GET"))
}

func createService(t *teller) {
	e := billingCall(t, t.moment(), "POST")
	e.took += 400
	t.tell(pinoLine, e)
}

// stormCall is one call that is tried about four times, a fifth of a second
// apart, and given up.
func stormCall(t *teller, at int64) {
	e := billingCall(t, at, "GET")
	e.level, e.status, e.msg, e.embed = fail, 429, "request failed", asText
	e.text = "GET " + servicesPath
	tries := t.between(3, 5)
	for e.attempt = 1; e.attempt <= tries; e.attempt++ {
		wait := strconv.Itoa(t.between(27, 29))
		e.body = appendBody(nil, 429, "", "Too many requests, please try again in "+wait+"s", "")
		e.took = t.between(5, 12)
		t.tell(pinoLine, e)
		e.at += int64(t.between(190, 215))
	}
}

// tellIncident logs the seven failures of the incident; one call meets three.
func tellIncident(t *teller) {
	for i, offset := range []int64{41_300, 75_120, 125_090, 126_110, 127_140, 200_870, 308_460} {
		if !t.holds(incident + offset) {
			continue
		}
		e := billingCall(t, incident+offset, "POST")
		e.level, e.status, e.msg = fail, 503, "request failed"
		e.body = appendBody(nil, 503, "", "The API is temporarily unavailable, please try again later", "")
		e.took = t.between(1_800, 2_600)
		if i >= 2 && i <= 4 {
			e.id, e.attempt = "9f2c77e1d05b4a68", i-1
		}
		t.tell(pinoLine, e)
	}
}

// actCatalog looks up topics, of which some are gone.
func actCatalog(t *teller) {
	for range 4 * t.scale {
		describeTopic(t, pick(&t.rng, liveTopics), 200)
	}
	if t.from < topicsSettle && t.percent(42) {
		describeTopic(t, pick(&t.rng, goneTopics), 404)
	}
}

var (
	liveTopics = []string{"orders", "payments", "invoices", "shipments", "clicks"}
	goneTopics = []string{"orders-eu", "orders-v1", "payments-dlq", "invoices-test", "clicks-raw",
		"returns", "stock-levels", "price-changes"}
	dockerLogrus = inDocker(logrusLine)
)

func describeTopic(t *teller, topic string, status int) {
	e := event{at: t.moment(), level: info, service: "catalog", msg: "topic described", id: t.id(),
		method: "GET", path: topicsPath + "/" + topic, status: status, took: t.between(12, 80)}
	if status == 404 {
		e.level, e.msg = warn, "topic not described"
		e.body = appendBody(nil, 404, "kafka_topic_not_found", "Topic '"+topic+"' does not exist", "")
	}
	t.tell(dockerLogrus, e)
}

// actEdge serves people and health checks; nothing fails here.
func actEdge(t *teller) {
	for range 5 * t.scale {
		t.tell(nginxLine, event{at: t.moment(), method: "GET", path: "/catalog?page=" + strconv.Itoa(t.between(1, 40)),
			status: pick(&t.rng, []int{200, 200, 200, 304}), took: t.between(3, 60), id: t.id(),
			extra: []byte(`"upstream_status":"-",`)})
	}
	for i := range int64(2) {
		t.tell(plainLine, event{at: t.from + 9_000 + i*30_000,
			msg: "INFO health check of 10.0.3.21:4040 passed in " + strconv.Itoa(t.between(3, 14)) + " ms"})
	}
	if t.every(13) {
		// nginx without escape=json: \x22 is no JSON.
		at := t.moment()
		t.say(at, `{"time_iso8601":"`+string(appendTime(nil, at))+`","request":"GET /?q=\x22a\x22","status":404,"error":"-"}`)
	}
}
