package classify

import (
	"fmt"
	"regexp"
	"regexp/syntax"
)

// The limits of a regular expression in a pack. A program of this size runs
// in bounded time on any message; longer ones are better written as several.
const (
	maxPattern = 2000 // bytes
	maxProgram = 1000 // instructions
)

// maxMessage is how much of a message patterns look at, in bytes.
const maxMessage = 16 << 10

// pattern is a regular expression over messages, with what a text must hold
// for it to match.
type pattern struct {
	re     *regexp.Regexp
	groups []string // names by index, "" where a group has none
	needs  needs
}

// compilePattern compiles expr within the limits.
func compilePattern(expr string) (*pattern, error) {
	re, tree, err := compileExpr(expr)
	if err != nil {
		return nil, err
	}
	return &pattern{re: re, groups: re.SubexpNames(), needs: needsOf(tree)}, nil
}

// compileExpr compiles expr, refusing what is too large and what matches the
// empty text, and hence every text.
func compileExpr(expr string) (*regexp.Regexp, *syntax.Regexp, error) {
	if len(expr) > maxPattern {
		return nil, nil, fmt.Errorf("longer than %d bytes", maxPattern)
	}
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return nil, nil, err
	}
	tree = tree.Simplify()
	prog, err := syntax.Compile(tree)
	if err != nil {
		return nil, nil, err
	}
	if n := len(prog.Inst); n > maxProgram {
		return nil, nil, fmt.Errorf("%d instructions; at most %d are allowed", n, maxProgram)
	}
	re, err := regexp.Compile(expr)
	if err != nil {
		return nil, nil, err
	}
	if re.MatchString("") {
		return nil, nil, fmt.Errorf("matches the empty text")
	}
	return re, tree, nil
}

// find returns the first match of p in text, as FindStringSubmatchIndex does,
// nil if there is none. Grams are those of text.
func (p *pattern) find(text string, grams *grams) []int {
	if !p.needs.metBy(grams) {
		return nil
	}
	return p.re.FindStringSubmatchIndex(text)
}
