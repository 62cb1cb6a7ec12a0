package parse

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// layoutData lists the key names under which loggers and shippers put what a
// Record holds. Of a list, the first name present counts. Names under
// "anywhere" are telling enough to count at any depth; those under "fields"
// count only where the line's own fields stand: at the top, or below nothing
// but containers. Names under "loose" mean something else as often as not, and
// count only beside other signs of an HTTP exchange.
//
//go:embed layout.json
var layoutData []byte

// attribute is what a key name stands for.
type attribute int

const (
	timeAttribute attribute = iota
	levelAttribute
	serviceAttribute
	versionAttribute
	methodAttribute
	pathAttribute
	requestAttribute
	operationAttribute
	hostAttribute
	statusAttribute
	callerAttribute
	waitAttribute
	waitMillisAttribute
	limitAttribute
	remainingAttribute
	attemptAttribute
	messageAttribute
	codeAttribute
	idempotencyAttribute
	deprecationAttribute
	sunsetAttribute
	idAttribute // the first of the kinds of IDs; the others follow
)

var attributeNames = [...]string{"time", "level", "service", "version", "method", "path", "request", "operation", "host",
	"status", "caller", "wait", "wait_ms", "limit", "remaining", "attempt",
	"message", "code", "idempotency", "deprecation", "sunset"}

// unkeyed are the attributes that a Key cannot name.
var unkeyed = []string{"wait_ms", "request", "deprecation", "sunset"}

