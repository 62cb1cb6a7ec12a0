// Package redact turns text into text without secrets. The reader of logs passes
// every string through it before anything else looks at it: before messages
// become templates, before identifiers are made, before anything is cut.
//
// It knows secrets in two ways. By name: the value beside a key such as
// password, api_key or Authorization, in JSON, in JSON inside a string, in query
// strings, headers, flags and plain key=value text. By shape: tokens with a
// prefix of their own, JWTs, PEM blocks, credentials in URIs, e-mail addresses,
// payment card numbers. It never masks UUIDs, request IDs, addresses of hosts
// and plain numbers, nor prose: "token is invalid", "api key: expired".
//
// What it misses on purpose: a secret that is neither named nor of a known
// shape, one whose name or prefix is itself encoded (\u0070assword, base64), and
// a word of letters alone after an unquoted "password: ", which is how people
// write messages. The same goes for a quoted sentence about the field.
//
// A mask says what was there, [redacted:password], and nothing of its value, so
// that equal messages stay equal. Redacting twice changes nothing. All scanning
// is linear in the text.
package redact
