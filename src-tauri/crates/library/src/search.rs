//! Search: exact words in decks, bodies and captions, newest first.

use kanbao_newspaper::{Article, Date};
use rusqlite::types::Value;
use rusqlite::{Connection, Transaction, params, params_from_iter};
use serde::Serialize;

use crate::article::{ArticleId, NUMBERS_A_DATE};
use crate::column::{Day, Json};
use crate::error::Result;
use crate::limits;
use crate::store::Library;

/// What to look for. Words parted by blanks must all occur; letters A-Z match either case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    pub text: String,
    pub publication: Option<String>,
    pub since: Option<Date>,
    pub until: Option<Date>,
    /// At most 1,000 hits are given at once.
    pub limit: u32,
    pub offset: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    pub total: u64,
    pub hits: Vec<Hit>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    pub article: ArticleId,
    pub publication: String,
    pub publication_name: String,
    pub date: Date,
    /// The number of the first page it is on.
    pub page: String,
    pub headline: String,
    /// Some forty characters around the first hit, on one line.
    pub snippet: String,
    /// Where the hit stands in the snippet, in characters: the first, and the one after the last.
    pub highlight: (usize, usize),
}

/// How many characters of text a snippet has around (and with) its hit.
const SNIPPET: usize = 40;

/// How many of them stand before the hit, when there are as many.
const BEFORE: usize = 12;

impl Library {
    /// Finds articles by words, newest date first, in the order of their numbers within a date. A
    /// query without words finds nothing.
    pub fn search(&self, query: &Query) -> Result<Found> {
        limits::at_most("a search", query.text.chars().count(), limits::QUERY_CHARACTERS)?;
        let words = words(&query.text);
        if words.is_empty() {
            return Ok(Found { total: 0, hits: Vec::new() });
        }
        self.read(|reader| {
            let matching = matching(reader, query, &words)?;
            let total = matching.len() as u64;
            let window =
                matching.into_iter().skip(query.offset as usize).take(query.limit.min(limits::HITS) as usize);
            let hits = window.map(|article| hit(reader, article, &words[0])).collect::<Result<_>>()?;
            Ok(Found { total, hits })
        })
    }
}

/// Keeps what search reads of an article with all its parts.
pub(crate) fn keep_text(tx: &Transaction<'_>, id: ArticleId, article: &Article) -> Result<()> {
    let decks = &article.decks;
    let decks = [&decks.kicker, &decks.headline, &decks.subheadline, &decks.byline];
    let mut text = decks.map(|deck| searchable(deck) + "\n").concat();
    let body_start = text.len();
    for block in &article.blocks {
        text.push_str(&searchable(&block.text()));
        text.push('\n');
    }
    tx.prepare_cached("INSERT OR REPLACE INTO article_text (article, text, body_start) VALUES (?, ?, ?)")?
        .execute(params![id, text, body_start])?;
    Ok(())
}

/// Takes an article out of search: it is a part of another, whose text has its words.
pub(crate) fn forget_text(tx: &Transaction<'_>, id: ArticleId) -> Result<()> {
    tx.prepare_cached("DELETE FROM article_text WHERE article = ?")?.execute([id])?;
    Ok(())
}

