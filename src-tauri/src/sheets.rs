//! Opened pages: the few that are being looked at stay open, and where their photographs are is remembered of many.

use crate::error::{AppError, ErrorCode, Result};
use kanbao_library::{BlobHash, Library, Page};
use kanbao_newspaper::Date;
use kanbao_render::{Photographs, Sheet};
use std::sync::{Mutex, PoisonError};

/// The two pages being read side by side, and the two to either side of them.
const MOST_OPEN: usize = 6;

/// A newsstand at night shows as many covers; each is a few numbers.
const MOST_REMEMBERED: usize = 256;

/// Most recently used last.
#[derive(Default)]
pub(crate) struct Sheets {
    open: Mutex<Vec<(BlobHash, Sheet)>>,
    photographs: Mutex<Vec<(BlobHash, Photographs)>>,
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

    /// A page's photographs, by its sharpest file that says: its thumbnail then has them in the same places. A page
    /// that is only passed by is not kept open for it.
    pub(crate) fn photographs_of(&self, library: &Library, page: &Page) -> Result<Photographs> {
        let mut failed = None;
        for blob in page.pdf.iter().chain(&page.picture) {
            let lock = || self.photographs.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, photographs)) = lock().iter().find(|(hash, _)| hash == blob) {
                return Ok(photographs.clone());
            }
            match self.look(library, blob).and_then(|sheet| Ok(sheet.photographs()?)) {
                Ok(photographs) => {
                    let mut remembered = lock();
                    remembered.push((blob.clone(), photographs.clone()));
                    let surplus = remembered.len().saturating_sub(MOST_REMEMBERED);
                    remembered.drain(..surplus);
                    return Ok(photographs);
                }
                Err(error) => {
                    tracing::warn!(page = page.number, %error, "a page's photographs could not be told");
                    failed.get_or_insert(error);
                }
            }
        }
        // Without a file there is nothing to draw either; whoever draws says so.
        failed.map_or_else(|| Ok(Photographs::default()), Err)
    }

    /// The sheet if it is open; otherwise opened for this once.
    fn look(&self, library: &Library, blob: &BlobHash) -> Result<Sheet> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let known = open.iter().find(|(hash, _)| hash == blob).map(|(_, sheet)| sheet.clone());
        drop(open);
        known.map_or_else(|| Ok(Sheet::open(library.blob(blob)?)?), Ok)
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
