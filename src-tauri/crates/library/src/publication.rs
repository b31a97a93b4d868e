//! Publications: the newspaper titles a reader keeps.

use kanbao_newspaper::Date;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use crate::column::Day;
use crate::error::{LibraryError, Result};
use crate::removal::SEEN;
use crate::store::Library;
use crate::{blob, limits};

/// A newspaper title to subscribe to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPublication {
    /// The id wished for; "-2", "-3" is added when another address has it. Letters, digits and
    /// hyphens, since people type it and addresses carry it.
    pub id: String,
    pub name: String,
    pub family: String,
    pub url: String,
}

/// A newspaper title that is subscribed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Publication {
    pub id: String,
    pub name: String,
    pub family: String,
    pub url: String,
    /// The copyright line of its newest issue that has one.
    pub copyright: Option<String>,
    /// UTC, RFC 3339.
    pub added: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicationSummary {
    pub publication: Publication,
    pub issues: u32,
    pub latest: Option<Date>,
    /// What its issues take on disk; a file that two issues share is counted for each.
    pub bytes: u64,
}

/// The columns of a [`Publication`], for [`publication_row`].
const COLUMNS: &str = "p.id, p.name, p.family, p.url, p.added,
    (SELECT copyright FROM issue WHERE publication = p.id AND copyright IS NOT NULL
     ORDER BY date DESC LIMIT 1)";

/// The longest id; the suffix comes on top.
const ID_BYTES: u64 = 64;

impl Library {
    /// Subscribes; an address that is subscribed to already gives the publication that is there.
    pub fn subscribe(&self, new: &NewPublication, now: &str) -> Result<Publication> {
        limits::at_most("a publication's id", new.id.len(), ID_BYTES)?;
        limits::line("a publication's name", &new.name)?;
        limits::line("a site family", &new.family)?;
        limits::line("an instant", now)?;
        limits::address(&new.url)?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if new.id.is_empty() || !new.id.bytes().all(plain) {
            let why = format!("{:?} is not made of letters, digits and hyphens", new.id);
            return Err(LibraryError::Invalid { what: "a publication's id", why });
        }
        self.write(|tx| {
            let mut here = tx.prepare("SELECT id FROM publication WHERE url = ?")?;
            if let Some(id) = here.query_row([&new.url], |row| row.get::<_, String>(0)).optional()? {
                return publication(tx, &id);
            }
            let id = free_id(tx, &new.id)?;
            tx.execute(
                "INSERT INTO publication (id, name, family, url, added) VALUES (?, ?, ?, ?, ?)",
                params![id, new.name, new.family, new.url, now],
            )?;
            publication(tx, &id)
        })
    }

