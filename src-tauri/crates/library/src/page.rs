//! Pages: one printed page each, planned first, then kept whole in one transaction.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::Serialize;

use crate::article::{self, ArticleId, NewArticle};
use crate::blob::{self, BlobHash};
use crate::column::Json;
use crate::error::{LibraryError, Result};
use crate::issue::{self, IssueId, require_issue};
use crate::limits;
use crate::region::{self, NewRegion, Region};
use crate::store::Library;

/// A page that an issue has, before it is fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPage {
    pub number: String,
    pub name: String,
    /// What the page is known by within its issue.
    pub url: String,
    pub pdf_url: Option<String>,
}

/// All that is kept of a page, committed in one go.
#[derive(Debug, Clone, PartialEq)]
pub struct PageContent {
    /// Which planned page this is.
    pub url: String,
    pub number: String,
    pub name: String,
    /// The frame's size in pixels; only its shape matters.
    pub width: f64,
    pub height: f64,
    /// None when the site has none (any more): what was kept of an earlier commit then stays, and so
    /// does the PDF.
    pub picture: Option<BlobHash>,
    pub pdf: Option<BlobHash>,
    /// The page as the site gave it.
    pub document: BlobHash,
    /// In the page's own order.
    pub articles: Vec<NewArticle>,
    /// Each names an article of this page, or one that another page of the issue has brought. What
    /// names none is left out, with a warning.
    pub regions: Vec<NewRegion>,
    /// The publisher's copyright line, where the page or one of its articles has it. The issue keeps the
    /// front page's, and without one the first that came.
    pub copyright: Option<String>,
    /// Cut to 200 of 500 characters.
    pub warnings: Vec<String>,
    /// Whether everything that the site has of it came. Where not, its content is kept and shown, but
    /// the page does not count as kept, so that the next sync asks for the rest; an article that came
    /// without a body then leaves the body that is known.
    pub whole: bool,
}

/// A page of a kept issue.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// Its place in the issue, from 0.
    pub ordinal: u32,
    pub number: String,
    pub name: String,
    pub url: String,
    pub pdf_url: Option<String>,
    /// 0 until it is kept.
    pub width: f64,
    pub height: f64,
    /// Committed, and no file of it known to be missing or damaged.
    pub kept: bool,
    pub picture: Option<BlobHash>,
    pub pdf: Option<BlobHash>,
    pub regions: Vec<Region>,
    /// In the page's own order; a part of a continued article stands as its head.
    pub articles: Vec<ArticleId>,
    pub warnings: Vec<String>,
}

impl Library {
    /// Keeps a page in one transaction. Committing again replaces its content; articles keep their
    /// ids, and those that no page has any more are removed.
    pub fn commit_page(&self, issue: IssueId, page: &PageContent) -> Result<()> {
        check_limits(page)?;
        let released = self.write(|tx| commit(tx, issue, page))?;
        self.remove_files(&released);
        Ok(())
    }
}

fn check_limits(page: &PageContent) -> Result<()> {
    limits::address(&page.url)?;
    limits::line("a page's number", &page.number)?;
    limits::line("a page's name", &page.name)?;
    limits::line("a copyright line", page.copyright.as_deref().unwrap_or_default())?;
    limits::at_most("a page's articles", page.articles.len(), limits::ARTICLES_A_PAGE)?;
    limits::at_most("a page's regions", page.regions.len(), limits::REGIONS_A_PAGE)?;
    page.articles.iter().try_for_each(article::check_limits)
}

/// Gives the blobs whose files are to be removed once this is committed.
fn commit(tx: &Transaction<'_>, issue: IssueId, page: &PageContent) -> Result<Vec<BlobHash>> {
    require_issue(tx, issue)?;
    let (id, before) = planned(tx, issue, &page.url)?;
    let mut unnamed: Vec<BlobHash> = before.iter().flatten().cloned().collect();
    let [picture_before, pdf_before, _] = before;
    blob::name_by_content(tx, &page.document)?;
    let picture = name_or_keep(tx, page.picture.as_ref(), picture_before)?;
    let pdf = name_or_keep(tx, page.pdf.as_ref(), pdf_before)?;

    let articles_before = articles_on(tx, id)?;
    let mut changed = replace_list(tx, issue, id, page, &mut unnamed)?;
    let mut warnings = page.warnings.clone();
    warnings.extend(region::replace(tx, issue, id, &page.regions)?);
    limits::clip(&mut warnings);
    changed.extend(article::remove_orphans(tx, &articles_before, &mut unnamed)?);
    article::refresh_texts(tx, issue, &changed)?;

    let side = |side: f64| if side.is_finite() { side.max(0.0) } else { 0.0 };
    tx.prepare_cached(
        "UPDATE page SET number = ?, name = ?, width = ?, height = ?, picture = ?, pdf = ?, document = ?,
         warnings = ?, kept = ? WHERE id = ?",
    )?
    .execute(params![
        page.number,
        page.name,
        side(page.width),
        side(page.height),
        picture,
        pdf,
        page.document,
        Json(&warnings),
        page.whole,
        id,
    ])?;
    // With the page, so that a sync that is cut off after its last page has lost nothing.
    tx.prepare_cached(
        "UPDATE issue SET copyright = CASE WHEN (SELECT ordinal FROM page WHERE id = ?2) = 0
         THEN coalesce(?3, copyright) ELSE coalesce(copyright, ?3) END WHERE id = ?1",
    )?
    .execute(params![issue, id, page.copyright])?;
    issue::count_bytes(tx, issue)?;
    blob::release(tx, &unnamed)
}

