//! What can go wrong in a sync, in words for the person who asked for it.

use kanbao_library::LibraryError;
use kanbao_newspaper::Date;
use kanbao_publisher::PublisherError;
use kanbao_sources::TitleLink;

/// Why something could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    #[error("{address:?} is not a web address: give one like http://epaper.example.cn/")]
    BadAddress { address: String },
    #[error(
        "no digital newspaper was found at {url} ({tried}): give the address of its front page, of a page or of an article"
    )]
    NotANewspaper { url: String, tried: String },
    #[error(
        "{url} is the front page of several newspapers ({}): give the address of one of them",
        named(titles)
    )]
    SeveralTitles { url: String, titles: Vec<TitleLink> },
    #[error("{url} is a page of {printed}, not of {asked}: the site does not have that issue")]
    OtherDate { url: String, asked: Date, printed: Date },
    #[error("no issue of {date} was found at {site}: it did not appear, or the site no longer has it")]
    NoIssue { site: String, date: Date },
    #[error(
        "the address of an issue of {date} cannot be told from {url}: give the address of one of its pages"
    )]
    NoWayToDate { url: String, date: Date },
    #[error("cancelled; what was kept stays, and the next sync goes on from there")]
    Cancelled,
    #[error("{path} could not be read: {reason}")]
    File { path: String, reason: String },
    #[error(transparent)]
    Publisher(#[from] PublisherError),
    #[error(transparent)]
    Library(#[from] LibraryError),
}

/// "示例日报 http://…, 示例晚报 http://…", not all of them where there are many.
fn named(titles: &[TitleLink]) -> String {
    const MOST_NAMED: usize = 20;
    let named = titles.iter().take(MOST_NAMED).map(|title| format!("{} {}", title.name, title.url));
    named.collect::<Vec<_>>().join(", ")
}

impl SyncError {
    pub(crate) fn empty_answer(url: &url::Url) -> Self {
        Self::NotANewspaper { url: url.to_string(), tried: "the answer was empty".into() }
    }

    /// Whether going on with other issues is of no use: the library cannot be written, or the reader
    /// said stop.
    pub(crate) fn ends_the_run(&self) -> bool {
        matches!(self, Self::Cancelled | Self::Library(_))
    }

    /// Whether the server said that there is no such thing.
    pub(crate) fn is_missing(&self) -> bool {
        matches!(self, Self::Publisher(error) if error.is_missing())
    }
}
