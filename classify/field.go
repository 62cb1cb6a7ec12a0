package classify

import (
	"encoding/json"
	"slices"
	"strings"
)

// The bounds of affected fields.
const (
	maxFields = 32  // of a finding
	maxField  = 120 // bytes of one
)

// spellField returns the one spelling of a field's path,
// user_config.ip_filter[].network, from any of the usual ones:
//
//	/user_config/ip_filter/0/network   JSON pointer (RFC 6901), also #/…
//	user_config[ip_filter][0][network] form fields
//	$.user_config.ip_filter[0].network JSONPath
//	user_config.ip_filter.0.network
//	["user_config","ip_filter",0]      a list of keys
//	user_config; ip_filter; 0          the same, as package parse joins it
//
// Array indexes become [], keys that a machine made become {id}; a leading
// body, requestBody, query, path, header or variable, which says where an input stands, is
// dropped. Dots within a name stay. It returns "" where nothing is named.
func spellField(raw string) string {
	if digitsLen(raw) == len(raw) {
		return raw // a key that is a number, no index
	}
	return joinField(fieldPath(nil, raw))
}

// fieldPath appends the segments of raw to path. An index is the segment [].
func fieldPath(path []string, raw string) []string {
	raw = strings.Trim(raw, " \t\r\n'\"`")
	if len(raw) > 4*maxField {
		raw = cutString(raw, 4*maxField)
	}
	switch {
	case strings.HasPrefix(raw, `["`):
		var list []any
		if json.Unmarshal([]byte(raw), &list) == nil {
			return listPath(path, list)
		}
	case strings.HasPrefix(raw, "/"), strings.HasPrefix(raw, "#/"):
		return pointerPath(path, raw)
	case strings.Contains(raw, "; "):
		for key := range strings.SplitSeq(raw, "; ") {
			path = appendSegment(path, key)
		}
		return path
	}
	return dottedPath(path, raw)
}

func listPath(path []string, list []any) []string {
	for _, v := range list {
		switch v := v.(type) {
		case string:
			path = appendSegment(path, v)
		case float64:
			path = append(path, "[]")
		}
	}
	return path
}

// unescapePointer undoes the escapes of RFC 6901.
var unescapePointer = strings.NewReplacer("~1", "/", "~0", "~")

func pointerPath(path []string, raw string) []string {
	_, raw, _ = strings.Cut(raw, "/")
	if strings.Trim(raw, "/") == "data" && len(path) == 0 {
		return nil // the whole document, in JSON:API
	}
	for segment := range strings.SplitSeq(raw, "/") {
		path = appendSegment(path, unescapePointer.Replace(segment))
	}
	return path
}

// dottedPath reads keys between dots and brackets.
func dottedPath(path []string, raw string) []string {
	if raw == "$" || strings.HasPrefix(raw, "$.") || strings.HasPrefix(raw, "$[") {
		raw = raw[1:]
	}
	for raw != "" {
		i := strings.IndexAny(raw, ".[")
		if i < 0 {
			return appendSegment(path, raw)
		}
		path = appendSegment(path, raw[:i])
		if raw[i] == '.' {
			raw = raw[i+1:]
			continue
		}
		inner, rest, ok := strings.Cut(raw[i+1:], "]")
		if !ok {
			return appendSegment(path, raw[i+1:])
		}
		if inner == "" {
			path = append(path, "[]")
		} else {
			path = appendSegment(path, inner)
		}
		raw = rest
	}
	return path
}

// appendSegment appends one key, an index as [].
func appendSegment(path []string, key string) []string {
	key = strings.Trim(key, " \t\r\n'\"`")
	switch {
	case key == "":
		return path
	case key == "*", key == "-", key == "[]", digitsLen(key) == len(key):
		return append(path, "[]")
	}
	if masked := maskRuns(key); strings.HasPrefix(masked, "{") && strings.HasSuffix(masked, "}") {
		key = masked
	}
	return append(path, key)
}

// joinField joins the segments of a path and drops its location.
func joinField(path []string) string {
	switch {
	case len(path) < 2 || !isLocation(path[0]):
	case path[1] != "[]":
		path = path[1:]
	case len(path) == 2:
		return "" // a place in the text of the body
	}
	var out strings.Builder
	for _, segment := range path {
		if segment != "[]" && out.Len() > 0 {
			out.WriteByte('.')
		}
		out.WriteString(segment)
	}
	return cutString(out.String(), maxField)
}

func isLocation(key string) bool {
	switch key {
	case "body", "query", "path", "header", "requestBody", "variable":
		return true
	}
	return false
}

// fieldList takes a list of fields apart: quoted ones, else those between
// commas.
func fieldList(raw string) []string {
	quote := strings.IndexAny(raw, "'\"`")
	if quote < 0 {
		return strings.Split(strings.ReplaceAll(raw, " and ", ","), ",")
	}
	var list []string
	for len(list) < maxFields {
		i := strings.IndexAny(raw, "'\"`")
		if i < 0 {
			break
		}
		inner, rest, ok := strings.Cut(raw[i+1:], raw[i:i+1])
		if !ok {
			break
		}
		list, raw = append(list, inner), rest
	}
	return list
}

// envelopeFields spells what an envelope names as wrong. One name may hold
// several between commas.
func envelopeFields(names []string) (fields []string) {
	for _, raw := range names {
		if strings.HasPrefix(raw, "[") || !strings.Contains(raw, ", ") {
			fields = addField(fields, spellField(raw))
			continue
		}
		for part := range strings.SplitSeq(raw, ", ") {
			fields = addField(fields, spellField(part))
		}
	}
	return fields
}

func addField(fields []string, field string) []string {
	if field == "" {
		return fields
	}
	return append(fields, field)
}

// sortFields sorts fields and drops duplicates and what is beyond the bound.
func sortFields(fields []string) []string {
	if len(fields) < 2 {
		return fields
	}
	slices.Sort(fields)
	fields = slices.Compact(fields)
	return fields[:min(len(fields), maxFields)]
}
