//! Issues: what a publication printed on one date, planned, kept page by page, settled.

use std::collections::{HashMap, HashSet};

use kanbao_newspaper::{Article, Date};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::Serialize;

use crate::article::{self, ArticleId, ArticleSummary, Joined, Places};
use crate::blob::BlobHash;
use crate::column::Day;
use crate::error::{LibraryError, Result};
use crate::limits;
use crate::page::{self, Page, PlannedPage};
use crate::publication::publication;
use crate::removal::SEEN;
use crate::store::Library;

/// An issue's row; not kept across an unsubscribe.
pub type IssueId = i64;

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IssueSummary {
    pub id: IssueId,
    pub publication: String,
    pub date: Date,
    /// Tells two issues of one date apart; usually empty.
    pub edition: String,
    /// Every planned page is kept and every file it names is there and hashes.
    pub complete: bool,
    pub pages: u32,
    pub pages_kept: u32,
    /// Articles as a reader counts them: a continued one once.
    pub articles: u32,
    pub unread: u32,
    pub bytes: u64,
    pub url: String,
    /// When it was last settled. UTC, RFC 3339.
    pub fetched: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Issue {
    pub summary: IssueSummary,
    pub copyright: Option<String>,
    pub pages: Vec<Page>,
    /// In reading order: page by page, as each page's own list has them; a continued article once.
    pub articles: Vec<ArticleSummary>,
}

/// The columns of an [`IssueSummary`], for [`summary_row`].
const SUMMARY: &str = "i.id, i.publication, i.date, i.edition, i.complete, i.bytes, i.url, i.settled,
    (SELECT count(*) FROM page WHERE issue = i.id),
    (SELECT count(*) FROM page WHERE issue = i.id AND kept = 1),
    (SELECT count(*) FROM article WHERE issue = i.id AND head IS NULL),
    (SELECT count(*) FROM read_mark m JOIN article a ON a.issue = i.id AND a.key = m.article_key
     WHERE m.publication = i.publication AND m.date = i.date AND a.head IS NULL),
    i.copyright";

/// The files an issue is complete with.
const NEEDED: &str = "SELECT picture AS hash FROM page WHERE issue = ?1 AND picture IS NOT NULL
    UNION SELECT pdf FROM page WHERE issue = ?1 AND pdf IS NOT NULL
    UNION SELECT document FROM page WHERE issue = ?1 AND document IS NOT NULL
    UNION SELECT blob FROM picture JOIN article a ON a.id = picture.article
          WHERE a.issue = ?1 AND blob IS NOT NULL";

impl Library {
    /// Says which pages an issue has, in order. Planning again adds what is new and never loses a
    /// page that is kept; a page that is not kept yet makes the issue incomplete, and one that was
    /// never kept and is no longer named is forgotten.
    pub fn plan_issue(
        &self,
        publication: &str,
        date: Date,
        edition: &str,
        url: &str,
        pages: &[PlannedPage],
        now: &str,
    ) -> Result<IssueId> {
        limits::date_number(date)?;
        limits::line("an edition's name", edition)?;
        limits::line("an instant", now)?;
        limits::address(url)?;
        limits::at_most("an issue's pages", pages.len(), limits::PAGES)?;
        for page in pages {
            limits::line("a page's number", &page.number)?;
            limits::line("a page's name", &page.name)?;
            limits::address(&page.url)?;
            limits::address(page.pdf_url.as_deref().unwrap_or_default())?;
        }
        self.write(|tx| {
            self::publication(tx, publication)?;
            let issue: IssueId = tx.query_row(
                "INSERT INTO issue (publication, date, edition, url, planned) VALUES (?, ?, ?, ?, ?)
                 ON CONFLICT (publication, date, edition) DO UPDATE SET url = excluded.url RETURNING id",
                params![publication, Day(date), edition, url, now],
                |row| row.get(0),
            )?;
            plan_pages(tx, issue, pages)?;
            tx.execute(
                "UPDATE issue SET complete = 0
                 WHERE id = ?1 AND EXISTS (SELECT 1 FROM page WHERE issue = ?1 AND kept = 0)",
                [issue],
            )?;
            Ok(issue)
        })
    }

    /// Joins the articles that go on on other pages and decides whether the issue is complete, by
    /// reading every file it names.
    pub fn settle_issue(&self, issue: IssueId, joined: &[Joined], now: &str) -> Result<bool> {
        limits::line("an instant", now)?;
        // Read outside the lock; whatever is marked here or meanwhile is seen by the question below.
        let needed = self.read(|reader| {
            require_issue(reader, issue)?;
            let mut statement = reader.prepare_cached(NEEDED)?;
            let rows = statement.query_map([issue], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<Vec<BlobHash>>>()?)
        })?;
        for hash in needed {
            if self.examine(&hash)?.complaint().is_some() {
                self.mark(&hash)?;
            }
        }
        self.write(|tx| {
            require_issue(tx, issue)?;
            article::join_all(tx, issue, joined)?;
            count_bytes(tx, issue)?;
            let complete = is_whole(tx, issue)?;
            tx.execute(
                "UPDATE issue SET complete = ?2, settled = ?3 WHERE id = ?1",
                params![issue, complete, now],
            )?;
            Ok(complete)
        })
    }

    /// A whole issue; of several editions of one date the first.
    pub fn issue(&self, publication: &str, date: Date) -> Result<Option<Issue>> {
        self.read(|reader| {
            self::publication(reader, publication)?;
            let sql = format!(
                "SELECT {SUMMARY} FROM issue i WHERE i.publication = ? AND i.date = ? AND {SEEN} ORDER BY i.edition LIMIT 1"
            );
            let found = reader
                .prepare_cached(&sql)?
                .query_row(params![publication, Day(date)], |row| {
                    Ok((summary_row(row)?, row.get::<_, Option<String>>(12)?))
                })
                .optional()?;
            let Some((summary, copyright)) = found else { return Ok(None) };
            let heads = article::heads(reader, summary.id)?;
            let pages = page::pages(reader, summary.id, &heads)?;
            let articles = article_summaries(reader, &summary)?;
            Ok(Some(Issue { summary, copyright, pages, articles }))
        })
    }

    /// A publication's issues, newest first.
    pub fn issues(&self, publication: &str) -> Result<Vec<IssueSummary>> {
        self.read(|reader| {
            self::publication(reader, publication)?;
            let mut statement = reader.prepare_cached(&format!(
                "SELECT {SUMMARY} FROM issue i WHERE i.publication = ? AND {SEEN} ORDER BY i.date DESC, i.edition"
            ))?;
            let rows = statement.query_map([publication], summary_row)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The dates of the issues next to a day: before it, and after it.
    pub fn dates_beside(&self, publication: &str, date: Date) -> Result<[Option<Date>; 2]> {
        self.read(|reader| {
            self::publication(reader, publication)?;
            let nearest = |which: &str| {
                let mut statement = reader.prepare_cached(&format!(
                    "SELECT i.date FROM issue i WHERE i.publication = ? AND i.date {which} LIMIT 1"
                ))?;
                let found =
                    statement.query_row(params![publication, Day(date)], |row| row.get(0)).optional()?;
                Ok::<_, LibraryError>(found.map(|day: Day| day.0))
            };
            Ok([
                nearest(&format!("< ? AND {SEEN} ORDER BY i.date DESC"))?,
                nearest(&format!("> ? AND {SEEN} ORDER BY i.date"))?,
            ])
        })
    }

    /// An issue's articles as they were kept, unjoined, page by page in list order; each once, with
    /// the number of the first page it is on. For finding which go on where.
    pub fn issue_articles(&self, issue: IssueId) -> Result<Vec<(ArticleId, String, Article)>> {
        self.read(|reader| {
            require_issue(reader, issue)?;
            let places = Places::of(reader, issue)?;
            let parts = article::articles(reader, issue, &places)?.into_iter().flatten();
            let mut articles: HashMap<ArticleId, Article> =
                parts.map(|part| (part.id, part.article)).collect();
            let order = places.order();
            Ok(order
                .filter_map(|(id, number)| Some((id, number.to_owned(), articles.remove(&id)?)))
                .collect())
        })
    }
}

/// The issue's date, or an error when it is gone.
pub(crate) fn require_issue(connection: &Connection, issue: IssueId) -> Result<Date> {
    let found = connection
        .prepare_cached("SELECT date FROM issue WHERE id = ?")?
        .query_row([issue], |row| row.get::<_, Day>(0))
        .optional()?;
    found.map(|day| day.0).ok_or(LibraryError::NoSuchIssueId(issue))
}

/// Every planned page is kept, and no file that the issue names is known to be missing or damaged.
pub(crate) fn is_whole(connection: &Connection, issue: IssueId) -> Result<bool> {
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM page WHERE issue = ?1)
            AND NOT EXISTS (SELECT 1 FROM page WHERE issue = ?1 AND kept = 0)
            AND NOT EXISTS (SELECT 1 FROM blob WHERE damaged = 1 AND hash IN ({NEEDED}))"
    );
    Ok(connection.prepare_cached(&sql)?.query_row([issue], |row| row.get(0))?)
}

/// Sums up what an issue takes on disk, the documents it was read from included.
pub(crate) fn count_bytes(tx: &Transaction<'_>, issue: IssueId) -> Result<()> {
    let sql = format!(
        "UPDATE issue SET bytes = (SELECT coalesce(sum(bytes), 0) FROM blob WHERE hash IN
            ({NEEDED} UNION SELECT blob FROM resource WHERE issue = ?1)) WHERE id = ?1"
    );
    tx.prepare_cached(&sql)?.execute([issue])?;
    Ok(())
}

fn plan_pages(tx: &Transaction<'_>, issue: IssueId, pages: &[PlannedPage]) -> Result<()> {
    if pages.is_empty() {
        return Ok(());
    }
    // What the page itself said of its number and name, when it was kept, is better than the list's.
    let mut upsert = tx.prepare_cached(
        "INSERT INTO page (issue, ordinal, number, name, url, pdf_url) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (issue, url) DO UPDATE SET ordinal = excluded.ordinal, pdf_url = excluded.pdf_url,
            number = iif(document IS NULL, excluded.number, number),
            name = iif(document IS NULL, excluded.name, name)",
    )?;
    let mut planned = HashSet::new();
    for page in pages {
        if planned.insert(page.url.as_str()) {
            let ordinal = planned.len() - 1;
            upsert.execute(params![issue, ordinal, page.number, page.name, page.url, page.pdf_url])?;
        }
    }
    // Pages that this plan does not name: the kept ones go to the end, the others were a mistake.
    let mut others = tx.prepare_cached(
        "SELECT id, url, document IS NOT NULL FROM page WHERE issue = ? ORDER BY ordinal, id",
    )?;
    let others = others.query_map([issue], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, bool>(2)?))
    })?;
    let others = others.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut end = planned.len();
    for (id, _, has_content) in others.iter().filter(|(_, url, _)| !planned.contains(url.as_str())) {
        if *has_content {
            tx.execute("UPDATE page SET ordinal = ? WHERE id = ?", params![end, id])?;
            end += 1;
        } else {
            tx.execute("DELETE FROM page WHERE id = ?", [id])?;
        }
    }
    Ok(())
}

