package main

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"analyzer/report"
	"analyzer/report/history"
	"analyzer/report/render"
)

// runsPage is the list of all runs.
type runsPage struct {
	FormatVersion string   `json:"format_version"`
	Runs          []runRow `json:"runs"`
	dir           string
}

func newRunsPage(dir string, runs []history.Run) *runsPage {
	p := &runsPage{FormatVersion: report.FormatVersion, Runs: []runRow{}, dir: dir}
	for _, r := range runs {
		p.Runs = append(p.Runs, runRow{r.ID, report.Time{Time: r.Started}, report.Time{Time: r.Finished}, r.Records, r.Errors, r.Malformed, r.Sources, r.Kept})
	}
	return p
}

// runRow is one run, as JSON writes it.
type runRow struct {
	ID        int64       `json:"id"`
	Started   report.Time `json:"started"`
	Finished  report.Time `json:"finished"`
	Records   int64       `json:"records"`
	Errors    int64       `json:"errors"`
	Malformed int64       `json:"malformed"`
	Sources   int64       `json:"sources"`
	kept      bool
}

func (p *runsPage) draw(w io.Writer, o render.Options) error {
	if len(p.Runs) == 0 {
		_, err := fmt.Fprintf(w, "no runs in %s yet; analyzer --incremental LOGS makes one\n", render.Plain(p.dir))
		return err
	}
	var rows [][]string
	for _, r := range p.Runs {
		rows = append(rows, []string{decimal(r.ID), moment(&r.Finished), decimal(r.Records), decimal(r.Errors), decimal(r.Malformed), decimal(r.Sources), r.keeps()})
	}
	if err := render.Grid(w, []string{"RUN", "FINISHED", "RECORDS#", "ERRORS#", "MALFORMED#", "SOURCES#", "KEPT"}, rows, o); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%s; analyzer history RUN shows a report again, analyzer history P-… the life of a problem\n", count(len(p.Runs), "run"))
	return err
}

// keeps says what there is to see of a run.
func (r *runRow) keeps() string {
	if r.kept {
		return "report"
	}
	return "counts"
}

// lifePage is the life of a problem.
type lifePage struct {
	report.Life
	Occurrences []occurrenceRow `json:"occurrences"`
}

func newLifePage(life report.Life, occurrences []history.Occurrence) *lifePage {
	p := &lifePage{Life: life, Occurrences: []occurrenceRow{}}
	for _, o := range occurrences {
		p.Occurrences = append(p.Occurrences, occurrenceRow(o))
	}
	return p
}

// occurrenceRow is what one run found of it.
type occurrenceRow struct {
	Run    int64        `json:"run"`
	Errors int64        `json:"errors"`
	First  *report.Time `json:"first"`
	Last   *report.Time `json:"last"`
}

func (p *lifePage) draw(w io.Writer, o render.Options) error {
	err := render.Sheet(w, p.ID+": "+p.Category+" error", o, append(keyParts(p.Status, p.Code, p.Method, p.Route, p.Message),
		render.Part{Label: "FIRST", Texts: joined(moment(p.First))},
		render.Part{Label: "LAST", Texts: joined(moment(p.Last))},
		render.Part{Label: "ERRORS", Texts: joined(fmt.Sprintf("%s in %s", decimal(p.Errors), count(int(p.Runs), "run")))},
	))
	if err != nil {
		return err
	}
	var rows [][]string
	for _, r := range p.Occurrences {
		rows = append(rows, []string{decimal(r.Run), decimal(r.Errors), moment(r.First), moment(r.Last)})
	}
	fmt.Fprintln(w)
	return render.Grid(w, []string{"RUN", "ERRORS#", "FIRST", "LAST"}, rows, o)
}

// moment writes a time of the log, "" if it shows none.
func moment(t *report.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.DateTime)
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }
