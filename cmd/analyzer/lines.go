package main

import (
	"bytes"
	"encoding/json"
	"io"
	"unsafe"

	"analyzer/classify"
	"analyzer/parse/redact"
	"analyzer/report"
	"analyzer/report/render"
)

// stream is an output with a line for each error, in input order, written while
// the logs are read.
type stream struct {
	line lineFunc
	to   io.Writer
}

// lineFunc appends the line for an error. raw is the record that holds it; first
// is false if the error before it stands in the same one, a batch of events.
type lineFunc func(dst []byte, f *classify.Finding, raw []byte, first bool) []byte

// lineFormats are the formats that are streams.
func lineFormats(r *redact.Redactor) map[string]lineFunc {
	return map[string]lineFunc{"ndjson": findingLine, "lines": rawLine(r)}
}

// isStream reports whether a format is one of lineFormats.
func isStream(format string) bool { return format == "ndjson" || format == "lines" }

func findingLine(dst []byte, f *classify.Finding, _ []byte, _ bool) []byte {
	line := report.NewFinding(f)
	return render.NDJSON(dst, &line)
}

// rawLine returns what writes the record as the log holds it, once, on one line,
// without secrets and without characters that a terminal would act on.
func rawLine(r *redact.Redactor) lineFunc {
	return func(dst []byte, _ *classify.Finding, raw []byte, first bool) []byte {
		if !first {
			return dst
		}
		text, _ := r.Text(string(oneLine(raw)))
		return append(append(dst, render.Plain(text)...), '\n')
	}
}

// oneLine takes the line breaks and indentation out of a record of JSON. Those
// of another record are escaped later.
func oneLine(raw []byte) []byte {
	if !bytes.ContainsAny(raw, "\n\r\t") {
		return raw
	}
	var line bytes.Buffer
	if json.Compact(&line, raw) != nil {
		return raw
	}
	return line.Bytes()
}

// chunkLines are the lines of a chunk, for each stream.
type chunkLines struct {
	streams []stream
	text    [][]byte
	last    *byte // where the last record begins
}

func newChunkLines(streams []stream) *chunkLines {
	return &chunkLines{streams: streams, text: make([][]byte, len(streams))}
}

// add adds the lines for f, an error in the record raw.
func (l *chunkLines) add(f *classify.Finding, raw []byte) {
	begin := unsafe.SliceData(raw)
	for i, s := range l.streams {
		l.text[i] = s.line(l.text[i], f, raw, begin != l.last)
	}
	l.last = begin
}

// writeInOrder writes the lines of each chunk when its turn comes. After an
// error it goes on receiving, so that workers never wait.
func writeInOrder(streams []stream, ordered <-chan chan [][]byte) (err error) {
	for lines := range ordered {
		for i, b := range <-lines {
			if err == nil && len(b) > 0 {
				_, err = streams[i].to.Write(b)
			}
		}
	}
	return err
}
