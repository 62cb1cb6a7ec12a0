// Package parse turns log bytes into Records: one API response each, in the
// same words for every provider and layout.
//
// A Scanner takes chunks of whole lines (see parse/input), frames the records
// in them, and looks in each for a trigger: three status digits where a status
// can stand, a word that the vocabulary declares, or an escape that could hide
// one. A record without a trigger holds no API error by definition and stays
// unopened. What is opened passes the gate (length, depth, strict JSON) as it becomes
// a flat tree of nodes, in which JSON inside strings is unfolded, and is read:
//
//	line ── border ── trigger ── gate ── tree ─┬─ envelope   the API's error body, by shapes
//	                                           ├─ text       an error as a client prints it, by patterns
//	                                           └─ layout     time, level, status, IDs … by key names
//
// A Scanner that looks for identifiers (Options.Wanted) opens the records in whose
// bytes one may stand, and no others, and yields those that carry it: successes
// and plain lines, too.
//
// The package knows no provider: shapes and patterns come from the packs as a
// Vocabulary, key names from layout.json. Nothing is learned and nothing is
// carried from one record to the next, so records are the same for any chunks
// and any number of scanners.
//
// Every text that leaves in a Record has been redacted first (parse/redact).
package parse
