package classify_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"analyzer/classify"
	"analyzer/parse"
)

// What is measured. Each is a ratio of integers that adds up over lines.
const (
	foundBeside   = iota // errors with a status beside them that were found
	foundAlone           // errors without one that were found, if they state a status or a telling code
	category             // of those that had to be found, with the right category
	httpStatus           // and with the right HTTP status
	fieldPaths           // F1 of the affected fields, the full path
	fieldSegments        // the same, by the last segment of the path
	requestID            // errors that name their request, or are said to, with the right ID
	quietLines           // lines without an error in which none was found
	numMeasures
)

var measures = [numMeasures]struct{ name, title string }{
	{"found_beside", "found, status beside"},
	{"found_alone", "found, body alone tells"},
	{"category", "category"},
	{"http_status", "HTTP status"},
	{"field_paths_f1", "fields F1, full path"},
	{"field_segments_f1", "fields F1, last segment"},
	{"request_id", "request ID"},
	{"quiet", "quiet lines kept quiet"},
}

// ratio is hits of cases.
type ratio struct{ hits, cases int }

func (r *ratio) count(hit bool) {
	r.cases++
	if hit {
		r.hits++
	}
}

func (r *ratio) add(other ratio) {
	r.hits += other.hits
	r.cases += other.cases
}

// perMille rounds down, so that only what is perfect is called so.
func (r ratio) perMille() int { return 1000 * r.hits / r.cases }

// decimal returns a value in per mille as a share of 1.
func decimal(perMille int) string { return fmt.Sprintf("%d.%03d", perMille/1000, perMille%1000) }

// score is what the benchmark found, by measure and placement.
type score struct {
	ratios [numMeasures][numPlacements]ratio
	faults map[fault][]string // the placements in which each occurs
}

// fault is one way in which the analyzer and a label disagree.
type fault struct {
	kind, at, provider, want, got string
}

func (s *score) disagree(kind string, b *body, placement int, want, got any) {
	f := fault{kind, b.at, b.Provider, fmt.Sprint(want), fmt.Sprint(got)}
	s.faults[f] = append(s.faults[f], placementNames[placement])
}

// measure reads every body in every placement with the bench of its provider.
func measure(bodies []*body, benchOf func(*body) *bench) *score {
	s := &score{faults: map[fault][]string{}}
	for _, b := range bodies {
		for placement := range numPlacements {
			if line, ok := b.line(placement); ok {
				s.measureLine(b, placement, line, benchOf(b))
			}
		}
	}
	return s
}

func (s *score) measureLine(b *body, placement int, line string, on *bench) {
	beside := b.Status != 0 && placement != bare
	if !beside && !b.tells() {
		return
	}
	finding, n := on.read(line)
	found := foundAlone
	if beside {
		found = foundBeside
	}
	s.ratios[found][placement].count(n > 0)
	if n != 1 {
		s.disagree("found", b, placement, "1 error", fmt.Sprintf("%d: %.120s", n, b.Body))
	}
	if n == 0 {
		finding = classify.Finding{Record: &noRecord}
	}
	s.measureFinding(b, placement, beside, &finding)
}

// measureFinding compares a finding with the labels of b. What was not found is
// wrong in everything.
func (s *score) measureFinding(b *body, placement int, beside bool, f *classify.Finding) {
	right := f.Category.String() == b.Category
	s.ratios[category][placement].count(right)
	if !right && f.Category != 0 {
		s.disagree("category", b, placement, b.Category, fmt.Sprintf("%s by %s (%s)", f.Category, f.Rule, f.Evidence))
	}
	if beside || b.statesStatus() {
		got := f.Problem.Status
		s.ratios[httpStatus][placement].count(got == b.HTTPStatus)
		if got != b.HTTPStatus && f.Category != 0 {
			s.disagree("status", b, placement, b.HTTPStatus, got)
		}
	}
	if id := f.RequestID().Value; id != "" || b.RequestID != "" {
		s.ratios[requestID][placement].count(id == b.RequestID)
		if id != b.RequestID && f.Category != 0 {
			s.disagree("request ID", b, placement, b.RequestID, id)
		}
	}
	s.measureFields(b, placement, f)
}

