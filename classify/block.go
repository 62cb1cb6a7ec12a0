package classify

import (
	"fmt"
	"strings"
)

// maxNesting bounds arrays and inline tables in arrays and inline tables. The
// TOML decoder recurses, and the stack of a hostile file must stay small.
const maxNesting = 16

// A block is one table of a pack file: the keys above the first header, or
// one [[table]]. Decoding block by block is what gives errors their line: the
// decoder knows lines only by key, and a pack repeats its keys.
type block struct {
	table string         // rule, shape, …; empty for the keys above the first header
	line  int            // of the block's first line, from 1
	text  string         // the block with its header
	keys  map[string]int // line of each key
}

// at returns the line of key, or that of the block if it has none.
func (b *block) at(key string) int {
	if line, ok := b.keys[key]; ok {
		return line
	}
	return b.line
}

// splitter walks a TOML text line by line, knowing just enough of its syntax
// (strings, comments, brackets) to tell headers and keys from content.
type splitter struct {
	src    string
	pos    int
	line   int
	depth  int // of brackets open
	blocks []block
	start  int // of the last block
}

// split cuts a pack file into blocks.
func split(src string) ([]block, *lineError) {
	s := &splitter{src: src, line: 1}
	s.open("", 0)
	for s.pos < len(s.src) {
		if s.depth == 0 {
			s.beginLine()
		}
		if err := s.skipLine(); err != nil {
			return nil, err
		}
	}
	s.close(len(s.src))
	return s.blocks, nil
}

// beginLine looks at the beginning of a line outside of strings and brackets:
// a header opens a block, a key is noted.
func (s *splitter) beginLine() {
	rest := s.src[s.pos:]
	if i := strings.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	rest = strings.TrimSpace(rest)
	if name, ok := tableHeader(rest); ok {
		s.close(s.pos)
		s.open(name, s.pos)
		return
	}
	if key, _, ok := strings.Cut(rest, "="); ok {
		b := &s.blocks[len(s.blocks)-1]
		if key = strings.TrimSpace(key); b.keys[key] == 0 {
			b.keys[key] = s.line
		}
	}
}

// tableHeader returns the name in "[[name]] # comment". Headers of subtables,
// [[rule.near]], open no block: they belong to the one before.
func tableHeader(line string) (string, bool) {
	rest, ok := strings.CutPrefix(line, "[[")
	if !ok {
		return "", false
	}
	name, rest, ok := strings.Cut(rest, "]]")
	rest = strings.TrimSpace(rest)
	name = strings.TrimSpace(name)
	if !ok || (rest != "" && rest[0] != '#') || !isName(name, "_-") {
		return "", false
	}
	return name, true
}

func (s *splitter) open(table string, start int) {
	s.blocks = append(s.blocks, block{table: table, line: s.line, keys: map[string]int{}})
	s.start = start
}

func (s *splitter) close(end int) {
	s.blocks[len(s.blocks)-1].text = s.src[s.start:end]
}

// skipLine moves behind the line's end, and behind that of a string which
// spans several lines.
func (s *splitter) skipLine() *lineError {
	for s.pos < len(s.src) {
		switch c := s.src[s.pos]; c {
		case '\n':
			s.pos++
			s.line++
			return nil
		case '#':
			s.skipTo("\n")
		case '"', '\'':
			s.skipString(c)
		case '[', '{':
			s.pos++
			if s.depth++; s.depth > maxNesting {
				return &lineError{s.line, fmt.Sprintf("nested beyond %d levels", maxNesting)}
			}
		case ']', '}':
			s.pos++
			s.depth = max(0, s.depth-1)
		default:
			s.pos++
		}
	}
	return nil
}

// skipTo moves to the next occurrence of stop, or to the end.
func (s *splitter) skipTo(stop string) {
	if i := strings.Index(s.src[s.pos:], stop); i >= 0 {
		s.pos += i
	} else {
		s.pos = len(s.src)
	}
}

// skipString moves behind the string that begins here, or to the end of the
// line where a string of one line is not closed.
func (s *splitter) skipString(quote byte) {
	triple := strings.Repeat(string(quote), 3)
	if strings.HasPrefix(s.src[s.pos:], triple) {
		s.pos += 3
		s.skipTriple(triple)
		return
	}
	for s.pos++; s.pos < len(s.src); s.pos++ {
		switch c := s.src[s.pos]; {
		case c == quote:
			s.pos++
			return
		case c == '\n':
			return
		case c == '\\' && quote == '"' && s.pos+1 < len(s.src) && s.src[s.pos+1] != '\n':
			s.pos++
		}
	}
}

func (s *splitter) skipTriple(stop string) {
	for s.pos < len(s.src) {
		switch {
		case strings.HasPrefix(s.src[s.pos:], stop):
			s.pos += len(stop)
			// Up to two quotes may stand before the closing three.
			for n := 0; n < 2 && s.pos < len(s.src) && s.src[s.pos] == stop[0]; n++ {
				s.pos++
			}
			return
		case s.src[s.pos] == '\\' && stop[0] == '"':
			s.pos++
			if s.pos < len(s.src) && s.src[s.pos] == '\n' {
				s.line++
			}
		case s.src[s.pos] == '\n':
			s.line++
		}
		s.pos++
	}
}
