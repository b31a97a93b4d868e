//! Opened pages: the few that are being looked at stay open.

use crate::error::{AppError, ErrorCode, Result};
use kanbao_library::{BlobHash, Library, Page};
use kanbao_newspaper::Date;
use kanbao_render::Sheet;
use std::sync::{Mutex, PoisonError};

/// The two pages being read side by side, and the two to either side of them.
const MOST_OPEN: usize = 6;

/// Most recently used last.
#[derive(Default)]
pub(crate) struct Sheets {
    open: Mutex<Vec<(BlobHash, Sheet)>>,
}

impl Sheets {
    /// The sharpest there is of a page: its PDF; where that is missing or cannot be drawn, its picture.
    pub(crate) fn of_page(&self, library: &Library, page: &Page) -> Result<Sheet> {
        let mut failed = None;
        for blob in page.pdf.iter().chain(&page.picture) {
            match self.open(library, blob) {
                Ok(sheet) => return Ok(sheet),
                Err(error) => {
                    tracing::warn!(page = page.number, %error, "a page's file could not be opened");
                    failed.get_or_insert(error);
                }
            }
        }
        let nothing = || AppError::new(ErrorCode::PageBroken, format!("page {} has no picture", page.number));
        Err(failed.unwrap_or_else(nothing))
    }

    fn open(&self, library: &Library, blob: &BlobHash) -> Result<Sheet> {
        let lock = || self.open.lock().unwrap_or_else(PoisonError::into_inner);
        {
            let mut open = lock();
            if let Some(at) = open.iter().position(|(hash, _)| hash == blob) {
                let entry = open.remove(at);
                open.push(entry.clone());
                return Ok(entry.1);
            }
        }
        let sheet = Sheet::open(library.blob(blob)?)?;
        let mut open = lock();
        open.push((blob.clone(), sheet.clone()));
        let surplus = open.len().saturating_sub(MOST_OPEN);
        open.drain(..surplus);
        Ok(sheet)
    }
}

/// A page of an issue in the library.
pub(crate) fn find_page(library: &Library, publication: &str, date: Date, number: &str) -> Result<Page> {
    let issue = library.issue(publication, date)?;
    let page = issue.and_then(|issue| issue.pages.into_iter().find(|page| page.number == number));
    page.ok_or_else(|| {
        AppError::new(
            ErrorCode::NoSuchIssue,
            format!("{publication} of {date} has no page {number} in the library"),
        )
    })
}

/// A date as the window writes it.
pub(crate) fn parse_date(date: &str) -> Result<Date> {
    date.parse().map_err(|_| AppError::new(ErrorCode::NoSuchIssue, format!("{date:?} is not a date")))
}
