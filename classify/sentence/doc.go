// Package sentence reads which inputs of a request a validator's sentence says
// are wrong: "Name can't be blank", "missing parameter zoneid", "Invalid value
// for 'plan'". It knows no provider and no library. It looks at how each word is
// spelled (quoted, like an identifier, capital) and at the words around it; what
// those words mean to it stands in words.json.
package sentence
