package sentence

import (
	"slices"
	"strings"
	"sync"
)

// The bounds of what is read.
const (
	maxWords  = 400 // of a sentence
	maxQuoted = 120 // bytes between quotes
	maxNames  = 32
	maxLabel  = 3 // words
	maxLooked = 8 // words before a name that may say what is wrong with it
)

// spare holds words for the next sentence.
var spare = sync.Pool{New: func() any { return new([]word) }}

// A Name is an input that a sentence names.
type Name struct {
	Text       string // as it is written there, without quotes
	Start, End int    // where it stands, in bytes
	Label      bool   // words for people, such as First name, rather than a key
	Called     bool   // a word such as field or parameter says that it is an input
}

// Inputs returns the inputs that text says are wrong, in the order of the text.
// Text is a message for people in English, of any length; what is too far behind is
// not read. It is safe for concurrent use.
func Inputs(text string) []Name {
	words := spare.Get().(*[]word)
	defer spare.Put(words)
	*words = split(text, *words)
	r := reader{text: text, words: *words}
	told, called := 0, false // names of the lines before, and whether one of them is called so
	for from := 0; from < len(r.words); {
		to := r.endOf(from)
		r.clause(from, to)
		if r.endsLine(to) {
			r.names = append(r.names[:told], surest(r.names[told:], called)...)
			told, called = len(r.names), slices.ContainsFunc(r.names, isCalled)
		}
		from = to + 1
	}
	if len(r.names) == 0 {
		r.spelled()
	}
	return r.names
}

// endsLine reports whether a text ends at i, or what says something else begins
// behind it.
func (r *reader) endsLine(i int) bool {
	return i+1 >= len(r.words) || r.words[i].text == ";" || r.words[i].text == "\n"
}

// surest returns the names that a word calls inputs, if there are some, else all;
// where one was called so before, those that are spelled as only inputs are.
func surest(names []Name, before bool) []Name {
	switch {
	case slices.ContainsFunc(names, isCalled):
		return slices.DeleteFunc(names, func(n Name) bool { return !isCalled(n) })
	case before:
		return slices.DeleteFunc(names, func(n Name) bool { return shapeOf(n.Text) != coded })
	}
	return names
}

func isCalled(n Name) bool { return n.Called }

// reader reads the words of one sentence.
type reader struct {
	text     string
	words    []word
	from, to int // the clause
	names    []Name
}

// endOf returns the index of the word that ends the clause that begins at i.
func (r *reader) endOf(i int) int {
	for i < len(r.words) && r.words[i].shape != stopped {
		i++
	}
	return i
}

// clause reads the names in one clause: those that a word beside them marks as
// inputs; without any, those of which the clause says something.
func (r *reader) clause(from, to int) {
	r.from, r.to = from, to
	before := len(r.names)
	r.each(r.isMarked)
	if len(r.names) == before {
		r.each(r.isSubject)
		r.labels(before)
	}
}

// each adds the groups of names of the clause for which is holds.
func (r *reader) each(is func(from, to int) bool) {
	for i := r.from; i < r.to; i++ {
		to := r.group(i)
		for ; to > i; to = r.shorter(i, to) {
			if is(i, to) {
				r.add(i, to)
				i = to - 1
				break
			}
		}
	}
}

// group returns the end of the list of names that begins at i: a, b and c. It is i
// where there is none.
func (r *reader) group(i int) int {
	if !r.mayName(i) {
		return i
	}
	_, listed := r.before(i)
	end := i + 1
	for end < r.to && end < i+2*maxNames {
		next := end
		if r.words[next].isSign(",") {
			next++
		}
		if next < r.to && isConjunction(r.words[next].text) {
			next++
		}
		if next == end || !r.mayName(next) || r.words[i].names() && !r.words[next].names() && !r.isListed(next, listed) && !isConjunction(r.words[next-1].text) {
			return end
		}
		end = next + 1
	}
	return end
}

// isListed reports whether the word at i, which is spelled like any word, goes on
// with a list of names: behind a colon, or where several are judged.
func (r *reader) isListed(i int, colon bool) bool {
	return r.words[i].role == 0 && (colon || r.at(i+1).text == "are" || r.at(i+1).text == "were")
}

