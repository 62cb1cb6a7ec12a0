package main

import (
	"io"
	"net/http"
	"strconv"

	"analyzer/report"
	"analyzer/report/render"
)

// newSuccess explains a status that is no error.
func newSuccess(status int, note string) page {
	return &success{explanation{
		Finding: report.Finding{
			Status: &status, Message: http.StatusText(status), Fields: []string{},
			Envelope: "status", Evidence: "status " + strconv.Itoa(status),
		},
		notes: []string{note},
	}}
}

// success is an explanation of what is no error: category, rule and remedy are
// empty.
type success struct{ explanation }

func (s *success) draw(w io.Writer, o render.Options) error {
	return render.Sheet(w, statusTitle(*s.Status)+": no error", o, []render.Part{
		{Label: "MEANS", Texts: joined(statusMeaning(*s.Status))},
		{Label: "NOTE", Texts: s.notes},
	})
}

// statusMeaning says what a status below 400 means, after RFC 9110.
func statusMeaning(status int) string {
	if text, ok := successMeanings[status]; ok {
		return text
	}
	return [...]string{
		1: "The request goes on; the final answer is still to come.",
		2: "The request succeeded.",
		3: "The client has something left to do before the request is done, mostly to follow Location.",
	}[status/100]
}

var successMeanings = map[int]string{
	http.StatusContinue:             "The server has the headers and waits for the body; the final answer is still to come.",
	http.StatusSwitchingProtocols:   "The connection goes on in the protocol that Upgrade names.",
	http.StatusOK:                   "The request succeeded and the body is its result.",
	http.StatusCreated:              "The request succeeded and made a new resource, which Location names.",
	http.StatusAccepted:             "The request was accepted and is not done yet; it may still fail. Ask later how it ended.",
	http.StatusNonAuthoritativeInfo: "The request succeeded; a proxy changed the answer on the way.",
	http.StatusNoContent:            "The request succeeded and there is nothing to send back.",
	http.StatusResetContent:         "The request succeeded; the form or view it came from is to be cleared.",
	http.StatusPartialContent:       "The body is the part that Range asked for.",
	http.StatusMultipleChoices:      "There are several representations; choose one.",
	http.StatusMovedPermanently:     "The resource moved for good: use the URL in Location from now on. Clients may turn POST into GET.",
	http.StatusFound:                "The resource is elsewhere for now: follow Location. Clients may turn POST into GET.",
	http.StatusSeeOther:             "The result is to be read by GET from Location.",
	http.StatusNotModified:          "What the client has cached is still right; the answer has no body.",
	http.StatusTemporaryRedirect:    "The resource is elsewhere for now: repeat the same request, body included, at Location.",
	http.StatusPermanentRedirect:    "The resource moved for good: repeat the same request, body included, at Location.",
}
