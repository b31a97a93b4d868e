//! Is the library whole? Every blob re-hashed, every row accounted for.

use kanbao_newspaper::{Article, Polygon};
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use crate::blob::{self, BlobHash, State};
use crate::column::{Day, Json};
use crate::error::{BLOB_REMEDY, DATABASE_REMEDY, Result};
use crate::issue::{self, IssueId};
use crate::store::Library;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckReport {
    pub blobs: u64,
    pub bytes: u64,
    pub issues: u64,
    pub problems: Vec<Problem>,
    /// Files that nothing names: harmless. Those older than a day were removed.
    pub strays: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    pub what: String,
    #[serde(rename = "where")]
    pub where_: String,
    pub remedy: String,
}

/// More complaints of one kind than this say nothing new.
const MOST_COMPLAINTS: u32 = 100;

/// Blobs are listed this many at a time, so that no long read holds the write-ahead log back.
const BLOBS_AT_ONCE: i64 = 500;

/// Questions about rows to which a whole library has no answer: what is wrong, the row that it is
/// wrong with, and the page and issue to fetch again.
const WRONG_ROWS: &[(&str, &str)] = &[
    (
        "an article is on no page",
        "SELECT a.url, NULL, a.issue FROM article a
         WHERE NOT EXISTS (SELECT 1 FROM page_article WHERE article = a.id)
           AND NOT EXISTS (SELECT 1 FROM region WHERE article = a.id)",
    ),
    (
        "an article's number is not of its date",
        "SELECT a.url, NULL, a.issue FROM article a JOIN issue i ON i.id = a.issue
         WHERE a.id / 100000 != CAST(replace(i.date, '-', '') AS INTEGER)",
    ),
    (
        "an article continues one of another issue, or one that continues another",
        "SELECT a.url, NULL, a.issue FROM article a JOIN article head ON head.id = a.head
         WHERE head.issue != a.issue OR head.head IS NOT NULL",
    ),
    (
        "a page lists an article of another issue",
        "SELECT p.url, p.id, p.issue FROM page p JOIN page_article l ON l.page = p.id
         JOIN article a ON a.id = l.article WHERE a.issue != p.issue",
    ),
    (
        "a page has a region of another issue's article",
        "SELECT p.url, p.id, p.issue FROM page p JOIN region r ON r.page = p.id
         JOIN article a ON a.id = r.article WHERE a.issue != p.issue",
    ),
    (
        "an article cannot be searched",
        "SELECT a.url, NULL, a.issue FROM article a WHERE (a.head IS NULL)
         != EXISTS (SELECT 1 FROM article_text WHERE article = a.id)",
    ),
    (
        "a page is marked as kept but was never committed",
        "SELECT p.url, p.id, p.issue FROM page p WHERE p.kept = 1 AND p.document IS NULL",
    ),
];

impl Library {
    /// Reads everything. What it finds missing or damaged is marked, so that the issues it belongs
    /// to are incomplete and the next sync fetches it again.
    pub fn check(&self) -> Result<CheckReport> {
        let mut report = CheckReport::default();
        report.problems.extend(self.read(database_problems)?);
        if !report.problems.is_empty() {
            // What a damaged database says of its blobs is not worth acting on.
            return Ok(report);
        }
        self.check_blobs(&mut report)?;
        self.check_rows(&mut report)?;
        report.issues =
            self.read(|reader| Ok(reader.query_row("SELECT count(*) FROM issue", [], |row| row.get(0))?))?;
        report.strays = self.sweep_strays()?;
        Ok(report)
    }

