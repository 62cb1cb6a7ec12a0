package render

import (
	"io"
	"strconv"
	"strings"

	"analyzer/report"
)

// Prometheus writes r in Prometheus' text format, for the textfile collector of
// the node exporter. All metrics are gauges of what one run read: a counter
// would have to go on from run to run, which the count of a log that rotates
// does not. Label sets are bounded: the five categories, the outcomes of a
// record, and the first problems of the report.
func Prometheus(w io.Writer, r *report.Report, _ Options) error {
	var out strings.Builder
	for _, m := range metrics {
		m.write(&out, m.series(r))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// metric is a name, what it counts, and how.
type metric struct {
	name, help string
	series     func(r *report.Report) []series
}

// series is one value, told from others of its metric by labels: names and
// values in turn.
type series struct {
	value  int64
	labels []string
}

// metrics are appended to, never renamed: alerts are written in terms of them.
var metrics = []metric{
	{"analyzer_errors", "API errors in what the last run read.", byCategory(func(c *report.Category) int64 { return c.Errors })},
	{"analyzer_requests", "Different requests that failed.", byCategory(func(c *report.Category) int64 { return c.Requests })},
	{"analyzer_problems", "Problems, which are errors that fail alike.", byCategory(func(c *report.Category) int64 { return c.Problems })},
	{"analyzer_problem_errors", "API errors of each of the first problems.", byProblem(func(p *report.Problem) int64 { return p.Errors })},
	{"analyzer_problem_failing", "Whether the problem still fails at the end of the log.", byProblem(func(p *report.Problem) int64 { return truth(p.State == "still") })},
	{"analyzer_problem_changes", "Problems that changed since earlier runs.", changes},
	{"analyzer_records", "Records of the log, by what became of them.", records},
	{"analyzer_bytes", "Bytes of the log.", func(r *report.Report) []series { return []series{{value: r.Input.Bytes}} }},
	{"analyzer_sources", "Sources of the log, by how far they were read.", sources},
	{"analyzer_interrupted", "Whether the last run was stopped before the end of the log.", func(r *report.Report) []series { return []series{{value: truth(r.Interrupted)}} }},
	{"analyzer_log_start_timestamp_seconds", "Time of the log's first record.", func(r *report.Report) []series { return moment(r.Window.First) }},
	{"analyzer_log_end_timestamp_seconds", "Time of the log's last record.", func(r *report.Report) []series { return moment(r.Window.Last) }},
}

func byCategory(value func(*report.Category) int64) func(*report.Report) []series {
	return func(r *report.Report) (all []series) {
		for i := range r.Categories {
			c := &r.Categories[i]
			all = append(all, series{value(c), []string{"category", c.Category}})
		}
		return all
	}
}

const (
	metricProblems = 20  // problems that have series of their own
	maxRoute       = 120 // columns of a route
)

func byProblem(value func(*report.Problem) int64) func(*report.Report) []series {
	return func(r *report.Report) (all []series) {
		for i := range r.Problems[:min(metricProblems, len(r.Problems))] {
			p := &r.Problems[i]
			all = append(all, series{value(p), []string{
				"problem", p.ID, "category", p.Category, "status", status(p.Status), "method", p.Method, "route", cutMiddle(Plain(p.Route), maxRoute),
			}})
		}
		return all
	}
}

// changes counts problems by how they changed, if r has a history.
func changes(r *report.Report) (all []series) {
	if r.History == nil {
		return nil
	}
	for _, change := range []string{report.ChangeNew, report.ChangeReturned, report.ChangeWorse, report.ChangeGone} {
		n := int64(0)
		for i := range r.History.Problems {
			n += truth(r.History.Problems[i].Change == change)
		}
		all = append(all, series{n, []string{"change", change}})
	}
	return all
}

func records(r *report.Report) []series {
	return []series{
		{r.Input.Errors, []string{"outcome", "error"}},
		{r.Input.NonErrors, []string{"outcome", "non_error"}},
		{r.Input.Malformed, []string{"outcome", "malformed"}},
		{r.Input.Filtered, []string{"outcome", "filtered"}},
	}
}

func sources(r *report.Report) (all []series) {
	for _, status := range []string{"complete", "partial", "failed"} {
		n := int64(0)
		for _, s := range r.Input.Sources {
			n += truth(s.Status == status)
		}
		all = append(all, series{n, []string{"status", status}})
	}
	return all
}

// moment is a time, no series if it is not known.
func moment(t *report.Time) []series {
	if t == nil {
		return nil
	}
	return []series{{value: t.Unix()}}
}

// truth is 1 for yes and 0 for no, as Prometheus writes them.
func truth(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// write writes a metric that has series, each on a line.
func (m *metric) write(out *strings.Builder, all []series) {
	if len(all) == 0 {
		return
	}
	out.WriteString("# HELP " + m.name + " " + m.help + "\n# TYPE " + m.name + " gauge\n")
	for _, s := range all {
		out.WriteString(m.name + s.labelled() + " " + strconv.FormatInt(s.value, 10) + "\n")
	}
}

func (s *series) labelled() string {
	if len(s.labels) == 0 {
		return ""
	}
	pairs := make([]string, 0, len(s.labels)/2)
	for i := 0; i < len(s.labels); i += 2 {
		pairs = append(pairs, s.labels[i]+`="`+labelEscaper.Replace(Plain(s.labels[i+1]))+`"`)
	}
	return "{" + strings.Join(pairs, ",") + "}"
}

var labelEscaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`)
