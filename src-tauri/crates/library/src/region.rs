//! Regions: where an article lies on a page.

use std::collections::HashMap;

use kanbao_newspaper::Polygon;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::Serialize;

use crate::article::ArticleId;
use crate::column::Json;
use crate::error::Result;
use crate::issue::IssueId;

#[derive(Debug, Clone, PartialEq)]
pub struct NewRegion {
    pub article_key: String,
    pub polygon: Polygon,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Region {
    /// The article to open: the head of a continued one.
    pub article: ArticleId,
    pub polygon: Polygon,
}

/// A page's regions in its own order, each with the article to open.
pub(crate) fn regions(
    connection: &Connection,
    page: i64,
    heads: &HashMap<ArticleId, ArticleId>,
) -> Result<Vec<Region>> {
    let mut statement =
        connection.prepare_cached("SELECT article, polygon FROM region WHERE page = ? ORDER BY ordinal")?;
    let rows = statement.query_map([page], |row| {
        let article = row.get(0)?;
        let article = heads.get(&article).copied().unwrap_or(article);
        Ok(Region { article, polygon: row.get::<_, Json<Polygon>>(1)?.0 })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Gives a page these regions. Those that name an article which the issue does not have are left
/// out; the sentences about them are returned.
pub(crate) fn replace(
    tx: &Transaction<'_>,
    issue: IssueId,
    page: i64,
    new: &[NewRegion],
) -> Result<Vec<String>> {
    tx.prepare_cached("DELETE FROM region WHERE page = ?")?.execute([page])?;
    let mut find = tx.prepare_cached("SELECT id FROM article WHERE issue = ? AND key = ?")?;
    let mut insert =
        tx.prepare_cached("INSERT INTO region (page, ordinal, article, polygon) VALUES (?, ?, ?, ?)")?;
    let mut warnings = Vec::new();
    for (ordinal, region) in new.iter().enumerate() {
        let article: Option<ArticleId> =
            find.query_row(params![issue, region.article_key], |row| row.get(0)).optional()?;
        match article {
            Some(article) => {
                insert.execute(params![page, ordinal, article, Json(&region.polygon)])?;
            }
            None => warnings.push(format!(
                "a region names {}, which is not among the issue's articles",
                region.article_key
            )),
        }
    }
    Ok(warnings)
}
