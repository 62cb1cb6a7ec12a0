package report

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// remedy returns the text for id in the words of problem p. limit is the limit
// that the API named.
func (b *builder) remedy(id string, p *Problem, limit string) Remedy {
	r := Remedy{ID: id, Steps: []string{}}
	if b.catalog == nil {
		return r
	}
	text, ok := b.catalog.Remedy(id)
	if !ok {
		return r
	}
	w := words{p, limit}
	r.Meaning = w.fill(text.Meaning)
	r.Summary = w.fillSummary(text.Summary)
	r.Link = text.Link
	for _, step := range text.Steps {
		r.Steps = append(r.Steps, w.fill(step))
	}
	return r
}

// words says the parts of one problem in sentences. What is not known has words
// of its own, so that no sentence has a hole. Log text is quoted as it stands,
// shortened; escaping it is the renderers' part.
type words struct {
	*Problem
	limit string
}

// fillSummary fills the first sentence of a remedy, where who is said in full:
// the service and, if there is but one, its caller.
func (w words) fillSummary(text string) string {
	who := w.who()
	if _, ok := only(w.By.Service); ok {
		if caller, ok := only(w.By.Caller); ok {
			who += " (caller " + short(caller) + ")"
		}
	}
	return w.fillWith(text, who)
}

func (w words) fill(text string) string {
	return w.fillWith(text, w.who())
}

// fillWith replaces the placeholders of text in one pass: log text that looks
// like a placeholder is none.
func (w words) fillWith(text, who string) string {
	var b strings.Builder
	for {
		before, rest, open := strings.Cut(text, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !open || !closed {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(before)
		if name == "who" {
			b.WriteString(who)
			after = w.agree(after)
		} else {
			b.WriteString(w.word(name))
		}
		text = after
	}
}

// agree puts the verb that follows {who} in the plural where several met the
// problem: {who} sends is "deployer sends", but "3 services send".
func (w words) agree(after string) string {
	if _, one := w.someone(); one {
		return after
	}
	end := 1
	for end < len(after) && 'a' <= after[end] && after[end] <= 'z' {
		end++
	}
	stem, found := strings.CutSuffix(after[:min(end, len(after))], "s")
	if !found || !strings.HasPrefix(stem, " ") || len(stem) < len(" ask") {
		return after // no verb: is, its, was
	}
	return stem + after[end:]
}

// word returns what stands for a placeholder; an unknown one for its own name.
func (w words) word(name string) string {
	switch name {
	case "service":
		return oneOrSome(w.By.Service, "services", w.who())
	case "caller":
		return oneOrSome(w.By.Caller, "callers", "the caller")
	case "field":
		return w.field()
	case "fields":
		return w.fields()
	case "resource":
		return w.resource()
	case "named":
		return w.named()
	case "route":
		return w.route()
	case "method":
		return known(w.Method, "calls to")
	case "status":
		return w.status()
	case "code":
		return known(w.Code, "the error")
	case "wait":
		return w.wait()
	case "limit":
		return known(w.limit, "the rate limit")
	}
	return name
}

// who names those that met the problem: the service, else the caller, else the
// host, else how many they are.
func (w words) who() string {
	if one, ok := w.someone(); ok {
		return short(one)
	}
	if len(w.By.Service) > 0 {
		return oneOrSome(w.By.Service, "services", "")
	}
	return oneOrSome(w.By.Caller, "callers", "the clients")
}

// someone returns the only service, else the only caller, else the only host.
func (w words) someone() (string, bool) {
	for _, counts := range [][]Count{w.By.Service, w.By.Caller, w.By.Host} {
		if one, ok := only(counts); ok {
			return one, true
		}
	}
	return "", false
}

// oneOrSome names the only value, or says how many there are.
func oneOrSome(counts []Count, what, none string) string {
	if one, ok := only(counts); ok {
		return short(one)
	}
	switch {
	case len(counts) == 0:
		return none
	case len(counts) == 1:
		return "many " + what
	}
	return strconv.Itoa(len(counts)) + " " + what
}

// only returns the value if there is exactly one.
func only(counts []Count) (string, bool) {
	if len(counts) != 1 || counts[0].Value == manyValue {
		return "", false
	}
	return counts[0].Value, true
}

func (w words) field() string {
	if len(w.Fields) == 0 {
		return "the named input"
	}
	return short(w.Fields[0])
}

// fields lists up to three names.
func (w words) fields() string {
	const most = 3
	names := w.Fields
	switch n := len(names); {
	case n == 0:
		return "the named input"
	case n == 1:
		return short(names[0])
	case n > most:
		return short(names[0]) + ", " + short(names[1]) + " and " + strconv.Itoa(n-2) + " more"
	}
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = short(name)
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " and " + list[last]
}

func (w words) resource() string {
	if one, ok := only(w.By.Resource); ok {
		return `"` + short(one) + `"`
	}
	switch n := len(w.By.Resource); n {
	case 0:
		return "the resource"
	case 1:
		return "the resources that the errors name"
	default:
		return "the " + strconv.Itoa(n) + " resources that the errors name"
	}
}

// named follows a noun, without a space between: the service name{named} is the
// service name "demo-pg" where the errors name one, else just the service name.
func (w words) named() string {
	if one, ok := only(w.By.Resource); ok {
		return ` "` + short(one) + `"`
	}
	if n := len(w.By.Resource); n > 1 {
		return " (" + strconv.Itoa(n) + " of them)"
	}
	return ""
}

func (w words) route() string {
	if w.Route == "" && w.Folded {
		return "its routes"
	}
	return known(w.Route, "this API")
}

func (w words) status() string {
	if w.Status == nil {
		return "the error"
	}
	return strconv.Itoa(*w.Status)
}

func (w words) wait() string {
	switch {
	case w.Wait == nil:
		return "1 s, or as asked"
	case w.Wait.Min == w.Wait.Max:
		return duration(w.Wait.Min)
	}
	return duration(w.Wait.Min) + " to " + duration(w.Wait.Max)
}

// duration writes milliseconds as people do: 200 ms, 1.5 s, 28 s, 5 min, 2 h.
func duration(ms int64) string {
	const second, minute, hour = 1000, 60_000, 3_600_000
	switch {
	case ms < second && ms > 0:
		return strconv.FormatInt(ms, 10) + " ms"
	case ms >= 2*hour && ms%hour == 0:
		return strconv.FormatInt(ms/hour, 10) + " h"
	case ms >= 2*minute && ms%minute == 0:
		return strconv.FormatInt(ms/minute, 10) + " min"
	case ms < 10*second && ms%second >= 100:
		return strconv.FormatInt(ms/second, 10) + "." + strconv.FormatInt(ms%second/100, 10) + " s"
	}
	return strconv.FormatInt((ms+second-1)/second, 10) + " s"
}

// known returns text, shortened, or none if there is no text.
func known(text, none string) string {
	if text == "" {
		return none
	}
	return short(text)
}

// short cuts text to wordsRunes.
func short(text string) string {
	if len(text) <= wordsRunes || utf8.RuneCountInString(text) <= wordsRunes {
		return text
	}
	return string([]rune(text)[:wordsRunes-1]) + "…"
}
