package report

import (
	"cmp"
	"time"
)

// The states of a problem.
const (
	stateStill = "still" // it fails at the end of the log
	stateOver  = "over"
)

// atEdge returns the time that counts as the beginning or the end of the log: 60
// seconds or a twentieth of it, whichever is longer.
func atEdge(log span) int64 { return max(int64(time.Minute), (log.last-log.first)/20) }

// Edge returns how close to the end of the log a problem's last error lies that
// still fails; 0 if the log shows no times.
func (r *Report) Edge() time.Duration {
	if r.Window.First == nil || r.Window.Last == nil {
		return 0
	}
	return time.Duration(atEdge(span{r.Window.First.UnixNano(), r.Window.Last.UnixNano()}))
}

// stillAfter returns the instant from which on an error counts as at the end of
// the log.
func stillAfter(log span) int64 {
	if log.last < 0 {
		return noTime
	}
	return log.last - atEdge(log)
}

// state tells whether a problem whose last error was at last goes on.
func state(last, still int64) string {
	switch {
	case last < 0:
		return ""
	case last >= still:
		return stateStill
	}
	return stateOver
}

// compareProblems is the order of problems in every output: those that still
// fail, then by requests that failed, then by errors, then by id.
func compareProblems(a, b *Problem) int {
	return cmp.Or(
		cmp.Compare(stillRank(a), stillRank(b)),
		cmp.Compare(b.Requests, a.Requests),
		cmp.Compare(b.Errors, a.Errors),
		cmp.Compare(a.ID, b.ID),
	)
}

func stillRank(p *Problem) int {
	if p.State == stateStill {
		return 0
	}
	return 1
}
