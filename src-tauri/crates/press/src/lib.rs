//! The invented sample newspaper, served as a real site.
//!
//! A [`Paper`] is what was typeset, a [`Site`] is that paper behind the templates and habits of real
//! digital-newspaper sites, and [`serve`] puts a site on a socket. A site answers from a table of
//! what the papers' manifests name, so nothing else can be asked out of it.

mod documents;
mod fault;
mod log;
mod manifest;
mod paper;
mod plan;
mod quirks;
mod sample;
mod serve;
mod site;
mod skin;

#[cfg(test)]
mod fixture;

pub use fault::{Fault, Newest, Place};
pub use log::{Class, Count, Entry, Log};
pub use manifest::{ArticleManifest, IssueManifest, Joint, PageManifest, PartManifest, RegionManifest};
pub use paper::{Paper, PaperError};
pub use plan::{PublishedArticle, PublishedIssue, PublishedPage, PublishedRegion};
pub use quirks::{
    Calendar, Charset, FrameSize, Index, LargePicture, Missing, Quirks, Robots, Skin, Validators,
};
pub use sample::{SAMPLE_ADDRESS, SAMPLE_HOST, sample_site};
pub use serve::{Served, serve};
pub use site::Site;
