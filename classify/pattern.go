package classify

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"sync"
)

// The limits of a regular expression in a pack. A program of this size runs
// in bounded time on any message; longer ones are better written as several.
const (
	maxPattern = 2000 // bytes
	maxProgram = 1000 // instructions
)

// maxMessage is how much of a message patterns look at, in bytes.
const maxMessage = 16 << 10

// pattern is a regular expression over messages. It is compiled when a text first
// may match: of hundreds, a log meets a dozen.
type pattern struct {
	expr    string
	compile sync.Once
	re      *regexp.Regexp
}

// newPattern prepares expr. One that is not proven is held to the limits.
func newPattern(expr string, proven bool) (*pattern, error) {
	p := &pattern{expr: expr}
	if proven {
		return p, nil
	}
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return nil, err
	}
	return p, checkExpr(expr, tree.Simplify())
}

// checkExpr refuses what is too large and what matches the empty text, and hence
// every text.
func checkExpr(expr string, tree *syntax.Regexp) error {
	if len(expr) > maxPattern {
		return fmt.Errorf("longer than %d bytes", maxPattern)
	}
	prog, err := syntax.Compile(tree)
	if err != nil {
		return err
	}
	if n := len(prog.Inst); n > maxProgram {
		return fmt.Errorf("%d instructions; at most %d are allowed", n, maxProgram)
	}
	re, err := regexp.Compile(expr)
	if err != nil {
		return err
	}
	if re.MatchString("") {
		return fmt.Errorf("matches the empty text")
	}
	return nil
}

// regexp returns p compiled.
func (p *pattern) regexp() *regexp.Regexp {
	p.compile.Do(func() { p.re = regexp.MustCompile(p.expr) })
	return p.re
}

// groups returns the names of p's groups by index, "" where a group has none.
func (p *pattern) groups() []string { return p.regexp().SubexpNames() }
