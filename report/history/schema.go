package history

import "fmt"

// Who may read a database: the marks that SQLite keeps for it.
const (
	applicationID = 0x616e6c7a // "anlz"
	version       = 1          // of the tables
)

// schema creates the tables. Times are nanoseconds since 1970 UTC, NULL if the
// log does not say; compressed parts are blobs. A page of 1 KiB wastes least on
// counts, which take one to three of them.
var schema = fmt.Sprintf(`
PRAGMA page_size = 1024;
PRAGMA application_id = %d;
BEGIN;
CREATE TABLE run (
	id        INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice
	started   INTEGER NOT NULL,
	finished  INTEGER NOT NULL,
	since     INTEGER,                           -- the time of the log that it read
	until     INTEGER,
	records   INTEGER NOT NULL,
	errors    INTEGER NOT NULL,
	malformed INTEGER NOT NULL,
	sources   INTEGER NOT NULL,
	counts    BLOB NOT NULL                      -- see counts.go
) STRICT;
CREATE INDEX run_until ON run (until);
CREATE TABLE frame (
	run     INTEGER PRIMARY KEY,
	size    INTEGER NOT NULL,                    -- of both in bytes
	tally   BLOB NOT NULL,
	history BLOB NOT NULL                        -- of the report, as JSON
) STRICT;
CREATE TABLE problem (
	number   INTEGER PRIMARY KEY,                -- by which counts name it
	id       TEXT NOT NULL UNIQUE,
	category TEXT NOT NULL,
	status   INTEGER,
	code     TEXT NOT NULL,
	method   TEXT NOT NULL,
	route    TEXT NOT NULL,
	message  TEXT NOT NULL,
	first    INTEGER,                            -- minimum over all runs
	last     INTEGER,                            -- maximum
	errors   INTEGER NOT NULL,                   -- sum
	runs     INTEGER NOT NULL,                   -- in which it occurred
	recent   INTEGER NOT NULL                    -- the last of them
) STRICT;
CREATE TABLE cursors (
	id   INTEGER PRIMARY KEY CHECK (id = 1),
	data BLOB NOT NULL
) STRICT;
PRAGMA user_version = %d;
COMMIT;
`, applicationID, version)
