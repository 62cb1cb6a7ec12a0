package main

import (
	"slices"
	"strings"
	"testing"

	"analyzer/classify"
	"analyzer/parse"
)

// topic is an error that names something for each key.
func topic() *classify.Finding {
	return &classify.Finding{
		Record: &parse.Record{
			Service: "catalog", Version: "2.8.1", Caller: "tok-7f3a9c", Host: "api.aiven.io", Operation: "ServiceKafkaTopicGet",
			Method: "GET", Path: "/v1/project/acme/service/kafka/topic/orders",
			IDs: []parse.ID{{Kind: "request", Value: "r-1"}, {Kind: "trace", Value: "t-1"}},
		},
		Category: classify.Resource, Rule: "aiven/topic-missing", Fields: []string{"topic_name", "ip_filter[].network"},
		Problem: classify.Problem{Category: classify.Resource, Status: 404, Code: "topic_not_found", Method: "GET", Route: "/v1/project/{project}/topic/{topic}"},
	}
}

// bare is an error of which the log says next to nothing.
func bare() *classify.Finding {
	return &classify.Finding{Record: &parse.Record{}, Category: classify.RateLimit}
}

func TestWhere(t *testing.T) {
	id := topic().Problem.ID()
	for _, c := range []struct {
		flags       string // separated by blanks
		topic, bare bool
	}{
		{"", true, true},
		{"category=resource", true, false},
		{"category=RESOURCE", true, false},
		{"category=r*", true, true},
		{"category!=resource", false, true},
		{"status=404", true, false},
		{"status=4xx", true, false},
		{"status=4XX", true, false},
		{"status=400-403", false, false},
		{"status=403-404", true, false},
		{"status!=5xx", true, true},
		{"status=", false, true},
		{"status!=", true, false},
		{"service=catalog", true, false},
		{"service=Catalog", false, false},
		{"service=cat*", true, false},
		{"service=*og", true, false},
		{"service=c*t*g", true, false},
		{"service=at*", false, false},
		{"service=", false, true},
		{"service=*", true, true},
		{"caller=tok-7f3a9c", true, false},
		{"version=2.8.*", true, false},
		{"version=2?8.1", false, false},
		{"host=api.aiven.io", true, false},
		{"method=get", true, false},
		{"path=/v1/project/*/topic/orders", true, false},
		{"route=/v1/project/{project}/topic/{topic}", true, false},
		{"operation=ServiceKafkaTopicGet", true, false},
		{"code=topic_not_found", true, false},
		{"field=topic_name", true, false},
		{"field=ip_filter[].network", true, false},
		{"field=ip_filter", false, false},
		{"field=", false, true},
		{"field!=topic_name", false, true},
		{"request-id=r-1", true, false},
		{"request_id=t-1", true, false},
		{"request-id=", false, true},
		{"rule=aiven/*", true, false},
		{"problem=" + id, true, false},
		{"problem!=" + id, false, true},
		{"service=web service=catalog", true, false},
		{"service=catalog status=5xx", false, false},
		{"service!=web service!=catalog", false, true},
		{"service=cat* service!=catalog", false, false},
		{"KEY=VALUE", false, false},
	} {
		conditions, _, err := parseWhere(strings.Fields(c.flags))
		if (err != nil) != (c.flags == "KEY=VALUE") {
			t.Errorf("%s: %v", c.flags, err)
		}
		if err != nil {
			continue
		}
		f := filter{where: conditions}
		if got := f.matches(topic()); got != c.topic {
			t.Errorf("%s: topic passes: %v", c.flags, got)
		}
		if got := f.matches(bare()); got != c.bare {
			t.Errorf("%s: bare passes: %v", c.flags, got)
		}
	}
}

// TestWhereSpelling: what means the same reads the same.
func TestWhereSpelling(t *testing.T) {
	_, spelled, err := parseWhere([]string{"Request_ID=A=b", "status = 4XX", "METHOD!=get", "service !=", "category=SERVER"})
	want := []string{"request-id=A=b", "status=4xx", "method!=GET", "service!=", "category=server"}
	if err != nil || !slices.Equal(spelled, want) {
		t.Errorf("got %q, %v; want %q", spelled, err, want)
	}
}

func TestWhereRefuses(t *testing.T) {
	for flag, want := range map[string]string{
		"service":            "want KEY=VALUE or KEY!=VALUE",
		"=web":               "want KEY=VALUE or KEY!=VALUE",
		"!=web":              "want KEY=VALUE or KEY!=VALUE",
		"servcie=web":        "no key servcie; did you mean service?",
		"colour=red":         "no key colour; want one of category, status, service, caller",
		"status=4":           "no status 4;",
		"status=999":         "no status 999;",
		"status=4*":          "no status 4*;",
		"status=499-400":     "no status 499-400;",
		"category=ratelimit": "no category ratelimit; did you mean rate-limit?",
		"category=":          "no category ; want one of authentication",
		"problem=9sd0c9":     "no problem 9sd0c9; want an id",
	} {
		_, _, err := parseWhere([]string{flag})
		if err == nil || !strings.HasPrefix(err.Error(), "--where "+flag+": "+want) {
			t.Errorf("%s: got %v, want %s", flag, err, want)
		}
	}
}

// TestWhereKeys: every key is one that a flag can name, and the help names it.
func TestWhereKeys(t *testing.T) {
	help := filterHelp(t)
	for i := range keys {
		k := &keys[i]
		if findKey(k.name) != k {
			t.Errorf("%s: not found by its name", k.name)
		}
		if !strings.Contains(help, k.name) {
			t.Errorf("%s: the help of --where does not name it", k.name)
		}
	}
}
