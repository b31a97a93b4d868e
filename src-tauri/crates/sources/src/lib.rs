//! Bytes of a digital newspaper's site to newspaper: detection, and a module per site family.
//!
//! Pure: no network, no clock. [`read`] takes a document's text and the address it came from and never
//! fails: a broken page gives what could be read, plus warnings.

pub mod address;
pub mod catalogue;
mod founder;
mod html;
mod printed;
mod reading;
mod titles;

pub use reading::{
    AreaReading, ArticleLink, ArticleReading, Family, IssueLink, Kind, Links, PageLink, PageReading, Reading,
    Region, Regions, Rule, UnknownFamily,
};
pub use titles::{TitleLink, titles};

use html::Document;
use url::Url;

/// The most text that is read of one document, in bytes.
const MOST_TEXT: usize = 8 << 20;

/// What is said of one thing may not grow without end either.
const MOST_WARNINGS: usize = 100;

/// Reads one document of a site.
pub fn read(url: &Url, text: &str) -> Reading {
    let mut reading = Reading::default();
    let mut end = text.len().min(MOST_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if end < text.len() {
        reading.warnings.push(format!("the document is longer than {MOST_TEXT} bytes; the rest is not read"));
    }
    let text = &text[..end];
    if founder::calendar::is_calendar(text) {
        founder::calendar::read(url, text, &mut reading);
    } else {
        let mut warnings = std::mem::take(&mut reading.warnings);
        let document = Document::parse(url, text, &mut warnings);
        reading.warnings = warnings;
        founder::read(&document, &mut reading);
    }
    reading.warnings.truncate(MOST_WARNINGS);
    reading
}