/// A planned page's row, and the picture, PDF and document it names.
fn planned(connection: &Connection, issue: IssueId, url: &str) -> Result<(i64, [Option<BlobHash>; 3])> {
    let found = connection
        .prepare_cached("SELECT id, picture, pdf, document FROM page WHERE issue = ? AND url = ?")?
        .query_row(params![issue, url], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?])))
        .optional()?;
    found.ok_or_else(|| LibraryError::NoSuchPage { issue, url: url.into() })
}

fn name_or_keep(
    tx: &Transaction<'_>,
    new: Option<&BlobHash>,
    before: Option<BlobHash>,
) -> Result<Option<BlobHash>> {
    if let Some(new) = new {
        blob::name_by_content(tx, new)?;
        return Ok(Some(new.clone()));
    }
    match before {
        Some(before) if blob::is_sound(tx, &before)? => Ok(Some(before)),
        _ => Ok(None),
    }
}

fn articles_on(connection: &Connection, page: i64) -> Result<HashSet<ArticleId>> {
    let mut statement = connection.prepare_cached(
        "SELECT article FROM page_article WHERE page = ?1 UNION SELECT article FROM region WHERE page = ?1",
    )?;
    let rows = statement.query_map([page], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Gives a page this list of articles, and says which were written.
fn replace_list(
    tx: &Transaction<'_>,
    issue: IssueId,
    id: i64,
    page: &PageContent,
    unnamed: &mut Vec<BlobHash>,
) -> Result<HashSet<ArticleId>> {
    tx.prepare_cached("DELETE FROM page_article WHERE page = ?")?.execute([id])?;
    let mut insert =
        tx.prepare_cached("INSERT INTO page_article (page, ordinal, article) VALUES (?, ?, ?)")?;
    let mut kept = HashSet::new();
    for (ordinal, new) in page.articles.iter().enumerate() {
        let article = article::keep(tx, issue, new, page.whole, unnamed)?;
        // A list that names an article twice means it once.
        if kept.insert(article) {
            insert.execute(params![id, ordinal, article])?;
        }
    }
    Ok(kept)
}

/// An issue's pages in order, their articles and regions told by heads.
pub(crate) fn pages(
    connection: &Connection,
    issue: IssueId,
    heads: &HashMap<ArticleId, ArticleId>,
) -> Result<Vec<Page>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, ordinal, number, name, url, pdf_url, width, height, kept, picture, pdf, warnings
         FROM page WHERE issue = ? ORDER BY ordinal, id",
    )?;
    let rows = statement.query_map([issue], |row| {
        let page = Page {
            ordinal: row.get(1)?,
            number: row.get(2)?,
            name: row.get(3)?,
            url: row.get(4)?,
            pdf_url: row.get(5)?,
            width: row.get(6)?,
            height: row.get(7)?,
            kept: row.get(8)?,
            picture: row.get(9)?,
            pdf: row.get(10)?,
            regions: Vec::new(),
            articles: Vec::new(),
            warnings: row.get::<_, Json<Vec<String>>>(11)?.0,
        };
        Ok((row.get::<_, i64>(0)?, page))
    })?;
    let mut pages = Vec::new();
    for row in rows {
        let (id, mut page) = row?;
        page.regions = region::regions(connection, id, heads)?;
        let mut list =
            connection.prepare_cached("SELECT article FROM page_article WHERE page = ? ORDER BY ordinal")?;
        for article in list.query_map([id], |row| row.get::<_, ArticleId>(0))? {
            let article = article?;
            let article = heads.get(&article).copied().unwrap_or(article);
            if !page.articles.contains(&article) {
                page.articles.push(article);
            }
        }
        pages.push(page);
    }
    Ok(pages)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Content, date, headlines, library, subscribe};

    const DAY: &str = "2026-11-24";

    #[test]
    fn committing_again_changes_nothing() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let picture = library.keep_blob(b"a drawing").unwrap();
        let content = Content::new("slrb", DAY).page("01", &["a", "b"]).page("02", &["c"]);
        let content = content.picture("a", &picture);
        content.keep(&library);
        let before = library.issue("slrb", date(DAY)).unwrap();
        let report = library.check().unwrap();
        content.keep(&library);
        assert_eq!(library.issue("slrb", date(DAY)).unwrap(), before);
        assert_eq!(library.check().unwrap(), report);
    }

    #[test]
    fn an_article_that_leaves_its_page_goes_unless_another_page_has_it() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content = Content::new("slrb", DAY).page("01", &["a", "b", "c"]).page("02", &["b", "d"]);
        let issue = content.keep(&library);
        let before = headlines(&library, "slrb", DAY);
        let names =
            |list: &[(String, ArticleId)]| list.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&before), ["a", "b", "c", "d"]);
        content.page("01", &["a"]).commit(&library, issue, "01");
        let after = headlines(&library, "slrb", DAY);
        assert_eq!(names(&after), ["a", "b", "d"]);
        for (name, id) in &after {
            assert!(before.contains(&(name.clone(), *id)), "{name} keeps its number");
        }
        let kept = library.issue("slrb", date(DAY)).unwrap().unwrap();
        assert_eq!(kept.articles[1].pages, ["02"]);
        let found =
            library.search(&crate::Query { text: "c".into(), limit: 9, ..Default::default() }).unwrap();
        assert_eq!(found.total, 0);
        assert_eq!(library.check().unwrap().problems, []);
    }

    #[test]
    fn an_article_on_two_pages_is_one_with_a_region_on_each() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        Content::new("slrb", DAY).page("04", &["a"]).page("05", &["a"]).keep(&library);
        let kept = library.issue("slrb", date(DAY)).unwrap().unwrap();
        assert_eq!(kept.articles.len(), 1);
        assert_eq!(kept.articles[0].pages, ["04", "05"]);
        for page in &kept.pages {
            assert_eq!(page.regions[0].article, kept.articles[0].id);
            assert_eq!(page.articles, [kept.articles[0].id]);
        }
    }

    #[test]
    fn a_region_of_an_unknown_article_is_left_out_with_a_warning() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content = Content::new("slrb", DAY).page("01", &["a"]).page("02", &["b"]);
        let issue = content.plan(&library);
        content.commit(&library, issue, "01");
        let mut page = content.page_content(&library, "02");
        page.regions[0].article_key = "nowhere".into();
        page.regions.extend(content.page_content(&library, "01").regions);
        page.warnings.push("unclosed table".into());
        library.commit_page(issue, &page).unwrap();
        let kept = library.issue("slrb", date(DAY)).unwrap().unwrap();
        assert_eq!(kept.pages[1].regions.len(), 1);
        assert_eq!(kept.pages[1].regions[0].article, kept.articles[0].id);
        assert_eq!(kept.articles[0].pages, ["01", "02"]);
        assert_eq!(kept.pages[1].warnings.len(), 2);
        assert!(kept.pages[1].warnings[1].contains("nowhere"));
    }

    #[test]
    fn polygons_come_back_to_the_bit() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content = Content::new("slrb", DAY).page("01", &["a"]);
        let issue = content.plan(&library);
        let mut page = content.page_content(&library, "01");
        page.regions[0].polygon = crate::testing::square(1.0 / 3.0, 0.1 + 0.2, 1.0 / 7.0);
        library.commit_page(issue, &page).unwrap();
        let kept = library.issue("slrb", date(DAY)).unwrap().unwrap();
        assert_eq!(kept.pages[0].regions[0].polygon, page.regions[0].polygon);
    }

    #[test]
    fn a_commit_that_fails_leaves_the_page_as_it_was() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content = Content::new("slrb", DAY).page("01", &["a", "b"]);
        let issue = content.keep(&library);
        let before = library.issue("slrb", date(DAY)).unwrap();
        let absent = BlobHash::of(b"never kept");
        let edits: [fn(&mut PageContent, &BlobHash); 5] = [
            |page, absent| page.document = absent.clone(),
            |page, absent| page.picture = Some(absent.clone()),
            |page, absent| {
                let picture = crate::NewPicture { url: "x".into(), blob: Some(absent.clone()) };
                page.articles[0].pictures.push(picture);
            },
            |page, _| page.url = "http://elsewhere.example/".into(),
            |page, _| page.regions = vec![page.regions[0].clone(); 10_001],
        ];
        for (case, edit) in edits.iter().enumerate() {
            let mut page = content.clone().page("01", &["c"]).page_content(&library, "01");
            edit(&mut page, &absent);
            let error = library.commit_page(issue, &page).unwrap_err();
            assert!(
                matches!(
                    error,
                    LibraryError::NoSuchBlob(_)
                        | LibraryError::NoSuchPage { .. }
                        | LibraryError::TooLarge { .. }
                ),
                "{case}: {error}"
            );
            assert_eq!(library.issue("slrb", date(DAY)).unwrap(), before, "{case}");
        }
        let page = content.page_content(&library, "01");
        assert!(matches!(library.commit_page(99, &page), Err(LibraryError::NoSuchIssueId(99))));
    }

    #[test]
    fn too_much_is_refused() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content = Content::new("slrb", DAY).page("01", &["a"]);
        let issue = content.plan(&library);
        let edits: [fn(&mut PageContent); 5] = [
            |page| page.name = "长".repeat(5_000),
            |page| page.regions = vec![page.regions[0].clone(); 10_001],
            |page| page.articles = vec![page.articles[0].clone(); 2_001],
            |page| page.articles[0].article.decks.headline = "长".repeat(10 << 20),
            |page| page.articles[0].key = "k".repeat(9_000),
        ];
        for (case, edit) in edits.iter().enumerate() {
            let mut page = content.page_content(&library, "01");
            edit(&mut page);
            let error = library.commit_page(issue, &page).unwrap_err();
            assert!(matches!(error, LibraryError::TooLarge { .. }), "{case}: {error}");
        }
    }

    #[test]
    fn what_did_not_come_this_time_takes_nothing_away() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let picture = library.keep_blob(b"a drawing").unwrap();
        let content = Content::new("slrb", DAY).page("01", &["a", "b"]).picture("a", &picture);
        let issue = content.keep(&library);
        let before = library.issue("slrb", date(DAY)).unwrap().unwrap();
        let mut page = content.page_content(&library, "01");
        page.whole = false;
        page.articles[0].article.blocks.clear();
        page.articles[0].pictures.clear();
        page.articles.push(NewArticle { key: "new".into(), ..page.articles[0].clone() });
        library.commit_page(issue, &page).unwrap();
        let after = library.issue("slrb", date(DAY)).unwrap().unwrap();
        assert_eq!(after.articles[..2], before.articles);
        assert_eq!(after.articles[2].characters, 0);
        assert_eq!(library.article(after.articles[0].id).unwrap().pictures[0].blob, Some(picture));
        assert!(!after.pages[0].kept);
        assert!(!library.settle_issue(issue, &[], crate::testing::NOW).unwrap());
        // When all of it came, what is empty is empty.
        page.whole = true;
        library.commit_page(issue, &page).unwrap();
        assert_eq!(library.issue("slrb", date(DAY)).unwrap().unwrap().articles[0].characters, 0);
        assert!(library.settle_issue(issue, &[], crate::testing::NOW).unwrap());
    }

    #[test]
    fn warnings_are_cut_rather_than_refused() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content = Content::new("slrb", DAY).page("01", &["a"]);
        let issue = content.plan(&library);
        let mut page = content.page_content(&library, "01");
        page.warnings = vec!["长".repeat(5_000); 5_000];
        library.commit_page(issue, &page).unwrap();
        let warnings = &library.issue("slrb", date(DAY)).unwrap().unwrap().pages[0].warnings;
        assert_eq!(warnings.len(), 200);
        assert!(warnings.iter().all(|warning| warning.chars().count() <= 500));
    }

    #[test]
    fn a_pdf_the_site_no_longer_has_stays() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content = Content::new("slrb", DAY).page("01", &["a"]);
        let issue = content.keep(&library);
        let pdf = library.issue("slrb", date(DAY)).unwrap().unwrap().pages[0].pdf.clone();
        let without = PageContent { pdf: None, width: f64::NAN, ..content.page_content(&library, "01") };
        library.commit_page(issue, &without).unwrap();
        let page = &library.issue("slrb", date(DAY)).unwrap().unwrap().pages[0];
        assert!(pdf.is_some());
        assert_eq!((&page.pdf, page.width), (&pdf, 0.0));
    }
}
