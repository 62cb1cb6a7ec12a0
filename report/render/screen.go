package render

import (
	"cmp"
	"slices"

	"analyzer/report"
)

// A screen is dealt out: the head and three actions come first, then the
// first problems, the essential notes at the foot, what the actions' sentences
// need to be read whole, the other notes at the foot, and more problems. The
// shares of a breakdown stand behind the problems. They take the lines of an
// action and, where the head is long, of problems.
const (
	maxActions  = 3
	leastRows   = 3
	leastShares = 3
)

// errors draws a report that holds errors.
func (p *page) errors() []string {
	head, actions := p.head(), p.actions()
	left := p.lines - len(head)
	if len(actions) > 0 {
		left -= 2 + 2*len(actions) // blank line and title; of each, the sentence cut to a line, and its evidence
	}
	rows, shares := min(p.top, 1), min(len(p.shares), 1)
	if rows > 0 {
		left -= 2 + listLines(rows, len(p.r.Problems)) // blank line and headings
	}
	if shares > 0 {
		left -= 2 + listLines(shares, len(p.shares))
	}
	shares, left = grow(shares, min(p.mostShares, leastShares), len(p.shares), left)
	rows, left = grow(rows, min(p.top, leastRows), len(p.r.Problems), left)
	foot := p.foot()
	left -= unfold(actions, left-essential(foot))
	foot = heaviest(foot, left)
	shares, left = grow(shares, p.mostShares, len(p.shares), left-len(foot))
	rows, left, foot = p.dealRows(rows, left, foot)
	if next := p.next(); left > 0 && rows == len(p.r.Problems) {
		foot = append(foot, next)
	}
	return slices.Concat(head, drawActions(actions, p.ink), p.problemLines(rows), p.timeline(), p.breakdown(shares), texts(foot))
}

// enoughRows is from how many problems on a word on how callers retry, or how to
// log, says more than one problem more.
const enoughRows = 5

// dealRows gives left lines to problems beyond the first rows, and some of them
// to notes on retries and logging where that does not cost one of the first few
// problems.
func (p *page) dealRows(rows, left int, foot []footnote) (int, int, []footnote) {
	all := len(p.r.Problems)
	for _, note := range []struct{ name, text string }{{"RETRIES", p.retries()}, {"LOGGING", p.logging()}} {
		most, _ := grow(rows, p.top, all, left-1)
		if note.text != "" && left > 0 && most >= min(p.top, enoughRows) {
			foot = append(foot, footnote{p.labelled(note.name, note.text), hint})
			left--
		}
	}
	rows, left = grow(rows, p.top, all, left)
	return rows, left, foot
}

// listLines returns the lines that n items of a list take, with the one that
// says how many of all are left out.
func listLines(n, all int) int {
	if n < all {
		return n + 1
	}
	return n
}

// grow gives left lines to items beyond the first n, up to most of all.
func grow(n, most, all, left int) (int, int) {
	for n < most {
		more := listLines(n+1, all) - listLines(n, all)
		if more > left {
			break
		}
		n++
		left -= more
	}
	return n, left
}

// problemLines draws the table of the first n problems.
func (p *page) problemLines(n int) []string {
	if n == 0 {
		return nil
	}
	lines := append([]string{""}, p.problems(p.r.Problems[:n])...)
	if rest := len(p.r.Problems) - n; rest > 0 {
		lines = append(lines, p.ink.faint(moreProblems(rest, len(p.r.Problems))))
	}
	return lines
}

// moreProblems says how many of all problems are not shown, and how to see
// more of them.
func moreProblems(rest, all int) string {
	top := max(20, min(all, 100))
	return "… and " + count(int64(rest), "more problem") + " (--top " + number(int64(top)) + ")"
}

// footnote is a line at the foot of the page. The heavier it is, the longer it
// stays when lines are short.
type footnote struct {
	text   string
	weight int
}

// The weights of footnotes; those from aboutFields on are essential.
const (
	hint = iota
	aboutRequests
	aboutFields
	aboutLimits
	aboutFilters
	aboutInput
	aboutSources
	aboutChanges
)

// essential counts the notes that come before sentences are unfolded.
func essential(notes []footnote) int {
	n := 0
	for _, f := range notes {
		if f.weight >= aboutFields {
			n++
		}
	}
	return n
}

// heaviest keeps the n notes that weigh most, in their order.
func heaviest(notes []footnote, n int) []footnote {
	for len(notes) > max(0, n) {
		least := slices.MinFunc(notes, func(a, b footnote) int { return cmp.Compare(a.weight, b.weight) })
		notes = slices.DeleteFunc(notes, func(f footnote) bool { return f == least })
	}
	return notes
}

func texts(notes []footnote) []string {
	lines := make([]string, len(notes))
	for i, n := range notes {
		lines[i] = n.text
	}
	return lines
}

// problemByID returns the problem of that id, nil if there is none.
func problemByID(r *report.Report, id string) *report.Problem {
	for i := range r.Problems {
		if r.Problems[i].ID == id {
			return &r.Problems[i]
		}
	}
	return nil
}
