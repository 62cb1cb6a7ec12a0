// Package classify turns Records into Findings: the category of an API error,
// why, the inputs it is about, the problem it belongs to, and what to do.
//
// All knowledge of providers is data. A pack, one TOML file, declares how a
// provider's errors look (shapes and texts, which package parse reads by) and
// what they mean (rules, grammars, remedies). [Load] compiles packs into a
// [Set], which is immutable and shared by all workers:
//
//	set, err := classify.Load(packs.FS)
//	reader, err := parse.Compile(set.Vocabulary())
//	...
//	finding := set.Classify(record)
//
// Three decisions shaped the package:
//
//   - The category follows the strongest evidence: the provider's own error
//     code, then a message it is known for, then a header, then a phrase that
//     any provider may use, then the HTTP status. The remedy is that of the
//     most specific rule that agrees.
//   - A [Problem], the key by which errors are grouped, holds routes, fields
//     and messages with everything that varies masked. Masks come from packs
//     and from the form of words, never from other records, so that an error
//     has the same problem whatever log it stands in.
//   - A pack proves itself: every rule carries log lines that must land on it,
//     and [Set.Check] holds it to them.
//
// The format of packs is described in packs/README.md.
package classify
