// Package report turns findings into a Tally and a Tally into a Report.
//
//	*classify.Finding ──► Tally.Add ──► Tally.Merge ──► Tally.Report ──► *Report
//	                                        ▲  │
//	                                        │  ▼
//	                                       a frame
//
// A Tally is the running count of a stream of findings, one per worker. Merging
// is associative and commutative and an empty Tally is its identity, so that it
// makes no difference how a log was cut, in which order the parts were met or
// on which machine they were counted. A Tally travels as a frame: one canonical
// binary form, the same bytes for the same state.
//
// That holds because every part of the state is one of these, and nothing else:
//
//   - integers that are summed,
//   - minima and maxima,
//   - sets cut to the k elements of smallest hash or smallest order; an element
//     once cut never comes back, so what is kept is kept whole,
//   - folds: past a bound that only the set of events decides, parts become one
//     part with exact totals (see fold.go).
//
// There are no floats, no clock, no random seed, no eviction by arrival and no
// order of maps. All bounds stand in caps.go; the report lists them and says
// which of them were met.
//
// A Trail is to a Trace what a Tally is to a Report: it collects the lines that
// carry one ID, and bounds and orders them by the same laws.
//
// A Diff compares two Reports, by errors over equal time; what chance explains is
// no change.
//
// A Report is finished: sorted, plain values. Renderers draw it and count
// nothing; the JSON output is exactly it.
//
// A report of a scheduled run is compared with what earlier runs found (past.go):
// with counts over equal time, never with a clock.
//
// What callers did after errors, and what happened, is judged when the report is
// made, by functions of the state alone: links of errors become operations
// (operation.go), operations the audit (retries.go), and the times of problems
// and endpoints stories (story.go). A verdict that the state cannot prove says
// so: a missed story costs a look, a false one costs trust.
package report
