package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestIncidentLog(t *testing.T) {
	want := story(t, 1, 1)
	got, err := os.ReadFile("../../testdata/incident.log")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("testdata/incident.log is not what the generator writes; run: go run ./cmd/corpus story > testdata/incident.log")
	}
	if len(got) > 700_000 {
		t.Errorf("incident.log has %d bytes, want at most 700000", len(got))
	}
}

func TestStoryFacts(t *testing.T) {
	log := readStory(t, story(t, 1, 1))
	for _, want := range []struct {
		service     string
		status      int
		first, last time.Time // between which all lie, and near which the first and the last do
		least, most int
		version     string
	}{
		{"sync", 401, at(14, 2, 11), at(14, 31, 52), 150, 250, ""},
		{"deployer", 400, at(14, 20, 33), at(14, 31, 52), 30, 80, "2.8.1"},
		{"billing", 429, at(14, 10, 2), at(14, 20, 0), 300, 450, ""},
		{"billing", 503, at(14, 12, 41), at(14, 17, 9), 7, 7, ""},
		{"catalog", 404, at(13, 40, 7), at(14, 28, 0), 15, 30, ""},
	} {
		t.Run(fmt.Sprint(want.service, want.status), func(t *testing.T) {
			of := log.where(want.service, want.status)
			if len(of) < want.least || len(of) > want.most {
				t.Fatalf("%d errors, want %d to %d", len(of), want.least, want.most)
			}
			first, last := of[0].at, of[len(of)-1].at
			if first.Before(want.first) || first.Sub(want.first) > time.Minute {
				t.Errorf("first at %v, want soon after %v", first, want.first)
			}
			if last.After(want.last) || want.last.Sub(last) > 2*time.Minute {
				t.Errorf("last at %v, want shortly before %v", last, want.last)
			}
			for _, r := range of {
				if r.version != want.version {
					t.Errorf("version %q at %v, want %q", r.version, r.at, want.version)
				}
			}
		})
	}
	if n := len(log.failures()); n*2 > len(log.records) {
		t.Errorf("%d of %d records fail; most should succeed", n, len(log.records))
	}
	if n := len(log.records); n < 1_500 || n > 3_000 {
		t.Errorf("%d records, want 1500 to 3000", n)
	}
}

func TestStoryTurns(t *testing.T) {
	log := readStory(t, story(t, 1, 1))
	for _, r := range log.where("sync", 200) {
		if r.at.After(at(14, 2, 11)) && r.id != "" {
			t.Errorf("sync succeeds at %v without a valid token", r.at)
		}
	}
	for _, r := range log.where("deployer", 200) {
		if r.method == "PUT" && r.at.After(at(14, 20, 34)) {
			t.Errorf("deployer applies a bad network at %v", r.at)
		}
	}
	if len(log.where("billing", 200)) < 100 {
		t.Error("billing hardly succeeds between its troubles")
	}
}

// A caller that does not wait: about four tries of each call, 0.2 s apart.
func TestStoryStorm(t *testing.T) {
	calls := map[string][]record{}
	for _, r := range readStory(t, story(t, 1, 1)).where("billing", 429) {
		calls[r.id] = append(calls[r.id], r)
	}
	for id, tries := range calls {
		if len(tries) < 3 || len(tries) > 5 {
			t.Errorf("call %s is tried %d times", id, len(tries))
		}
		for i := 1; i < len(tries); i++ {
			if gap := tries[i].at.Sub(tries[i-1].at); gap < 150*time.Millisecond || gap > 250*time.Millisecond {
				t.Errorf("call %s waits %v", id, gap)
			}
		}
	}
}

func TestStoryIncidentCall(t *testing.T) {
	n := 0
	for _, r := range readStory(t, story(t, 1, 1)).where("billing", 503) {
		if strings.HasPrefix(r.id, "9f2c77e1") {
			n++
		}
	}
	if n != 3 {
		t.Errorf("call 9f2c77e1 meets %d failures, want 3", n)
	}
}

func TestStoryHasOneSecretAndFewBrokenLines(t *testing.T) {
	text := story(t, 1, 1)
	if n := bytes.Count(text, []byte("aivenv1 ")); n != 1 {
		t.Errorf("%d tokens, want the one that redaction is shown on", n)
	}
	if n := len(readStory(t, text).broken); n < 3 || n > 12 {
		t.Errorf("%d lines of broken JSON, want a few", n)
	}
}

