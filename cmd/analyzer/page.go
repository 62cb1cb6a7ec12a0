package main

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"analyzer/report"
	"analyzer/report/render"
)

// pageFlags say how a page is written.
type pageFlags struct {
	Format string `name:"output" short:"o" env:"-" enum:"text,json" default:"text" help:"text or json."`
	Color  string `enum:"auto,always,never" default:"auto" help:"Colour the text: auto (on a terminal, unless NO_COLOR is set), always, never."`
}

// page is something to show: drawn as text, or as what it is in JSON.
type page interface {
	draw(w io.Writer, o render.Options) error
}

// write writes p and returns the exit code.
func (c *pageFlags) write(w world, p page) int {
	if c.Format == "json" {
		return w.written(writeJSON(w.out, p))
	}
	return w.written(p.draw(w.out, render.Options{Width: w.width(), Color: w.colour(c.Color)}))
}

// writeJSON writes v on several lines.
func writeJSON(w io.Writer, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

// joined lists values in one text; no text if they are empty.
func joined(values ...string) []string {
	if text := strings.Join(values, ", "); text != "" {
		return []string{text}
	}
	return nil
}

// remedyParts are the parts of a page that say what to do.
func remedyParts(r report.Remedy) []render.Part {
	steps := make([]string, len(r.Steps))
	for i, step := range r.Steps {
		steps[i] = strconv.Itoa(i+1) + " " + step
	}
	return []render.Part{
		{Label: "MEANS", Texts: joined(r.Meaning)},
		{Label: "DO FIRST", Texts: joined(r.Summary)},
		{Label: "STEPS", Texts: steps},
		{Label: "LINK", Texts: joined(r.Link), Whole: true},
	}
}

// retryPart says whether to send the same request again.
func retryPart(advice string) render.Part {
	return render.Part{Label: "RETRY", Texts: []string{advice + ": " + retryWords[advice]}}
}

// retryWords say what each advice means.
var retryWords = map[string]string{
	"never":         "the answer stays the same until something else changes",
	"if-idempotent": "the first try may have done its work; repeat with an idempotency key, or after a look",
	"after-wait":    "back off, then repeat",
}
