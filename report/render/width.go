package render

import (
	"strings"

	"github.com/clipperhouse/displaywidth"
)

const ellipsis = "…" // one column

// width returns the columns that s takes, colour not counted. Where terminals
// disagree, about joined emoji for one, it is the larger answer, so that a
// line which fits by width fits everywhere.
func width(s string) int {
	s = unpainted(s)
	return max(displaywidth.String(s), runeWidths(s))
}

func runeWidths(s string) int {
	n := 0
	for _, r := range s {
		n += displaywidth.Rune(r)
	}
	return n
}

// cluster is what a reader takes for one character: a letter with its marks.
type cluster struct {
	text  string
	width int
}

func clusters(s string) []cluster {
	var cs []cluster
	for g := displaywidth.StringGraphemes(s); g.Next(); {
		cs = append(cs, cluster{g.Value(), max(g.Width(), runeWidths(g.Value()))})
	}
	return cs
}

// head returns the longest beginning of s that fits n columns.
func head(s string, n int) string {
	end := 0
	for _, c := range clusters(s) {
		if n -= c.width; n < 0 {
			break
		}
		end += len(c.text)
	}
	return s[:end]
}

// tail returns the longest end of s that fits n columns.
func tail(s string, n int) string {
	cs := clusters(s)
	start := len(s)
	for i := len(cs) - 1; i >= 0; i-- {
		if n -= cs[i].width; n < 0 {
			break
		}
		start -= len(cs[i].text)
	}
	return s[start:]
}

// cutEnd, cutMiddle and cutRoute return s if it fits n columns, n at least 1,
// else s with an ellipsis for what was left out.
func cutEnd(s string, n int) string {
	if width(s) <= n {
		return s
	}
	return head(s, n-1) + ellipsis
}

func cutMiddle(s string, n int) string {
	if width(s) <= n {
		return s
	}
	return head(s, (n-1)/2) + ellipsis + tail(s, n-1-(n-1)/2)
}

// cutRoute keeps the end of a route, which tells routes apart, and as many
// whole segments before it as fit.
func cutRoute(s string, n int) string {
	if width(s) <= n {
		return s
	}
	end := tail(s, n-1)
	if i := strings.IndexByte(end, '/'); i >= 0 && i+1 < len(end) {
		end = end[i:]
	}
	return ellipsis + end
}

// wrap breaks s between words into at most max lines of n columns. What does
// not fit is cut at the end.
func wrap(s string, n, max int) []string { return hang(s, n, n, max) }

// hang is wrap with a first line of other length.
func hang(s string, first, n, max int) []string {
	var lines []string
	line, room := "", first
	words := strings.Fields(s)
	for i, word := range words {
		if line != "" && width(line)+1+width(word) > room {
			if len(lines) == max-1 {
				return append(lines, cutEnd(line+" "+strings.Join(words[i:], " "), room))
			}
			lines = append(lines, line)
			line, room = "", n
		}
		if line != "" {
			line += " "
		}
		line += cutMiddle(word, room)
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// fill joins as many items as fit n columns, and says how many are left out.
func fill(items []string, sep string, n int) string {
	line := ""
	for i, item := range items {
		next := item
		if i > 0 {
			next = line + sep + item
		}
		more := ""
		if i+1 < len(items) {
			more = sep + leftOut(len(items)-i-1)
		}
		if width(next)+width(more) > n {
			if i > 0 {
				return line + sep + leftOut(len(items)-i)
			}
			if n < 2*width(more) {
				more = ""
			}
			return cutMiddle(item, n-width(more)) + more
		}
		line = next
	}
	return line
}

func leftOut(n int) string { return "+" + number(int64(n)) + " more" }

// lay puts whole items on as few lines of n columns as they need, at most max;
// what does not fit is left out, and said so.
func lay(items []string, sep string, n, max int) []string {
	var lines []string
	for len(items) > 0 {
		if len(lines) == max-1 {
			return append(lines, fill(items, sep, n))
		}
		k := 1
		for k < len(items) && width(strings.Join(items[:k+1], sep)) <= n {
			k++
		}
		lines = append(lines, cutMiddle(strings.Join(items[:k], sep), n))
		items = items[k:]
	}
	return lines
}