// shorter returns the end of the list without its last name.
func (r *reader) shorter(from, to int) int {
	for to--; to > from && !r.mayName(to-1); to-- {
	}
	return to
}

func isConjunction(text string) bool {
	switch text {
	case "and", "or", "and/or", "&":
		return true
	}
	return false
}

// mayName reports whether the word at i may be the name of an input.
func (r *reader) mayName(i int) bool {
	if i < r.from || i >= r.to {
		return false
	}
	w := &r.words[i]
	return w.names() || w.is(introRole) && r.at(i-1).isSign(":") || w.shape == plain && !strings.Contains(w.text, "'") && !w.is(nothingRole|kindRole|flawRole|articleRole|placeRole|markRole)
}

// isPlain reports whether one of the names from and to is spelled like any word.
func (r *reader) isPlain(from, to int) bool {
	for i := from; i < to; i++ {
		if r.words[i].shape == plain && r.mayName(i) {
			return true
		}
	}
	return false
}

// isThing reports whether one of the names from and to is a word for what is no input.
func (r *reader) isThing(from, to int) bool {
	for i := from; i < to; i++ {
		if r.words[i].is(thingRole|judgeRole|verdictRole) && r.mayName(i) {
			return true
		}
	}
	return false
}

// add adds the names from and to.
func (r *reader) add(from, to int) {
	called := r.followsKind(from) || r.precedesKind(from, to)
	for i := from; i < to && len(r.names) < maxNames; i++ {
		if w := &r.words[i]; r.mayName(i) {
			r.names = append(r.names, Name{Text: w.text, Start: w.start, End: w.end, Called: called})
		}
	}
}

// beyond stands for the words before and behind a clause.
var beyond = word{shape: stopped}

// at returns the word at i.
func (r *reader) at(i int) *word {
	if i < r.from || i >= r.to {
		return &beyond
	}
	return &r.words[i]
}

// isMarked reports whether a word beside the names from and to says that they are
// inputs.
func (r *reader) isMarked(from, to int) bool {
	if r.isPlain(from, to) {
		return r.isMarkedPlain(from, to)
	}
	return r.followsKind(from) || r.precedesKind(from, to) || r.followsFlaw(from) || r.followsMark(from, flawRole|valueRole) || r.leads(from, to) || r.isAbsent(from, to)
}

// precedesKind reports whether what an input is called stands behind the names from
// and to: the 'a' query parameter.
func (r *reader) precedesKind(from, to int) bool {
	for r.at(to).isSign(")") || r.at(to).is(placeRole) {
		to++
	}
	if r.words[from].shape == quoted && r.at(to).shape == plain && r.at(to+1).is(valueRole) && r.isJudged(to+2) {
		return true // the 'a' phone number is
	}
	return r.at(to).is(kindRole) || r.at(to).is(valueRole) && r.words[from].shape == quoted
}

// isAbsent reports whether the name from is said not to be there: no a supplied.
func (r *reader) isAbsent(from, to int) bool {
	if before := r.at(from - 1).text; to != from+1 || before != "no" && before != "No" || !r.begins(from-1) {
		return false
	}
	switch r.at(to).text {
	case "supplied", "provided", "specified", "given", "passed":
		return true
	}
	return false
}

// before returns the index of the word before from, past brackets and colons.
func (r *reader) before(from int) (i int, colon bool) {
	for i = from - 1; i >= r.from && r.words[i].shape == sign && (r.words[i].text != "," || r.at(from+1).isSign(",")); i-- {
		colon = colon || r.words[i].text == ":" || r.words[i].text == "-"
	}
	return i, colon
}

