package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// TestScheduledRuns runs the commands of the files in schedule as they are
// written, below a directory of the test instead of the root: first on a log
// without errors, then when one was added.
func TestScheduledRuns(t *testing.T) {
	for name, run := range map[string]struct {
		command string
		code    int  // of a run that finds errors
		notify  bool // whether a webhook hears of them
	}{
		"crontab": {cronCommand(t), exitOK, false},
		"systemd": {serviceCommand(t), exitFindings, true},
		"cronjob": {cronJobCommand(t), exitOK, true},
	} {
		received := "! exists received"
		if run.notify {
			received = "grep '1 API error in 1 record' received"
		}
		script := fmt.Sprintf(`
[!exec:flock] skip 'flock is not installed'
mkdir var/log/app var/lib/analyzer etc/analyzer
exec sh -c 'echo "$HOOK/in" >etc/analyzer/notify'
cp calm.log var/log/app/app.log
exec sh run.sh
! stdout .
! stderr .
! exists received
exec sh -c 'cat failing.log >>var/log/app/app.log'
exec sh -c 'sh run.sh; echo code $?'
stdout '^1 API error in 1 record of .*app.log'
stdout '^code %d$'
grep '^<h1>1 API error in ' var/lib/analyzer/errors-latest.html
%s
-- run.sh --
%s
-- calm.log --
{"level":"info","msg":"hello"}
-- failing.log --
{"time":%q,"level":"error","service":"web","method":"GET","path":"/v1/items","status":503}
`, run.code, received, belowWork(run.command), time.Now().UTC().Format(time.RFC3339))
		path := filepath.Join(t.TempDir(), name+".txtar")
		if err := os.WriteFile(path, []byte(script), 0o644); err != nil {
			t.Fatal(err)
		}
		testscript.Run(t, testscript.Params{Files: []string{path}, Setup: setUp})
	}
}

// belowWork moves a command from the root to the directory that it runs in.
func belowWork(command string) string {
	return strings.NewReplacer("/usr/local/bin/", "", "/var/", "var/", "/etc/", "etc/").Replace(command)
}

func schedule(t *testing.T, name string) string {
	t.Helper()
	return readFile(t, filepath.Join("schedule", name))
}

// cronLine is five fields of time, the user, and what cron hands to sh.
var cronLine = regexp.MustCompile(`(?m)^(?:[-0-9*/,]+ ){5}analyzer (.+)$`)

func cronCommand(t *testing.T) string {
	t.Helper()
	lines := cronLine.FindAllStringSubmatch(schedule(t, "crontab"), -1)
	if len(lines) != 1 {
		t.Fatalf("crontab: %d lines that run analyzer, want 1", len(lines))
	}
	command := lines[0][1]
	if regexp.MustCompile(`(^|[^\\])%`).MatchString(command) {
		t.Error("crontab: % ends the command")
	}
	return strings.ReplaceAll(command, `\%`, "%")
}

func serviceCommand(t *testing.T) string {
	t.Helper()
	_, rest, ok := strings.Cut(schedule(t, "analyzer.service"), "\nExecStart=")
	if !ok {
		t.Fatal("analyzer.service: starts nothing")
	}
	command, _, _ := strings.Cut(strings.ReplaceAll(rest, "\\\n", ""), "\n")
	return strings.NewReplacer("%%", "%", "%S", "/var/lib", "%d", "/etc/analyzer").Replace(command)
}

// cronJob is what of the file says what is run.
type cronJob struct {
	Spec struct {
		JobTemplate struct {
			Spec struct {
				Template struct {
					Spec struct {
						Containers []struct{ Command, Args []string }
					}
				}
			}
		} `yaml:"jobTemplate"`
	}
}

func cronJobCommand(t *testing.T) string {
	t.Helper()
	var job cronJob
	if err := yaml.Unmarshal([]byte(schedule(t, "cronjob.yaml")), &job); err != nil {
		t.Fatal(err)
	}
	c := job.Spec.JobTemplate.Spec.Template.Spec.Containers[0]
	return strings.Join(append(c.Command, c.Args...), " ")
}

// The CronJob is one that Kubernetes takes, and keeps to what the schema asks of
// it: one at a time, with deadlines, a read-only root and a volume for its state.
func TestCronJobSchema(t *testing.T) {
	var document any
	if err := yaml.Unmarshal([]byte(schedule(t, "cronjob.yaml")), &document); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	schema, err := jsonschema.NewCompiler().Compile("../../testdata/schedule/cronjob.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Error(err)
	}
}

// systemd finds nothing wrong with the units, and the service well confined.
func TestSystemdVerifies(t *testing.T) {
	program, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not installed")
	}
	dir := t.TempDir()
	installed, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"analyzer.service", "analyzer.timer"} {
		unit := strings.Replace(schedule(t, name), "/usr/local/bin/analyzer", installed, 1)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(unit), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	service, timer := filepath.Join(dir, "analyzer.service"), filepath.Join(dir, "analyzer.timer")
	out, err := exec.Command(program, "verify", "--man=no", service, timer).CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("systemd-analyze verify: %v\n%s", err, out)
	}
	out, err = exec.Command(program, "security", "--offline=true", "--threshold=20", "--no-pager", service).CombinedOutput()
	if err != nil {
		t.Errorf("systemd-analyze security: %v\n%s", err, out)
	}
}

// README.md shows the line of the crontab.
func TestReadmeShowsCrontab(t *testing.T) {
	line := cronLine.FindString(schedule(t, "crontab"))
	if !strings.Contains(readFile(t, "../../README.md"), line) {
		t.Errorf("README.md does not show the crontab's line:\n%s", line)
	}
}
