//! What the window is told without asking.

use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum SyncState {
    /// The newest issue is being looked for.
    Looking,
    /// Pages are coming in.
    Fetching,
    /// The newspaper's turn has ended and nothing was amiss.
    Done,
    /// Its turn has ended, and `problem` says what went wrong.
    Failed,
    Cancelled,
}

/// How a sync of a newspaper is getting on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type, tauri_specta::Event)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SyncProgress {
    pub(crate) run: u32,
    pub(crate) state: SyncState,
    pub(crate) publication: String,
    pub(crate) name: String,
    /// The issue that is coming in, and its pages: those that are in the library, of all.
    pub(crate) date: Option<String>,
    pub(crate) pages: u32,
    pub(crate) pages_total: u32,
    /// What this newspaper's turn has brought so far: issues looked through of those wanted, and pages.
    pub(crate) issues: u32,
    pub(crate) issues_total: u32,
    pub(crate) new_pages: u32,
    /// The whole run, over all its newspapers: what is known to be wanted so far.
    pub(crate) run_pages: u32,
    pub(crate) run_pages_total: u32,
    /// Received in the run; a number that JavaScript holds exactly.
    #[specta(type = u32)]
    pub(crate) run_bytes: u64,
    /// The first thing that went wrong.
    pub(crate) problem: Option<SyncProblem>,
    /// Today's paper is not on the site yet: nothing went wrong.
    pub(crate) not_published_yet: bool,
}

/// Two fingers on a trackpad spread or close, where the window is not told by the system itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type, tauri_specta::Event)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TrackpadPinch {
    /// The fingers have just come down.
    pub(crate) begins: bool,
    /// How far they are apart, as a multiple of how far they were.
    // Never infinite, so numbers to TypeScript.
    #[specta(type = u32)]
    pub(crate) scale: f64,
    /// Between them, in the window's pixels before its own scale.
    #[specta(type = u32)]
    pub(crate) x: f64,
    #[specta(type = u32)]
    pub(crate) y: f64,
}

/// What went wrong, by its kind, where, and in the words of the part that failed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SyncProblem {
    pub(crate) cause: SyncCause,
    /// The newspaper's site.
    pub(crate) host: String,
    pub(crate) date: Option<String>,
    pub(crate) detail: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum SyncCause {
    Offline,
    SiteTrouble,
    Refused,
    NoIssue,
    NotRead,
    Incomplete,
    /// The library has no room.
    LibraryFull,
    Other,
}

/// Files are dragged over the window, or were dropped on it; the window itself takes none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type, tauri_specta::Event)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FileDrag {
    pub(crate) state: FileDragState,
    /// Their names, without folders.
    pub(crate) names: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum FileDragState {
    Over,
    Left,
    Dropped,
}
