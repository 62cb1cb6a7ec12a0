package parse

import (
	"strings"
	"time"
)

// cleaned is a text as it was cleaned.
type cleaned struct {
	key, text string
	clean     string
	masked    bool
}

// heard is what a message says of the request.
type heard struct {
	wait  time.Duration
	waits bool
	limit string
	id    string
}

// hear returns what the message of an error says of the request.
func (s *Scanner) hear(message string) *heard {
	if len(message) > rememberedText {
		return listen(message)
	}
	return find(s.memory.messages, message, listen)
}

func listen(message string) *heard {
	h := heard{limit: limitInText(message), id: idInText(message)}
	h.wait, h.waits = waitInText(message)
	return &h
}

// clean returns the text of node i for keeping: redacted, cut, apart from the
// record's bytes.
func (s *Scanner) clean(i int32) string {
	return s.cleanText(s.tree.nodes[i].key, s.tree.text(i))
}

// cleanText is clean for a text that stands under key.
func (s *Scanner) cleanText(key, text string) string {
	if text = strings.TrimSpace(text); text == "" {
		return ""
	}
	if len(text) > rememberedText {
		return s.cleanOnce(key, text)
	}
	known, found := s.memory.texts.place(hashOf(text), func(c *cleaned) bool { return c.text == text && c.key == key })
	if !found {
		*known = s.cleanAnew(key, text)
	}
	if known.masked {
		s.account.Notes[Redacted]++
	}
	return known.clean
}

// cleanOnce is cleanText for a text that hardly comes again.
func (s *Scanner) cleanOnce(key, text string) string {
	clean, masked := s.redact(key, strings.TrimSpace(text))
	if masked {
		s.account.Notes[Redacted]++
	}
	return s.keep(clean)
}

func (s *Scanner) cleanAnew(key, text string) cleaned {
	clean, masked := s.redact(key, text)
	c := cleaned{key: strings.Clone(key), text: strings.Clone(text), masked: masked}
	if c.clean = c.text; clean != text {
		c.clean = strings.Clone(clean)
	}
	return c
}

// redact returns a text without its secrets, cut to what a Record keeps, and
// reports whether there were any.
func (s *Scanner) redact(key, text string) (clean string, masked bool) {
	clean, masked = s.options.Redactor.Value(key, text)
	if len(clean) > maxField {
		clean = strings.ToValidUTF8(clean[:maxField], "")
	}
	return clean, masked
}

// keepSize is the length of the blocks in which short texts are kept.
const keepSize = 4 << 10

// keep returns a copy of text. Many short ones share a block of memory.
func (s *Scanner) keep(text string) string {
	if len(text) > keepSize/8 {
		return strings.Clone(text)
	}
	if len(s.kept)+len(text) > cap(s.kept) {
		s.kept = make([]byte, 0, keepSize)
	}
	start := len(s.kept)
	s.kept = append(s.kept, text...)
	return view(s.kept[start:])
}
