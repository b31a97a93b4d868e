//! Bytes of a digital newspaper's site to newspaper: detection, and a module per site family.
//!
//! Pure: no network, no clock. [`read`] takes a document's text and the address it came from and never
//! fails: a broken page gives what could be read, plus warnings.

pub mod address;
mod ask;
mod bjnews;
mod body;
mod calendar;
pub mod catalogue;
mod decks;
mod furniture;
mod html;
mod index;
mod jfdaily;
mod json;
mod mobile;
mod papers;
mod printed;
mod property;
mod reading;
mod recipe;
mod replica;
mod sources;
mod stdaily;
mod svg;

pub use ask::Ask;
pub use reading::{
    AreaReading, ArticleLink, ArticleReading, Family, IssueLink, Kind, Links, ListedArticles, Measure,
    PageLink, PageReading, Reading, Region, Regions, Rule, TitleLink, UnknownFamily,
};
pub use recipe::{Example, Gentleness, LONGEST_RECIPE, Recipe, RecipeName, RecipeProblem, built_in_texts};
pub use sources::Sources;

use html::Document;
use url::Url;

/// The most text that is read of one document, in bytes.
const MOST_TEXT: usize = 8 << 20;

/// What is said of one thing may not grow without end either.
const MOST_WARNINGS: usize = 100;

/// Reads one document of a site by the coded families; [`Sources::read`] asks the recipes too.
pub fn read(url: &Url, text: &str) -> Reading {
    let mut reading = Reading::default();
    let text = capped(text, &mut reading.warnings);
    if calendar::is_calendar(text) {
        calendar::read(url, text, &mut reading);
    } else if let Some((family, target)) = address::behind(url) {
        reading.kind = Kind::Index;
        reading.family = Some(family);
        reading.redirect = Some(target);
    } else if let Some(value) = stdaily::value_of(url, text) {
        stdaily::read(url, &value, &mut reading);
    } else if let Some(value) = jfdaily::value_of(url, text) {
        jfdaily::read_value(url, &value, &mut reading);
    } else if let Some(value) = bjnews::value_of(url, text) {
        bjnews::read_value(url, &value, &mut reading);
    } else if let Some(value) = json::value_of(text) {
        json::read(url, &value, &mut reading);
    } else if let Some(xml) = papers::unwrapped(text) {
        papers::read(url, &xml, &mut reading);
    } else {
        let mut warnings = std::mem::take(&mut reading.warnings);
        let document = Document::parse(url, text, &mut warnings);
        reading.warnings = warnings;
        if stdaily::read_shell(&document, &mut reading) {
            // It is the shell of a program, which says whose it is and nothing else.
        } else if bjnews::is_there(&document) {
            bjnews::read(&document, &mut reading);
        } else if jfdaily::is_there(&document) {
            jfdaily::read(&document, &mut reading);
        } else if svg::is_there(&document) {
            svg::read(&document, &mut reading);
        } else if mobile::is_there(&document) {
            mobile::read(&document, &mut reading);
        } else {
            replica::read(&document, &mut reading);
        }
    }
    reading.warnings.truncate(MOST_WARNINGS);
    reading
}

/// As much of a document as is read.
fn capped<'a>(text: &'a str, warnings: &mut Vec<String>) -> &'a str {
    let mut end = text.len().min(MOST_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if end < text.len() {
        warnings.push(format!("the document is longer than {MOST_TEXT} bytes; the rest is not read"));
    }
    &text[..end]
}