    fn check_blobs(&self, report: &mut CheckReport) -> Result<()> {
        let mut last = String::new();
        loop {
            let some = self.read(|reader| {
                let mut statement = reader.prepare_cached(
                    "SELECT hash, bytes, damaged FROM blob WHERE hash > ? ORDER BY hash LIMIT ?",
                )?;
                let rows = statement.query_map(params![last, BLOBS_AT_ONCE], |row| {
                    Ok((row.get::<_, BlobHash>(0)?, row.get::<_, u64>(1)?, row.get::<_, bool>(2)?))
                })?;
                Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?)
            })?;
            let Some((hash, ..)) = some.last() else { return Ok(()) };
            last = hash.to_string();
            for (hash, size, damaged) in some {
                let mut state = Some(self.examine(&hash)?);
                if damaged || state != Some(State::Sound { bytes: size }) {
                    let named = self.read(|reader| who_names(reader, &hash))?;
                    state = self.mark(&hash)?;
                    if let Some(why) = state.and_then(State::complaint) {
                        report.problems.push(Problem {
                            what: format!("the file {} is damaged: {why}", self.blob_path(&hash)),
                            where_: named,
                            remedy: BLOB_REMEDY.into(),
                        });
                    }
                }
                // None: removed by another program since it was listed.
                if state.is_some() {
                    report.blobs += 1;
                    report.bytes += size;
                }
            }
        }
    }

    fn check_rows(&self, report: &mut CheckReport) -> Result<()> {
        let (wrong, incomplete) = self.read(|reader| {
            let mut wrong = Vec::new();
            for (what, sql) in WRONG_ROWS {
                let mut statement = reader.prepare(&format!("{sql} LIMIT {MOST_COMPLAINTS}"))?;
                let rows = statement.query_map([], |row| {
                    Ok(WrongRow {
                        what: (*what).into(),
                        row: row.get(0)?,
                        page: row.get(1)?,
                        issue: row.get(2)?,
                    })
                })?;
                for row in rows {
                    wrong.push(row?);
                }
            }
            unreadable::<Json<Article>>(
                reader,
                "SELECT content, url, NULL, issue FROM article",
                "an article",
                &mut wrong,
            )?;
            unreadable::<Json<Polygon>>(
                reader,
                "SELECT r.polygon, p.url, p.id, p.issue FROM region r JOIN page p ON p.id = r.page",
                "a region",
                &mut wrong,
            )?;
            unreadable::<Json<Vec<String>>>(
                reader,
                "SELECT warnings, url, id, issue FROM page",
                "a page's list of warnings",
                &mut wrong,
            )?;
            Ok((wrong, falsely_complete(reader)?))
        })?;
        if wrong.is_empty() && incomplete.is_empty() {
            return Ok(());
        }
        self.write(|tx| {
            for row in &wrong {
                tx.execute(
                    "UPDATE page SET kept = 0 WHERE issue = ?1 AND (?2 IS NULL OR id = ?2)",
                    params![row.issue, row.page],
                )?;
                tx.execute("UPDATE issue SET complete = 0 WHERE id = ?", [row.issue])?;
            }
            for &issue in &incomplete {
                tx.execute("UPDATE issue SET complete = 0 WHERE id = ?", [issue])?;
            }
            Ok(())
        })?;
        let remedy = "sync again to fetch its issue anew";
        report.problems.extend(wrong.into_iter().map(|row| Problem {
            what: row.what,
            where_: row.row,
            remedy: remedy.into(),
        }));
        for issue in incomplete {
            report.problems.push(Problem {
                what: "an issue is marked complete and is not".into(),
                where_: self.read(|reader| issue_name(reader, issue))?,
                remedy: remedy.into(),
            });
        }
        Ok(())
    }

    /// Counts what nothing names, and removes what of it is old: leftovers of programs that were
    /// killed between keeping a file and naming it.
    fn sweep_strays(&self) -> Result<u32> {
        let unnamed = self.read(blob::count_unnamed)?;
        let released = if unnamed > 0 { self.write(blob::release_all)? } else { Vec::new() };
        self.remove_files(&released);
        let files = self.stray_files()?;
        let old: Vec<BlobHash> = files.iter().filter(|(_, old)| *old).map(|(hash, _)| hash.clone()).collect();
        self.remove_files(&old);
        Ok(unnamed + files.len() as u32 + blob::remove_old_leftovers(self.directory()))
    }
}

