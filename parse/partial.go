package parse

import "bytes"

// A runtime that cuts long lines marks the parts. Kubernetes' CRI writes
// "time stdout P part" until the last part, which has F. Docker writes objects
// whose log lacks a line end, in pieces of 16 KiB.

// dockerPart is the length of the pieces that Docker cuts a line into, less what
// a character at the end may want.
const dockerPart = 16<<10 - 4

const dockerBegin = `{"log":"`

var (
	dockerLog    = []byte(dockerBegin)
	dockerStream = []byte(`","stream":"std`)

	dockerLineEnd = []byte(`\n","stream":"std`)
)

// isPartial reports whether line is a part that the next line goes on with.
func isPartial(line []byte) bool {
	if prefix := criPrefix(line); prefix > 0 {
		return line[prefix-2] == 'P'
	}
	if endsDockerLine(line) {
		return false
	}
	content, _, ok := dockerContent(line)
	if !ok || bytes.HasSuffix(content, []byte(`\n`)) {
		return false
	}
	// Shippers that strip line ends write the same object. Theirs is whole.
	return len(content) >= dockerPart || content[0] == '{' && !bytes.HasSuffix(content, []byte("}"))
}

// countPlain counts the lines of data. They are not plain if one of them is a part
// that another goes on with, or begins with a NUL byte.
func countPlain(data []byte) (lines int, plain bool) {
	for len(data) > 0 {
		n := lineEnd(data)
		if data[0] == 0 || mayBePart(data) && isPartial(chop(data[:n])) {
			return 0, false
		}
		data = data[n:]
		lines++
	}
	return lines, true
}

// mayBePart reports at a glance whether a line that begins as data does can be a part.
func mayBePart(data []byte) bool {
	return isDigit(data[0]) || len(data) >= len(dockerBegin) && string(data[:len(dockerBegin)]) == dockerBegin
}

// endsDockerLine reports whether line is an object of Docker's whose log ends with
// a line end, as nearly all do. Its last backslash tells, so that the log, which
// is full of escapes, is not looked through.
func endsDockerLine(line []byte) bool {
	if !bytes.HasPrefix(line, dockerLog) {
		return false
	}
	i := bytes.LastIndexByte(line, '\\')
	return i >= 0 && bytes.HasPrefix(line[i:], dockerLineEnd)
}

// criPrefix returns the length of the prefix "2026-09-14T08:12:31.5Z stdout F ",
// 0 if line has none.
func criPrefix(line []byte) int {
	const stream = "stdout F "
	if len(line) < 20 || !isDigit(line[0]) || line[10] != 'T' {
		return 0
	}
	i := bytes.IndexByte(line[:min(len(line), 40)], ' ') + 1
	if i == 0 || len(line) < i+len(stream) {
		return 0
	}
	tag := line[i : i+len(stream)]
	if !bytes.HasPrefix(tag, []byte("stdout ")) && !bytes.HasPrefix(tag, []byte("stderr ")) || tag[8] != ' ' || tag[7] != 'P' && tag[7] != 'F' {
		return 0
	}
	return i + len(stream)
}

// dockerContent splits a line of Docker's json-file driver into the content of
// log, still escaped and never empty, and what follows it.
func dockerContent(line []byte) (content, rest []byte, ok bool) {
	body, ok := bytes.CutPrefix(line, dockerLog)
	if !ok {
		return nil, nil, false
	}
	end := stringEnd(view(body))
	if end <= 0 || !bytes.HasPrefix(body[end:], dockerStream) {
		return nil, nil, false
	}
	return body[:end], body[end:], true
}

// joinParts makes one line of the parts that a block consists of; ok is false if
// it consists of none.
func joinParts(block []byte) (line []byte, ok bool) {
	first, rest, more := bytes.Cut(block, newline)
	if !more || !isPartial(chop(first)) {
		return nil, false
	}
	if prefix := criPrefix(first); prefix > 0 {
		return joinCRI(first, rest), true
	}
	return joinDocker(first, rest)
}

func joinCRI(first, rest []byte) []byte {
	line := bytes.Clone(chop(first))
	for part := range bytes.Lines(rest) {
		part = chop(part)
		line = append(line, part[criPrefix(part):]...)
	}
	return line
}

func joinDocker(first, rest []byte) (line []byte, ok bool) {
	content, tail, ok := dockerContent(chop(first))
	line = append(bytes.Clone(dockerLog), content...)
	for part := range bytes.Lines(rest) {
		if content, tail, ok = dockerContent(chop(part)); !ok {
			return nil, false
		}
		line = append(line, content...)
	}
	return append(line, tail...), ok
}
