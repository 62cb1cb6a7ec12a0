package parse

import (
	"cmp"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"

	"analyzer/parse/code"
)

// readStatus reads an HTTP status: three digits from 100 to 599, alone, with
// ".0" after them, or before a reason phrase.
func readStatus(text string) (int, bool) {
	text = strings.TrimSpace(text)
	if len(text) > 3 {
		switch rest := text[3:]; {
		case rest == ".0", rest[0] == ' ' && !strings.ContainsAny(rest, "0123456789"):
			text = text[:3]
		default:
			return 0, false
		}
	}
	if len(text) != 3 || text[0] < '1' || text[0] > '5' || !isDigit(text[1]) || !isDigit(text[2]) {
		return 0, false
	}
	return int(text[0]-'0')*100 + int(text[1]-'0')*10 + int(text[2]-'0'), true
}

// allDigits reports whether text is nothing but digits, or empty.
func allDigits(text string) bool {
	for i := range len(text) {
		if !isDigit(text[i]) {
			return false
		}
	}
	return true
}

// reasons maps the reason phrases of HTTP, in lower case, to their statuses.
var reasons = func() map[string]int {
	phrases := map[string]int{}
	for status := 400; status < 600; status++ {
		if phrase := http.StatusText(status); phrase != "" {
			phrases[strings.ToLower(phrase)] = status
		}
	}
	return phrases
}()

// reasonStatus returns the status whose reason phrase text is, 0 if it is none.
func reasonStatus(text string) int {
	text = strings.TrimRight(strings.TrimSpace(text), ".")
	var room [len("network authentication required")]byte // the longest of them
	if len(text) > len(room) {
		return 0
	}
	for i := range len(text) {
		room[i] = lowerASCII[text[i]]
	}
	return reasons[string(room[:len(text)])]
}

// rpcStatuses maps the names of google.rpc.Code, folded, to the HTTP statuses that
// code.proto gives for them; gRPC gateways and Connect answer with these.
var rpcStatuses = map[string]int{
	"cancelled": 499, "canceled": 499, "unknown": 500, "invalidargument": 400, "deadlineexceeded": 504, "notfound": 404, "alreadyexists": 409,
	"permissiondenied": 403, "unauthenticated": 401, "resourceexhausted": 429, "failedprecondition": 400, "aborted": 409, "outofrange": 400,
	"unimplemented": 501, "internal": 500, "unavailable": 503, "dataloss": 500,
}

// nameStatus returns the HTTP status that a name stands for: a reason phrase or one
// of google.rpc.Code; 0 if it is none.
func nameStatus(text string) int {
	return cmp.Or(reasonStatus(text), rpcStatuses[code.Fold(text)])
}

// readCodeStatus reads the HTTP status with which a longer numeric code begins,
// as registries write it: 42201, 40403; or 404.001.03.
func readCodeStatus(text string) (int, bool) {
	if head, _, found := strings.Cut(text, "."); found && len(head) == 3 && strings.Trim(text, "0123456789.") == "" {
		text = head + "00"
	}
	if len(text) != 5 || !allDigits(text) {
		return 0, false
	}
	n, ok := readStatus(text[:3])
	return n, ok && n >= 400
}

// levels maps what loggers write, in lower and in upper case, to the five words of
// Record.Level.
var levels = withUpper(map[string]string{
	"trace": "debug", "debug": "debug", "verbose": "debug", "fine": "debug", "t": "debug", "d": "debug",
	"info": "info", "information": "info", "informational": "info", "notice": "info", "i": "info",
	"warn": "warn", "warning": "warn", "w": "warn",
	"error": "error", "err": "error", "e": "error", "severe": "error",
	"fatal": "fatal", "critical": "fatal", "crit": "fatal", "alert": "fatal", "emerg": "fatal", "emergency": "fatal", "panic": "fatal", "dpanic": "fatal", "f": "fatal", "c": "fatal",
})

// withUpper adds the keys of words in upper case, and returns words.
func withUpper(words map[string]string) map[string]string {
	for word, meaning := range maps.Clone(words) {
		words[strings.ToUpper(word)] = meaning
	}
	return words
}

// readLevel reads a level: a word, a number of bunyan and pino (10 to 60) or of
// syslog (0 to 7), or slog's ERROR+2.
func readLevel(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "+")
	if level, ok := levels[text]; ok {
		return level
	}
	if !allDigits(text) {
		return levels[strings.ToLower(text)]
	}
	n, err := strconv.Atoi(text)
	switch {
	case err != nil || n > 7 && n%10 != 0:
		return ""
	case n <= 2 || n >= 60:
		return "fatal"
	case n == 3 || n >= 50:
		return "error"
	case n == 4 || n >= 40:
		return "warn"
	case n <= 6 || n >= 30:
		return "info"
	}
	return "debug"
}

// leadingLevel returns the level that one of the first words of a text line
// names, "" if none does.
func leadingLevel(line string) string {
	if len(line) > 120 {
		line = line[:120]
	}
	for i, word := range strings.Fields(line) {
		word = bareWord(word)
		word = word[strings.LastIndexByte(word, '.')+1:] // app.ERROR
		if level, ok := levels[strings.ToLower(word)]; ok && len(word) > 3 {
			return level
		}
		if i == 6 {
			break
		}
	}
	return ""
}

// syslogTag matches the header of a syslog line up to the name of the program:
// RFC 3164 (<27>May  9 14:00:03 node-1 billing[404]: …) and RFC 5424
// (<27>1 2026-05-09T14:00:01Z node-1 billing 404 ID47 …).
var syslogTag = lazily(`^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ ([\w./-]{1,64})(?:\[\d+\])?: |<?\d{0,3}>?1 \S+ \S+ ([\w./-]{1,64}) \S+ \S+ )`)

