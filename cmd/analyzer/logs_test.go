package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// label is what an error in a log is, written by hand beside the log. What a
// label leaves out is not judged.
type label struct {
	Line      int64    `json:"line"`
	Time      *string  `json:"time"`
	Category  string   `json:"category"`
	Status    *int     `json:"status"`
	Code      *string  `json:"code"`
	Fields    []string `json:"fields"`
	RequestID *string  `json:"request_id"`
	Method    *string  `json:"method"`
	Path      *string  `json:"path"`
	Service   *string  `json:"service"`
}

// String tells a label from the others of its line.
func (l label) String() string {
	return fmt.Sprintf("%s %s %s", l.Category, said(l.Status), said(l.Code))
}

// disagreement is one point in which the analyzer and a label differ.
type disagreement struct {
	line  int64
	event int    // of the errors of that line, from 1: batch documents have several
	what  string // "missed", "false alarm", or the label's key
	how   string
}

func (d disagreement) String() string {
	return fmt.Sprintf("line %d, error %d: %s: %s", d.line, d.event, d.what, d.how)
}

// TestLogs holds the analyzer to the labels of every log in testdata/logs: each
// error found and read right, nothing else found.
func TestLogs(t *testing.T) {
	for _, log := range labelled(t, "../../testdata/logs") {
		t.Run(filepath.Base(log), func(t *testing.T) {
			for _, d := range judge(t, log) {
				t.Error(d)
			}
		})
	}
}

// labelled returns the logs in a folder.
func labelled(t *testing.T, folder string) []string {
	t.Helper()
	logs, err := filepath.Glob(filepath.Join(folder, "*.log"))
	if err != nil || len(logs) == 0 {
		t.Fatalf("no logs in %s: %v", folder, err)
	}
	return logs
}

// judge compares the errors found in a log with the labels beside it.
func judge(t *testing.T, log string) []disagreement {
	t.Helper()
	want := readLabels(t, readFile(t, strings.TrimSuffix(log, ".log")+".want.ndjson"))
	return judgeLabels(readLabels(t, lines(t, log)), want)
}

// judgeLabels compares errors with labels by line and, within a line, in order.
func judgeLabels(got, want []label) (all []disagreement) {
	wanted, found := byLine(want), byLine(got)
	numbers := slices.AppendSeq(slices.Collect(maps.Keys(wanted)), maps.Keys(found))
	slices.Sort(numbers)
	for _, n := range slices.Compact(numbers) {
		all = append(all, judgeLine(n, found[n], wanted[n])...)
	}
	return all
}

func byLine(labels []label) map[int64][]label {
	lines := map[int64][]label{}
	for _, l := range labels {
		lines[l.Line] = append(lines[l.Line], l)
	}
	return lines
}

func judgeLine(line int64, got, want []label) (all []disagreement) {
	for i := range max(len(got), len(want)) {
		differ := func(what, how string) {
			all = append(all, disagreement{line, i + 1, what, how})
		}
		switch {
		case i >= len(got):
			differ("missed", want[i].String())
		case i >= len(want):
			differ("false alarm", got[i].String())
		default:
			compare(got[i], want[i], differ)
		}
	}
	return all
}

// compare calls differ for each key whose value is not the one that want asks for.
func compare(got, want label, differ func(what, how string)) {
	check := func(key, got, want string, isJudged bool) {
		if isJudged && got != want {
			differ(key, fmt.Sprintf("%q, want %q", got, want))
		}
	}
	check("category", got.Category, want.Category, true)
	check("status", cmp.Or(said(got.Status), "0"), said(want.Status), want.Status != nil)
	check("code", said(got.Code), said(want.Code), want.Code != nil)
	check("fields", strings.Join(got.Fields, " "), strings.Join(want.Fields, " "), want.Fields != nil)
	check("request_id", said(got.RequestID), said(want.RequestID), want.RequestID != nil)
	check("time", instant(got.Time), instant(want.Time), want.Time != nil)
	check("method", said(got.Method), said(want.Method), want.Method != nil)
	check("path", said(got.Path), said(want.Path), want.Path != nil)
	check("service", said(got.Service), said(want.Service), want.Service != nil)
}

// said returns what a label says, "" where it says nothing.
func said[T any](value *T) string {
	if value == nil {
		return ""
	}
	return fmt.Sprint(*value)
}

// instant returns a time in the one spelling by which times are compared.
func instant(value *string) string {
	text := said(value)
	if at, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return at.UTC().Format(time.RFC3339Nano)
	}
	return text
}

// lines analyses a log and returns its errors as -o ndjson writes them.
func lines(t *testing.T, log string) string {
	t.Helper()
	var out bytes.Buffer
	analyzeLog(t, testPipeline(t, &out), log)
	return out.String()
}

func readLabels(t *testing.T, text string) (labels []label) {
	t.Helper()
	in := bufio.NewScanner(strings.NewReader(text))
	for in.Scan() {
		var l label
		if err := json.Unmarshal(in.Bytes(), &l); err != nil {
			t.Fatalf("%s: %v", in.Text(), err)
		}
		labels = append(labels, l)
	}
	return labels
}
