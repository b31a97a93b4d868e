//! Where a reader was in each issue, kept apart from the issue so that it outlives it.

use kanbao_newspaper::Date;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::article::ArticleId;
use crate::column::{Day, Json};
use crate::error::Result;
use crate::limits;
use crate::removal::SEEN;
use crate::store::Library;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Place {
    /// The page's number.
    pub page: String,
    /// The viewer's own words for what parts of the pages were seen.
    pub zoom: Option<serde_json::Value>,
    /// The article that was open.
    pub article: Option<ArticleId>,
    /// How far down its text, in whatever unit the viewer counts.
    pub scroll: f64,
}

/// The columns of a place with its publication and date, for [`place_row`]. The article is kept by
/// its key and found again by it.
const COLUMNS: &str = "publication, date, page, zoom, scroll,
    (SELECT coalesce(a.head, a.id) FROM article a JOIN issue i ON i.id = a.issue
     WHERE i.publication = place.publication AND i.date = place.date AND a.key = place.article_key LIMIT 1)";

impl Library {
    pub fn set_place(&self, publication: &str, date: Date, place: &Place, now: &str) -> Result<()> {
        limits::line("a publication's id", publication)?;
        limits::line("a page's number", &place.page)?;
        limits::line("an instant", now)?;
        let zoom = place.zoom.as_ref().map(ToString::to_string);
        limits::at_most("a zoom", zoom.as_ref().map_or(0, String::len), limits::ZOOM_BYTES)?;
        // SQLite has no word for what is not a number.
        let scroll = if place.scroll.is_finite() { place.scroll } else { 0.0 };
        self.write(|tx| {
            let key = place.article.map(|article| article_key(tx, article)).transpose()?.flatten();
            tx.execute(
                "INSERT OR REPLACE INTO place (publication, date, page, zoom, article_key, scroll, at, turn)
                 VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(turn), 0) + 1 FROM place))",
                params![publication, Day(date), place.page, zoom, key, scroll, now],
            )?;
            Ok(())
        })
    }

    pub fn place(&self, publication: &str, date: Date) -> Result<Option<Place>> {
        self.read(|reader| {
            let sql = format!("SELECT {COLUMNS} FROM place WHERE publication = ? AND date = ?");
            let mut statement = reader.prepare_cached(&sql)?;
            let found = statement.query_row(params![publication, Day(date)], place_row).optional()?;
            Ok(found.map(|(_, _, place)| place))
        })
    }

    /// Where the reader was last, of the issues that are in the library.
    pub fn last_place(&self) -> Result<Option<(String, Date, Place)>> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM place WHERE EXISTS
                 (SELECT 1 FROM issue i WHERE i.publication = place.publication AND i.date = place.date AND {SEEN})
                 ORDER BY turn DESC LIMIT 1"
            ))?;
            Ok(statement.query_row([], place_row).optional()?)
        })
    }
}

fn article_key(connection: &Connection, article: ArticleId) -> Result<Option<String>> {
    let mut statement = connection.prepare_cached("SELECT key FROM article WHERE id = ?")?;
    Ok(statement.query_row([article], |row| row.get(0)).optional()?)
}

fn place_row(row: &Row<'_>) -> rusqlite::Result<(String, Date, Place)> {
    let place = Place {
        page: row.get(2)?,
        zoom: row.get::<_, Option<Json<serde_json::Value>>>(3)?.map(|zoom| zoom.0),
        scroll: row.get(4)?,
        article: row.get(5)?,
    };
    Ok((row.get(0)?, row.get::<_, Day>(1)?.0, place))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::{Content, NOW, date, library, subscribe};

    fn place(page: &str) -> Place {
        Place { page: page.into(), zoom: Some(json!({"x": 0.1})), article: None, scroll: 12.5 }
    }

    #[test]
    fn the_last_place_is_the_last_set_whatever_the_clock_said() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        for day in ["2026-11-22", "2026-11-23", "2026-11-24"] {
            Content::new("slrb", day).page("01", &["a"]).keep(&library);
        }
        assert_eq!(library.last_place().unwrap(), None);
        library.set_place("slrb", date("2026-11-24"), &place("02"), "2026-11-24T08:00:00Z").unwrap();
        library.set_place("slrb", date("2026-11-23"), &place("03"), "1970-01-01T00:00:00Z").unwrap();
        let last = library.last_place().unwrap().unwrap();
        assert_eq!(last, ("slrb".into(), date("2026-11-23"), place("03")));
        library.set_place("slrb", date("2026-11-24"), &place("04"), NOW).unwrap();
        assert_eq!(library.last_place().unwrap().unwrap().2, place("04"));
        assert_eq!(library.place("slrb", date("2026-11-23")).unwrap(), Some(place("03")));
        assert_eq!(library.place("slrb", date("2026-11-22")).unwrap(), None);
        library.set_place("gone", date("2026-11-24"), &place("01"), NOW).unwrap();
        assert_eq!(library.last_place().unwrap().unwrap().0, "slrb", "only what can be opened");
    }

    #[test]
    fn the_open_article_is_found_again_after_removal_and_sync() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let day = date("2026-11-24");
        let content = Content::new("slrb", "2026-11-24").page("01", &["a", "b"]);
        content.keep(&library);
        let second = |library: &Library| library.issue("slrb", day).unwrap().unwrap().articles[1].id;
        let place = Place { article: Some(second(&library)), scroll: f64::NAN, ..place("01") };
        library.set_place("slrb", day, &place, NOW).unwrap();
        library.unsubscribe("slrb").unwrap();
        assert_eq!(library.place("slrb", day).unwrap().unwrap().article, None);
        assert_eq!(library.last_place().unwrap(), None);
        subscribe(&library, "slrb");
        content.keep(&library);
        let back = library.place("slrb", day).unwrap().unwrap();
        assert_eq!((back.article, back.scroll), (Some(second(&library)), 0.0));
    }
}
