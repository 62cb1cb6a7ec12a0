package parse

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

// anatomyData lists the key names by which the reader finds its way in an error
// body that no shape describes in full, folded as all keys are (__type is type):
//
//	codes      hold a machine-readable code
//	kinds      hold one, or the kind of something else
//	statuses   hold an HTTP status
//	vague      hold an HTTP status or a number of the provider's own
//	messages   hold the text of an error, and more often than texts nothing else
//	lists      hold more about the error: an object, or a list of them
//	fields     name an input, or several
//	paths      among these, hold the segments of one path where they hold a list
//	below      name an input below the one that stands beside them
//	names      name an input in an element of a list, where nothing else does
//	inputs     hold an object whose keys are inputs
//	data       may hold such an object, where nothing else names an input
//	parts      are parts of an error and so no inputs, where texts stand under them
//	nowhere    stand among inputs for errors that are about none of them
//	places     may hold the name of an input, or where it stands; locations are the
//	           words for the latter
//	outcomes   say in a word whether the call failed
//	flags      say so as true or false
//	beside     stand in the body of an error and are none of its parts
//
//	programs   stand in an object about the program itself: a stack, a system call
//	requests   hold the ID of the request; identities do where it looks like one
//
// Three lists are of values: successes are codes that say that nothing failed,
// states are words under status that say how something is, and faults are those
// of the program or its system rather than of an answer.
//
//go:embed anatomy.json
var anatomyData []byte

// anatomyRoles are the lists of anatomyData.
var anatomyRoles = map[string]role{
	"codes": codeWord, "kinds": kindWord, "statuses": statusWord, "vague": vagueWord, "messages": messageWord, "lists": listWord,
	"fields": fieldWord, "paths": pathWord, "below": belowWord, "names": nameWord, "inputs": inputsWord, "data": dataWord, "parts": partWord,
	"nowhere": nowhereWord, "locations": locationWord, "places": placeWord, "programs": programWord, "faults": faultWord, "requests": requestWord, "identities": identityWord, "outcomes": outcomeWord, "flags": flagWord, "beside": besideWord,
	"successes": successWord, "states": stateWord,
}

// addAnatomy adds the names of anatomy.json to the key table. It returns those
// under which a status may stand.
func addAnatomy(w *words) (statusKeys []string, err error) {
	var lists map[string][]string
	if err := json.Unmarshal(anatomyData, &lists); err != nil {
		return nil, fmt.Errorf("anatomy.json: %w", err)
	}
	for list, names := range lists {
		r, ok := anatomyRoles[list]
		if !ok {
			return nil, fmt.Errorf("anatomy.json: unknown list %q", list)
		}
		for _, name := range names {
			w.add(name, r)
		}
	}
	w.code, w.status, w.msg, w.path = w.add("code", 0), w.add("status", 0), w.add("msg", 0), w.add("path", 0)
	w.error, w.errorCode, w.children = w.add("error", 0), w.add("error_code", 0), w.add("children", 0)
	return append(lists["statuses"], lists["vague"]...), nil
}
