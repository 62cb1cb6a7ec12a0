package render

import "strings"

// ink colours text, if it is on. Colour goes on last, when the text has been
// escaped and cut: an ESC in a line is always one of these.
type ink bool

const (
	bold  = "\x1b[1m"
	faint = "\x1b[2m"
	reset = "\x1b[0m"
)

var categoryColours = map[string]string{
	"authentication": "\x1b[35m", // magenta
	"validation":     "\x1b[33m", // yellow
	"resource":       "\x1b[36m", // cyan
	"rate-limit":     "\x1b[34m", // blue
	"server":         "\x1b[31m", // red
}

func (i ink) bold(s string) string  { return i.paint(bold, s) }
func (i ink) faint(s string) string { return i.paint(faint, s) }

// category paints s, which tells of errors of category c.
func (i ink) category(c, s string) string { return i.paint(categoryColours[c], s) }

func (i ink) paint(sgr, s string) string {
	if !i || sgr == "" || s == "" {
		return s
	}
	return sgr + s + reset
}

// unpainted returns s without its colours.
func unpainted(s string) string {
	for {
		before, rest, found := strings.Cut(s, "\x1b[")
		if !found {
			return s
		}
		_, after, _ := strings.Cut(rest, "m")
		s = before + after
	}
}
