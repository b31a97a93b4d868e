-- What a publication's site offers beside the paper: sister papers, submissions, back issues.

CREATE TABLE site_link (
    publication TEXT NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    -- Of the issue that they were printed beside: the newest one's stand.
    date        TEXT NOT NULL,
    name        TEXT NOT NULL,
    url         TEXT NOT NULL,
    PRIMARY KEY (publication, ordinal)
) STRICT, WITHOUT ROWID;
