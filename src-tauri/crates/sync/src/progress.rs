//! What a sync tells while it runs, and what it says at the end.

use crate::SyncError;
use kanbao_library::Publication;
use kanbao_newspaper::Date;
use kanbao_publisher::PublisherError;
use serde::Serialize;

/// Something happened. Pages are counted as they are in the library, articles and bytes as they came in
/// this run.
#[derive(Debug, Clone)]
pub enum Event {
    /// The publication's newest issue is being looked for.
    Looking {
        publication: String,
    },
    /// So many issues of it, with so many pages in all, will be fetched or looked at again.
    Planned {
        publication: String,
        issues: u32,
        pages: u32,
    },
    /// An issue is being fetched, or looked at again.
    IssueStarted {
        publication: String,
        date: Date,
        pages: u32,
        pages_kept: u32,
    },
    /// A page is in the library, whole.
    PageKept {
        publication: String,
        date: Date,
        number: String,
        pages: u32,
        pages_kept: u32,
        articles: u32,
        bytes: u64,
    },
    /// An issue is as complete as it could be made.
    IssueDone(IssueReport),
    NotPublished(NotPublished),
    Failed(Failure),
}

/// What one issue came to.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IssueReport {
    pub publication: String,
    pub date: Date,
    pub complete: bool,
    /// Pages the site lists, and those that are kept.
    pub pages_planned: u32,
    pub pages: u32,
    pub articles: u32,
    pub regions: u32,
    pub pictures: u32,
    /// Received from the network in this run.
    pub bytes: u64,
    /// Asked of the network in this run, retries and robots.txt included.
    pub requests: u64,
    /// Requests that the server answered with "not modified".
    pub not_modified: u64,
    pub warnings: Vec<String>,
}

impl IssueReport {
    /// In words what is missing, if anything is.
    pub(crate) fn unfinished(&self) -> Option<String> {
        if self.complete {
            return None;
        }
        let cause = self.warnings.first().map(|warning| format!(" ({warning})")).unwrap_or_default();
        Some(format!(
            "{} of {} pages are kept, not all of them whole{cause}: sync again to fetch the rest",
            self.pages, self.pages_planned
        ))
    }
}

/// An issue that the site does not have yet: nothing went wrong.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NotPublished {
    pub publication: String,
    pub date: Date,
}

/// Something that was asked for and could not be done.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    pub publication: String,
    pub date: Option<Date>,
    pub reason: String,
    /// What kind of thing went wrong, for who has words of their own.
    #[serde(skip)]
    pub cause: Cause,
}

/// The kinds of failure that a reader can do different things about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Nobody answered.
    Offline,
    /// The site answered, with trouble of its own that may pass.
    SiteTrouble,
    /// The site does not let programs in, or wants a login.
    Refused,
    /// The site has no such issue.
    NoIssue,
    /// What the site answered is not read as a newspaper.
    NotRead,
    /// Some of an issue is here and some is not.
    Incomplete,
    Other,
}

impl Cause {
    fn of(error: &SyncError) -> Self {
        match error {
            SyncError::Publisher(error) if error.is_offline() => Self::Offline,
            SyncError::Publisher(error) if error.is_temporary() => Self::SiteTrouble,
            SyncError::Publisher(PublisherError::RefusedByRobots { .. } | PublisherError::Status { .. }) => {
                Self::Refused
            }
            SyncError::NoIssue { .. } | SyncError::NoWayToDate { .. } => Self::NoIssue,
            SyncError::NotANewspaper { .. }
            | SyncError::OtherDate { .. }
            | SyncError::Publisher(PublisherError::NotFound { .. }) => Self::NotRead,
            _ => Self::Other,
        }
    }
}

impl Failure {
    pub(crate) fn new(publication: &Publication, date: Option<Date>, error: &SyncError) -> Self {
        Self { publication: publication.id.clone(), date, reason: error.to_string(), cause: Cause::of(error) }
    }
}

/// What a whole run came to.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncReport {
    pub issues: Vec<IssueReport>,
    pub failed: Vec<Failure>,
    pub not_published: Vec<NotPublished>,
}

impl SyncReport {
    pub(crate) fn fail(&mut self, failure: Failure, on_event: &(dyn Fn(Event) + Send + Sync)) {
        on_event(Event::Failed(failure.clone()));
        self.failed.push(failure);
    }
}