// leadingService returns the program that a syslog line names, "" if line is
// none.
func leadingService(line string) string {
	m := syslogTag().FindStringSubmatch(line[:min(len(line), 300)])
	if m == nil || m[2] == "-" {
		return ""
	}
	return m[1] + m[2]
}

var methods = [...]string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
	http.MethodOptions, http.MethodConnect, http.MethodTrace}

// readMethod returns text in upper case if it is an HTTP method.
func readMethod(text string) string {
	text = strings.TrimSpace(text)
	for _, m := range methods {
		if strings.EqualFold(text, m) {
			return m
		}
	}
	return ""
}

// readRequestLine splits "GET /v1/project HTTP/1.1"; the method may stand alone.
func readRequestLine(text string) (method, target string) {
	m, rest, _ := strings.Cut(text, " ")
	if method = readMethod(m); method == "" {
		return "", ""
	}
	target, _, _ = strings.Cut(rest, " ")
	return method, target
}

// readTarget splits a URL or path into host, without port or user, and path,
// without query or fragment, which may hold what a user typed.
func readTarget(text string) (host, path string) {
	text = strings.TrimSpace(text)
	if i := strings.IndexAny(text, "?#"); i >= 0 {
		text = text[:i]
	}
	_, rest, found := strings.Cut(text, "://")
	if !found {
		return "", text
	}
	host, path, found = strings.Cut(rest, "/")
	if found {
		path = "/" + path
	}
	return readHost(host), path
}

// readHost strips user and port from the authority of a URL.
func readHost(text string) string {
	if i := strings.LastIndexByte(text, '@'); i >= 0 {
		text = text[i+1:]
	}
	if host, port, found := strings.Cut(text, ":"); found && allDigits(port) {
		return host
	}
	return text
}

// readID returns the identifier in text, "" if it is a stand-in for none: "-",
// "null", all zeros. Composite headers give the part that names the request:
// the trace of a traceparent, uber-trace-id, X-Amzn-Trace-Id or GCP trace path.
func readID(text string) string {
	text = strings.TrimSpace(text)
	if root, found := strings.CutPrefix(text, "Root="); found {
		text, _, _ = strings.Cut(root, ";")
	}
	if isTraceParent(text) {
		text = text[3:35]
	}
	if id, _, found := strings.Cut(text, ":"); found && len(id) >= 16 && isHex(id) {
		text = id
	}
	if strings.HasPrefix(text, "projects/") {
		text = text[strings.LastIndexByte(text, '/')+1:]
	}
	if len(text) <= len("undefined") && isNoID(text) {
		return ""
	}
	if len(text) > 256 || !isToken(text) {
		return ""
	}
	return text
}

// isToken reports whether text has neither white space nor braces in it, and is
// not all zeros.
func isToken(text string) bool {
	any := false
	for i := range len(text) {
		any = any || noToken[text[i]]
	}
	return !any && !isZeros(text)
}

func isZeros(text string) bool {
	i := 0
	for i < len(text) && (text[i] == '0' || text[i] == '-') {
		i++
	}
	return i == len(text)
}

var noToken = [256]bool{' ': true, '\t': true, '\r': true, '\n': true, '{': true, '}': true}

// isTraceParent reports whether text is version-trace-span-flags (W3C Trace
// Context, section 3.2).
func isTraceParent(text string) bool {
	return len(text) > 36 && strings.IndexByte(text, '-') == 2 && strings.IndexByte(text[3:], '-') == 32 && strings.Count(text, "-") == 3
}

// isNoID reports whether text is a word that stands for no identifier.
func isNoID(text string) bool {
	switch strings.ToLower(text) {
	case "null", "none", "nil", "undefined", "unknown", "n/a", "na", "(null)", "<nil>", "false", "true":
		return true
	}
	return false
}

func isHex(text string) bool {
	for i := range len(text) {
		if c := text[i]; !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'f') {
			return false
		}
	}
	return true
}

// maxWait is the longest wait that is believed.
const maxWait = 7 * 24 * time.Hour

// readWait reads what an API asks a caller to wait: seconds ("28", "0.5",
// "3.5s", "PT28S" of ISO 8601), or an HTTP date (RFC 9110, section 10.2.3) counted from now.
func readWait(text string, now time.Time) (time.Duration, bool) {
	text = strings.TrimSpace(text)
	if d, ok := readSeconds(text); ok {
		return d, true
	}
	if iso, found := strings.CutPrefix(text, "PT"); found {
		text = strings.ToLower(iso)
	}
	if d, err := time.ParseDuration(text); err == nil && d >= 0 && d <= maxWait {
		return d, true
	}
	if at, err := http.ParseTime(text); err == nil && !now.IsZero() {
		if d := at.Sub(now); d >= 0 && d <= maxWait {
			return d.Truncate(time.Second), true
		}
	}
	return 0, false
}

// readSeconds reads a decimal number of seconds to the millisecond.
func readSeconds(text string) (time.Duration, bool) {
	whole, fraction, _ := strings.Cut(text, ".")
	n, err := strconv.ParseUint(whole, 10, 32)
	if err != nil || !allDigits(fraction) {
		return 0, false
	}
	millis, _ := strconv.Atoi((fraction + "000")[:3])
	d := time.Duration(n)*time.Second + time.Duration(millis)*time.Millisecond
	return d, d <= maxWait
}
