//! Articles: kept once an issue whatever pages they are on, joined when they go on elsewhere.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::str::FromStr;

use kanbao_newspaper::continuation::{self, Joint};
use kanbao_newspaper::{Article, Date, Decks};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use crate::blob::BlobHash;
use crate::column::{Day, Json};
use crate::error::{LibraryError, Result};
use crate::issue::{IssueId, require_issue};
use crate::picture::{self, NewPicture, Picture};
use crate::store::Library;
use crate::{limits, search};

/// How many articles one date can have, over all publications and times they were removed.
pub(crate) const NUMBERS_A_DATE: i64 = 100_000;

/// An article's number: yyyymmdd times 100,000, plus a number that is given once a date. It stays
/// when its page is committed again, and is never given to another article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ArticleId(pub i64);

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for ArticleId {
    type Err = LibraryError;

    fn from_str(text: &str) -> Result<Self> {
        let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| plain).map(Self).ok_or_else(|| {
            let shown: String = text.chars().take(80).collect();
            LibraryError::Invalid { what: "an article's number", why: format!("{shown:?} is not a number") }
        })
    }
}

impl TryFrom<String> for ArticleId {
    type Error = LibraryError;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<ArticleId> for String {
    fn from(id: ArticleId) -> Self {
        id.to_string()
    }
}

/// An article as a page brings it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewArticle {
    /// What it is known by within its issue, whichever page names it.
    pub key: String,
    pub url: String,
    pub article: Article,
    pub pictures: Vec<NewPicture>,
}

/// Two kept articles that are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Joined {
    pub head: ArticleId,
    pub tail: ArticleId,
    pub joint: Joint,
}

/// What a list of headlines needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArticleSummary {
    pub id: ArticleId,
    /// The numbers of the pages it is on.
    pub pages: Vec<String>,
    pub decks: Decks,
    pub characters: usize,
    pub pictures: usize,
    pub read: bool,
    pub url: String,
}

/// An article to read, whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptArticle {
    pub id: ArticleId,
    pub publication: String,
    pub publication_name: String,
    pub date: Date,
    pub pages: Vec<String>,
    /// With the parts that stand on other pages.
    pub article: Article,
    pub pictures: Vec<Picture>,
    pub url: String,
    pub copyright: Option<String>,
    /// In the issue's reading order.
    pub previous: Option<ArticleId>,
    pub next: Option<ArticleId>,
}

impl ArticleId {
    /// The smallest number that an article of a date can have.
    pub(crate) fn first_of(date: Date) -> Result<i64> {
        Ok(limits::date_number(date)? * NUMBERS_A_DATE)
    }
}

impl FromSql for ArticleId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Self)
    }
}

impl ToSql for ArticleId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.into())
    }
}

/// [`Joint`] as its column has it.
struct JointColumn(Joint);

impl FromSql for JointColumn {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "continues" => Ok(Self(Joint::Continues)),
            "repeats" => Ok(Self(Joint::Repeats)),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

impl ToSql for JointColumn {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = match self.0 {
            Joint::Continues => "continues",
            Joint::Repeats => "repeats",
        };
        Ok(text.into())
    }
}

