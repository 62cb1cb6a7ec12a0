// Package lean says to which category the words of an error lean. Each word, and
// each pair of words that follow one another, has a weight for every category:
// how much it spoke for it in error bodies that were labelled by hand
// (weights.tsv). No word decides alone; their weights add up.
//
// Numbers stand for the categories, from 0, in the order of package classify's.
package lean
