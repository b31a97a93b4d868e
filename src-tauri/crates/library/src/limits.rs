//! How much of anything the library takes: far above any newspaper, far below what would hurt.

use kanbao_newspaper::Date;

use crate::error::{LibraryError, Result};

pub(crate) const BLOB_BYTES: u64 = 512 << 20;
pub(crate) const ADDRESS_BYTES: u64 = 8 << 10;
/// Names, numbers, ids, validators, instants: one line each.
pub(crate) const LINE_BYTES: u64 = 4 << 10;
/// What the viewer keeps of an issue's pages.
pub(crate) const ZOOM_BYTES: u64 = 64 << 10;
pub(crate) const PAGES: u64 = 2_000;
pub(crate) const ARTICLES_A_PAGE: u64 = 2_000;
pub(crate) const REGIONS_A_PAGE: u64 = 10_000;
pub(crate) const PICTURES_AN_ARTICLE: u64 = 2_000;
pub(crate) const ARTICLE_BYTES: u64 = 16 << 20;
pub(crate) const WARNINGS: usize = 200;
pub(crate) const WARNING_CHARACTERS: usize = 500;
pub(crate) const SETTING_BYTES: u64 = 1 << 20;
pub(crate) const QUERY_CHARACTERS: u64 = 200;
pub(crate) const HITS: u32 = 1_000;

/// Refuses what is more than `most`.
pub(crate) fn at_most(what: &'static str, amount: usize, most: u64) -> Result<()> {
    if amount as u64 <= most { Ok(()) } else { Err(LibraryError::TooLarge { what, most }) }
}

pub(crate) fn address(url: &str) -> Result<()> {
    at_most("an address", url.len(), ADDRESS_BYTES)
}

pub(crate) fn line(what: &'static str, text: &str) -> Result<()> {
    at_most(what, text.len(), LINE_BYTES)
}

/// Cuts warnings down: they tell people what happened, and a broken page must not be refused for
/// how much there is to say of it.
pub(crate) fn clip(warnings: &mut Vec<String>) {
    warnings.truncate(WARNINGS);
    for warning in warnings {
        if let Some((end, _)) = warning.char_indices().nth(WARNING_CHARACTERS) {
            warning.truncate(end);
        }
    }
}

/// A date as the digits yyyymmdd; dates that four digits cannot say are refused.
pub(crate) fn date_number(date: Date) -> Result<i64> {
    if date.year() < 1 {
        let why = format!("{date} is before the year 1");
        return Err(LibraryError::Invalid { what: "an issue's date", why });
    }
    Ok(i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day()))
}
