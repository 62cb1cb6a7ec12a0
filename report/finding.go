package report

import "analyzer/classify"

// NewFinding returns f as one line of ndjson says it. It shares f's strings.
func NewFinding(f *classify.Finding) Finding {
	return Finding{
		Place:     Place{f.Source, f.Line, f.Offset},
		Time:      reportTime(instant(f.Time)),
		Category:  f.Category.String(),
		Status:    reportStatus(f.Problem.Status),
		Code:      f.Problem.Code,
		Message:   f.Message,
		Fields:    append([]string{}, f.Fields...),
		RequestID: f.RequestID().Value,
		Method:    f.Method,
		Path:      f.Path,
		Route:     f.Problem.Route,
		Caller:    f.Caller,
		Service:   f.Service,
		Envelope:  f.Envelope,
		Rule:      f.Rule,
		Evidence:  f.Evidence,
		Problem:   f.Problem.ID(),
		Retry:     f.Retry.String(),
	}
}
