//! Which articles were read, kept apart from the articles so that it outlives them.

use rusqlite::{Connection, OptionalExtension, params};

use crate::article::ArticleId;
use crate::error::{LibraryError, Result};
use crate::store::Library;

impl Library {
    /// Marks an article, whichever of its parts is named, as read.
    pub fn mark_read(&self, article: ArticleId) -> Result<()> {
        self.write(|tx| {
            let (publication, date, key) = lasting_name(tx, article)?;
            tx.execute(
                "INSERT OR IGNORE INTO read_mark (publication, date, article_key) VALUES (?, ?, ?)",
                params![publication, date, key],
            )?;
            Ok(())
        })
    }

    pub fn unmark_read(&self, article: ArticleId) -> Result<()> {
        self.write(|tx| {
            let (publication, date, key) = lasting_name(tx, article)?;
            tx.execute(
                "DELETE FROM read_mark WHERE publication = ? AND date = ? AND article_key = ?",
                params![publication, date, key],
            )?;
            Ok(())
        })
    }
}

/// What an article is called when its row and number are gone: publication, date and its key (a
/// continued one's head's).
fn lasting_name(connection: &Connection, article: ArticleId) -> Result<(String, String, String)> {
    let found = connection
        .prepare_cached(
            "SELECT i.publication, i.date, head.key
             FROM article a JOIN article head ON head.id = coalesce(a.head, a.id)
             JOIN issue i ON i.id = a.issue WHERE a.id = ?",
        )?
        .query_row([article], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    found.ok_or(LibraryError::NoSuchArticle(article))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Content, date, library, subscribe};

    #[test]
    fn what_was_read_stays_known_through_removal_and_sync() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content = Content::new("slrb", "2026-11-24").page("01", &["a", "b"]);
        content.keep(&library);
        let read = |library: &Library| -> Vec<(String, bool)> {
            let issue = library.issue("slrb", date("2026-11-24")).unwrap().unwrap();
            issue.articles.into_iter().map(|article| (article.decks.headline, article.read)).collect()
        };
        let unread = |library: &Library| library.issues("slrb").unwrap()[0].unread;
        let first = library.issue("slrb", date("2026-11-24")).unwrap().unwrap().articles[0].id;
        assert_eq!(unread(&library), 2);
        library.mark_read(first).unwrap();
        library.mark_read(first).unwrap();
        assert_eq!(unread(&library), 1);

        library.unsubscribe("slrb").unwrap();
        assert!(matches!(library.mark_read(first), Err(LibraryError::NoSuchArticle(_))));
        subscribe(&library, "slrb");
        content.keep(&library);
        assert_eq!(read(&library), [("a".into(), true), ("b".into(), false)]);
        let again = library.issue("slrb", date("2026-11-24")).unwrap().unwrap().articles[0].id;
        assert_ne!(again, first, "a number is never given twice");
        library.unmark_read(again).unwrap();
        assert_eq!(unread(&library), 2);
    }
}
