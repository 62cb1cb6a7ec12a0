package report

import "time"

// The bounds of a Tally. Each makes memory independent of the log's length;
// each but those of samples and evidence, which illustrate and do not count,
// is listed in Report.Limits. Changing one changes reports of logs beyond it
// and calls for a new frameVersion.
const (
	// requestCap request IDs are followed one by one: enough for every request
	// of most incidents, at about 300 bytes each.
	requestCap = 16384

	// derivedCap names derived for errors without a request ID are followed: a
	// client has few operations, but a scanner tries any path.
	derivedCap = 1024

	// placesCap errors of one request are kept with their place: more tries
	// than sane clients make. With many requests it sinks to placesFloor, so
	// that all requests together keep at most placesBudget of 48 bytes each.
	placesCap    = 32
	placesFloor  = 8
	placesBudget = 4096 * placesCap

	// requestFieldsCap and requestProblemsCap bound what is kept of one request
	// besides places; a request rarely meets more than one or two of either.
	requestFieldsCap   = 8
	requestProblemsCap = 16

	// distinctCap hashes estimate a distinct count to about 6 %, and are exact
	// up to that many. A problem holds two such sets, of 2 KiB each.
	distinctCap = 256

	// valuesCap values of one dimension (service, caller, …) are counted one by
	// one for each problem; with more of them none stands out.
	valuesCap = 32

	// slotsCap slots draw a trend at any width and keep a timeline below 4 KiB.
	slotsCap = 256

	// samplesCap errors of a problem are shown as evidence.
	samplesCap = 3

	// problemFieldsCap affected fields are named for one problem, and
	// fieldProblemsCap problems for one field.
	problemFieldsCap = 20
	fieldProblemsCap = 20

	// sourceCap sources have an account of their own; those beyond share one.
	sourceCap = 4096

	// linkCap operations are followed by an ID, as many whose errors stay the
	// same, and as many by caller, path and time: a sample of any log that shows
	// how callers retry, at about 400 bytes each. Most of the operations that
	// --full reads succeed at once: more of them are kept, so that those that
	// failed before are among them.
	linkCap        = 4096
	passCap        = 4 * linkCap
	passTimesCap   = 64 // successes of one operation with their time
	passTimesFloor = 4
	passBudget     = 1024 * passTimesCap

	// triesCap errors of one operation are kept. With many operations it sinks
	// to triesFloor, so that all together keep at most triesBudget of 96 bytes.
	triesCap    = 64
	triesFloor  = 16
	triesBudget = 1024 * triesCap

	// endpointCap endpoints are counted for each caller: a company's services
	// call some hundred.
	endpointCap = 1024

	// requestsListed requests and actionsListed actions are in the report: more
	// than anyone reads, few enough to send.
	requestsListed = 1000
	actionsListed  = 20

	// auditListed callers and endpoints are in each list of the audit, and
	// auditProblemsCap problems stand beside one of them.
	auditListed      = 100
	auditProblemsCap = 20

	// storiesListed stories are told.
	storiesListed = 50

	// evidenceCap places stand beside an action.
	evidenceCap = 3
)

// The longest texts that are kept, in bytes. Longer ones are cut at a rune.
const (
	messageBytes = 300
	valueBytes   = 200  // services, callers, request IDs and derived names, fields, evidence
	keyBytes     = 1024 // each part of a problem's key
	linkBytes    = 1 + (linkParts-1)*(1+valueBytes)
)

// linkSlot is the time in which calls of one caller to one path may be tries of
// one operation, in nanoseconds. Slots begin at full ten minutes of UTC.
const linkSlot = int64(10 * time.Minute)

// maxTry is the largest count of tries that a log is believed to state.
const maxTry = 1 << 24

// wordsRunes is the longest piece of log text that a sentence quotes.
const wordsRunes = 80

// The levels of the two trees that fold. Budgets are read as budget[d][l]: how
// many nodes of level l a node of level d may have below it before that level
// is cut away below it. The direct children (l = d+1) have the bound that
// people notice; the others grow upwards, so that a few exploding nodes do not
// cut the whole tree.
const (
	problemLevels = 5
	fieldLevels   = 2
	treeLevels    = problemLevels // the deepest tree

	groupCap   = 64   // children of one node
	problemCap = 1024 // problems in all
	segmentCap = 128  // first segments of field names
	fieldCap   = 512  // fields in all
)

var (
	// category, status, code, method and route, fields and message
	problemBudget = [][]int{
		{0, 256, problemCap, problemCap, problemCap, problemCap},
		{0, 0, groupCap, 256, 512, 512},
		{0, 0, 0, groupCap, 128, 256},
		{0, 0, 0, 0, groupCap, 128},
		{0, 0, 0, 0, 0, groupCap},
	}
	// first segment, whole name
	fieldBudget = [][]int{
		{0, segmentCap, fieldCap},
		{0, 0, groupCap},
	}
)