// KeyAttributes returns what a Key can name, sorted.
func KeyAttributes() []string {
	names := []string{"request-id"}
	for _, name := range attributeNames {
		if !slices.Contains(unkeyed, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// addKey puts a key of one's own before all names of its attribute.
func (l *layout) addKey(w *words, k Key) error {
	a := idAttribute
	if k.Attribute != "request-id" {
		i := slices.Index(attributeNames[:], k.Attribute)
		if i < 0 || !slices.Contains(KeyAttributes(), k.Attribute) {
			return fmt.Errorf("key %s=%s: want one of %s before =", k.Attribute, k.Path, strings.Join(KeyAttributes(), ", "))
		}
		a = attribute(i)
	}
	if strings.Trim(k.Path, ".") != k.Path || k.Path == "" || strings.ContainsAny(k.Path, "[]*?#@| ") {
		return fmt.Errorf("key %s=%s: want dotted keys after =, as in ctx.rid", k.Attribute, k.Path)
	}
	l.name(w, k.Path, use{a, -1, anywhere})
	return nil
}

// layout is the compiled list: a trie of key words, read from the leaf upward.
type layout struct {
	leaves     []*trie // by the last key of the names
	idKinds    []string
	statusKeys []string // the last keys of the names of a status
	batches    []batch
	triggers   []string // under which an error may stand that nothing else would open
}

type trie struct {
	next map[word]*trie
	uses []use
}

// use is an attribute that a key name stands for, with its place in the list.
type use struct {
	attribute attribute
	rank      int
	trust     trust
}

// trust says where a name counts.
type trust uint8

const (
	anywhere trust = iota
	fieldOnly
	loose
)

type aliases struct {
	Kind                    string
	Anywhere, Fields, Loose []string
}

// newLayout compiles layout.json into the key table w.
func newLayout(w *words) (*layout, error) {
	var file struct {
		Containers, Events, Bodies, Texts []string
		Errors, Headers, Models, Stories  []string
		Attributes                        map[string]aliases
		IDs                               []aliases
		Batches                           []batchFile
		Triggers                          []string
	}
	if err := json.Unmarshal(layoutData, &file); err != nil {
		return nil, fmt.Errorf("layout.json: %w", err)
	}
	for r, names := range map[role][]string{containerWord: file.Containers, eventWord: file.Events, bodyWord: file.Bodies, textWord: file.Texts, errorWord: file.Errors, headerWord: file.Headers, modelWord: file.Models, storyWord: file.Stories} {
		for _, name := range names {
			w.add(name, r)
		}
	}
	l := &layout{triggers: file.Triggers}
	for _, f := range file.Batches {
		b, err := compileBatch(w, f)
		if err != nil {
			return nil, fmt.Errorf("layout.json: batches: %w", err)
		}
		l.batches = append(l.batches, b)
	}
	for i, name := range attributeNames {
		l.add(w, attribute(i), file.Attributes[name])
	}
	if len(attributeNames)+len(file.IDs) > maxAttributes {
		return nil, fmt.Errorf("layout.json: ids: %d, want %d at the most", len(file.IDs), maxAttributes-len(attributeNames))
	}
	for i, id := range file.IDs {
		l.idKinds = append(l.idKinds, id.Kind)
		l.add(w, idAttribute+attribute(i), id)
	}
	return l, nil
}

func (l *layout) add(w *words, a attribute, names aliases) {
	rank := 0
	for t, list := range [][]string{names.Anywhere, names.Fields, names.Loose} {
		for _, name := range list {
			l.name(w, name, use{a, rank, trust(t)})
			rank++
		}
	}
}

// name makes a dotted name stand for u, however it is written.
func (l *layout) name(w *words, name string, u use) {
	parts := strings.Split(name, ".")
	if u.attribute == statusAttribute {
		l.statusKeys = append(l.statusKeys, parts[len(parts)-1])
	}
	for _, keys := range groupings(parts) {
		l.insert(w, keys, u)
	}
}

// groupings returns the ways in which a dotted name is written: nested, flat,
// and in between. a.b.c is [a b c], [a.b c], [a b.c] or [a.b.c].
func groupings(parts []string) [][]string {
	if len(parts) == 1 {
		return [][]string{parts}
	}
	var all [][]string
	for _, rest := range groupings(parts[1:]) {
		apart := append([]string{parts[0]}, rest...)
		joined := append([]string{parts[0] + "." + rest[0]}, rest[1:]...)
		all = append(all, apart, joined)
	}
	return all
}

func (l *layout) insert(w *words, keys []string, u use) {
	last := len(keys) - 1
	at := l.addLeaf(w.add(keys[last], roleOf(u.attribute, len(keys))))
	for i := last - 1; i >= 0; i-- {
		if at.next == nil {
			at.next = map[word]*trie{}
		}
		id := w.add(keys[i], roleOf(u.attribute, len(keys)))
		if at.next[id] == nil {
			at.next[id] = &trie{}
		}
		at = at.next[id]
	}
	at.uses = append(at.uses, u)
}

func (l *layout) addLeaf(w word) *trie {
	for len(l.leaves) <= int(w) {
		l.leaves = append(l.leaves, nil)
	}
	if l.leaves[w] == nil {
		l.leaves[w] = &trie{}
	}
	return l.leaves[w]
}

// roleOf returns the role of the only key of a name.
func roleOf(a attribute, keys int) role {
	if a == timeAttribute && keys == 1 {
		return timeWord
	}
	return 0
}

// hit is a value found under a name of the layout.
type hit struct {
	use
	node  int32
	depth int32
}

// hits are the values of a tree that names of the layout hold, attribute by
// attribute, those of each in the order of the text.
type hits struct {
	all   []hit
	ends  [maxAttributes]int // where in all those of an attribute end
	found []hit              // scratch: all, in the order of the text
}

// maxAttributes is the number of attributes, with kinds of IDs, at the most.
const maxAttributes = 32

// of returns the hits of an attribute.
func (h *hits) of(a attribute) []hit {
	if a == 0 {
		return h.all[:h.ends[a]]
	}
	return h.all[h.ends[a-1]:h.ends[a]]
}

// find fills h with every value of the tree that a name of the layout holds.
func (l *layout) find(t *tree, h *hits) {
	h.found = h.found[:0]
	for i := range t.nodes {
		n := &t.nodes[i]
		if n.word == 0 || n.kind == objectKind || n.kind == nullKind {
			continue
		}
		h.found = l.match(t, int32(i), h.found)
	}
	h.sort()
}

// sort puts what was found in order of attributes.
func (h *hits) sort() {
	var from [maxAttributes + 1]int
	for i := range h.found {
		from[h.found[i].attribute+1]++
	}
	for a := range maxAttributes {
		from[a+1] += from[a]
		h.ends[a] = from[a+1]
	}
	h.all = append(h.all[:0], h.found...)
	for i := range h.found {
		at := &from[h.found[i].attribute]
		h.all[*at] = h.found[i]
		*at++
	}
}

// match follows the keys of node i upward through the trie.
func (l *layout) match(t *tree, i int32, hits []hit) []hit {
	at := l.leaf(t.nodes[i].word)
	for n := i; at != nil; at = at.next[t.nodes[n].word] {
		for _, u := range at.uses {
			if u.trust == anywhere || t.nodes[n].open {
				hits = append(hits, hit{use: u, node: i, depth: depthOf(t, i)})
			}
		}
		if n = t.nodes[n].up; n < 0 {
			break
		}
	}
	return hits
}

// leaf returns the names that end with the key w, nil if none does.
func (l *layout) leaf(w word) *trie {
	if int(w) < len(l.leaves) {
		return l.leaves[w]
	}
	return nil
}

func depthOf(t *tree, i int32) int32 {
	depth := int32(0)
	for n := t.nodes[i].up; n >= 0; n = t.nodes[n].up {
		depth++
	}
	return depth
}
