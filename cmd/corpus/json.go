package main

import (
	"strconv"
	"time"
)

// The functions of this file append members to an open JSON object, each
// followed by a comma that end or endLine turns into the closing brace. They
// write without reflection or allocation: corpora of a gigabyte should take
// seconds.

// str appends a member that holds a string; none if value is empty.
func str[T string | []byte](b []byte, key string, value T) []byte {
	if len(value) == 0 {
		return b
	}
	return append(appendQuoted(appendKey(b, key), value), ',')
}

// num appends a member that holds a number; none if it is 0.
func num(b []byte, key string, n int64) []byte {
	if n == 0 {
		return b
	}
	return append(strconv.AppendInt(appendKey(b, key), n, 10), ',')
}

// raw appends a member that holds JSON as it stands; none if it is empty.
func raw[T string | []byte](b []byte, key string, json T) []byte {
	if len(json) == 0 {
		return b
	}
	return append(append(appendKey(b, key), json...), ',')
}

// object appends a key and opens the object that it holds. It must get at
// least one member before end.
func object(b []byte, key string) []byte {
	return append(appendKey(b, key), '{')
}

// nested appends an object with one number in it; none if it is 0.
func nested(b []byte, outer, key string, n int) []byte {
	if n == 0 {
		return b
	}
	return end(num(object(b, outer), key, int64(n)))
}

// end closes an object within another one.
func end(b []byte) []byte {
	return append(shut(b), ',')
}

// endLine closes the outermost object and its line.
func endLine(b []byte) []byte {
	return append(shut(b), '\n')
}

// shut puts a closing brace in the place of the last comma.
func shut(b []byte) []byte {
	b[len(b)-1] = '}'
	return b
}

// when appends a member that holds a time as RFC 3339.
func when(b []byte, key string, ms int64) []byte {
	b = append(appendKey(b, key), '"')
	return append(appendTime(b, ms), '"', ',')
}

// seconds appends a member that holds milliseconds as seconds, a number with
// three decimals.
func seconds(b []byte, key string, ms int64) []byte {
	b = append(strconv.AppendInt(appendKey(b, key), ms/1000, 10), '.')
	rest := ms % 1000
	return append(b, byte('0'+rest/100), byte('0'+rest/10%10), byte('0'+rest%10), ',')
}

func appendKey(b []byte, key string) []byte {
	b = append(b, '"')
	b = append(b, key...)
	return append(b, '"', ':')
}

// appendQuoted appends s as a JSON string. Bytes from 0x80 are taken to be
// valid UTF-8 and stand as they are.
func appendQuoted[T string | []byte](b []byte, s T) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[from:i]...)
		from = i + 1
		b = appendEscape(b, c)
	}
	b = append(b, s[from:]...)
	return append(b, '"')
}

func appendEscape(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\n':
		return append(b, '\\', 'n')
	case '\t':
		return append(b, '\\', 't')
	default:
		return append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
	}
}

// appendTime appends ms, milliseconds since 1970, as RFC 3339 in UTC.
func appendTime(b []byte, ms int64) []byte {
	return time.UnixMilli(ms).UTC().AppendFormat(b, "2006-01-02T15:04:05.000Z")
}
