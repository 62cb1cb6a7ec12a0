package render

import (
	"io"
	"math"
	"strings"
)

// Part is one thing that a sheet says: a label and texts, each of which begins
// a line. A Part without texts is left out.
type Part struct {
	Label string
	Texts []string
	Whole bool // the texts are to be copied: they are not wrapped
}

// sheetIndent is where the texts of a sheet begin.
const sheetIndent = 12

// Sheet draws what there is to say of one thing: a title, then sections of
// parts with a blank line between them, texts wrapped into o's columns. Title
// and texts are escaped.
func Sheet(w io.Writer, title string, o Options, sections ...[]Part) error {
	i := ink(o.Color)
	lines := wrap(Plain(title), o.columns(), math.MaxInt)
	for k, line := range lines {
		lines[k] = i.bold(line)
	}
	for _, parts := range sections {
		var section []string
		for _, p := range parts {
			section = append(section, p.draw(o.columns()-sheetIndent, i)...)
		}
		if section != nil {
			lines = append(append(lines, ""), section...)
		}
	}
	_, err := io.WriteString(w, strings.Join(lines, "\n")+"\n")
	return err
}

// draw sets the texts in n columns, the label before the first.
func (p *Part) draw(n int, i ink) []string {
	var lines []string
	for _, text := range p.Texts {
		if text = Plain(text); p.Whole {
			lines = append(lines, text)
		} else {
			lines = append(lines, wrap(text, n, math.MaxInt)...)
		}
	}
	label := p.Label
	for k, line := range lines {
		lines[k] = i.faint(label) + strings.Repeat(" ", max(1, sheetIndent-len(label))) + line
		label = ""
	}
	return lines
}
