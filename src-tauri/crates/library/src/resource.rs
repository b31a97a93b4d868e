//! Resources: every body that was fetched, by its address, with its validators.

use rusqlite::{OptionalExtension, params};

use crate::blob::{self, BlobHash};
use crate::error::Result;
use crate::issue::{IssueId, require_issue};
use crate::limits;
use crate::store::Library;

/// A body as it was fetched, so that it need not be fetched again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// The address that was asked for.
    pub url: String,
    /// The address that answered, after redirects.
    pub final_url: String,
    pub content_type: Option<String>,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub blob: BlobHash,
    /// The blob's size; told by the library, not asked for when keeping.
    pub bytes: u64,
    /// UTC, RFC 3339.
    pub fetched: String,
    /// The issue it was fetched for: it goes when that goes.
    pub issue: Option<IssueId>,
}

impl Library {
    /// What was fetched from an address; none too when its file is gone or damaged.
    pub fn resource(&self, url: &str) -> Result<Option<Resource>> {
        self.read(|reader| {
            let found = reader
                .prepare_cached(
                    "SELECT url, final_url, content_type, etag, last_modified, blob, bytes, fetched, issue
                     FROM resource JOIN blob ON hash = blob WHERE url = ?",
                )?
                .query_row([url], |row| {
                    Ok(Resource {
                        url: row.get(0)?,
                        final_url: row.get(1)?,
                        content_type: row.get(2)?,
                        etag: row.get(3)?,
                        last_modified: row.get(4)?,
                        blob: row.get(5)?,
                        bytes: row.get(6)?,
                        fetched: row.get(7)?,
                        issue: row.get(8)?,
                    })
                })
                .optional()?;
            match found {
                Some(resource) if self.is_here(reader, &resource.blob)? => Ok(Some(resource)),
                _ => Ok(None),
            }
        })
    }

    /// Remembers what was fetched from an address, in place of what was known of it.
    pub fn keep_resource(&self, resource: &Resource) -> Result<()> {
        limits::address(&resource.url)?;
        limits::address(&resource.final_url)?;
        limits::line("an instant", &resource.fetched)?;
        for header in [&resource.content_type, &resource.etag, &resource.last_modified].into_iter().flatten()
        {
            limits::line("a header", header)?;
        }
        let released = self.write(|tx| {
            if let Some(issue) = resource.issue {
                require_issue(tx, issue)?;
            }
            blob::name_by_resource(tx, &resource.blob)?;
            let before: Option<BlobHash> = tx
                .prepare_cached("SELECT blob FROM resource WHERE url = ?")?
                .query_row([&resource.url], |row| row.get(0))
                .optional()?;
            tx.prepare_cached(
                "INSERT OR REPLACE INTO resource
                 (url, final_url, content_type, etag, last_modified, blob, fetched, issue)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                resource.url,
                resource.final_url,
                resource.content_type,
                resource.etag,
                resource.last_modified,
                resource.blob,
                resource.fetched,
                resource.issue,
            ])?;
            match before {
                Some(before) if before != resource.blob => blob::release(tx, &[before]),
                _ => Ok(Vec::new()),
            }
        })?;
        self.remove_files(&released);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LibraryError;
    use crate::testing::{Content, library, resource, subscribe};

    #[test]
    fn what_was_fetched_is_known_with_its_validators() {
        let (_guard, library) = library();
        assert_eq!(library.resource("http://a.example/1").unwrap(), None);
        let blob = library.keep_blob(b"body").unwrap();
        let mut kept = resource("http://a.example/1", &blob, None);
        kept.etag = Some("\"1\"".into());
        library.keep_resource(&kept).unwrap();
        assert_eq!(library.resource("http://a.example/1").unwrap(), Some(Resource { bytes: 4, ..kept }));
    }

    #[test]
    fn a_new_body_takes_the_old_ones_place() {
        let (_guard, library) = library();
        let (old, new) = (library.keep_blob(b"old").unwrap(), library.keep_blob(b"new").unwrap());
        library.keep_resource(&resource("http://a.example/1", &old, None)).unwrap();
        library.keep_resource(&resource("http://a.example/2", &old, None)).unwrap();
        library.keep_resource(&resource("http://a.example/1", &new, None)).unwrap();
        assert!(library.has_blob(&old), "the other address names it");
        library.keep_resource(&resource("http://a.example/2", &new, None)).unwrap();
        assert!(!library.blob_path(&old).exists());
        assert_eq!(library.resource("http://a.example/1").unwrap().unwrap().blob, new);
    }

    #[test]
    fn one_whose_file_is_gone_is_not_known() {
        let (_guard, library) = library();
        let blob = library.keep_blob(b"body").unwrap();
        library.keep_resource(&resource("http://a.example/1", &blob, None)).unwrap();
        std::fs::write(library.blob_path(&blob), b"bod").unwrap();
        assert_eq!(library.resource("http://a.example/1").unwrap(), None);
    }

    #[test]
    fn it_names_only_what_is_there() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let absent = BlobHash::of(b"never kept");
        let error = library.keep_resource(&resource("http://a.example/1", &absent, None)).unwrap_err();
        assert!(matches!(error, LibraryError::NoSuchBlob(_)), "{error}");
        let blob = library.keep_blob(b"body").unwrap();
        let error = library.keep_resource(&resource("http://a.example/1", &blob, Some(7))).unwrap_err();
        assert!(matches!(error, LibraryError::NoSuchIssueId(7)), "{error}");
        let issue = Content::new("slrb", "2026-11-24").page("01", &["a"]).keep(&library);
        library.keep_resource(&resource("http://a.example/1", &blob, Some(issue))).unwrap();
        library.unsubscribe("slrb").unwrap();
        assert_eq!(library.resource("http://a.example/1").unwrap(), None);
        let long = format!("http://a.example/{}", "x".repeat(9_000));
        assert!(matches!(
            library.keep_resource(&resource(&long, &blob, None)),
            Err(LibraryError::TooLarge { .. })
        ));
    }
}
