//! The one place that decides which code and words a reader sees for an error.

use kanbao_library::LibraryError;
use kanbao_render::RenderError;
use kanbao_sync::{PublisherError, SyncError};
use serde::Serialize;
use specta::Type;

/// What the window can tell apart; more codes come when a screen needs one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ErrorCode {
    NoSuchIssue,
    NoSuchArticle,
    Offline,
    NotANewspaper,
    BadAddress,
    LibraryFull,
    LibraryBusy,
    LibraryDamaged,
    LibraryNewer,
    PageBroken,
    ClipboardClosed,
    NotSaved,
    NoRegion,
    NoFont,
    Cancelled,
    Failed,
}

/// An error as the window gets it: a code that a message belongs to, and the words of the part that
/// failed for who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{detail}")]
pub(crate) struct AppError {
    pub(crate) code: ErrorCode,
    pub(crate) detail: String,
}

pub(crate) type Result<T> = std::result::Result<T, AppError>;

impl AppError {
    pub(crate) fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }
}

impl From<LibraryError> for AppError {
    fn from(error: LibraryError) -> Self {
        let code = match &error {
            LibraryError::NoSuchPublication { .. }
            | LibraryError::NoSuchIssue { .. }
            | LibraryError::NoSuchIssueId(_)
            | LibraryError::NoSuchPage { .. } => ErrorCode::NoSuchIssue,
            LibraryError::NoSuchArticle(_) => ErrorCode::NoSuchArticle,
            LibraryError::Full => ErrorCode::LibraryFull,
            LibraryError::Busy => ErrorCode::LibraryBusy,
            LibraryError::Corrupt { .. } | LibraryError::NotALibrary { .. } | LibraryError::NoSuchBlob(_) => {
                ErrorCode::LibraryDamaged
            }
            LibraryError::Newer { .. } => ErrorCode::LibraryNewer,
            _ => ErrorCode::Failed,
        };
        Self::new(code, error.to_string())
    }
}

impl From<PublisherError> for AppError {
    fn from(error: PublisherError) -> Self {
        let code = if error.is_offline() { ErrorCode::Offline } else { ErrorCode::Failed };
        Self::new(code, error.to_string())
    }
}

impl From<SyncError> for AppError {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Library(error) => error.into(),
            SyncError::Publisher(error) => error.into(),
            SyncError::BadAddress { .. } => Self::new(ErrorCode::BadAddress, error.to_string()),
            SyncError::NotANewspaper { .. } => Self::new(ErrorCode::NotANewspaper, error.to_string()),
            SyncError::Cancelled => Self::new(ErrorCode::Cancelled, error.to_string()),
            other => Self::new(ErrorCode::Failed, other.to_string()),
        }
    }
}

impl From<RenderError> for AppError {
    fn from(error: RenderError) -> Self {
        let code = match error {
            RenderError::NoFont => ErrorCode::NoFont,
            _ => ErrorCode::PageBroken,
        };
        Self::new(code, error.to_string())
    }
}
