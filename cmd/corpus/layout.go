package main

// layout appends e as one line of a log, with its line end.
type layout func(b []byte, e *event) []byte

// zapLine is the production encoder of go.uber.org/zap: seconds with a
// fraction under ts, everything else as the program names it.
func zapLine(b []byte, e *event) []byte {
	b = append(b, '{')
	b = str(b, "level", lowerLevels[e.level])
	b = seconds(b, "ts", e.at)
	b = str(b, "msg", e.msg)
	b = str(b, "service", e.service)
	b = str(b, "version", e.version)
	b = str(b, "method", e.method)
	b = str(b, "path", e.path)
	if e.embed != asText {
		b = num(b, "status", int64(e.status))
	}
	b = num(b, "duration_ms", int64(e.took))
	b = num(b, "attempt", int64(e.attempt))
	b = str(b, "request_id", e.id)
	b = append(b, e.extra...)
	return endLine(appendFailure(b, e))
}

// prefixedLine is a script's log: time and level as text, then JSON.
func prefixedLine(b []byte, e *event) []byte {
	b = append(appendTime(b, e.at), ' ')
	b = append(b, upperLevels[e.level]...)
	b = append(b, " {"...)
	b = str(b, "service", e.service)
	b = str(b, "msg", e.msg)
	b = str(b, "method", e.method)
	b = str(b, "path", e.path)
	b = str(b, "request_id", e.id)
	b = append(b, e.extra...)
	return endLine(appendFailure(b, e))
}

// slogLine is the JSONHandler of log/slog, with groups named after the
// OpenTelemetry attributes.
func slogLine(b []byte, e *event) []byte {
	b = append(b, '{')
	b = when(b, "time", e.at)
	b = str(b, "level", upperLevels[e.level])
	b = str(b, "msg", e.msg)
	b = str(b, "service", e.service)
	b = str(b, "version", e.version)
	b = str(b, "request_id", e.id)
	if e.method != "" {
		b = end(str(object(b, "url"), "path", e.path))
		b = end(str(object(object(b, "http"), "request"), "method", e.method))
		b = end(nested(b, "response", "status_code", e.status))
	}
	b = num(b, "duration_ms", int64(e.took))
	b = append(b, e.extra...)
	return endLine(appendFailure(b, e))
}

// pinoLine is pino with the serializers of pino-http: epoch milliseconds,
// numbers for levels, the failure as an error object.
func pinoLine(b []byte, e *event) []byte {
	b = append(b, '{')
	b = num(b, "level", pinoLevels[e.level])
	b = num(b, "time", e.at)
	b = num(b, "pid", 7)
	b = str(b, "service", e.service)
	b = str(b, "version", e.version)
	if e.method != "" {
		b = object(b, "req")
		b = str(b, "id", e.id)
		b = str(b, "method", e.method)
		b = end(str(b, "url", e.path))
		b = nested(b, "res", "statusCode", e.status)
	}
	b = num(b, "responseTime", int64(e.took))
	b = num(b, "attempt", int64(e.attempt))
	b = append(b, e.extra...)
	b = appendErr(b, e)
	return endLine(str(b, "msg", e.msg))
}

// appendErr appends pino's err object.
func appendErr(b []byte, e *event) []byte {
	if len(e.body) == 0 {
		return b
	}
	b = str(object(b, "err"), "type", "AivenError")
	if e.embed == asText {
		return end(str(b, "message", errorText(e)))
	}
	return end(appendFailure(b, e))
}

// logrusLine is sirupsen/logrus: keys in alphabetical order.
func logrusLine(b []byte, e *event) []byte {
	b = append(b, '{')
	b = num(b, "duration_ms", int64(e.took))
	b = append(b, e.extra...)
	b = appendFailure(b, e)
	b = str(b, "level", lowerLevels[e.level])
	b = str(b, "method", e.method)
	b = str(b, "msg", e.msg)
	b = str(b, "path", e.path)
	b = str(b, "request_id", e.id)
	b = str(b, "service", e.service)
	b = num(b, "status_code", int64(e.status))
	b = when(b, "time", e.at)
	return endLine(b)
}

// nginxLine is an access log in JSON: the status is a number, the upstream's
// may be a dash.
func nginxLine(b []byte, e *event) []byte {
	b = append(b, '{')
	b = when(b, "time_iso8601", e.at)
	b = str(b, "remote_addr", "10.0.3.7")
	b = str(b, "request_method", e.method)
	b = str(b, "request_uri", e.path)
	b = num(b, "status", int64(e.status))
	b = seconds(b, "request_time", int64(e.took))
	b = str(b, "request_id", e.id)
	b = append(b, e.extra...)
	return endLine(b)
}

// plainLine is text for people.
func plainLine(b []byte, e *event) []byte {
	b = append(appendTime(b, e.at), ' ')
	b = append(b, e.msg...)
	return append(b, '\n')
}

// inDocker wraps a layout as Docker's json-file driver does.
func inDocker(inner layout) layout {
	var line []byte
	return func(b []byte, e *event) []byte {
		line = inner(line[:0], e)
		return appendDocker(b, line, e.at)
	}
}

func appendDocker(b, line []byte, at int64) []byte {
	b = append(b, '{')
	b = str(b, "log", line)
	b = str(b, "stream", "stderr")
	return endLine(when(b, "time", at))
}
