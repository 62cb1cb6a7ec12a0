package main

import "strings"

// tool is a program that reads a corpus. All but wc, rg and goaccess do the
// same job, as far as they can say it: take the status from where the layouts
// keep it, keep 400 to 599, group by status and message, show the largest 20
// groups. What Docker wrapped and what is escaped in a string, only analyzer
// looks into.
type tool struct {
	name    string
	program string // what to look for in PATH, or a path
	job     string
	slow    bool // reads the sample, and its time is scaled
	args    func(file string) []string
}

// baseline is what all others are compared with.
var baseline = tool{"wc -l", "wc", "count lines", false, func(file string) []string {
	return []string{"-l", file}
}}

// tools returns the baseline and what is timed beside it.
func tools(analyzer string) []tool {
	return []tool{
		baseline,
		{"analyzer", analyzer, "full report", false, onlyFile},
		{"rg -c", "rg", "count lines with a status in one spelling", false, before(`-c`, `"status":\s*[45]\d\d`)},
		{"duckdb", "duckdb", "group, with the schema given", false, duckdbArgs},
		{"jq", "jq", "group", true, before("-rn", jqGroup)},
		{"mlr", "mlr", "group", true, before(mlrGroup...)},
		{"goaccess", "goaccess", "web report of the nginx lines", true, before(goaccessReport...)},
	}
}

func onlyFile(file string) []string { return []string{file} }

// before returns arguments that the file follows.
func before(args ...string) func(string) []string {
	return func(file string) []string {
		return append(args[:len(args):len(args)], file)
	}
}

const jqGroup = `reduce inputs as $l ({};
  ($l.status // $l.http.response.status_code? // $l.res.statusCode?) as $s
  | if ($s | type) == "number" and $s >= 400 and $s <= 599 then .["\($s) \($l.msg)"] += 1 else . end)
| to_entries | sort_by(-.value)[:20][] | "\(.value) \(.key)"`

var mlrGroup = []string{"--ijsonl", "--oxtab",
	"put", "-q", `
  var s = is_present($status) ? $status : is_present($http) ? $http["response"]["status_code"] : $res["statusCode"];
  if (is_numeric(s) && s >= 400 && s <= 599) { @n[s][$msg] += 1 }
  end { emit @n, "status", "msg" }`,
	"then", "sort", "-nr", "n", "then", "head", "-n", "20"}

var goaccessReport = []string{"--no-global-config", "--num-tests=0", "--no-progress",
	"--date-format=%Y-%m-%d", "--time-format=%T",
	`--log-format={"time_iso8601":"%dT%t.%^","remote_addr":"%h","request_method":"%m","request_uri":"%U",` +
		`"status":"%s","request_time":"%T","body_bytes_sent":"%b","http_user_agent":"%u"}`,
	"--output=-", "--output-format=json"}

const duckdbGroup = `SELECT s, m, count(*) AS n FROM (
  SELECT coalesce(try_cast(status AS INTEGER), http.response.status_code, res."statusCode") AS s, msg AS m
  FROM read_json('FILE', format = 'newline_delimited', columns = {status: 'VARCHAR', msg: 'VARCHAR',
    http: 'STRUCT(response STRUCT(status_code INTEGER))', res: 'STRUCT("statusCode" INTEGER)'}))
WHERE s BETWEEN 400 AND 599 GROUP BY s, m ORDER BY n DESC, s, m LIMIT 20`

func duckdbArgs(file string) []string {
	quoted := strings.ReplaceAll(file, "'", "''")
	return []string{"-c", strings.Replace(duckdbGroup, "FILE", quoted, 1)}
}
