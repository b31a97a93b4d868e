//! What can be made to go wrong while a site is served.

use crate::log::Class;
use clap::ValueEnum;
use std::time::Duration;

/// Where a fault strikes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Everywhere,
    /// All of a class, e.g. every PDF.
    Class(Class),
    /// One address without its query.
    Path(String),
}

impl Place {
    pub(crate) fn covers(&self, class: Class, path: &str) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Class(struck) => *struck == class,
            Self::Path(struck) => struck == path,
        }
    }
}

/// What goes wrong there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// This status for so many requests (`None`: until the faults are cleared), then all is well.
    Status { status: u16, retry_after: Option<u32>, times: Option<u32> },
    /// As if it had never been there.
    Missing,
    /// 302 to another address.
    Redirect(String),
    /// The body comes in pieces, taking this long in all.
    Slow(Duration),
    /// Half of the body comes and then nothing, with the connection held open.
    Stalled,
    /// Half of the body comes and then the connection closes, so many times.
    Truncated { times: Option<u32> },
    /// The site's own file ends after its first half, as one that was never put up whole: the answer is in order.
    Halved,
    /// The connection closes before any of the body comes, so many times.
    Dropped { times: Option<u32> },
    /// No `ETag`, no Last-Modified, never a 304.
    NoValidators,
}

/// What has become of every paper's newest issue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Newest {
    #[default]
    Published,
    /// The front door still leads to the issue before; the newest one's addresses are missing.
    Unpublished,
    /// The front door leads to the newest, whose pages answer with the issue before's, its date printed on them.
    Stale,
}

/// How an answer travels. An answer inside the program is always whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delivery {
    Whole,
    Slow(Duration),
    Stalled,
    Truncated,
    Dropped,
}

#[derive(Debug, Default)]
pub(crate) struct Faults {
    pub(crate) newest: Newest,
    pub(crate) struck: Vec<(Place, Fault)>,
}

impl Faults {
    /// The fault that strikes this request, if one does; a counted one has struck once more.
    pub(crate) fn strike(&mut self, class: Class, path: &str) -> Option<Fault> {
        self.struck.iter_mut().filter(|(place, _)| place.covers(class, path)).find_map(|(_, fault)| {
            let struck = fault.clone();
            match fault {
                Fault::NoValidators => None,
                Fault::Status { times: Some(times), .. }
                | Fault::Truncated { times: Some(times) }
                | Fault::Dropped { times: Some(times) } => {
                    *times = times.checked_sub(1)?;
                    Some(struck)
                }
                _ => Some(struck),
            }
        })
    }

    pub(crate) fn without_validators(&self, class: Class, path: &str) -> bool {
        self.struck.iter().any(|(place, fault)| *fault == Fault::NoValidators && place.covers(class, path))
    }
}
