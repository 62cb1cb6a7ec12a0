// Package history is the state of scheduled runs: where the last run stopped
// reading, and what every run found. It lives in a directory of its own, in one
// SQLite database.
//
//	Open ──► Cursors, Past ──► (the run reads and counts) ──► Add ──► Commit
//	View ──► Runs, Tally, Life
//
// Everything that a run leaves behind becomes visible at once, with Commit, or
// not at all: the cursors, which are bytes that only the caller understands, the
// run's frame (see package report), and for each problem its errors with their
// first and last time. So no crash can count a line twice or lose one.
//
// A database that is damaged, that belongs to another program or that a newer
// analyzer wrote is refused and left as it is. One process at a time may hold a
// directory open for a run; the kernel keeps that lock, so that it never outlives
// its holder.
//
// Frames are the bulk of it. When they exceed their budget the oldest are
// dropped, and with them the means to print those reports again; the counts of
// their problems stay until the retention ends.
package history
