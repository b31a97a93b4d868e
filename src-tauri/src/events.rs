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
    /// The run has ended and nothing was amiss.
    Done,
    /// The run has ended, and `problem` says what went wrong.
    Failed,
    Cancelled,
}

/// How a sync is getting on. The counts are of what is in the library.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type, tauri_specta::Event)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SyncProgress {
    pub(crate) run: u32,
    pub(crate) state: SyncState,
    pub(crate) publication: String,
    pub(crate) name: String,
    pub(crate) date: Option<String>,
    /// Of the issue that is coming in.
    pub(crate) pages: u32,
    pub(crate) pages_total: u32,
    pub(crate) articles: u32,
    /// Received in this run; a number that JavaScript holds exactly.
    #[specta(type = u32)]
    pub(crate) bytes: u64,
    /// Issues done in this run, of those known to be wanted so far.
    pub(crate) issues: u32,
    pub(crate) issues_total: u32,
    /// The last thing that went wrong, in a sentence.
    pub(crate) problem: Option<String>,
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