func TestStoryWithoutID(t *testing.T) {
	n := 0
	failures := readStory(t, story(t, 1, 1)).failures()
	for _, r := range failures {
		if r.id == "" {
			n++
		}
	}
	if n == 0 || n > len(failures)/10 {
		t.Errorf("%d of %d errors have no ID, want a few", n, len(failures))
	}
}

func TestStoryIsInOrderOfTime(t *testing.T) {
	records := readStory(t, story(t, 1, 3)).records
	if !slices.IsSortedFunc(records, func(a, b record) int { return a.at.Compare(b.at) }) {
		t.Error("the merged story goes back in time")
	}
}

// Each service's log holds its lines of the merged one, in the same order.
func TestStoryDir(t *testing.T) {
	dir := t.TempDir()
	if err := writeStoryDir(dir, 1, 1); err != nil {
		t.Fatal(err)
	}
	var apart []string
	for _, a := range cast {
		text, err := os.ReadFile(filepath.Join(dir, a.name+".log"))
		if err != nil {
			t.Fatal(err)
		}
		apart = append(apart, strings.SplitAfter(string(text), "\n")...)
	}
	merged := strings.SplitAfter(string(story(t, 1, 1)), "\n")
	slices.Sort(apart)
	slices.Sort(merged)
	if strings.Join(apart, "") != strings.Join(merged, "") {
		t.Error("the services' logs together are not the merged log")
	}
}

func story(t *testing.T, seed uint64, scale int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := writeStory(&b, seed, scale); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func at(hour, min, sec int) time.Time {
	return time.UnixMilli(clock(hour, min, sec)).UTC()
}

// record is what the tests read of a line, apart from how it is laid out.
type record struct {
	at                           time.Time
	service, version, id, method string
	status                       int
}

type storyLog struct {
	records []record
	broken  []string
}

func (l *storyLog) where(service string, status int) []record {
	return slices.DeleteFunc(slices.Clone(l.records), func(r record) bool {
		return r.service != service || r.status != status
	})
}

func (l *storyLog) failures() []record {
	return slices.DeleteFunc(slices.Clone(l.records), func(r record) bool { return r.status < 400 })
}

func readStory(t *testing.T, text []byte) *storyLog {
	t.Helper()
	log := &storyLog{}
	for l := range strings.Lines(string(text)) {
		before, object, hasObject := strings.Cut(l, "{")
		if !hasObject {
			log.records = append(log.records, record{at: textTime(t, l)})
			continue
		}
		var members map[string]any
		if json.Unmarshal([]byte("{"+object), &members) != nil {
			log.broken = append(log.broken, l)
			continue
		}
		r := readRecord(t, members)
		if before != "" {
			r.at = textTime(t, before)
		}
		log.records = append(log.records, r)
	}
	return log
}

func textTime(t *testing.T, l string) time.Time {
	t.Helper()
	word, _, _ := strings.Cut(l, " ")
	at, err := time.Parse(time.RFC3339, word)
	if err != nil {
		t.Fatalf("line without a time: %q", l)
	}
	return at
}

func readRecord(t *testing.T, members map[string]any) record {
	t.Helper()
	if log, ok := members["log"].(string); ok {
		inner := map[string]any{}
		if err := json.Unmarshal([]byte(log), &inner); err != nil {
			t.Fatalf("Docker holds %q: %v", log, err)
		}
		return readRecord(t, inner)
	}
	text := func(path string) string { s, _ := lookUp(members, path).(string); return s }
	r := record{
		service: text("service"),
		version: text("version"),
		id:      text("request_id") + text("req.id"),
		method:  text("method") + text("http.request.method") + text("req.method"),
	}
	r.at, _ = time.Parse(time.RFC3339, text("time")+text("time_iso8601"))
	for path, unit := range map[string]float64{"ts": 1e3, "time": 1} {
		if n, ok := lookUp(members, path).(float64); ok {
			r.at = time.UnixMilli(int64(n*unit + 0.5)).UTC()
		}
	}
	for _, path := range []string{"status", "status_code", "http.response.status_code", "res.statusCode"} {
		if n, ok := lookUp(members, path).(float64); ok {
			r.status = int(n)
		}
	}
	if m := statusInText.FindStringSubmatch(text("error")); m != nil {
		r.status, _ = strconv.Atoi(m[1])
	}
	return r
}

var statusInText = regexp.MustCompile(`: (\d{3}): \{`)

// lookUp returns what members hold under keys joined by dots.
func lookUp(members map[string]any, path string) any {
	key, rest, nested := strings.Cut(path, ".")
	if !nested {
		return members[key]
	}
	inner, _ := members[key].(map[string]any)
	return lookUp(inner, rest)
}
