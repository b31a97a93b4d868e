//! What the reader keeps: a database and the blobs beside it.
//!
//! Every call blocks; nothing here knows the network, the window or the clock of the caller (instants
//! are passed in as UTC RFC 3339). docs/library.md has the layout and what always holds.

mod article;
mod blob;
mod check;
mod column;
mod cover;
mod default_directory;
mod error;
mod issue;
mod limits;
mod migration;
mod page;
mod picture;
mod place;
#[cfg(test)]
mod processes;
mod publication;
mod read_mark;
mod region;
mod removal;
mod resource;
mod search;
mod setting;
mod site_link;
mod source_reading;
mod store;
#[cfg(test)]
mod testing;

pub use article::{ArticleId, ArticleSummary, Joined, KeptArticle, NewArticle};
pub use blob::BlobHash;
pub use check::{CheckReport, Problem};
pub use cover::Cover;
pub use default_directory::default_directory;
pub use error::{LibraryError, Result};
pub use issue::{Issue, IssueId, IssueSummary};
pub use kanbao_newspaper::Date;
pub use page::{Page, PageContent, PlannedPage};
pub use picture::{NewPicture, Picture};
pub use place::Place;
pub use publication::{NewPublication, Publication, PublicationSummary};
pub use region::{NewRegion, Region};
pub use resource::Resource;
pub use search::{Found, Hit, Query};
pub use source_reading::{Health, Measure, Tally};
pub use store::Library;