// followsKind reports whether what an input is called stands before from: the
// parameter 'a', fields: a.
func (r *reader) followsKind(from int) bool {
	i, colon := r.before(from)
	switch r.at(i).text {
	case "name", "names":
		if r.words[from].shape == quoted && strings.EqualFold(r.at(i-1).text, "unknown") {
			return true
		}
		i--
	case "named", "called":
		i--
	case "path", "Path":
		if r.words[from].shape == quoted && r.isJudged(from+1) {
			return true
		}
	}
	if w := &r.words[from]; colon && (w.shape == coded || w.shape == plain && w.role == 0) && r.lacks(i) {
		return true
	}
	for colon && !r.at(i).is(kindRole) && r.at(i).is(judgeRole|verdictRole|markRole|articleRole|placeRole) {
		i--
	}
	return r.at(i).is(kindRole)
}

// lacks reports whether the words up to i say that an input is missing or wrong:
// missing required key in single structure.
func (r *reader) lacks(i int) bool {
	for n := i; n > i-maxLooked && r.at(n).shape == plain; n-- {
		if r.at(n).is(kindRole) && r.at(n-1).is(flawRole) {
			return true
		}
	}
	return false
}

// followsFlaw reports whether what is wrong stands before from: missing the a.
func (r *reader) followsFlaw(from int) bool {
	i, colon := r.before(from)
	for r.at(i).is(articleRole|placeRole) && !r.at(i).is(flawRole) {
		i--
	}
	return !colon && r.at(i).is(flawRole)
}

// followsMark reports whether from stands behind what is wrong: invalid value for
// the a.
func (r *reader) followsMark(from int, wrong role) bool {
	i, _ := r.before(from)
	for r.at(i).is(articleRole|placeRole|kindRole) && !r.at(i).is(markRole) {
		i--
	}
	if !r.at(i).is(markRole) {
		return false
	}
	if r.at(i).text == "at" {
		wrong |= verdictRole
	}
	for n := i - 1; n >= i-maxLooked; n-- {
		if r.at(n).is(wrong) {
			return true
		}
	}
	return false
}

// leads reports whether the one name from stands at the beginning, and behind a
// colon what is wrong: a: must be one of …
func (r *reader) leads(from, to int) bool {
	if to != from+1 || !r.begins(from) || !r.at(to).isSign(":") || r.words[from].shape == typed {
		return false
	}
	for i := to + 1; i <= to+maxLooked; i++ {
		if r.at(i).is(kindRole) || i <= to+maxLabel+1 && r.at(i).is(judgeRole|verdictRole|flawRole) {
			return true
		}
	}
	return false
}

// begins reports whether a clause, or a part of one, begins at i.
func (r *reader) begins(i int) bool {
	w := r.at(i - 1)
	glued := w.isSign(":") && w.end == r.at(i).start
	return w.shape == stopped || w.shape == sign && w.text != ")" && !glued || isConjunction(w.text)
}

// isMarkedPlain is isMarked for names that are spelled like any word.
func (r *reader) isMarkedPlain(from, to int) bool {
	i, colon := r.before(from)
	switch {
	case colon && r.followsKind(from):
		return r.ends(to) || r.isJudged(to)
	case r.at(i).is(kindRole) && (to > from+1 || r.begins(i) && r.isJudged(to)), r.at(to).is(kindRole) && r.opens(from) && r.isJudged(to+1):
		return true
	case r.isThing(from, to):
		return false
	case r.at(i).is(kindRole):
		return !r.words[from].is(commonRole|valueRole) && (r.at(i-1).is(flawRole|articleRole|placeRole|markRole) || strings.EqualFold(r.at(i-1).text, "additional") || r.begins(i)) && (r.isJudged(to) || r.isDenied(to) || r.ends(to))
	case r.at(to).is(kindRole):
		return r.followsFlaw(from) && !r.at(to+1).is(valueRole)
	case r.leads(from, to), r.isAbsent(from, to):
		return true
	}
	several := to > from+1
	if !several && strings.EqualFold(r.at(i-2).text, "each") && r.at(i-1).is(valueRole) && r.isJudged(to) {
		return true // each value in a must be
	}
	return r.ends(to) && (r.followsFlaw(from) && (several || !r.words[from].is(commonRole)) || !several && r.followsMark(from, valueRole))
}

