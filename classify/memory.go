package classify

import (
	"encoding/binary"
	"hash/maphash"
	"strings"
	"sync/atomic"

	"analyzer/parse"
)

// memory holds the diagnoses that were made last, and the paths that were routed
// last: logs repeat their errors. What stands in it changes no answer, only how soon
// it is given. It is safe for concurrent use.
type memory struct {
	seed  maphash.Seed
	known [remembered]atomic.Pointer[remembrance]
	paths [remembered]atomic.Pointer[knownPath]
}

// remembered is how many diagnoses and paths are kept; maxEvidence is how long what
// a diagnosis was made of is at most, and maxKnownPath a path, in bytes.
const (
	remembered   = 1 << 12
	maxEvidence  = 1 << 10
	maxKnownPath = 256
)

// remembrance is what was found by some evidence, without the record and route.
type remembrance struct {
	evidence string
	finding  Finding
}

func newMemory() *memory { return &memory{seed: maphash.MakeSeed()} }

// recall returns what was found by evidence, made by find if it is not known.
func (m *memory) recall(evidence []byte, find func() Finding) Finding {
	if len(evidence) > maxEvidence {
		return find()
	}
	place := &m.known[maphash.Bytes(m.seed, evidence)%remembered]
	if known := place.Load(); known != nil && known.evidence == string(evidence) {
		return known.finding
	}
	finding := find()
	finding.Record = nil // the scanner's, and not for keeping
	place.Store(&remembrance{string(evidence), finding})
	return finding
}

// knownPath is the path of a request with its route, and for each rule that holds
// under some routes alone whether it lies under one of them.
type knownPath struct {
	path, route string
	under       []byte
}

// know returns what is known of a path.
func (s *Set) know(path string) *knownPath {
	if len(path) > maxKnownPath {
		return s.learn(path)
	}
	place := &s.memory.paths[maphash.String(s.memory.seed, path)%remembered]
	if known := place.Load(); known != nil && known.path == path {
		return known
	}
	known := s.learn(strings.Clone(path))
	place.Store(known)
	return known
}

// learn is know for a path that is not remembered.
func (s *Set) learn(path string) *knownPath {
	known := &knownPath{path: path, route: s.routes.route(path)}
	for _, rule := range s.routed {
		known.under = appendBool(known.under, rule.routes.begin(path))
	}
	return known
}

// appendEvidence appends all of r that the rules look at, each part so that it
// tells its end. Of its path they look at no more than what it lies under.
func appendEvidence(b []byte, r *parse.Record, path *knownPath, owner *pack) []byte {
	name := ""
	if owner != nil {
		name = owner.name
	}
	b = appendText(appendText(b, name), r.Method)
	b = binary.AppendUvarint(b, uint64(r.Status))
	b = appendBool(b, r.Exhausted)
	b = append(b, path.under...)
	for i := range r.Errors {
		d := &r.Errors[i]
		b = binary.AppendUvarint(b, uint64(d.Status))
		b = appendText(appendText(b, d.Code), d.Message)
		b = appendTexts(appendTexts(appendTexts(b, d.Reasons), d.Texts), d.Fields)
	}
	return b
}

func appendBool(b []byte, v bool) []byte {
	if v {
		return append(b, 1)
	}
	return append(b, 0)
}

func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

func appendTexts(b []byte, texts []string) []byte {
	b = binary.AppendUvarint(b, uint64(len(texts)))
	for _, text := range texts {
		b = appendText(b, text)
	}
	return b
}
