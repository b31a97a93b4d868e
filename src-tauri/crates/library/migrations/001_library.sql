-- The first form. Migrations are only ever added: a published one is never edited.

-- "Kanb": tells a library from other programs' databases.
PRAGMA application_id = 1264676450;

CREATE TABLE publication (
    id      TEXT PRIMARY KEY NOT NULL,
    name    TEXT NOT NULL,
    family  TEXT NOT NULL,
    url     TEXT NOT NULL UNIQUE,
    added   TEXT NOT NULL
) STRICT;

-- A file under blobs/. The row is written only when the file is on disk, and the file is removed
-- only after the row is.
CREATE TABLE blob (
    hash    TEXT PRIMARY KEY NOT NULL,
    bytes   INTEGER NOT NULL,
    -- Found missing or changed; kept so that what names it can say so, until it is fetched again.
    damaged INTEGER NOT NULL DEFAULT 0,
    -- How many have kept it and not yet said for what: it is not removed from under them.
    claims  INTEGER NOT NULL,
    -- When it was last kept (Unix seconds). Claims of more than a day ago are of killed programs.
    claimed INTEGER NOT NULL
) STRICT;

CREATE TABLE issue (
    id          INTEGER PRIMARY KEY,
    publication TEXT NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
    date        TEXT NOT NULL,
    edition     TEXT NOT NULL,
    url         TEXT NOT NULL,
    complete    INTEGER NOT NULL DEFAULT 0,
    bytes       INTEGER NOT NULL DEFAULT 0,
    copyright   TEXT,
    planned     TEXT NOT NULL,
    settled     TEXT,
    UNIQUE (publication, date, edition)
) STRICT;

CREATE TABLE page (
    id       INTEGER PRIMARY KEY,
    issue    INTEGER NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
    ordinal  INTEGER NOT NULL,
    number   TEXT NOT NULL,
    name     TEXT NOT NULL,
    url      TEXT NOT NULL,
    pdf_url  TEXT,
    width    REAL NOT NULL DEFAULT 0,
    height   REAL NOT NULL DEFAULT 0,
    picture  TEXT REFERENCES blob (hash),
    pdf      TEXT REFERENCES blob (hash),
    document TEXT REFERENCES blob (hash),
    -- A JSON list of sentences.
    warnings TEXT NOT NULL DEFAULT '[]',
    kept     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (issue, url)
) STRICT;
CREATE INDEX page_by_picture ON page (picture) WHERE picture IS NOT NULL;
CREATE INDEX page_by_pdf ON page (pdf) WHERE pdf IS NOT NULL;
CREATE INDEX page_by_document ON page (document) WHERE document IS NOT NULL;

CREATE TABLE article (
    -- yyyymmdd * 100000 + a number given once a date.
    id      INTEGER PRIMARY KEY,
    issue   INTEGER NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
    key     TEXT NOT NULL,
    url     TEXT NOT NULL,
    -- The article as JSON, without the parts on other pages.
    content TEXT NOT NULL,
    -- The article that this one continues or repeats.
    head    INTEGER REFERENCES article (id) ON DELETE SET NULL,
    joint   TEXT CHECK (joint IN ('continues', 'repeats')),
    UNIQUE (issue, key),
    CHECK (head IS NULL OR joint IS NOT NULL)
) STRICT;
CREATE INDEX article_by_issue ON article (issue, head);
CREATE INDEX article_by_head ON article (head) WHERE head IS NOT NULL;

-- The last number given to an article of a date, so that none is given twice.
CREATE TABLE article_number (
    date INTEGER PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

-- What search reads: the words of an article with all its parts, for heads only. Apart from the
-- article, so that a search reads nothing else.
CREATE TABLE article_text (
    article    INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    text       TEXT NOT NULL,
    -- The byte at which the decks end and the body begins.
    body_start INTEGER NOT NULL
) STRICT;

-- A page's own list of its articles.
CREATE TABLE page_article (
    page    INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    PRIMARY KEY (page, ordinal),
    UNIQUE (article, page)
) STRICT, WITHOUT ROWID;

CREATE TABLE region (
    page    INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    -- A JSON list of [x, y], fractions of the page.
    polygon TEXT NOT NULL,
    PRIMARY KEY (page, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX region_by_article ON region (article, page);

CREATE TABLE picture (
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    url     TEXT NOT NULL,
    blob    TEXT REFERENCES blob (hash),
    PRIMARY KEY (article, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX picture_by_blob ON picture (blob) WHERE blob IS NOT NULL;

CREATE TABLE resource (
    url           TEXT PRIMARY KEY NOT NULL,
    final_url     TEXT NOT NULL,
    content_type  TEXT,
    etag          TEXT,
    last_modified TEXT,
    blob          TEXT NOT NULL REFERENCES blob (hash),
    fetched       TEXT NOT NULL,
    issue         INTEGER REFERENCES issue (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX resource_by_blob ON resource (blob);
CREATE INDEX resource_by_issue ON resource (issue);

-- Reading state names content by what outlives it, and references nothing.
CREATE TABLE read_mark (
    publication TEXT NOT NULL,
    date        TEXT NOT NULL,
    article_key TEXT NOT NULL,
    PRIMARY KEY (publication, date, article_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
    publication TEXT NOT NULL,
    date        TEXT NOT NULL,
    page        TEXT NOT NULL,
    zoom        TEXT,
    article_key TEXT,
    scroll      REAL NOT NULL,
    at          TEXT NOT NULL,
    -- Counts up, so that the last place is known whatever the clock said.
    turn        INTEGER NOT NULL,
    PRIMARY KEY (publication, date)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_by_turn ON place (turn);

CREATE TABLE setting (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
