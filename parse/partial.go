package parse

import (
	"bytes"
	"strings"
)

// A runtime that cuts long lines marks the parts. Kubernetes' CRI writes
// "time stdout P part" until the last part, which has F. Docker writes objects
// whose log lacks a line end, in pieces of 16 KiB.

// dockerPart is the length of the pieces that Docker cuts a line into, less what
// a character at the end may want.
const dockerPart = 16<<10 - 4

// What Docker writes around the content of a line.
const (
	dockerLog     = `{"log":"`
	dockerStream  = `","stream":"std`
	dockerLineEnd = `\n` + dockerStream
)

// isPartial reports whether line is a part that the next line goes on with. Its line
// end does not matter.
func isPartial(line string) bool {
	if prefix := criPrefix(line); prefix > 0 {
		return line[prefix-2] == 'P'
	}
	if endsDockerLine(line) {
		return false
	}
	content, _, ok := dockerContent(line)
	if !ok || strings.HasSuffix(content, `\n`) {
		return false
	}
	// Shippers that strip line ends write the same object. Theirs is whole.
	return len(content) >= dockerPart || content[0] == '{' && !strings.HasSuffix(content, "}")
}

// countPlain counts the lines of data. They are not plain if one of them is a part
// that another goes on with, or begins with a NUL byte.
func countPlain(data []byte) (lines int, plain bool) {
	for len(data) > 0 {
		line := view(data[:lineEnd(data)])
		if line[0] == 0 || mayBePart(line) && isPartial(line) {
			return 0, false
		}
		data = data[len(line):]
		lines++
	}
	return lines, true
}

// mayBePart reports at a glance whether line can be a part.
func mayBePart(line string) bool { return isDigit(line[0]) || strings.HasPrefix(line, dockerLog) }

// endsDockerLine reports whether line is an object of Docker's whose log ends with
// a line end, as nearly all do. Its last backslash tells, so that the log, which
// is full of escapes, is not looked through.
func endsDockerLine(line string) bool {
	if !strings.HasPrefix(line, dockerLog) {
		return false
	}
	i := strings.LastIndexByte(line, '\\')
	return i >= 0 && strings.HasPrefix(line[i:], dockerLineEnd)
}

// criPrefix returns the length of the prefix "2026-09-14T08:12:31.5Z stdout F ",
// 0 if line has none.
func criPrefix(line string) int {
	const stream = "stdout F "
	if len(line) < 20 || !isDigit(line[0]) || line[10] != 'T' {
		return 0
	}
	i := strings.IndexByte(line[:min(len(line), 40)], ' ') + 1
	if i == 0 || len(line) < i+len(stream) {
		return 0
	}
	tag := line[i : i+len(stream)]
	if !strings.HasPrefix(tag, "stdout ") && !strings.HasPrefix(tag, "stderr ") || tag[8] != ' ' || tag[7] != 'P' && tag[7] != 'F' {
		return 0
	}
	return i + len(stream)
}

// dockerContent splits a line of Docker's json-file driver into the content of
// log, still escaped and never empty, and what follows it.
func dockerContent(line string) (content, rest string, ok bool) {
	body, ok := strings.CutPrefix(line, dockerLog)
	if !ok {
		return "", "", false
	}
	end := stringEnd(body)
	if end <= 0 || !strings.HasPrefix(body[end:], dockerStream) {
		return "", "", false
	}
	return body[:end], body[end:], true
}

// joinParts makes one line of the parts that a block consists of; ok is false if
// it consists of none.
func joinParts(block []byte) (line []byte, ok bool) {
	first, rest, more := bytes.Cut(block, newline)
	if !more || !isPartial(view(first)) {
		return nil, false
	}
	if criPrefix(view(first)) > 0 {
		return joinCRI(first, rest), true
	}
	return joinDocker(first, rest)
}

func joinCRI(first, rest []byte) []byte {
	line := bytes.Clone(chop(first))
	for part := range bytes.Lines(rest) {
		part = chop(part)
		line = append(line, part[criPrefix(view(part)):]...)
	}
	return line
}

func joinDocker(first, rest []byte) (line []byte, ok bool) {
	content, tail, ok := dockerContent(view(chop(first)))
	line = append([]byte(dockerLog), content...)
	for part := range bytes.Lines(rest) {
		if content, tail, ok = dockerContent(view(chop(part))); !ok {
			return nil, false
		}
		line = append(line, content...)
	}
	return append(line, tail...), ok
}
