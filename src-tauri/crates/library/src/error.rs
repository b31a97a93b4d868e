//! What can go wrong with a library, in words that say what to do.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use kanbao_newspaper::Date;
use rusqlite::ErrorCode;

use crate::article::ArticleId;
use crate::blob::BlobHash;
use crate::issue::IssueId;

pub type Result<T, E = LibraryError> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    #[error("no publication {id:?} in the library; {}", known_ids(.known))]
    NoSuchPublication { id: String, known: Vec<String> },
    #[error("no issue of {publication} of {date} in the library; sync it first")]
    NoSuchIssue { publication: String, date: Date },
    #[error("issue number {0} is no longer in the library; sync its publication again")]
    NoSuchIssueId(IssueId),
    #[error("issue number {issue} has no planned page {url}; plan the issue again")]
    NoSuchPage { issue: IssueId, url: String },
    #[error("no article {0} in the library; it may have been removed with its issue")]
    NoSuchArticle(ArticleId),
    /// Named by a caller, but never kept or removed since: another fetch brings it back.
    #[error("the file {0} is not in the library; sync again to fetch it")]
    NoSuchBlob(BlobHash),
    #[error(
        "this library was written by a newer Kanbao (its form is {found}, this one knows up to {known}); \
         update Kanbao, or choose another library folder"
    )]
    Newer { found: i64, known: i64 },
    #[error(
        "{path} is there but is not a Kanbao library, and was left as it is; choose another library folder, \
         or move that file away"
    )]
    NotALibrary { path: Utf8PathBuf },
    #[error("{what} is damaged: {why}; {remedy}")]
    Corrupt { what: String, why: String, remedy: &'static str },
    /// Removing a publication is no advice: that, too, writes before it frees.
    #[error(
        "the disk that holds the library is full; free some space on it and try again: what was kept before is \
         unharmed"
    )]
    Full,
    #[error(
        "another program is writing to the library and did not finish in time; wait a moment and try again"
    )]
    Busy,
    #[error("{what} is too large for the library: at most {most}")]
    TooLarge { what: &'static str, most: u64 },
    #[error("{what} cannot be kept: {why}")]
    Invalid { what: &'static str, why: String },
    #[error("could not {doing} {path}: {source}")]
    Io { doing: &'static str, path: Utf8PathBuf, source: io::Error },
    #[error("the library's database failed: {0}; run `kanbao check`")]
    Sqlite(rusqlite::Error),
}

/// What a reader does when the database itself is damaged.
pub(crate) const DATABASE_REMEDY: &str = "close Kanbao and put a backup of the library folder in its place, or move the folder away and sync again";

/// What a reader does when a kept file is damaged.
pub(crate) const BLOB_REMEDY: &str = "sync again to fetch it anew";

impl LibraryError {
    /// Wraps what the file system said, telling a full disk apart.
    pub(crate) fn io(doing: &'static str, path: &Utf8Path, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io { doing, path: path.to_owned(), source },
        }
    }

    pub(crate) fn damaged_database(why: impl Into<String>) -> Self {
        Self::Corrupt { what: "the library's database".into(), why: why.into(), remedy: DATABASE_REMEDY }
    }
}

impl From<rusqlite::Error> for LibraryError {
    fn from(error: rusqlite::Error) -> Self {
        // Growing the -shm file on a full disk is reported as an I/O failure of its own kind.
        const SHARED_MEMORY_FAILED: i32 = rusqlite::ffi::SQLITE_IOERR_SHMSIZE;
        match &error {
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DiskFull => Self::Full,
                ErrorCode::SystemIoFailure if failure.extended_code == SHARED_MEMORY_FAILED => Self::Full,
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
                    Self::damaged_database(error.to_string())
                }
                _ => Self::Sqlite(error),
            },
            // A row that does not read is a row that we did not write.
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..) => Self::damaged_database(error.to_string()),
            _ => Self::Sqlite(error),
        }
    }
}

fn known_ids(known: &[String]) -> String {
    if known.is_empty() {
        "it is empty: add one with `kanbao add URL`".into()
    } else {
        format!("it has {}", known.join(", "))
    }
}