impl Library {
    /// An article with all its parts; asked for a part, it gives the whole.
    pub fn article(&self, id: ArticleId) -> Result<KeptArticle> {
        self.read(|reader| {
            let found = reader
                .prepare_cached(
                    "SELECT head.id, head.url, i.id, i.publication, p.name, i.date, i.copyright
                     FROM article a JOIN article head ON head.id = coalesce(a.head, a.id)
                     JOIN issue i ON i.id = head.issue JOIN publication p ON p.id = i.publication
                     WHERE a.id = ?",
                )?
                .query_row([id], |row| {
                    let kept = KeptArticle {
                        id: row.get(0)?,
                        url: row.get(1)?,
                        publication: row.get(3)?,
                        publication_name: row.get(4)?,
                        date: row.get::<_, Day>(5)?.0,
                        copyright: row.get(6)?,
                        pages: Vec::new(),
                        article: Article::default(),
                        pictures: Vec::new(),
                        previous: None,
                        next: None,
                    };
                    Ok((kept, row.get::<_, IssueId>(2)?))
                })
                .optional()?;
            let (mut kept, issue) = found.ok_or(LibraryError::NoSuchArticle(id))?;
            let places = Places::of(reader, issue)?;
            let parts = parts(reader, kept.id, &places)?;
            let ids: Vec<ArticleId> = parts.iter().map(|part| part.id).collect();
            kept.pages = places.numbers(&ids);
            for id in ids {
                for picture in picture::pictures(reader, id)? {
                    if kept.pictures.iter().all(|known| known.url != picture.url) {
                        kept.pictures.push(picture);
                    }
                }
            }
            kept.article = whole(parts);
            let order = reading_order(reader, issue, &places)?;
            if let Some(here) = order.iter().position(|&id| id == kept.id) {
                kept.previous = here.checked_sub(1).map(|before| order[before]);
                kept.next = order.get(here + 1).copied();
            }
            Ok(kept)
        })
    }
}

/// Which articles are on which pages of an issue, in the pages' order: first each page's own list,
/// then what only has a region there.
pub(crate) struct Places {
    all: Vec<(ArticleId, String)>,
    by_article: HashMap<ArticleId, Vec<usize>>,
}

impl Places {
    pub(crate) fn of(connection: &Connection, issue: IssueId) -> Result<Self> {
        let mut statement = connection.prepare_cached(
            "SELECT article, number FROM (
                SELECT p.ordinal AS page, 0 AS part, l.ordinal AS place, l.article, p.number
                FROM page p JOIN page_article l ON l.page = p.id WHERE p.issue = ?1
                UNION ALL
                SELECT p.ordinal, 1, r.ordinal, r.article, p.number
                FROM page p JOIN region r ON r.page = p.id WHERE p.issue = ?1)
             ORDER BY page, part, place",
        )?;
        let rows = statement.query_map([issue], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let all = rows.collect::<rusqlite::Result<Vec<(ArticleId, String)>>>()?;
        let mut by_article: HashMap<ArticleId, Vec<usize>> = HashMap::new();
        for (place, (article, _)) in all.iter().enumerate() {
            by_article.entry(*article).or_default().push(place);
        }
        Ok(Self { all, by_article })
    }

    /// Every article once, where it first stands.
    pub(crate) fn order(&self) -> impl Iterator<Item = (ArticleId, &str)> {
        let mut met = HashSet::new();
        let first = self.all.iter().filter(move |(article, _)| met.insert(*article));
        first.map(|(article, number)| (*article, number.as_str()))
    }

    /// The numbers of the pages that the parts of one article are on.
    pub(crate) fn numbers(&self, parts: &[ArticleId]) -> Vec<String> {
        let mut places: Vec<usize> =
            parts.iter().filter_map(|part| self.by_article.get(part)).flatten().copied().collect();
        places.sort_unstable();
        let mut numbers: Vec<String> = Vec::new();
        for place in places {
            if !numbers.contains(&self.all[place].1) {
                numbers.push(self.all[place].1.clone());
            }
        }
        numbers
    }

    fn first(&self, article: ArticleId) -> usize {
        self.by_article.get(&article).map_or(usize::MAX, |places| places[0])
    }
}

/// An article, or a part of one, as it was kept.
pub(crate) struct Part {
    pub(crate) id: ArticleId,
    pub(crate) head: Option<ArticleId>,
    pub(crate) key: String,
    pub(crate) url: String,
    pub(crate) article: Article,
    joint: Option<Joint>,
}

const PART: &str = "SELECT id, head, key, url, content, joint FROM article";

