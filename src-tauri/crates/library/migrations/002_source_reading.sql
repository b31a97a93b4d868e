-- What was read of each issue when it was last synced, so that a source can be held against what it usually
-- gives. It names the issue by its date and outlives it.
CREATE TABLE source_reading (
    publication   TEXT NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
    date          TEXT NOT NULL,
    pages_planned INTEGER NOT NULL,
    pages         INTEGER NOT NULL,
    articles      INTEGER NOT NULL,
    texts         INTEGER NOT NULL,
    regions       INTEGER NOT NULL,
    at            TEXT NOT NULL,
    PRIMARY KEY (publication, date)
) STRICT, WITHOUT ROWID;
