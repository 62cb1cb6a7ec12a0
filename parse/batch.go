package parse

import (
	"strings"
	"unsafe"

	"github.com/tidwall/gjson"
)

// batch says where a document holds log events, and which members of the objects
// above them speak for all: an exporter writes the service once for many lines.
type batch struct {
	events route
	shared []word
}

// batchFile is a batch in layout.json.
type batchFile struct {
	Events string
	Shared []string
}

func compileBatch(w *words, f batchFile) (batch, error) {
	p, err := compilePath(w, f.Events)
	if err != nil {
		return batch{}, err
	}
	b := batch{events: p[0]}
	for _, name := range f.Shared {
		b.shared = append(b.shared, w.add(name, 0))
	}
	return b, nil
}

// event is one log event of a batch, as JSON of its own, and where it stands in
// the batch.
type event struct {
	json string
	at   int
}

// events returns the log events of the batch in the tree, nil if it holds none.
// The batch is the record, or was carried in one by a shipper.
func (r *Reader) events(t *tree) (events []event) {
	for root := range t.nodes {
		if !t.isDocument(int32(root)) {
			continue
		}
		for _, b := range r.layout.batches {
			t.walk(b.events, int32(root), func(i int32) bool {
				if t.nodes[i].kind == objectKind {
					events = append(events, event{b.compose(t, i), distance(t.nodes[0].str, t.nodes[i].str)})
				}
				return true
			})
			if events != nil {
				return events
			}
		}
	}
	return nil
}

// isDocument reports whether the object i is all that the record or a line in it
// holds, and is no log event of its own: events, too, can have a list of records.
func (t *tree) isDocument(i int32) bool {
	n := &t.nodes[i]
	if n.kind != objectKind || n.parent >= 0 && (t.nodes[n.parent].kind != stringKind || !t.isLine(i)) {
		return false
	}
	for c := i + 1; c < t.nodes[i].end; c = t.nodes[c].end {
		if t.words.is(t.nodes[c].word, eventWord|timeWord|errorWord) {
			return false
		}
	}
	return true
}

// compose writes the event at node i together with what is shared with it.
func (b *batch) compose(t *tree, i int32) string {
	var s strings.Builder
	s.WriteString(`{"@event":`)
	s.WriteString(t.nodes[i].str)
	for n := t.nodes[i].parent; n >= 0; n = t.nodes[n].parent {
		if t.nodes[n].kind != objectKind {
			continue
		}
		for _, w := range b.shared {
			if c := t.child(n, w); c >= 0 {
				s.WriteByte(',')
				s.Write(gjson.AppendJSONString(nil, t.nodes[c].key))
				s.WriteString(":" + t.json(c))
			}
		}
	}
	s.WriteByte('}')
	return s.String()
}

// distance returns how far into text its part stands, 0 if part is none of text
// but was unescaped from it.
func distance(text, part string) int {
	n := uintptr(unsafe.Pointer(unsafe.StringData(part))) - uintptr(unsafe.Pointer(unsafe.StringData(text)))
	if n > uintptr(len(text)) {
		return 0
	}
	return int(n)
}