func (s *score) measureFields(b *body, placement int, f *classify.Finding) {
	s.ratios[fieldPaths][placement].add(overlap(b.Fields, f.Fields))
	s.ratios[fieldSegments][placement].add(overlap(lastSegments(b.Fields), lastSegments(f.Fields)))
	want := slices.Sorted(slices.Values(b.Fields))
	if !slices.Equal(want, f.Fields) && f.Category != 0 {
		s.disagree("fields", b, placement, want, f.Fields)
	}
}

// overlap returns F1 as a ratio: twice those in both lists, of all in either.
func overlap(want, got []string) ratio {
	both := 0
	for _, name := range got {
		if slices.Contains(want, name) {
			both++
		}
	}
	return ratio{2 * both, len(want) + len(got)}
}

// lastSegments returns the names at the end of the fields' paths, each once.
func lastSegments(fields []string) []string {
	var names []string
	for _, field := range fields {
		names = append(names, lastSegment(field))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// measureQuiet reads the lines without an error. They stand as they are: their
// layouts are their own.
func (s *score) measureQuiet(lines []*quietLine, on *bench) {
	for _, q := range lines {
		finding, n := on.read(q.Line)
		s.ratios[quietLines][bare].count(n == 0)
		if n > 0 {
			f := fault{"false alarm", q.at, q.Page, "none", fmt.Sprintf("%s by %s (%s): %.160s", finding.Category, finding.Envelope, finding.Evidence, q.Line)}
			s.faults[f] = append(s.faults[f], "as it is")
		}
	}
}

// overall returns a measure over all placements.
func (s *score) overall(measure int) ratio {
	var sum ratio
	for _, r := range s.ratios[measure] {
		sum.add(r)
	}
	return sum
}

// figure is a measure that has a floor, in per mille.
type figure struct {
	name  string
	value int
}

func (s *score) figures(prefix string) []figure {
	var figures []figure
	for i, m := range measures {
		if r := s.overall(i); r.cases > 0 {
			figures = append(figures, figure{prefix + "." + m.name, r.perMille()})
		}
	}
	return figures
}

// table returns the score as text, a measure a line.
func (s *score) table() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%-24s %7s %15s", "", "overall", "")
	for _, name := range placementNames {
		fmt.Fprintf(&out, " %8s", name)
	}
	for i, m := range measures {
		sum := s.overall(i)
		if sum.cases == 0 {
			continue
		}
		fmt.Fprintf(&out, "\n%-24s %7s %15s", m.title, decimal(sum.perMille()), fmt.Sprintf("(%d of %d)", sum.hits, sum.cases))
		for _, r := range s.ratios[i] {
			fmt.Fprintf(&out, " %8s", r.cell(i))
		}
	}
	return out.String()
}

func (r ratio) cell(measure int) string {
	if r.cases == 0 || measure == quietLines {
		return "-"
	}
	return decimal(r.perMille())
}

// forget drops the faults that other has too.
func (s *score) forget(other *score) {
	maps.DeleteFunc(s.faults, func(f fault, _ []string) bool { return other.faults[f] != nil })
}

// disagreements lists at most the n worst faults of each kind: those that occur
// in most placements first.
func (s *score) disagreements(n int) string {
	byKind := map[string][]fault{}
	for f := range s.faults {
		byKind[f.kind] = append(byKind[f.kind], f)
	}
	var out strings.Builder
	for _, kind := range []string{"false alarm", "found", "category", "status", "fields", "request ID"} {
		faults := byKind[kind]
		slices.SortFunc(faults, s.compareFaults)
		fmt.Fprintf(&out, "%s: %d\n", kind, len(faults))
		for _, f := range faults[:min(n, len(faults))] {
			fmt.Fprintf(&out, "  %s %s: want %s, got %s (%s)\n", f.at, f.provider, f.want, f.got, strings.Join(s.faults[f], " "))
		}
	}
	return out.String()
}

func (s *score) compareFaults(a, b fault) int {
	return cmp.Or(len(s.faults[b])-len(s.faults[a]), cmp.Compare(a.at, b.at), cmp.Compare(a.want, b.want), cmp.Compare(a.got, b.got))
}

// noRecord stands for what was not found.
var noRecord parse.Record
