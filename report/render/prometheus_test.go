package render

import (
	"strings"
	"testing"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"analyzer/report"
)

// Whatever a report holds, Prometheus reads what is written for it, and finds
// in the labels what the report says.
func TestPrometheusIsRead(t *testing.T) {
	for _, name := range testCases(t) {
		r := load(t, name)
		families := readMetrics(t, drawn(t, Prometheus, r, Options{}))
		if got := sum(families["analyzer_errors"]); got != float64(r.Input.Errors) {
			t.Errorf("%s: %v errors, want %d", name, got, r.Input.Errors)
		}
		if got := sum(families["analyzer_records"]); got != float64(r.Input.Records) {
			t.Errorf("%s: %v records, want %d", name, got, r.Input.Records)
		}
		if got, want := len(families["analyzer_problem_errors"]), min(metricProblems, len(r.Problems)); got != want {
			t.Errorf("%s: %d problems, want %d", name, got, want)
		}
	}
}

func TestPrometheusEscapesLabels(t *testing.T) {
	route := "/a\"} 1\nanalyzer_errors 7\\\x1b"
	r := &report.Report{Problems: []report.Problem{{ID: "P-1", Route: route}}}
	families := readMetrics(t, drawn(t, Prometheus, r, Options{}))
	if got := families["analyzer_problem_errors"][0].Metric["route"]; string(got) != Plain(route) {
		t.Errorf("route %q, want %q", got, Plain(route))
	}
	if families["analyzer_errors"] != nil {
		t.Error("the route made a metric")
	}
}

func readMetrics(t *testing.T, text string) map[string]model.Vector {
	t.Helper()
	parser := expfmt.NewTextParser(model.LegacyValidation)
	read, err := parser.TextToMetricFamilies(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	families := map[string]model.Vector{}
	for name, family := range read {
		samples, err := expfmt.ExtractSamples(&expfmt.DecodeOptions{}, family)
		if err != nil {
			t.Fatal(err)
		}
		families[name] = samples
	}
	return families
}

func sum(v model.Vector) (total float64) {
	for _, s := range v {
		total += float64(s.Value)
	}
	return total
}
