package report

import (
	"cmp"

	"analyzer/classify"
)

// derivedKind is the Request.Kind of a name that the log does not hold.
const derivedKind = "derived"

// addDerived counts e, an error without a request ID, under the name derived
// for it. It is kept apart from those with an ID, so that no figure about
// requests takes a derived name for one.
func (t *Tally) addDerived(e *event, p *problem) {
	t.derivation = appendDerived(t.derivation[:0], e.Finding)
	if len(t.derivation) == 0 {
		return
	}
	name := t.derived.name(t.derivation)
	t.derived.add(identity{name, derivedKind, hash(name)}, e, p)
}

// appendDerived appends what f was about, clipped, to the empty b: the
// operation, or else the method, and the path. It appends nothing if f has
// neither an operation nor a path, since a method alone would join strangers.
func appendDerived(b []byte, f *classify.Finding) []byte {
	if f.Operation == "" && f.Path == "" {
		return b
	}
	b = append(b, clip(cmp.Or(f.Operation, f.Method), valueBytes)...)
	if len(b) > 0 && f.Path != "" {
		b = append(b, ' ')
	}
	b = append(b, clip(f.Path, valueBytes)...)
	return clip(b, valueBytes)
}
