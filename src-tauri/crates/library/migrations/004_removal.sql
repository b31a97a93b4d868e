-- Issues that a reader took away, named by what outlives them. While the issue's rows are still here
-- it is hidden and can be brought back; afterwards the row says that a sync of the newest issues
-- should not fetch it anew.
CREATE TABLE removal (
    publication TEXT NOT NULL,
    date        TEXT NOT NULL,
    at          TEXT NOT NULL,
    PRIMARY KEY (publication, date)
) STRICT, WITHOUT ROWID;