fn part_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Part> {
    Ok(Part {
        id: row.get(0)?,
        head: row.get(1)?,
        key: row.get(2)?,
        url: row.get(3)?,
        article: row.get::<_, Json<Article>>(4)?.0,
        joint: row.get::<_, Option<JointColumn>>(5)?.map(|joint| joint.0),
    })
}

/// An article's parts: the head, then its tails in the pages' order. Of a tail, itself alone.
fn parts(connection: &Connection, head: ArticleId, places: &Places) -> Result<Vec<Part>> {
    let mut statement = connection.prepare_cached(&format!("{PART} WHERE id = ?1 OR head = ?1"))?;
    let mut parts = statement.query_map([head], part_row)?.collect::<rusqlite::Result<Vec<_>>>()?;
    sort_parts(&mut parts, places);
    Ok(parts)
}

/// All articles of an issue, each head with its tails, in reading order of the heads.
pub(crate) fn articles(connection: &Connection, issue: IssueId, places: &Places) -> Result<Vec<Vec<Part>>> {
    let mut statement = connection.prepare_cached(&format!("{PART} WHERE issue = ?"))?;
    let mut by_head: HashMap<ArticleId, Vec<Part>> = HashMap::new();
    for part in statement.query_map([issue], part_row)? {
        let part = part?;
        by_head.entry(part.head.unwrap_or(part.id)).or_default().push(part);
    }
    let mut articles: Vec<Vec<Part>> = by_head.into_values().collect();
    for parts in &mut articles {
        sort_parts(parts, places);
    }
    articles.sort_by_key(|parts| (places.first(parts[0].id), parts[0].id));
    Ok(articles)
}

fn sort_parts(parts: &mut [Part], places: &Places) {
    parts.sort_by_key(|part| (part.head.is_some(), places.first(part.id), part.id));
}

/// The whole text of an article's parts, head first.
pub(crate) fn whole(parts: Vec<Part>) -> Article {
    let mut parts = parts.into_iter();
    let head = parts.next().map(|head| head.article).unwrap_or_default();
    parts.fold(head, |whole, tail| {
        continuation::join(&whole, &tail.article, tail.joint.unwrap_or(Joint::Continues))
    })
}

/// The heads of an issue in reading order.
pub(crate) fn reading_order(
    connection: &Connection,
    issue: IssueId,
    places: &Places,
) -> Result<Vec<ArticleId>> {
    let tails = heads(connection, issue)?;
    Ok(places.order().map(|(article, _)| article).filter(|article| !tails.contains_key(article)).collect())
}