struct WrongRow {
    what: String,
    row: String,
    page: Option<i64>,
    issue: IssueId,
}

fn database_problems(reader: &Connection) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    let mut problem = |what: String| {
        problems.push(Problem {
            what,
            where_: "the library's database".into(),
            remedy: DATABASE_REMEDY.into(),
        });
    };
    let mut statement = reader.prepare(&format!("PRAGMA integrity_check({MOST_COMPLAINTS})"))?;
    for line in statement.query_map([], |row| row.get::<_, String>(0))? {
        match line {
            Ok(line) if line == "ok" => {}
            Ok(line) => problem(line),
            Err(error) => problem(error.to_string()),
        }
    }
    let mut statement = reader.prepare("PRAGMA foreign_key_check")?;
    let rows = statement.query_map([], |row| {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        Ok(format!("a row of {table} names a {parent} that is not there"))
    })?;
    for line in rows.take(MOST_COMPLAINTS as usize) {
        problem(line?);
    }
    Ok(problems)
}

/// The first column of each row must read as a `T`; the others are those of [`WRONG_ROWS`].
fn unreadable<T: FromSql>(
    reader: &Connection,
    sql: &str,
    what: &str,
    wrong: &mut Vec<WrongRow>,
) -> Result<()> {
    let mut statement = reader.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Err(error) = row.get::<_, T>(0) {
            let what = format!("{what} cannot be read: {error}");
            wrong.push(WrongRow { what, row: row.get(1)?, page: row.get(2)?, issue: row.get(3)? });
        }
        if wrong.len() > MOST_COMPLAINTS as usize {
            break;
        }
    }
    Ok(())
}

fn falsely_complete(reader: &Connection) -> Result<Vec<IssueId>> {
    let mut statement = reader.prepare("SELECT id FROM issue WHERE complete = 1")?;
    let complete = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<IssueId>>>()?;
    let mut falsely = Vec::new();
    for issue in complete {
        if !issue::is_whole(reader, issue)? {
            falsely.push(issue);
        }
    }
    Ok(falsely)
}

fn issue_name(reader: &Connection, issue: IssueId) -> Result<String> {
    let name = reader
        .query_row("SELECT publication, date FROM issue WHERE id = ?", [issue], |row| {
            Ok(format!("{} {}", row.get::<_, String>(0)?, row.get::<_, Day>(1)?.0))
        })
        .optional()?;
    Ok(name.unwrap_or_default())
}

