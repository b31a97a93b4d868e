//! Opened pages and drawn tiles: those last looked at are kept under one limit in bytes; which pages are wanted now.

use crate::error::{AppError, ErrorCode, Result};
use crate::weighed::Weighed;
use kanbao_library::{BlobHash, Library, Page};
use kanbao_newspaper::Date;
use kanbao_render::{Frame, Photographs, Sheet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Two pages of 24 megapixels side by side, one to either side of them, and their tiles.
const MOST_BYTES: u64 = 320 << 20;

/// A newsstand at night shows as many covers; what is remembered of each is a few numbers.
const MOST_REMEMBERED: usize = 256;

#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Sheet(BlobHash),
    /// A PDF laid upon its picture.
    Laid(Pair),
    /// A tile of a page by its address, and the files that it was drawn from: a page may be published anew.
    Tile(String, Option<BlobHash>, Option<BlobHash>),
}

#[derive(Clone)]
enum Kept {
    Sheet(Sheet),
    Tile(Drawn),
}

/// A picture as the window gets it.
#[derive(Clone)]
pub(crate) struct Drawn {
    pub(crate) bytes: Arc<Vec<u8>>,
    pub(crate) media_type: &'static str,
}

/// The pages that the window shows, or is about to.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) publication: String,
    pub(crate) date: Date,
    /// Those on the desk, and those to either side of them.
    pub(crate) shown: Vec<String>,
    pub(crate) beside: Vec<String>,
}

/// Of a PDF, and the picture of the same page.
type Pair = (BlobHash, BlobHash);

pub(crate) struct Sheets {
    kept: Mutex<Weighed<Key, Kept>>,
    photographs: Mutex<Vec<(BlobHash, Photographs)>>,
    frames: Mutex<Vec<(Pair, Option<Frame>)>>,
    /// Held by who looks for a frame: another may want the same one.
    framing: Mutex<()>,
    wanted: Mutex<Option<Wanted>>,
}