fn summary_row(row: &Row<'_>) -> rusqlite::Result<IssueSummary> {
    let articles: u32 = row.get(10)?;
    let read: u32 = row.get(11)?;
    Ok(IssueSummary {
        id: row.get(0)?,
        publication: row.get(1)?,
        date: row.get::<_, Day>(2)?.0,
        edition: row.get(3)?,
        complete: row.get(4)?,
        bytes: row.get(5)?,
        url: row.get(6)?,
        fetched: row.get(7)?,
        pages: row.get(8)?,
        pages_kept: row.get(9)?,
        articles,
        unread: articles.saturating_sub(read),
    })
}

fn article_summaries(connection: &Connection, issue: &IssueSummary) -> Result<Vec<ArticleSummary>> {
    let mut marks =
        connection.prepare_cached("SELECT article_key FROM read_mark WHERE publication = ? AND date = ?")?;
    let marks = marks.query_map(params![issue.publication, Day(issue.date)], |row| row.get(0))?;
    let marks = marks.collect::<rusqlite::Result<HashSet<String>>>()?;
    let places = Places::of(connection, issue.id)?;
    let summaries = article::articles(connection, issue.id, &places)?.into_iter().map(|parts| {
        let ids: Vec<ArticleId> = parts.iter().map(|part| part.id).collect();
        let (id, url, read) = (parts[0].id, parts[0].url.clone(), marks.contains(&parts[0].key));
        let article = article::whole(parts);
        ArticleSummary {
            id,
            pages: places.numbers(&ids),
            characters: article.characters(),
            pictures: article.pictures().count(),
            decks: article.decks,
            read,
            url,
        }
    });
    Ok(summaries.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Content, NOW, date, headlines, library, subscribe};

    const DAY: &str = "2026-11-24";

    fn summary(library: &Library) -> IssueSummary {
        library.issues("slrb").unwrap().remove(0)
    }

    #[test]
    fn an_issue_is_complete_when_all_its_pages_are_settled() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content = Content::new("slrb", DAY).page("01", &["a", "b"]).page("02", &["c"]);
        let issue = content.plan(&library);
        let state = |library: &Library| {
            let summary = summary(library);
            (summary.complete, summary.pages, summary.pages_kept, summary.articles)
        };
        assert_eq!(state(&library), (false, 2, 0, 0));
        content.commit(&library, issue, "01");
        assert!(!library.settle_issue(issue, &[], NOW).unwrap());
        assert_eq!(state(&library), (false, 2, 1, 2));
        content.commit(&library, issue, "02");
        assert_eq!(state(&library), (false, 2, 2, 3), "only settling says so");
        assert!(library.settle_issue(issue, &[], NOW).unwrap());
        assert_eq!(state(&library), (true, 2, 2, 3));
        library.settle_issue(issue, &[], "later").unwrap();
        let kept = library.issue("slrb", date(DAY)).unwrap().unwrap();
        assert_eq!(kept.summary.fetched.as_deref(), Some("later"));
    }

    #[test]
    fn the_copyright_line_comes_with_the_pages_and_is_the_front_page_s() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content = Content::new("slrb", DAY).page("01", &["a"]).page("02", &["b"]).page("03", &["c"]);
        let issue = content.plan(&library);
        let line = || library.issue("slrb", date(DAY)).unwrap().unwrap().copyright;
        content.clone().copyright("二版").commit(&library, issue, "02");
        assert_eq!(line().as_deref(), Some("二版"), "before anything is settled");
        content.clone().copyright("三版").commit(&library, issue, "03");
        assert_eq!(line().as_deref(), Some("二版"));
        content.clone().copyright("头版").commit(&library, issue, "01");
        assert_eq!(line().as_deref(), Some("头版"));
        content.commit(&library, issue, "01");
        assert_eq!(line().as_deref(), Some("头版"), "one that is not given leaves the one that is known");
    }

    #[test]
    fn an_issue_without_pages_is_never_complete() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let issue = Content::new("slrb", DAY).plan(&library);
        assert!(!library.settle_issue(issue, &[], NOW).unwrap());
    }

    #[test]
    fn a_page_that_appears_later_makes_it_incomplete() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content = Content::new("slrb", DAY).page("01", &["a"]);
        let issue = content.keep(&library);
        assert_eq!(content.plan(&library), issue);
        assert!(summary(&library).complete, "the same plan changes nothing");
        let more = Content::new("slrb", DAY).page("00", &["z"]).page("01", &["a"]);
        assert_eq!(more.plan(&library), issue);
        assert!(!summary(&library).complete);
        more.commit(&library, issue, "00");
        assert!(library.settle_issue(issue, &[], NOW).unwrap());
        let names: Vec<_> = headlines(&library, "slrb", DAY).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["z", "a"], "in the new order");
    }

    #[test]
    fn planning_never_loses_a_kept_page() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content = Content::new("slrb", DAY).page("01", &["a"]).page("02", &["b"]).page("03", &["c"]);
        let issue = content.plan(&library);
        content.commit(&library, issue, "02");
        Content::new("slrb", DAY).page("03", &["c"]).plan(&library);
        let numbers = |library: &Library| -> Vec<(String, bool)> {
            let pages = library.issue("slrb", date(DAY)).unwrap().unwrap().pages;
            pages.into_iter().map(|page| (page.number, page.kept)).collect()
        };
        assert_eq!(numbers(&library), [("03".into(), false), ("02".into(), true)]);
        Content::new("slrb", DAY).plan(&library);
        assert_eq!(numbers(&library).len(), 2, "a plan of nothing is no plan");
    }

    #[test]
    fn a_page_keeps_the_number_it_said_itself() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content = Content::new("slrb", DAY).page("01", &["a"]);
        let issue = content.plan(&library);
        let mut page = content.page_content(&library, "01");
        page.number = "A01".into();
        library.commit_page(issue, &page).unwrap();
        content.plan(&library);
        assert_eq!(library.issue("slrb", date(DAY)).unwrap().unwrap().pages[0].number, "A01");
    }

    #[test]
    fn issues_come_newest_first_and_editions_apart() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        for day in ["2026-11-23", "2026-11-24", "2026-11-22"] {
            Content::new("slrb", day).page("01", &["a"]).keep(&library);
        }
        let second =
            library.plan_issue("slrb", date("2026-11-23"), "晚", "http://slrb.example/", &[], NOW).unwrap();
        let list: Vec<_> = library.issues("slrb").unwrap();
        let list: Vec<_> =
            list.iter().map(|issue| (issue.date.to_string(), issue.edition.as_str())).collect();
        let expected = [("2026-11-24", ""), ("2026-11-23", ""), ("2026-11-23", "晚"), ("2026-11-22", "")];
        assert_eq!(list, expected.map(|(day, edition)| (day.to_owned(), edition)));
        assert_ne!(library.issue("slrb", date("2026-11-23")).unwrap().unwrap().summary.id, second);
        assert_eq!(library.issue("slrb", date("2026-11-21")).unwrap(), None);
        assert!(matches!(library.issues("srlb"), Err(LibraryError::NoSuchPublication { .. })));
    }

    #[test]
    fn the_issues_to_either_side_are_those_that_are_seen() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        for day in ["2026-11-20", "2026-11-22", "2026-11-24", "2026-11-25"] {
            Content::new("slrb", day).page("01", &["a"]).keep(&library);
        }
        let beside = |day: &str| library.dates_beside("slrb", date(day)).unwrap();
        let days = |before: Option<&str>, after: Option<&str>| [before.map(date), after.map(date)];
        assert_eq!(beside("2026-11-22"), days(Some("2026-11-20"), Some("2026-11-24")));
        assert_eq!(beside("2026-11-23"), days(Some("2026-11-22"), Some("2026-11-24")));
        assert_eq!(beside("2026-11-20"), days(None, Some("2026-11-22")));
        assert_eq!(beside("2026-11-25"), days(Some("2026-11-24"), None));
        library.remove_issue("slrb", date("2026-11-24"), NOW).unwrap();
        assert_eq!(beside("2026-11-22"), days(Some("2026-11-20"), Some("2026-11-25")));
        assert!(matches!(
            library.dates_beside("srlb", date(DAY)),
            Err(LibraryError::NoSuchPublication { .. })
        ));
    }

    #[test]
    fn settling_reads_the_files() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let picture = library.keep_blob(b"a drawing").unwrap();
        let content = Content::new("slrb", DAY).page("01", &["a"]).picture("a", &picture).page("02", &["b"]);
        let issue = content.keep(&library);
        std::fs::write(library.blob_path(&picture), b"a drawinG").unwrap();
        assert!(!library.settle_issue(issue, &[], NOW).unwrap());
        let kept = library.issue("slrb", date(DAY)).unwrap().unwrap();
        assert_eq!(kept.pages.iter().map(|page| page.kept).collect::<Vec<_>>(), [false, true]);
        assert_eq!(kept.articles.len(), 2, "what can be read stays");
        library.keep_blob(b"a drawing").unwrap();
        content.commit(&library, issue, "01");
        assert!(library.settle_issue(issue, &[], NOW).unwrap());
    }

    #[test]
    fn bytes_count_each_file_once() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let shared = library.keep_blob(&[1; 1000]).unwrap();
        let content = Content::new("slrb", DAY).page("01", &["a", "b"]);
        content.keep(&library);
        let without = summary(&library).bytes;
        assert!(without > 0);
        content.picture("a", &shared).picture("b", &shared).keep(&library);
        assert_eq!(summary(&library).bytes, without + 1000);
    }

    #[test]
    fn strange_dates_and_sizes_are_refused() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let plan = |day: Date, edition: &str, pages: &[PlannedPage]| {
            library.plan_issue("slrb", day, edition, "http://slrb.example/", pages, NOW)
        };
        assert!(matches!(plan(date("-000001-01-01"), "", &[]), Err(LibraryError::Invalid { .. })));
        assert!(matches!(plan(date(DAY), &"e".repeat(5_000), &[]), Err(LibraryError::TooLarge { .. })));
        let page = PlannedPage {
            number: "01".into(),
            name: String::new(),
            url: "http://slrb.example/1".into(),
            pdf_url: None,
        };
        assert!(matches!(plan(date(DAY), "", &vec![page; 2_001]), Err(LibraryError::TooLarge { .. })));
    }
}