/// Which articles of an issue are parts of which others.
pub(crate) fn heads(connection: &Connection, issue: IssueId) -> Result<HashMap<ArticleId, ArticleId>> {
    let mut statement =
        connection.prepare_cached("SELECT id, head FROM article WHERE issue = ? AND head IS NOT NULL")?;
    let rows = statement.query_map([issue], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Keeps an article under the number it has, or gives it the next of its date. Files that its
/// pictures no longer name are added to `unnamed`.
pub(crate) fn keep(
    tx: &Transaction<'_>,
    issue: IssueId,
    new: &NewArticle,
    page_is_whole: bool,
    unnamed: &mut Vec<BlobHash>,
) -> Result<ArticleId> {
    let content = Json(&new.article);
    let known: Option<ArticleId> = tx
        .prepare_cached("SELECT id FROM article WHERE issue = ? AND key = ?")?
        .query_row(params![issue, new.key], |row| row.get(0))
        .optional()?;
    let id = if let Some(id) = known {
        if !page_is_whole && new.article.blocks.is_empty() {
            // Its document could not be had this time: what was had before is better than nothing.
            return Ok(id);
        }
        tx.prepare_cached("UPDATE article SET url = ?, content = ? WHERE id = ?")?
            .execute(params![new.url, content, id])?;
        id
    } else {
        let id = next_number(tx, require_issue(tx, issue)?)?;
        tx.prepare_cached("INSERT INTO article (id, issue, key, url, content) VALUES (?, ?, ?, ?, ?)")?
            .execute(params![id, issue, new.key, new.url, content])?;
        id
    };
    picture::replace(tx, id, new, unnamed)?;
    Ok(id)
}

/// Refuses an article that is larger than any newspaper's, before a transaction is begun.
pub(crate) fn check_limits(new: &NewArticle) -> Result<()> {
    limits::address(&new.key)?;
    limits::address(&new.url)?;
    let pictures = new.pictures.len().max(new.article.pictures().count());
    limits::at_most("an article's pictures", pictures, limits::PICTURES_AN_ARTICLE)?;
    for picture in &new.pictures {
        limits::address(&picture.url)?;
    }
    let decks = &new.article.decks;
    let decks = [&decks.kicker, &decks.headline, &decks.subheadline, &decks.byline];
    let decks: usize = decks.iter().map(|deck| deck.len()).sum();
    let blocks: usize = new.article.blocks.iter().map(|block| block.text().len()).sum();
    limits::at_most("an article", decks + blocks, limits::ARTICLE_BYTES)
}

fn next_number(tx: &Transaction<'_>, date: Date) -> Result<ArticleId> {
    let number: i64 = tx
        .prepare_cached(
            "INSERT INTO article_number (date, last) VALUES (?, 1)
             ON CONFLICT (date) DO UPDATE SET last = last + 1 RETURNING last",
        )?
        .query_row([limits::date_number(date)?], |row| row.get(0))?;
    if number >= NUMBERS_A_DATE {
        let most = NUMBERS_A_DATE as u64 - 1;
        return Err(LibraryError::TooLarge { what: "the number of one date's articles", most });
    }
    Ok(ArticleId(ArticleId::first_of(date)? + number))
}

/// Makes exactly the articles of `joined` one, and what search reads follow.
pub(crate) fn join_all(tx: &Transaction<'_>, issue: IssueId, joined: &[Joined]) -> Result<()> {
    let mut statement = tx.prepare_cached("SELECT id FROM article WHERE issue = ?")?;
    let known =
        statement.query_map([issue], |row| row.get(0))?.collect::<rusqlite::Result<HashSet<ArticleId>>>()?;
    let mut heads_now: HashMap<ArticleId, (ArticleId, Joint)> = HashMap::new();
    for &Joined { head, tail, joint } in joined {
        for id in [head, tail] {
            if !known.contains(&id) {
                return Err(LibraryError::NoSuchArticle(id));
            }
        }
        // A part of a part is a part of the whole; what would end in itself stays apart.
        if root(&heads_now, head) == tail || heads_now.contains_key(&tail) {
            tracing::warn!(%head, %tail, "an article cannot go on in its own beginning, or in two");
            continue;
        }
        heads_now.insert(tail, (head, joint));
    }
    let before = heads(tx, issue)?;
    tx.execute("UPDATE article SET head = NULL, joint = NULL WHERE issue = ? AND head IS NOT NULL", [issue])?;
    let mut changed: HashSet<ArticleId> = before.iter().flat_map(|(&tail, &head)| [tail, head]).collect();
    for (&tail, &(head, joint)) in &heads_now {
        let head = root(&heads_now, head);
        tx.prepare_cached("UPDATE article SET head = ?, joint = ? WHERE id = ?")?.execute(params![
            head,
            JointColumn(joint),
            tail
        ])?;
        changed.extend([tail, head]);
    }
    refresh_texts(tx, issue, &changed)
}

fn root(heads: &HashMap<ArticleId, (ArticleId, Joint)>, mut article: ArticleId) -> ArticleId {
    while let Some(&(head, _)) = heads.get(&article) {
        article = head;
    }
    article
}

/// Writes anew what search reads of these articles, and of those they are parts of.
pub(crate) fn refresh_texts(
    tx: &Transaction<'_>,
    issue: IssueId,
    changed: &HashSet<ArticleId>,
) -> Result<()> {
    let places = Places::of(tx, issue)?;
    let heads = heads(tx, issue)?;
    let whole_ones: HashSet<ArticleId> =
        changed.iter().map(|article| heads.get(article).copied().unwrap_or(*article)).collect();
    for &article in changed.difference(&whole_ones) {
        search::forget_text(tx, article)?;
    }
    for article in whole_ones {
        let parts = parts(tx, article, &places)?;
        if !parts.is_empty() {
            search::keep_text(tx, article, &whole(parts))?;
        }
    }
    Ok(())
}

/// Removes those of `articles` that no page has any more.
pub(crate) fn remove_orphans(
    tx: &Transaction<'_>,
    articles: &HashSet<ArticleId>,
    unnamed: &mut Vec<BlobHash>,
) -> Result<HashSet<ArticleId>> {
    let mut touched = HashSet::new();
    let mut on_a_page = tx.prepare_cached(
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM page_article WHERE article = ?1)
            OR EXISTS (SELECT 1 FROM region WHERE article = ?1)",
    )?;
    for &article in articles {
        if on_a_page.exists([article])? {
            continue;
        }
        // Its head loses a part, its own parts become articles again.
        let mut kin = tx.prepare_cached(
            "SELECT head FROM article WHERE id = ?1 AND head IS NOT NULL UNION SELECT id FROM article WHERE head = ?1",
        )?;
        for kin in kin.query_map([article], |row| row.get(0))? {
            touched.insert(kin?);
        }
        unnamed.extend(picture::pictures(tx, article)?.into_iter().filter_map(|picture| picture.blob));
        tx.prepare_cached("DELETE FROM article WHERE id = ?")?.execute([article])?;
    }
    Ok(touched)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Content, date, library, subscribe};

    const DAY: &str = "2026-11-24";

    fn ids(library: &Library) -> Vec<ArticleId> {
        library.issue("slrb", date(DAY)).unwrap().unwrap().articles.iter().map(|a| a.id).collect()
    }

    #[test]
    fn numbers_are_read_strictly() {
        assert_eq!("2026112400001".parse::<ArticleId>().unwrap().to_string(), "2026112400001");
        for bad in ["", "-1", "+1", "1.0", "1 ", "一", "99999999999999999999"] {
            assert!(bad.parse::<ArticleId>().is_err(), "{bad}");
        }
        let id = ArticleId(2_026_112_400_001);
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"2026112400001\"");
        assert_eq!(serde_json::from_str::<ArticleId>("\"2026112400001\"").unwrap(), id);
    }

    #[test]
    fn numbers_say_the_date_and_go_over_all_publications() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        subscribe(&library, "slwb");
        Content::new("slrb", DAY).page("01", &["a", "b"]).keep(&library);
        let evening = Content::new("slwb", DAY).page("01", &["c"]).keep(&library);
        assert_eq!(ids(&library), [ArticleId(2_026_112_400_001), ArticleId(2_026_112_400_002)]);
        assert_eq!(library.issue_articles(evening).unwrap()[0].0, ArticleId(2_026_112_400_003));
    }

    #[test]
    fn an_article_is_given_whole_with_its_neighbours() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let picture = library.keep_blob(b"a drawing").unwrap();
        let content = Content::new("slrb", DAY).page("01", &["a", "b"]).page("02", &["c"]);
        content.picture("b", &picture).copyright("示例日报社").keep(&library);
        let [a, b, c] = ids(&library)[..] else { panic!("three articles") };
        let kept = library.article(b).unwrap();
        assert_eq!((kept.previous, kept.next), (Some(a), Some(c)));
        assert_eq!(kept.article.decks.headline, "b");
        assert_eq!(kept.pages, ["01"]);
        assert_eq!((kept.publication.as_str(), kept.date), ("slrb", date(DAY)));
        assert_eq!(kept.publication_name, "示例日报");
        assert_eq!(kept.copyright.as_deref(), Some("示例日报社"));
        assert_eq!(kept.pictures[0].blob, Some(picture));
        assert_eq!(library.article(a).unwrap().previous, None);
        assert_eq!(library.article(c).unwrap().next, None);
        assert!(matches!(library.article(ArticleId(7)), Err(LibraryError::NoSuchArticle(ArticleId(7)))));
    }

    #[test]
    fn a_continued_article_is_one() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content = Content::new("slrb", DAY)
            .page("01", &["a", "b"])
            .page("02", &["c"])
            .page("03", &["d", "a-on"])
            .text("a", "第一段，（下转第三版）")
            .text("a-on", "（上接第一版）第二段。");
        let issue = content.keep(&library);
        let [a, b, c, d, on] = ids(&library)[..] else { panic!("five while they are apart") };
        let joined = [Joined { head: a, tail: on, joint: Joint::Continues }];
        assert!(library.settle_issue(issue, &joined, "later").unwrap());

        let kept = library.issue("slrb", date(DAY)).unwrap().unwrap();
        assert_eq!(ids(&library), [a, b, c, d]);
        assert_eq!(kept.summary.articles, 4);
        assert_eq!(kept.articles[0].pages, ["01", "03"]);
        assert_eq!(kept.articles[0].characters, "第一段，第二段。".chars().count());
        let third = &kept.pages[2];
        assert_eq!(third.articles, [d, a]);
        assert_eq!(third.regions.iter().map(|region| region.article).collect::<Vec<_>>(), [d, a]);
        for id in [a, on] {
            let article = library.article(id).unwrap();
            assert_eq!((article.id, article.article.body().as_str()), (a, "第一段，\n第二段。"));
            assert_eq!(article.pages, ["01", "03"]);
        }
        let unjoined: Vec<_> = library.issue_articles(issue).unwrap();
        let unjoined: Vec<_> = unjoined.iter().map(|(id, page, _)| (*id, page.as_str())).collect();
        assert_eq!(unjoined, [(a, "01"), (b, "01"), (c, "02"), (d, "03"), (on, "03")]);

        // Read by either part, it is read; settled apart again, it is two.
        library.mark_read(on).unwrap();
        assert!(library.issue("slrb", date(DAY)).unwrap().unwrap().articles[0].read);
        library.settle_issue(issue, &[], "later").unwrap();
        assert_eq!(ids(&library), [a, b, c, d, on]);
        assert_eq!(library.article(on).unwrap().article.body(), "（上接第一版）第二段。");
    }

    #[test]
    fn joints_that_make_no_sense_are_left_out() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let issue = Content::new("slrb", DAY).page("01", &["a", "b", "c"]).keep(&library);
        let [a, b, c] = ids(&library)[..] else { panic!("three articles") };
        let joint = |head, tail| Joined { head, tail, joint: Joint::Continues };
        let cases: [(&[Joined], &[ArticleId]); 5] = [
            (&[joint(a, a)], &[a, b, c]),
            (&[joint(a, b), joint(b, a)], &[a, c]),
            (&[joint(a, b), joint(b, c), joint(c, a)], &[a]),
            (&[joint(b, c), joint(a, b)], &[a]),
            (&[joint(a, c), joint(b, c)], &[a, b]),
        ];
        for (joined, heads) in cases {
            library.settle_issue(issue, joined, "later").unwrap();
            assert_eq!(ids(&library), heads, "{joined:?}");
            assert_eq!(library.check().unwrap().problems, []);
        }
        let stranger = ArticleId(9);
        let error = library.settle_issue(issue, &[joint(a, stranger)], "later").unwrap_err();
        assert!(matches!(error, LibraryError::NoSuchArticle(id) if id == stranger));
    }
}