impl Default for Sheets {
    fn default() -> Self {
        Self {
            kept: Mutex::new(Weighed::new(MOST_BYTES)),
            photographs: Mutex::default(),
            frames: Mutex::default(),
            framing: Mutex::default(),
            wanted: Mutex::default(),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes something at the end of what is remembered, and forgets what is oldest.
fn remember<K, V>(remembered: &Mutex<Vec<(K, V)>>, key: K, value: V) {
    let mut remembered = lock(remembered);
    remembered.push((key, value));
    let surplus = remembered.len().saturating_sub(MOST_REMEMBERED);
    remembered.drain(..surplus);
}

/// What the first of a page's files gives that gives something; nothing where there is no file.
fn first_of<T>(page: &Page, of: impl Fn(&BlobHash) -> Result<T>) -> Result<Option<T>> {
    let mut failed = None;
    for blob in page.pdf.iter().chain(&page.picture) {
        match of(blob) {
            Ok(given) => return Ok(Some(given)),
            Err(error) => {
                tracing::warn!(page = page.number, %error, "a page's file could not be used");
                failed.get_or_insert(error);
            }
        }
    }
    failed.map_or(Ok(None), Err)
}

impl Sheets {
    /// The sharpest there is of a page: its PDF, laid upon its picture; where that is missing or cannot be drawn, its
    /// picture.
    pub(crate) fn of_page(&self, library: &Library, page: &Page) -> Result<Sheet> {
        first_of(page, |blob| self.laid(library, page, blob, true))?.ok_or_else(|| {
            AppError::new(ErrorCode::PageBroken, format!("page {} has no picture", page.number))
        })
    }

    /// A page's photographs, by its sharpest file that says: its thumbnail then has them in the same places. A page
    /// that is only passed by is not kept open for it.
    pub(crate) fn photographs_of(&self, library: &Library, page: &Page) -> Result<Photographs> {
        let found = first_of(page, |blob| {
            if let Some((_, photographs)) = lock(&self.photographs).iter().find(|(hash, _)| hash == blob) {
                return Ok(photographs.clone());
            }
            let photographs = self.laid(library, page, blob, false)?.photographs()?;
            remember(&self.photographs, blob.clone(), photographs.clone());
            Ok(photographs)
        })?;
        // Without a file there is nothing to draw either; whoever draws says so.
        Ok(found.unwrap_or_default())
    }

    /// One of a page's files, opened; a PDF laid so that fractions of it are fractions of the picture.
    fn laid(&self, library: &Library, page: &Page, blob: &BlobHash, keep: bool) -> Result<Sheet> {
        let pair = match (&page.pdf, &page.picture) {
            (Some(pdf), Some(picture)) if pdf == blob => (pdf.clone(), picture.clone()),
            _ => return self.open(library, blob, keep),
        };
        let key = Key::Laid(pair.clone());
        if let Some(Kept::Sheet(sheet)) = lock(&self.kept).get(&key) {
            return Ok(sheet);
        }
        let sheet = self.open(library, blob, keep)?;
        let Some(frame) = self.frame(library, pair, &sheet, keep) else { return Ok(sheet) };
        let sheet = sheet.framed(&frame);
        Ok(if keep { self.keep(key, sheet) } else { sheet })
    }

    /// Where the picture lies on the PDF. One that cannot be read says nothing of it.
    fn frame(&self, library: &Library, pair: Pair, sheet: &Sheet, keep: bool) -> Option<Frame> {
        let known = || lock(&self.frames).iter().find(|(known, _)| *known == pair).map(|(_, frame)| *frame);
        if let Some(frame) = known() {
            return frame;
        }
        let _framing = lock(&self.framing);
        if let Some(frame) = known() {
            return frame;
        }
        let found = self.open(library, &pair.1, keep).and_then(|picture| Ok(sheet.place_of(&picture)?));
        let frame = found.unwrap_or_else(|error| {
            tracing::debug!(%error, "a PDF stays as it is");
            None
        });
        remember(&self.frames, pair, frame);
        frame
    }

    /// A file, opened: kept, or for this once.
    fn open(&self, library: &Library, blob: &BlobHash, keep: bool) -> Result<Sheet> {
        let key = Key::Sheet(blob.clone());
        if let Some(Kept::Sheet(sheet)) = lock(&self.kept).get(&key) {
            return Ok(sheet);
        }
        let sheet = Sheet::open(library.blob(blob)?)?;
        Ok(if keep { self.keep(key, sheet) } else { sheet })
    }

    /// Two may have opened it at once: one of them is used, so that it is decoded once.
    fn keep(&self, key: Key, sheet: Sheet) -> Sheet {
        let weight = sheet.weight();
        match lock(&self.kept).keep(key, Kept::Sheet(sheet.clone()), weight) {
            Kept::Sheet(kept) => kept,
            Kept::Tile(_) => sheet,
        }
    }

    /// The tile at an address: kept, or drawn now.
    pub(crate) fn tile(
        &self,
        page: &Page,
        address: &str,
        draw: impl FnOnce() -> Result<Drawn>,
    ) -> Result<Drawn> {
        let key = Key::Tile(address.to_owned(), page.pdf.clone(), page.picture.clone());
        if let Some(Kept::Tile(tile)) = lock(&self.kept).get(&key) {
            return Ok(tile);
        }
        let tile = draw()?;
        let weight = tile.bytes.len() as u64;
        lock(&self.kept).keep(key, Kept::Tile(tile.clone()), weight);
        Ok(tile)
    }

    /// Notes which pages are wanted from now on.
    pub(crate) fn want(&self, wanted: Wanted) {
        *lock(&self.wanted) = Some(wanted);
    }

    /// Whether this is what is wanted still.
    pub(crate) fn is_current(&self, wanted: &Wanted) -> bool {
        lock(&self.wanted).as_ref() == Some(wanted)
    }

    /// Whether a page was left: what waits to be drawn of it is drawn for nobody. A window that has not said anything
    /// yet wants everything.
    pub(crate) fn was_left(&self, publication: &str, date: Date, number: &str) -> bool {
        lock(&self.wanted).as_ref().is_some_and(|wanted| {
            let named = || wanted.shown.iter().chain(&wanted.beside).any(|shown| shown == number);
            wanted.publication != publication || wanted.date != date || !named()
        })
    }

    /// Opens and decodes a page that is about to be looked at.
    pub(crate) fn make_ready(&self, library: &Library, page: &Page) -> Result<()> {
        Ok(self.of_page(library, page)?.prepare()?)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_left_when_others_are_wanted() {
        let sheets = Sheets::default();
        let date: Date = "2026-11-24".parse().unwrap();
        assert!(!sheets.was_left("slrb", date, "01"), "nothing was said yet");
        let wanted = Wanted {
            publication: "slrb".into(),
            date,
            shown: vec!["02".into(), "03".into()],
            beside: vec!["04".into()],
        };
        sheets.want(wanted.clone());
        let left = ["01", "02", "03", "04"].map(|number| sheets.was_left("slrb", date, number));
        assert_eq!(left, [true, false, false, false]);
        assert!(sheets.was_left("slwb", date, "02"));
        assert!(sheets.was_left("slrb", "2026-11-23".parse().unwrap(), "02"));
        assert!(sheets.is_current(&wanted));
        sheets.want(Wanted { shown: vec!["04".into()], ..wanted.clone() });
        assert!(!sheets.is_current(&wanted));
    }
}
