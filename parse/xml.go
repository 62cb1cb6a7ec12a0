package parse

import (
	"encoding/xml"
	"io"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// The bounds of an XML document that is read as a body.
const (
	maxXML         = 64 << 10 // bytes
	maxXMLElements = 1000
	maxXMLLevels   = 16
)

// element is one element of an XML document.
type element struct {
	name    string // without its prefix
	text    string
	members []*element // attributes, then elements below
}

// embeddedXML finds the first XML document in s, which is no HTML, and returns it as
// the JSON object of its root: {"Error":{"Code":"NoSuchKey"}}. end is 0 if there is
// none. Elements of one name below another become an array, text beside attributes
// or elements stands under text.
func embeddedXML(s string) (json string, start, end int) {
	start = strings.IndexByte(s, '<')
	if start < 0 || start+1 == len(s) || !isMarkup(s[start+1]) || !strings.Contains(s, "</") && !strings.Contains(s, "/>") {
		return "", 0, 0
	}
	r := strings.NewReader(s[start:min(len(s), start+maxXML)])
	root, read := readXML(r)
	if root == nil || len(root.members) == 0 || isHTML(root.name) {
		return "", 0, 0
	}
	return string(root.appendMember(nil)), start, start + int(read)
}

// isMarkup reports whether what begins with < and c may be markup.
func isMarkup(c byte) bool {
	return c == '?' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func isHTML(name string) bool {
	switch strings.ToLower(name) {
	case "html", "head", "body", "title", "h1", "h2", "p", "div", "span", "pre", "br", "hr", "center", "b", "i", "a", "code", "script", "style", "ul", "li", "table", "svg":
		return true
	}
	return false
}

// readXML reads one document, and returns its root and how many bytes it has; nil
// if it does not end, or is too large.
func readXML(r io.Reader) (root *element, read int64) {
	d := xml.NewDecoder(r)
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var open []*element
	for n := 0; n < maxXMLElements; {
		token, err := d.Token()
		if err != nil {
			return nil, 0
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := newElement(token)
			n += 1 + len(e.members)
			if len(open) == maxXMLLevels {
				return nil, 0
			}
			if len(open) > 0 {
				above := open[len(open)-1]
				above.members = append(above.members, e)
			}
			open = append(open, e)
		case xml.EndElement:
			root, open = open[0], open[:len(open)-1]
			if len(open) == 0 {
				return root, d.InputOffset()
			}
		case xml.CharData:
			if len(open) > 0 {
				e := open[len(open)-1]
				e.text += string(token)
			}
		}
	}
	return nil, 0
}

// newElement returns an element with its attributes, without those that name
// namespaces.
func newElement(start xml.StartElement) *element {
	e := &element{name: start.Name.Local}
	for _, a := range start.Attr {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" && !strings.Contains(a.Name.Space, "XMLSchema") {
			e.members = append(e.members, &element{name: a.Name.Local, text: a.Value})
		}
	}
	return e
}

// appendMember appends e as an object of one member.
func (e *element) appendMember(dst []byte) []byte {
	dst = append(gjson.AppendJSONString(append(dst, '{'), e.name), ':')
	return append(e.appendValue(dst), '}')
}

// appendValue appends what e holds: its text, or an object.
func (e *element) appendValue(dst []byte) []byte {
	text := strings.TrimSpace(e.text)
	if len(e.members) == 0 {
		return gjson.AppendJSONString(dst, text)
	}
	members := e.members
	if text != "" {
		members = append(slices.Clip(members), &element{name: "text", text: text})
	}
	var names []string
	dst = append(dst, '{')
	for _, m := range members {
		if slices.Contains(names, m.name) {
			continue
		}
		if names = append(names, m.name); len(names) > 1 {
			dst = append(dst, ',')
		}
		dst = append(gjson.AppendJSONString(dst, m.name), ':')
		dst = appendAll(dst, members, m.name)
	}
	return append(dst, '}')
}

// appendAll appends the members of one name: the only one as it is, several as an
// array.
func appendAll(dst []byte, members []*element, name string) []byte {
	first, several := len(dst), 0
	for _, m := range members {
		if m.name != name {
			continue
		}
		if several++; several > 1 {
			dst = append(dst, ',')
		}
		dst = m.appendValue(dst)
	}
	if several > 1 {
		dst = append(slices.Insert(dst, first, '['), ']')
	}
	return dst
}
