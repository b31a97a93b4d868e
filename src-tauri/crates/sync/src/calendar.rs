//! The days on which a publication has issues on its site: from what is kept, or asked anew.

use crate::SyncError;
use crate::discover::lead_to_page;
use crate::fetch::{Fetcher, Freshness, decoded};
use jiff::ToSpan;
use kanbao_library::{Library, Publication};
use kanbao_newspaper::Date;
use kanbao_sources::{Ask, IssueLink, Kind, Sources};
use std::collections::BTreeSet;
use url::Url;

/// What is known of a month on a publication's site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteMonth {
    /// Days that the site lists.
    pub dates: BTreeSet<Date>,
    /// The list was true until this day, as far as is known: a day before it that is not listed did
    /// not appear.
    pub known_until: Option<Date>,
}

impl SiteMonth {
    fn new(issues: impl IntoIterator<Item = IssueLink>, month: Date, asked: Option<Date>) -> Self {
        let in_month = |date: &Date| date.first_of_month() == month.first_of_month();
        let dates: BTreeSet<Date> = issues.into_iter().map(|issue| issue.date).filter(in_month).collect();
        let known_until = dates.last().copied().map(|last| asked.map_or(last, |asked| asked.max(last)));
        Self { dates, known_until }
    }
}

/// Reads the calendar that the library has of a month; nothing is asked of the network.
pub(crate) fn known_month(
    library: &Library,
    sources: &Sources,
    publication: &Publication,
    month: Date,
) -> Result<SiteMonth, SyncError> {
    let Some(known) = kept_page(library, publication)? else { return Ok(SiteMonth::default()) };
    for url in sources.calendar_urls(&known, month.year(), month.month()) {
        let Some(resource) = library.resource(&Ask::of(&url).key())? else { continue };
        let body = library.blob(&resource.blob)?;
        let text = decoded(sources, &url, &body, resource.content_type.as_deref()).text;
        if let Some(issues) = listed(sources, &url, &text) {
            let asked = resource.fetched.get(..10).and_then(|day| day.parse().ok());
            return Ok(SiteMonth::new(issues, month, asked));
        }
    }
    Ok(SiteMonth::default())
}

/// Asks the site for its calendar of a month. `today` is the day on which it is asked.
pub(crate) async fn ask_month(
    fetcher: &Fetcher<'_>,
    publication: &Publication,
    month: Date,
    today: Date,
) -> Result<SiteMonth, SyncError> {
    let known = if let Some(known) = kept_page(fetcher.library, publication)? {
        known
    } else {
        let entry = Url::parse(&publication.url)
            .map_err(|_| SyncError::BadAddress { address: publication.url.clone() })?;
        let mut tried = Vec::new();
        let newest = lead_to_page(fetcher, &entry, &mut tried).await?;
        let none = || SyncError::NotANewspaper { url: entry.to_string(), tried: tried.join(", ") };
        newest.ok_or_else(none)?.document.url
    };
    let issues = issues_of(fetcher, &known, month, Freshness::Ask).await?;
    Ok(SiteMonth::new(issues, month, Some(today)))
}

/// What a site lists of a month; nothing where it has no calendar.
pub(crate) async fn issues_of(
    fetcher: &Fetcher<'_>,
    known: &Url,
    month: Date,
    freshness: Freshness,
) -> Result<Vec<IssueLink>, SyncError> {
    let mut trouble = None;
    for url in fetcher.sources.calendar_urls(known, month.year(), month.month()) {
        match fetcher.document(&url, freshness, None).await {
            Ok(document) => {
                if let Some(mut issues) = listed(fetcher.sources, &document.url, &document.text) {
                    // Some sites have one calendar for all years.
                    issues.retain(|issue| issue.date.first_of_month() == month.first_of_month());
                    return Ok(issues);
                }
            }
            Err(error) if error.is_missing() => {}
            Err(error) if error.ends_the_run() => return Err(error),
            Err(error) => {
                trouble.get_or_insert(error);
            }
        }
    }
    trouble.map_or_else(|| Ok(Vec::new()), Err)
}

/// The newest issue that a site's calendar lists, for sites that say nowhere else which it is. Some list days to come.
pub(crate) async fn newest_listed(fetcher: &Fetcher<'_>, calendar: &Url) -> Result<Option<Url>, SyncError> {
    /// A weekly may pause over a holiday; who has not appeared for longer has ended.
    const MOST_MONTHS: usize = 3;
    let mut month = fetcher.today.first_of_month();
    for _ in 0..MOST_MONTHS {
        let issues = issues_of(fetcher, calendar, month, Freshness::Ask).await?;
        let out = issues.into_iter().filter(|issue| issue.date <= fetcher.today && issue.url.is_some());
        if let Some(newest) = out.max_by_key(|issue| issue.date) {
            return Ok(newest.url);
        }
        let Ok(earlier) = month.checked_sub(1.month()) else { break };
        month = earlier;
    }
    Ok(None)
}

/// What a document lists, if it is a calendar that lists anything.
fn listed(sources: &Sources, url: &Url, text: &str) -> Option<Vec<IssueLink>> {
    let reading = sources.read(url, text);
    (reading.kind == Kind::Calendar && !reading.issues.is_empty()).then_some(reading.issues)
}

/// A page of the publication whose address the others' follow from.
fn kept_page(library: &Library, publication: &Publication) -> Result<Option<Url>, SyncError> {
    let issues = library.issues(&publication.id)?;
    Ok(issues.iter().find_map(|issue| Url::parse(&issue.url).ok()))
}
