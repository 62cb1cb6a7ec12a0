package parse

import (
	"fmt"
	"sync"

	"github.com/tidwall/gjson"

	"analyzer/parse/grams"
)

// Reader is a vocabulary compiled: all that scanners share. It is immutable and
// safe for concurrent use.
type Reader struct {
	words    *words
	layout   *layout
	strong   int      // how many of the shapes are strong
	shapes   []*shape // strong ones first, each part in the vocabulary's order
	texts    []*textForm
	spoken   *triggers // those of the texts
	codes    *codes
	triggers *triggers

	textSieve func() *grams.Sieve // of the texts, made when first needed

	suppressed *triggers // words of a line that says that others were left out
}

// Compile checks v and prepares it for scanners. An error names the key, shape
// or text, and what is wrong with it.
func Compile(v Vocabulary) (*Reader, error) {
	r := &Reader{words: newWords(), codes: newCodes(v.Codes, v.GeneralCodes), triggers: &triggers{}, suppressed: &triggers{}, spoken: &triggers{}}
	statusKeys, err := addAnatomy(r.words)
	if err != nil {
		return nil, err
	}
	for _, key := range statusKeys {
		r.triggers.addStatusKey(key)
	}
	if err := r.addLayout(v.Keys); err != nil {
		return nil, err
	}
	if err := r.addShapes(v.Shapes); err != nil {
		return nil, err
	}
	if err := r.addTexts(v.Texts); err != nil {
		return nil, err
	}
	if err := r.addTriggers(v.Triggers); err != nil {
		return nil, err
	}
	for _, word := range suppressedWords {
		r.suppressed.mustAdd(word)
		r.triggers.mustAdd(word)
	}
	r.spoken.compile()
	r.triggers.compile()
	return r, nil
}

// addLayout adds the names of layout.json and the user's own.
func (r *Reader) addLayout(keys []Key) (err error) {
	if r.layout, err = newLayout(r.words); err != nil {
		return err
	}
	if err := r.addTriggers(r.layout.triggers); err != nil {
		return fmt.Errorf("layout.json: %w", err)
	}
	for _, k := range keys {
		if err := r.layout.addKey(r.words, k); err != nil {
			return err
		}
	}
	r.words.errors = r.words.add("errors", textWord)
	r.triggers.digits = true
	for _, key := range r.layout.statusKeys {
		r.triggers.addStatusKey(key)
	}
	return nil
}

func (r *Reader) addTexts(texts []Text) error {
	var patterns []string
	for _, x := range texts {
		patterns = append(patterns, x.Pattern)
		form, err := compileText(x)
		if err != nil {
			return err
		}
		r.texts = append(r.texts, form)
		if err := r.addTriggers(x.Triggers); err != nil {
			return fmt.Errorf("text %s: %w", x.Name, err)
		}
		if form.triggers != nil {
			r.spoken.words = append(r.spoken.words, form.triggers.words...)
		}
	}
	r.textSieve = sync.OnceValue(func() *grams.Sieve { return grams.NewSieve(patterns) })
	return nil
}

func (r *Reader) addShapes(shapes []Shape) error {
	var strong, weak []*shape
	for _, s := range shapes {
		c, err := compileShape(r.words, s)
		if err != nil {
			return err
		}
		if err := r.addTriggers(s.Triggers); err != nil {
			return fmt.Errorf("shape %s: %w", s.Name, err)
		}
		for _, key := range lastKeys(s.Status) {
			r.triggers.addStatusKey(key)
		}
		if c.strong {
			strong = append(strong, c)
		} else {
			weak = append(weak, c)
		}
	}
	r.strong, r.shapes = len(strong), append(strong, weak...)
	for i, c := range r.shapes {
		c.index = i
	}
	return nil
}

func (r *Reader) addTriggers(words []string) error {
	for _, word := range words {
		if err := r.triggers.add(word); err != nil {
			return err
		}
	}
	return nil
}

// Opens reports whether a record with these bytes is looked into: whether a
// trigger stands in it.
func (r *Reader) Opens(record []byte) bool {
	return r.triggers.in(view(record))
}

// listsErrors reports whether a JSON array is the body of one answer, whose
// elements are its errors, rather than a batch of log events: the first element
// has a text for people and nothing that marks a log event. A severity marks one
// unless the code of an error stands beside it.
func (r *Reader) listsErrors(array string) bool {
	w := *r.words // find writes to it
	severity := w.find("severity")
	text, event, graded, coded := false, false, false, false
	gjson.Parse(array).ForEach(func(_, first gjson.Result) bool {
		first.ForEach(func(key, _ gjson.Result) bool {
			id := w.find(key.Str)
			text = text || w.is(id, textWord)
			graded = graded || id == severity
			coded = coded || id == w.errorCode
			event = event || w.is(id, eventWord|timeWord) && id != severity
			return true
		})
		return false
	})
	return text && !event && (coded || !graded)
}
