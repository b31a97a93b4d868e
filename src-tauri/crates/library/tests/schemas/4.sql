-- A library of form 3, as the first three migrations made it, with a row in every table.
PRAGMA application_id = 1264676450;
PRAGMA user_version = 4;
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
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
INSERT INTO "article" VALUES(2026112400001,1,'slrb.example/html/2026-11/24/content_1.htm','http://slrb.example/html/2026-11/24/content_1.htm','{"kicker":"","headline":"沿河书屋开门","subheadline":"","byline":"本报记者 张三","blocks":[{"kind":"paragraph","text":"第一段。"}],"editorMark":null}',NULL,NULL);
CREATE TABLE article_number (
    date INTEGER PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;
INSERT INTO "article_number" VALUES(20261124,1);
CREATE TABLE article_text (
    article    INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    text       TEXT NOT NULL,
    -- The byte at which the decks end and the body begins.
    body_start INTEGER NOT NULL
) STRICT;
INSERT INTO "article_text" VALUES(2026112400001,'
沿河书屋开门

本报记者 张三
第一段。
',41);
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
INSERT INTO "blob" VALUES('00000000000000000000000000000000000000000000000000000000000000a1',10,0,0,1795500000);
INSERT INTO "blob" VALUES('00000000000000000000000000000000000000000000000000000000000000a2',20,0,0,1795500000);
INSERT INTO "blob" VALUES('00000000000000000000000000000000000000000000000000000000000000a3',30,0,1,1795500000);
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
INSERT INTO "issue" VALUES(1,'slrb','2026-11-24','','http://slrb.example/html/2026-11/24/node_1.htm',0,30,'示例日报社版权所有','2026-11-24T06:00:00Z','2026-11-24T06:01:00Z');
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
INSERT INTO "page" VALUES(1,1,0,'01','要闻','http://slrb.example/html/2026-11/24/node_1.htm',NULL,350.0,500.0,'00000000000000000000000000000000000000000000000000000000000000a1',NULL,'00000000000000000000000000000000000000000000000000000000000000a2','[]',1);
CREATE TABLE page_article (
    page    INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    PRIMARY KEY (page, ordinal),
    UNIQUE (article, page)
) STRICT, WITHOUT ROWID;
INSERT INTO "page_article" VALUES(1,0,2026112400001);
CREATE TABLE picture (
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    url     TEXT NOT NULL,
    blob    TEXT REFERENCES blob (hash),
    PRIMARY KEY (article, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "picture" VALUES(2026112400001,0,'http://slrb.example/1.jpg',NULL);
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
INSERT INTO "place" VALUES('slrb','2026-11-24','01',NULL,'slrb.example/html/2026-11/24/content_1.htm',0.0,'2026-11-24T06:02:00Z',1);
CREATE TABLE publication (
    id      TEXT PRIMARY KEY NOT NULL,
    name    TEXT NOT NULL,
    family  TEXT NOT NULL,
    url     TEXT NOT NULL UNIQUE,
    added   TEXT NOT NULL
) STRICT;
INSERT INTO "publication" VALUES('slrb','示例日报','founder-classic','http://slrb.example/html/','2026-11-24T06:00:00Z');
CREATE TABLE read_mark (
    publication TEXT NOT NULL,
    date        TEXT NOT NULL,
    article_key TEXT NOT NULL,
    PRIMARY KEY (publication, date, article_key)
) STRICT, WITHOUT ROWID;
INSERT INTO "read_mark" VALUES('slrb','2026-11-24','slrb.example/html/2026-11/24/content_1.htm');
CREATE TABLE region (
    page    INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    -- A JSON list of [x, y], fractions of the page.
    polygon TEXT NOT NULL,
    PRIMARY KEY (page, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "region" VALUES(1,0,2026112400001,'[[0.1,0.1],[0.5,0.1],[0.5,0.4],[0.1,0.4]]');
CREATE TABLE removal (
    publication TEXT NOT NULL,
    date        TEXT NOT NULL,
    at          TEXT NOT NULL,
    PRIMARY KEY (publication, date)
) STRICT, WITHOUT ROWID;
INSERT INTO "removal" VALUES('slrb','2026-11-22','2026-11-24T06:00:00Z');
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
INSERT INTO "resource" VALUES('http://slrb.example/html/2026-11/24/node_1.htm','http://slrb.example/html/2026-11/24/node_1.htm','text/html','"1"',NULL,'00000000000000000000000000000000000000000000000000000000000000a2','2026-11-24T06:00:00Z',1);
CREATE TABLE setting (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "setting" VALUES('textSize','18');
CREATE TABLE site_link (
    publication TEXT NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    -- Of the issue that they were printed beside: the newest one's stand.
    date        TEXT NOT NULL,
    name        TEXT NOT NULL,
    url         TEXT NOT NULL,
    PRIMARY KEY (publication, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "site_link" VALUES('slrb',0,'2026-11-24','网上投稿','http://slrb.example/tougao.html');
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
INSERT INTO "source_reading" VALUES('slrb','2026-11-24',1,1,1,1,1,'2026-11-24T06:00:00Z');
CREATE INDEX page_by_picture ON page (picture) WHERE picture IS NOT NULL;
CREATE INDEX page_by_pdf ON page (pdf) WHERE pdf IS NOT NULL;
CREATE INDEX page_by_document ON page (document) WHERE document IS NOT NULL;
CREATE INDEX article_by_issue ON article (issue, head);
CREATE INDEX article_by_head ON article (head) WHERE head IS NOT NULL;
CREATE INDEX region_by_article ON region (article, page);
CREATE INDEX picture_by_blob ON picture (blob) WHERE blob IS NOT NULL;
CREATE INDEX resource_by_blob ON resource (blob);
CREATE INDEX resource_by_issue ON resource (issue);
CREATE INDEX place_by_turn ON place (turn);
COMMIT;