// ends reports whether a clause, or a part of one, ends before i.
func (r *reader) ends(i int) bool {
	w := r.at(i)
	return w.shape == stopped || w.isSign(",") || w.isSign(":") || w.isSign("(") || w.shape == value
}

// isJudged reports whether the words from i on say what is wrong: is required, must
// not be.
func (r *reader) isJudged(i int) bool {
	if !r.at(i).is(judgeRole) {
		return false
	}
	ought := false
	for ; r.at(i).is(judgeRole) && !r.at(i).is(verdictRole); i++ {
		ought = ought || r.at(i).text == "should" || r.at(i).text == "must"
	}
	return r.at(i).is(verdictRole) || ought && r.at(i).text == "exist"
}

// isDenied reports whether the words from i on say what something is not.
func (r *reader) isDenied(i int) bool {
	return (r.at(i).text == "is" || r.at(i).text == "are") && r.at(i+1).text == "not"
}

// isSubject reports whether the clause says something of the names from and to.
func (r *reader) isSubject(from, to int) bool {
	if !r.isJudged(to) || r.isValue(from) || r.at(from-1).text == "Only" {
		return false
	}
	return !r.isPlain(from, to) || to > from+1 && r.opens(from) && !r.isThing(from, to)
}

// isValue reports whether the quotes at i are around the value of what stands before:
// user 'bob'.
func (r *reader) isValue(i int) bool {
	before := r.at(i - 1)
	return r.words[i].shape == quoted && before.shape == plain && (before.role == 0 || before.is(thingRole|commonRole|introRole))
}

// labels adds what people call an input, of which the clause says something: First
// name can't be blank. What stands among the names from known on is there already.
func (r *reader) labels(known int) {
	for i := r.from; i < r.to; i++ {
		if !r.opens(i) || slices.ContainsFunc(r.names[known:], func(n Name) bool { return n.Start == r.words[i].start }) {
			continue
		}
		if w := &r.words[i]; w.shape == plain && (!w.is(articleRole|flawRole|kindRole|nothingRole) || w.is(introRole)) && !isMessage(w.text) && r.at(i+1).is(kindRole) && r.isJudged(i+2) {
			r.names = append(r.names, Name{Text: w.text, Start: w.start, End: w.end})
			continue
		}
		for to := i + 1; to <= i+maxLabel && r.isLabel(to-1); to++ {
			if (r.isJudged(to) || r.at(to).isSign(":") && r.isJudged(to+1)) && !r.words[i].is(thingRole|judgeRole) {
				first, last := &r.words[i], &r.words[to-1]
				if to > i+1 && isFacet(last.text) {
					last = &r.words[to-2]
				}
				r.names = append(r.names, Name{Text: r.text[first.start:last.end], Start: first.start, End: last.end, Label: true})
				break
			}
		}
	}
}

// isMessage reports whether a word stands for all that was sent, and not for an
// input: Request param is invalid.
func isMessage(text string) bool {
	switch text {
	case "Request", "request", "Body", "body":
		return true
	}
	return false
}

// isFacet reports whether a word behind the name of an input says what of it is
// wrong: Email format is invalid.
func isFacet(text string) bool {
	switch text {
	case "format", "value", "length", "type":
		return true
	}
	return false
}

// isLabel reports whether the word at i may be part of a label.
func (r *reader) isLabel(i int) bool {
	return r.mayName(i) && r.words[i].shape == plain
}

// opens reports whether a clause, or a part of one, begins at i or the articles
// before it.
func (r *reader) opens(i int) bool {
	for !r.begins(i) && r.at(i-1).is(articleRole) {
		i--
	}
	return r.begins(i)
}

// spelled adds the words that are spelled as only names of inputs are, unless they
// stand where values do.
func (r *reader) spelled() {
	r.from, r.to = 0, len(r.words)
	for i := range r.words {
		if len(r.words) > 1 && r.words[i].shape == coded && !r.at(i+1).isSign(":") && !r.at(i-1).is(introRole) && !r.at(i-1).isSign("=") && r.words[i].text[0] != '/' {
			r.add(i, i+1)
		}
	}
}
