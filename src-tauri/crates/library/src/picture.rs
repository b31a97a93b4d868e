//! Pictures: what an article's picture blocks name, and the files kept of them.

use std::collections::HashMap;

use rusqlite::{Connection, Transaction, params};
use serde::Serialize;

use crate::article::{ArticleId, NewArticle};
use crate::blob::{self, BlobHash};
use crate::error::Result;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPicture {
    /// As the article's block has it.
    pub url: String,
    /// None when it could not be had; what was kept from the address before then stays.
    pub blob: Option<BlobHash>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Picture {
    pub url: String,
    pub blob: Option<BlobHash>,
}

/// An article's pictures, in its own order.
pub(crate) fn pictures(connection: &Connection, article: ArticleId) -> Result<Vec<Picture>> {
    let mut statement =
        connection.prepare_cached("SELECT url, blob FROM picture WHERE article = ? ORDER BY ordinal")?;
    let rows = statement.query_map([article], |row| Ok(Picture { url: row.get(0)?, blob: row.get(1)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Gives an article its new pictures. One that could not be had now, but was kept from the same
/// address before, stays. Files it had before are added to `unnamed`, named still or not.
pub(crate) fn replace(
    tx: &Transaction<'_>,
    article: ArticleId,
    new: &NewArticle,
    unnamed: &mut Vec<BlobHash>,
) -> Result<()> {
    let mut before: HashMap<String, BlobHash> = HashMap::new();
    for picture in pictures(tx, article)? {
        if let Some(blob) = picture.blob {
            unnamed.push(blob.clone());
            before.insert(picture.url, blob);
        }
    }
    tx.prepare_cached("DELETE FROM picture WHERE article = ?")?.execute([article])?;
    let mut insert =
        tx.prepare_cached("INSERT INTO picture (article, ordinal, url, blob) VALUES (?, ?, ?, ?)")?;
    let told = new.pictures.iter().map(|picture| (picture.url.as_str(), picture.blob.as_ref()));
    let is_told = |url: &str| new.pictures.iter().any(|picture| picture.url == url);
    let untold = new.article.pictures().filter(|url| !is_told(url)).map(|url| (url, None));
    for (ordinal, (url, blob)) in told.chain(untold).enumerate() {
        if let Some(blob) = blob {
            blob::name_by_content(tx, blob)?;
        }
        let blob = match (blob, before.get(url)) {
            (None, Some(before)) if blob::is_sound(tx, before)? => Some(before),
            (blob, _) => blob,
        };
        insert.execute(params![article, ordinal, url, blob])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::testing::{Content, date, library, subscribe};

    #[test]
    fn a_picture_that_cannot_be_had_any_more_stays_as_it_was_kept() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content = Content::new("slrb", "2026-11-24").page("01", &["a"]);
        let blob = |library: &crate::Library| {
            let issue = library.issue("slrb", date("2026-11-24")).unwrap().unwrap();
            library.article(issue.articles[0].id).unwrap().pictures[0].blob.clone()
        };
        content.clone().missing_picture("a").keep(&library);
        assert_eq!(blob(&library), None);
        let (old, new) = (library.keep_blob(b"old").unwrap(), library.keep_blob(b"new").unwrap());
        content.clone().picture("a", &old).keep(&library);
        content.clone().missing_picture("a").keep(&library);
        assert_eq!(blob(&library), Some(old.clone()));
        content.picture("a", &new).keep(&library);
        assert_eq!(blob(&library), Some(new));
        assert!(!library.blob_path(&old).exists(), "nothing names it any more");
    }
}
