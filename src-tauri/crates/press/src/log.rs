//! What a site was asked and what it answered, for tests and for the one who watches it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Requests remembered one by one; older ones are only counted.
const REMEMBERED: usize = 100_000;

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    Robots,
    Index,
    Calendar,
    Page,
    Article,
    /// The small picture of a page.
    Thumbnail,
    /// The large picture of a page without a PDF.
    PagePicture,
    Pdf,
    /// A picture of an article.
    Picture,
    /// Style sheets, scripts, icons.
    Furniture,
    /// Nothing that the site has.
    Stray,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// With the query.
    pub path: String,
    pub class: Class,
    pub status: u16,
    /// Of the body as answered; a fault may have kept some back.
    pub bytes: usize,
    /// It carried a validator.
    pub conditional: bool,
    pub user_agent: Option<String>,
}

/// How often a class was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub requests: u64,
    pub not_modified: u64,
    pub failed: u64,
    pub bytes: u64,
}

#[derive(Debug, Default)]
struct Kept {
    entries: VecDeque<Entry>,
    counts: BTreeMap<Class, Count>,
}

/// Every request of a site, in order.
#[derive(Debug, Default)]
pub struct Log {
    kept: Mutex<Kept>,
}

impl Log {
    pub(crate) fn note(&self, entry: Entry) {
        let mut kept = self.kept();
        let count = kept.counts.entry(entry.class).or_default();
        count.requests += 1;
        count.not_modified += u64::from(entry.status == 304);
        count.failed += u64::from(entry.status >= 400);
        count.bytes += entry.bytes as u64;
        if kept.entries.len() == REMEMBERED {
            kept.entries.pop_front();
        }
        kept.entries.push_back(entry);
    }

    pub fn entries(&self) -> Vec<Entry> {
        self.kept().entries.iter().cloned().collect()
    }

    pub fn count(&self, class: Class) -> Count {
        self.kept().counts.get(&class).copied().unwrap_or_default()
    }

    pub fn total(&self) -> Count {
        self.kept().counts.values().fold(Count::default(), |sum, count| Count {
            requests: sum.requests + count.requests,
            not_modified: sum.not_modified + count.not_modified,
            failed: sum.failed + count.failed,
            bytes: sum.bytes + count.bytes,
        })
    }

    /// How often an address was asked for, whatever its query.
    pub fn requests_of(&self, path: &str) -> usize {
        self.kept().entries.iter().filter(|entry| entry.path.split('?').next() == Some(path)).count()
    }

    pub fn clear(&self) {
        *self.kept() = Kept::default();
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