/// The database's LIKE reads text up to the first NUL.
fn searchable(text: &str) -> String {
    text.replace('\0', " ")
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || c == '\0');
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn matching(connection: &Connection, query: &Query, words: &[String]) -> Result<Vec<ArticleId>> {
    let mut sql = String::from("SELECT t.article FROM article_text t");
    let mut values: Vec<Value> = Vec::new();
    if query.publication.is_some() {
        sql += " JOIN article a ON a.id = t.article JOIN issue i ON i.id = a.issue";
    }
    // Few are ever hidden, so they are found once, not asked for with each article.
    sql += " WHERE t.article NOT IN (SELECT a.id FROM article a JOIN issue i ON i.id = a.issue
             JOIN removal r ON r.publication = i.publication AND r.date = i.date)";
    if let Some(publication) = &query.publication {
        sql += " AND i.publication = ?";
        values.push(publication.clone().into());
    }
    // An article's number begins with its date.
    if let Some(since) = query.since {
        sql += " AND t.article >= ?";
        values.push(ArticleId::first_of(since)?.into());
    }
    if let Some(until) = query.until {
        sql += " AND t.article < ?";
        values.push((ArticleId::first_of(until)? + NUMBERS_A_DATE).into());
    }
    for word in words {
        sql += " AND t.text LIKE ? ESCAPE '\\'";
        values.push(format!("%{}%", literal(word)).into());
    }
    sql += &format!(" ORDER BY t.article / {NUMBERS_A_DATE} DESC, t.article");
    let mut statement = connection.prepare(&sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A word in which LIKE's own signs mean themselves.
fn literal(word: &str) -> String {
    let mut pattern = String::with_capacity(word.len() + 2);
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

fn hit(connection: &Connection, article: ArticleId, word: &str) -> Result<Hit> {
    let mut statement = connection.prepare_cached(
        "SELECT i.publication, p.name, i.date, a.content, t.text, t.body_start,
            (SELECT number FROM page WHERE id IN
                (SELECT page FROM page_article WHERE article = a.id
                 UNION SELECT page FROM region WHERE article = a.id) ORDER BY ordinal LIMIT 1)
         FROM article_text t JOIN article a ON a.id = t.article JOIN issue i ON i.id = a.issue
         JOIN publication p ON p.id = i.publication WHERE t.article = ?",
    )?;
    let hit = statement.query_row([article], |row| {
        let text: String = row.get(4)?;
        let (snippet, highlight) = snippet(&text, row.get::<_, usize>(5)?, word);
        Ok(Hit {
            article,
            publication: row.get(0)?,
            publication_name: row.get(1)?,
            date: row.get::<_, Day>(2)?.0,
            page: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
            headline: row.get::<_, Json<Article>>(3)?.0.decks.headline,
            snippet,
            highlight,
        })
    })?;
    Ok(hit)
}

/// Some characters around the first hit in the body, or in the decks when the body has none, and
/// where the hit stands in them.
fn snippet(text: &str, body_start: usize, word: &str) -> (String, (usize, usize)) {
    // ASCII letters keep their length, so places in the folded text are places in the text.
    let folded = text.to_ascii_lowercase();
    let word = word.to_ascii_lowercase();
    let in_body = folded.get(body_start..).and_then(|body| body.find(&word)).map(|at| at + body_start);
    let Some(at) = in_body.or_else(|| folded.find(&word)) else { return (String::new(), (0, 0)) };
    // The decks and the body stay apart, so that a snippet reads as printed.
    let part = if in_body.is_some() { body_start..text.len() } else { 0..body_start.min(text.len()) };
    let before: Vec<char> = text[part.start..at].trim_start().chars().collect();
    let (hit, after) = text[at..part.end].split_at(word.len());
    let hit_length = hit.chars().count();
    let after: Vec<char> = after.trim_end().chars().collect();

    let room = SNIPPET.saturating_sub(hit_length);
    let shown_after = after.len().min(room.saturating_sub(before.len().min(BEFORE)));
    let shown_before = before.len().min(room - shown_after);
    let line = |c: &char| if c.is_control() { ' ' } else { *c };
    let mut snippet = String::new();
    if shown_before < before.len() {
        snippet.push('…');
    }
    snippet.extend(before[before.len() - shown_before..].iter().map(line));
    let start = snippet.chars().count();
    snippet.push_str(hit);
    snippet.extend(after[..shown_after].iter().map(line));
    if shown_after < after.len() {
        snippet.push('…');
    }
    (snippet, (start, start + hit_length))
}

#[cfg(test)]
mod tests {
    use kanbao_newspaper::continuation::Joint;
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{Content, NOW, date, headlines, library, subscribe};
    use crate::{Joined, LibraryError};

    fn query(text: &str) -> Query {
        Query { text: text.into(), limit: 20, ..Query::default() }
    }

    fn names(library: &Library, query: &Query) -> Vec<String> {
        library.search(query).unwrap().hits.into_iter().map(|hit| hit.headline).collect()
    }

    #[test]
    fn words_are_found_exactly_newest_first() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        subscribe(&library, "slwb");
        Content::new("slrb", "2026-11-22")
            .page("01", &["旧桥", "新渠"])
            .text("旧桥", "河上的旧桥修好了。")
            .text("新渠", "水从河里引来。100%_完成 C:\\a")
            .keep(&library);
        Content::new("slrb", "2026-11-24")
            .page("01", &["灯会"])
            .text("灯会", "河畔灯会，Kanbao 报道。")
            .keep(&library);
        Content::new("slwb", "2026-11-23").page("A1", &["夜话"]).text("夜话", "说河，说桥。").keep(&library);

        let cases: [(&str, &[&str]); 14] = [
            ("河", &["灯会", "夜话", "旧桥", "新渠"]),
            ("桥", &["夜话", "旧桥"]),
            ("河 桥", &["夜话", "旧桥"]),
            ("　河\u{3000}旧桥 ", &["旧桥"]),
            ("河旧", &[]),
            ("kanBAO", &["灯会"]),
            ("%", &["新渠"]),
            ("_", &["新渠"]),
            ("100%_", &["新渠"]),
            ("1%完", &[]),
            ("\\", &["新渠"]),
            ("c:\\A", &["新渠"]),
            ("", &[]),
            (" \0 ", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(names(&library, &query(text)), expected, "{text:?}");
        }
        let filtered = [
            (Query { publication: Some("slrb".into()), ..query("河") }, vec!["灯会", "旧桥", "新渠"]),
            (Query { publication: Some("none".into()), ..query("河") }, vec![]),
            (Query { since: Some(date("2026-11-23")), ..query("河") }, vec!["灯会", "夜话"]),
            (Query { until: Some(date("2026-11-23")), ..query("河") }, vec!["夜话", "旧桥", "新渠"]),
            (Query { limit: 2, offset: 1, ..query("河") }, vec!["夜话", "旧桥"]),
            (Query { limit: 2, offset: 9, ..query("河") }, vec![]),
        ];
        for (query, expected) in filtered {
            assert_eq!(names(&library, &query), expected, "{query:?}");
        }
        let found = library.search(&Query { limit: 1, ..query("河") }).unwrap();
        assert_eq!((found.total, found.hits.len()), (4, 1));
        let hit = &found.hits[0];
        assert_eq!((hit.publication.as_str(), hit.page.as_str()), ("slrb", "01"));
        assert_eq!((hit.publication_name.as_str(), hit.date), ("示例日报", date("2026-11-24")));
        assert!(matches!(library.search(&query(&"长".repeat(201))), Err(LibraryError::TooLarge { .. })));
    }

    #[test]
    fn captions_are_searched_and_continued_articles_found_whole() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let picture = library.keep_blob(b"a drawing").unwrap();
        let content = Content::new("slrb", "2026-11-24")
            .page("01", &["上", "图"])
            .page("03", &["下"])
            .picture("图", &picture)
            .text("上", "桥的前半（下转第三版）")
            .text("下", "（上接第一版）桥的后半");
        let issue = content.keep(&library);
        assert_eq!(names(&library, &query("插图")), ["图"]);
        assert_eq!(names(&library, &query("桥")), ["上", "下"]);
        let ids = headlines(&library, "slrb", "2026-11-24");
        let joined = [Joined { head: ids[0].1, tail: ids[2].1, joint: Joint::Continues }];
        library.settle_issue(issue, &joined, NOW).unwrap();
        assert_eq!(names(&library, &query("桥")), ["上"]);
        assert_eq!(names(&library, &query("前半 后半")), ["上"]);
        // Either page committed again leaves the whole searchable.
        for number in ["01", "03"] {
            content.commit(&library, issue, number);
            assert_eq!(names(&library, &query("前半 后半")), ["上"], "{number}");
        }
        // The head's page loses it: the tail is an article again.
        content.page("01", &["图"]).commit(&library, issue, "01");
        assert_eq!(names(&library, &query("桥")), ["下"]);
    }

    #[test]
    fn a_snippet_shows_the_hit_and_what_is_around_it() {
        let long = format!("{}河{}", "前".repeat(50), "后".repeat(50));
        let cases = [
            ("题\n\n", "河上有桥。\n", "河", "河上有桥。", (0, 1)),
            ("河题\n\n", "河上有桥。\n", "河", "河上有桥。", (0, 1)),
            ("引\n河题\n", "桥。\n", "河", "引 河题", (2, 3)),
            ("题\n", "一\n二 Kanbao 三\n", "kANBAO", "一 二 Kanbao 三", (4, 10)),
            ("", &long, "河", &format!("…{}河{}…", "前".repeat(12), "后".repeat(27)), (13, 14)),
            ("", &long[..51 * 3], "河", &format!("…{}河", "前".repeat(39)), (40, 41)),
        ];
        for (decks, body, word, expected, highlight) in cases {
            let text = format!("{decks}{body}");
            let (snippet, at) = snippet(&text, decks.len(), word);
            assert_eq!((snippet.as_str(), at), (expected, highlight));
        }
    }

    proptest! {
        #[test]
        fn any_snippet_marks_its_word(text in "[ -~河桥灯\n]{0,120}", cut in 0usize..8, length in 1usize..6) {
            let chars: Vec<char> = text.chars().collect();
            let word: String = chars.iter().skip(cut * 10).take(length).collect();
            prop_assume!(!word.is_empty() && !word.contains(char::is_whitespace));
            let body_start = text.find('\n').map_or(0, |at| at + 1);
            let (snippet, (start, end)) = snippet(&text, body_start, &word);
            let marked: String = snippet.chars().skip(start).take(end - start).collect();
            prop_assert_eq!(marked.to_ascii_lowercase(), word.to_ascii_lowercase());
            prop_assert!(snippet.chars().count() <= SNIPPET + 2);
            prop_assert!(!snippet.contains('\n'));
        }
    }

    #[test]
    fn search_agrees_with_looking() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let alphabet = ["河", "桥", "%", "_", "\\", "a", "A", "*", "'", "[", "?", "灯"];
        // Every text of three signs that a counter spells.
        let texts: Vec<String> = (0..120)
            .map(|n: usize| [n % 12, n / 12 % 12, n * 7 % 12].map(|sign| alphabet[sign]).concat())
            .collect();
        let titles: Vec<String> = (0..texts.len()).map(|n| format!("第{n}篇")).collect();
        let mut content = Content::new("slrb", "2026-11-24")
            .page("01", &titles.iter().map(String::as_str).collect::<Vec<_>>());
        for (title, text) in titles.iter().zip(&texts) {
            content = content.text(title, text);
        }
        content.keep(&library);
        for first in alphabet {
            for second in ["", "河", "%", "a", "_", "\\"] {
                let word = format!("{first}{second}");
                let folded = word.to_ascii_lowercase();
                let expected =
                    texts.iter().filter(|text| text.to_ascii_lowercase().contains(&folded)).count();
                assert_eq!(library.search(&query(&word)).unwrap().total, expected as u64, "{word}");
            }
        }
    }
}
