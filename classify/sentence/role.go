package sentence

import (
	_ "embed"
	"encoding/json"
	"sync"
)

// role is a set of what a word may say of an input.
type role uint16

const (
	kindRole    role = 1 << iota // what an input is called: parameter, field
	flawRole                     // what is wrong, before the name: missing, invalid
	articleRole                  // what may stand between: the, your
	placeRole                    // where the input stands: query, body
	markRole                     // for, in, at, of
	valueRole                    // what of the input is wrong: value, format
	judgeRole                    // what leads from the name to a verdict: is, must, not
	verdictRole                  // what says that the name's value is wrong: required, too
	nothingRole                  // words of grammar, never a name
	thingRole                    // words that are names of inputs only where a kind or quotes say so
	commonRole                   // words that are none right behind what is wrong: invalid format
	introRole                    // what follows is a value, where it is in no quotes
)

//go:embed words.json
var wordsJSON []byte

// roleOf returns the roles of a word, in whatever case it is written.
func roleOf(text string) role {
	if len(text) > maxRoleWord {
		return 0
	}
	var space [maxRoleWord]byte
	lower := append(space[:0], text...)
	for i, c := range lower {
		if c >= 'A' && c <= 'Z' {
			lower[i] = c + 'a' - 'A'
		}
	}
	return roles()[string(lower)]
}

// maxRoleWord is the length of the longest word in words.json, at least.
const maxRoleWord = 32

// roles returns the roles of all words that have some, in lower case.
var roles = sync.OnceValue(func() map[string]role {
	var lists struct {
		Kinds, Flaws, Articles, Places, Marks, Values, Judges, Verdicts, Nothing, Things, Common, Intros []string
	}
	if err := json.Unmarshal(wordsJSON, &lists); err != nil {
		panic("read words.json: " + err.Error())
	}
	all := map[string]role{}
	for i, list := range [...][]string{lists.Kinds, lists.Flaws, lists.Articles, lists.Places, lists.Marks, lists.Values, lists.Judges, lists.Verdicts, lists.Nothing, lists.Things, lists.Common, lists.Intros} {
		for _, w := range list {
			all[w] |= 1 << i
		}
	}
	return all
})