/// Where a reader would miss a blob.
fn who_names(reader: &Connection, hash: &BlobHash) -> Result<String> {
    let named = reader
        .query_row(
            "SELECT i.publication || ' ' || i.date || ' page ' || p.number FROM page p JOIN issue i ON i.id = p.issue
             WHERE p.picture = ?1 OR p.pdf = ?1 OR p.document = ?1
             UNION ALL SELECT a.url FROM picture JOIN article a ON a.id = picture.article WHERE picture.blob = ?1
             UNION ALL SELECT url FROM resource WHERE blob = ?1 LIMIT 1",
            [hash],
            |row| row.get(0),
        )
        .optional()?;
    Ok(named.unwrap_or_else(|| "nothing names it".into()))
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::LibraryError;
    use crate::testing::{Content, NOW, date, folder, library, resource, subscribe};

    const DAY: &str = "2026-11-24";

    type Damage = fn(&camino::Utf8Path);

    fn complete(library: &Library) -> bool {
        library.issues("slrb").unwrap()[0].complete
    }

    #[test]
    fn a_whole_library_has_no_problems() {
        let (_guard, library) = library();
        assert_eq!(library.check().unwrap(), CheckReport::default());
        subscribe(&library, "slrb");
        Content::new("slrb", DAY).page("01", &["a"]).page("02", &["b"]).keep(&library);
        let report = library.check().unwrap();
        assert_eq!((report.blobs, report.issues, report.strays), (6, 1, 0));
        assert_eq!(report.bytes, library.issues("slrb").unwrap()[0].bytes);
        assert_eq!(report.problems, []);
    }

    #[test]
    fn a_lost_or_changed_file_makes_its_issue_incomplete_until_it_is_fetched_again() {
        let cases: [(&str, Damage); 4] = [
            ("missing", |path| fs::remove_file(path).unwrap()),
            ("changed", |path| {
                let mut bytes = fs::read(path).unwrap();
                bytes[0] ^= 1;
                fs::write(path, bytes).unwrap();
            }),
            ("cut short", |path| File::options().write(true).open(path).unwrap().set_len(3).unwrap()),
            ("empty", |path| fs::write(path, b"").unwrap()),
        ];
        for (case, damage) in cases {
            let (_guard, library) = library();
            subscribe(&library, "slrb");
            let picture = library.keep_blob(b"a drawing").unwrap();
            let content =
                Content::new("slrb", DAY).page("01", &["a"]).page("02", &["b"]).picture("b", &picture);
            let issue = content.keep(&library);
            let address = "http://slrb.example/b_0.jpg";
            library.keep_resource(&resource(address, &picture, Some(issue))).unwrap();
            damage(&library.blob_path(&picture));
            assert!(complete(&library), "{case}: not known yet");

            for _ in 0..2 {
                let report = library.check().unwrap();
                let [problem] = &report.problems[..] else { panic!("{case}: {report:?}") };
                assert!(problem.what.contains(library.blob_path(&picture).as_str()), "{case}: {problem:?}");
                assert!(problem.remedy.contains("sync"), "{case}: {problem:?}");
            }
            assert!(!complete(&library), "{case}");
            assert!(!library.has_blob(&picture), "{case}");
            assert_eq!(library.resource(address).unwrap(), None, "{case}");
            assert!(!library.settle_issue(issue, &[], NOW).unwrap(), "{case}");

            library.keep_blob(b"a drawing").unwrap();
            library.keep_resource(&resource(address, &picture, Some(issue))).unwrap();
            content.commit(&library, issue, "02");
            assert!(library.settle_issue(issue, &[], NOW).unwrap(), "{case}");
            assert_eq!(library.check().unwrap().problems, [], "{case}");
        }
    }

    #[test]
    fn every_kind_of_file_is_missed() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content = Content::new("slrb", DAY).page("01", &["a"]);
        let page = content.page_content(&library, "01");
        for hash in [page.picture.clone().unwrap(), page.pdf.clone().unwrap(), page.document.clone()] {
            content.keep(&library);
            assert!(complete(&library));
            fs::remove_file(library.blob_path(&hash)).unwrap();
            let report = library.check().unwrap();
            assert_eq!(report.problems.len(), 1);
            assert_eq!(report.problems[0].where_, "slrb 2026-11-24 page 01");
            assert!(!complete(&library));
        }
    }

    #[test]
    fn a_file_that_was_put_back_is_sound_again() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content = Content::new("slrb", DAY).page("01", &["a"]);
        let picture = content.page_content(&library, "01").picture.unwrap();
        content.keep(&library);
        let (path, aside) = (library.blob_path(&picture), library.directory().join("aside"));
        fs::rename(&path, &aside).unwrap();
        assert_eq!(library.check().unwrap().problems.len(), 1);
        fs::rename(&aside, &path).unwrap();
        assert_eq!(library.check().unwrap().problems, []);
        assert!(library.has_blob(&picture));
    }

    #[test]
    fn a_body_that_only_saved_a_fetch_is_forgotten() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let issue = Content::new("slrb", DAY).page("01", &["a"]).keep(&library);
        let body = library.keep_blob(b"an article's document").unwrap();
        library.keep_resource(&resource("http://slrb.example/a", &body, Some(issue))).unwrap();
        fs::write(library.blob_path(&body), b"something else").unwrap();
        assert_eq!(library.check().unwrap().problems.len(), 1);
        assert!(complete(&library), "what a reader sees is whole");
        assert_eq!(library.resource("http://slrb.example/a").unwrap(), None);
        let report = library.check().unwrap();
        assert_eq!((report.problems.len(), report.strays), (0, 0));
    }

    #[test]
    fn what_nothing_names_is_counted_and_goes_when_it_is_old() {
        let (_guard, library) = library();
        let row = library.keep_blob(b"kept, and never named").unwrap();
        let file = BlobHash::of(b"killed between rename and commit");
        let path = library.blob_path(&file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, b"killed between rename and commit").unwrap();
        fs::write(path.parent().unwrap().join("Thumbs.db"), b"not ours").unwrap();
        let report = library.check().unwrap();
        assert_eq!((report.problems.len(), report.strays), (0, 2));
        assert!(path.exists() && library.has_blob(&row));

        let long_ago = SystemTime::now() - blob::LEFTOVER_AGE - Duration::from_mins(1);
        File::options().write(true).open(&path).unwrap().set_modified(long_ago).unwrap();
        library.write(|tx| Ok(tx.execute("UPDATE blob SET claimed = 1", [])?)).unwrap();
        assert_eq!(library.check().unwrap().strays, 2);
        assert!(!path.exists() && !library.blob_path(&row).exists());
        assert_eq!(library.check().unwrap().strays, 0);
        assert!(path.parent().unwrap().join("Thumbs.db").exists());
    }

    #[test]
    fn wrong_rows_are_found_and_their_issue_fetched_again() {
        let cases = [
            ("cannot be read", "UPDATE article SET content = '{'"),
            ("cannot be read", "UPDATE region SET polygon = '[[1]]'"),
            ("cannot be read", "UPDATE page SET warnings = ''"),
            ("is on no page", "DELETE FROM page_article; DELETE FROM region"),
            ("cannot be searched", "DELETE FROM article_text"),
            ("not of its date", "UPDATE issue SET date = '2026-11-25'"),
            ("marked complete", "UPDATE page SET kept = 0"),
            ("continues another", "UPDATE article SET head = id, joint = 'repeats'"),
            ("never committed", "UPDATE page SET document = NULL"),
        ];
        for (expected, sql) in cases {
            let (_guard, library) = library();
            subscribe(&library, "slrb");
            Content::new("slrb", DAY).page("01", &["a"]).keep(&library);
            library.write(|tx| Ok(tx.execute_batch(sql)?)).unwrap();
            let problems = library.check().unwrap().problems;
            assert!(problems.iter().any(|problem| problem.what.contains(expected)), "{sql}: {problems:?}");
            assert!(!complete(&library), "{sql}");
        }
    }

    #[test]
    fn a_row_that_does_not_read_is_told_as_damage() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        Content::new("slrb", DAY).page("01", &["a"]).keep(&library);
        library.write(|tx| Ok(tx.execute("UPDATE article SET content = '{'", [])?)).unwrap();
        let error = library.issue("slrb", date(DAY)).unwrap_err();
        assert!(matches!(error, LibraryError::Corrupt { .. }), "{error}");
    }

    #[test]
    fn a_damaged_database_is_reported() {
        let (_guard, directory) = folder();
        let library = Library::open(&directory).unwrap();
        subscribe(&library, "slrb");
        let titles: Vec<String> = (0..300).map(|n| format!("第{n}篇")).collect();
        let content =
            Content::new("slrb", DAY).page("01", &titles.iter().map(String::as_str).collect::<Vec<_>>());
        content.keep(&library);
        drop(library);
        let path = directory.join(crate::store::DATABASE);
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle..middle + 16_384].fill(0xA5);
        fs::write(&path, bytes).unwrap();
        let told = match Library::open(&directory).and_then(|library| library.check()) {
            Ok(report) => report.problems.into_iter().map(|problem| problem.remedy).collect(),
            Err(error) => error.to_string(),
        };
        assert!(told.contains("backup"), "{told}");
    }
}
