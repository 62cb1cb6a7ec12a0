// Command corpus makes the logs that analyzer is shown, tested and measured
// with. Everything it writes is a function of its flags: the same seed gives
// the same bytes on every machine and with every release of Go.
//
//	corpus story        an hour of five services in which five things go wrong
//	corpus bench        a mixed log of a given size and share of errors
//	corpus cardinality  errors with given numbers of distinct IDs, messages and paths
//	corpus table        time analyzer beside the tools that are installed
//	corpus compare      time two builds of analyzer in turn
//
// The bundled log is made by
//
//	go run ./cmd/corpus story > testdata/incident.log
package main