    /// All publications, in the order they were added.
    pub fn publications(&self) -> Result<Vec<PublicationSummary>> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(&format!(
                "SELECT {COLUMNS}, count(i.id), max(i.date), coalesce(sum(i.bytes), 0)
                 FROM publication p LEFT JOIN issue i ON i.publication = p.id AND {SEEN}
                 GROUP BY p.rowid ORDER BY p.rowid"
            ))?;
            let rows = statement.query_map([], |row| {
                Ok(PublicationSummary {
                    publication: publication_row(row)?,
                    issues: row.get(6)?,
                    latest: row.get::<_, Option<Day>>(7)?.map(|day| day.0),
                    bytes: row.get(8)?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    pub fn publication(&self, id: &str) -> Result<Publication> {
        self.read(|reader| publication(reader, id))
    }

    /// Removes a publication, its issues, and the files that nothing names any more. What was read
    /// stays known, should it ever come back.
    pub fn unsubscribe(&self, id: &str) -> Result<()> {
        let released = self.write(|tx| {
            let site = site(&publication(tx, id)?.url).to_owned();
            // Its issues, pages, articles, regions, pictures and resources go with it.
            tx.execute("DELETE FROM publication WHERE id = ?", [id])?;
            tx.execute("DELETE FROM removal WHERE publication = ?", [id])?;
            // Indexes and calendars belong to no issue. Another publication of the same site may have
            // to ask for its own once more.
            tx.execute(
                "DELETE FROM resource WHERE issue IS NULL AND substr(url, 1, length(?1)) = ?1",
                [&site],
            )?;
            blob::release_all(tx)
        })?;
        self.remove_files(&released);
        Ok(())
    }
}

/// The publication, or an error that says which there are.
pub(crate) fn publication(connection: &Connection, id: &str) -> Result<Publication> {
    let sql = format!("SELECT {COLUMNS} FROM publication p WHERE p.id = ?");
    let found = connection.prepare_cached(&sql)?.query_row([id], publication_row).optional()?;
    if let Some(publication) = found {
        return Ok(publication);
    }
    let mut statement = connection.prepare("SELECT id FROM publication ORDER BY rowid LIMIT 100")?;
    let known = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Err(LibraryError::NoSuchPublication { id: id.chars().take(80).collect(), known })
}

fn publication_row(row: &Row<'_>) -> rusqlite::Result<Publication> {
    Ok(Publication {
        id: row.get(0)?,
        name: row.get(1)?,
        family: row.get(2)?,
        url: row.get(3)?,
        added: row.get(4)?,
        copyright: row.get(5)?,
    })
}

fn free_id(connection: &Connection, wished: &str) -> Result<String> {
    let mut taken = connection.prepare("SELECT 1 FROM publication WHERE id = ?")?;
    let mut id = wished.to_owned();
    let mut number = 2;
    while taken.exists([&id])? {
        id = format!("{wished}-{number}");
        number += 1;
    }
    Ok(id)
}

/// "http://host:port/" of an address: scheme and host, closed by the slash so that no longer host
/// matches.
fn site(url: &str) -> &str {
    let host = url.find("://").map_or(0, |scheme| scheme + 3);
    let end = url[host..].find('/').map_or(url.len(), |path| host + path + 1);
    &url[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blob::BlobHash;
    use crate::testing::{Content, NOW, date, library, resource, subscribe};

    #[test]
    fn an_address_is_subscribed_to_once() {
        let (_guard, library) = library();
        let new = |id: &str, url: &str| NewPublication {
            id: id.into(),
            name: "示例日报".into(),
            family: "founder-classic".into(),
            url: url.into(),
        };
        let first = library.subscribe(&new("slrb", "http://a.example/html/"), NOW).unwrap();
        assert_eq!((first.id.as_str(), first.added.as_str()), ("slrb", NOW));
        let again = library.subscribe(&new("other", "http://a.example/html/"), "later").unwrap();
        assert_eq!(again, first);
        for expected in ["slrb-2", "slrb-3"] {
            let url = format!("http://{expected}.example/");
            assert_eq!(library.subscribe(&new("slrb", &url), NOW).unwrap().id, expected);
        }
        let ids: Vec<_> = library.publications().unwrap().into_iter().map(|p| p.publication.id).collect();
        assert_eq!(ids, ["slrb", "slrb-2", "slrb-3"]);
    }

    #[test]
    fn an_id_can_be_typed_and_put_in_an_address() {
        let (_guard, library) = library();
        for id in ["", "示例", "a/b", "a b", "../x", &"x".repeat(65)] {
            let new = NewPublication {
                id: id.into(),
                name: String::new(),
                family: String::new(),
                url: "http://a.example/".into(),
            };
            assert!(library.subscribe(&new, NOW).is_err(), "{id}");
        }
    }

    #[test]
    fn an_unknown_id_names_the_known_ones() {
        let (_guard, library) = library();
        let error = library.publication("slrb").unwrap_err().to_string();
        assert!(error.contains("kanbao add"), "{error}");
        subscribe(&library, "slrb");
        subscribe(&library, "slwb");
        let error = library.publication("srlb").unwrap_err().to_string();
        assert!(error.contains("slrb, slwb"), "{error}");
        assert!(library.unsubscribe("srlb").is_err());
    }

    #[test]
    fn the_list_sums_up() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        subscribe(&library, "slwb");
        let content = Content::new("slrb", "2026-11-23").page("01", &["a"]);
        content.keep(&library);
        Content::new("slrb", "2026-11-24").page("01", &["a"]).copyright("社").keep(&library);
        let list = library.publications().unwrap();
        assert_eq!((list[0].issues, list[0].latest), (2, Some(date("2026-11-24"))));
        assert_eq!(list[0].publication.copyright.as_deref(), Some("社"));
        assert!(list[0].bytes > 0);
        assert_eq!((list[1].issues, list[1].latest, list[1].bytes), (0, None, 0));
    }

    #[test]
    fn unsubscribing_removes_what_nothing_else_names() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        subscribe(&library, "slwb");
        let shared = library.keep_blob(b"the same drawing").unwrap();
        let daily = Content::new("slrb", "2026-11-24").page("01", &["a"]).page("02", &["b"]);
        daily.picture("a", &shared).keep(&library);
        Content::new("slwb", "2026-11-24").page("01", &["c"]).picture("c", &shared).keep(&library);
        let index = library.keep_blob(b"an index page").unwrap();
        library.keep_resource(&resource("http://slrb.example/paperindex.htm", &index, None)).unwrap();
        let other = library.keep_blob(b"another index page").unwrap();
        library.keep_resource(&resource("http://slrb.example.org/paperindex.htm", &other, None)).unwrap();
        let files = |library: &Library| library.check().unwrap().blobs;
        let before = files(&library);

        library.unsubscribe("slrb").unwrap();
        assert!(library.has_blob(&shared), "the evening paper has it still");
        assert!(library.has_blob(&other));
        assert!(!library.blob_path(&index).exists());
        assert!(library.resource("http://slrb.example/paperindex.htm").unwrap().is_none());
        assert!(files(&library) < before);
        assert_eq!(library.check().unwrap().problems, []);
        assert_eq!(library.check().unwrap().strays, 0);

        library.unsubscribe("slwb").unwrap();
        assert!(!library.blob_path(&shared).exists());
        assert_eq!(files(&library), 1);
        assert!(matches!(library.publication("slwb"), Err(LibraryError::NoSuchPublication { .. })));
    }

    #[test]
    fn what_another_is_about_to_name_survives_an_unsubscribe() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content = Content::new("slrb", "2026-11-24").page("01", &["a"]);
        let shared = library.keep_blob(b"the same drawing").unwrap();
        content.picture("a", &shared).keep(&library);
        // Another program has just fetched the same bytes, and not said for what.
        let other = Library::open(library.directory()).unwrap();
        assert_eq!(other.keep_blob(b"the same drawing").unwrap(), shared);
        library.unsubscribe("slrb").unwrap();
        other.keep_resource(&resource("http://slwb.example/1.jpg", &shared, None)).unwrap();
        assert_eq!(other.blob(&shared).unwrap(), b"the same drawing");
        assert_eq!(BlobHash::of(b"the same drawing"), shared);
    }

    #[test]
    fn a_site_ends_at_its_slash() {
        for (url, expected) in [
            ("http://a.example/html/x.htm", "http://a.example/"),
            ("https://a.example:8443/x", "https://a.example:8443/"),
            ("http://a.example", "http://a.example"),
            ("a.example/x", "a.example/"),
        ] {
            assert_eq!(site(url), expected);
        }
    }
}
