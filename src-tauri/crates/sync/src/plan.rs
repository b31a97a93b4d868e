//! Which issues are wanted, and where each begins.

use crate::SyncError;
use crate::calendar;
use crate::discover::{Found, lead_to_page, read_page};
use crate::fetch::{Fetcher, Freshness};
use jiff::ToSpan;
use kanbao_library::Publication;
use kanbao_newspaper::Date;
use kanbao_sources::IssueLink;
use std::collections::{BTreeMap, HashSet};
use url::Url;

/// What the reader asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The newest so many issues.
    Latest(u32),
    Date(Date),
    /// Every issue of this date and later.
    Since(Date),
    /// Every issue from the first to the second date.
    Between(Date, Date),
}

impl Wanted {
    pub(crate) fn date(self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(date),
            Self::Latest(_) | Self::Since(_) | Self::Between(..) => None,
        }
    }

    /// Whether days were named, and not whatever is new.
    pub(crate) fn names_days(self) -> bool {
        matches!(self, Self::Date(_) | Self::Between(..))
    }
}

/// An issue to bring in: any page of it, already read.
pub(crate) struct PlannedIssue {
    pub(crate) date: Date,
    pub(crate) front: Found,
}

impl PlannedIssue {
    pub(crate) fn page_count(&self) -> u32 {
        self.front.reading.pages.len().max(1) as u32
    }
}

pub(crate) struct FailedIssue {
    pub(crate) date: Date,
    pub(crate) error: SyncError,
}

#[derive(Default)]
pub(crate) struct Plan {
    /// Newest first.
    pub(crate) issues: Vec<PlannedIssue>,
    pub(crate) not_published: Vec<Date>,
    pub(crate) failed: Vec<FailedIssue>,
}

/// How many issues one run may ask for.
const MOST_ISSUES: usize = 400;

/// Dates looked at beyond those asked for, because a calendar may list days without an issue.
const SPARE_DATES: usize = 10;

/// Months without a calendar before the walk back gives up.
const MOST_EMPTY_MONTHS: u32 = 2;

/// A paper that did not appear for this many days is taken to have begun after them.
const LONGEST_GAP_DAYS: u32 = 10;

pub(crate) async fn plan(
    fetcher: &Fetcher<'_>,
    publication: &Publication,
    wanted: Wanted,
) -> Result<Plan, SyncError> {
    let entry = Url::parse(&publication.url)
        .map_err(|_| SyncError::BadAddress { address: publication.url.clone() })?;
    let mut plan = Plan::default();
    let mut tried = Vec::new();
    let newest = lead_to_page(fetcher, &entry, &mut tried)
        .await?
        .ok_or_else(|| SyncError::NotANewspaper { url: entry.to_string(), tried: tried.join(", ") })?;
    let printed = newest.date().ok_or_else(|| SyncError::NotANewspaper {
        url: newest.document.url.to_string(),
        tried: "its date was neither printed nor in its address".into(),
    })?;
    // The site's address says today, the page says yesterday: today's paper is not ready.
    let mut early = None;
    if let Some(address_date) = newest.address_date()
        && address_date != printed
    {
        early = Some(address_date);
        let asked_for = match wanted {
            Wanted::Date(date) => date == address_date,
            Wanted::Between(since, until) => (since..=until).contains(&address_date),
            Wanted::Latest(_) | Wanted::Since(_) => true,
        };
        if asked_for {
            plan.not_published.push(address_date);
        }
    }
    let search = Search { fetcher, known: newest.clone(), newest: printed };
    let (dates, most) = match wanted {
        Wanted::Date(date) => {
            if early == Some(date) {
                return Ok(plan);
            }
            (vec![(date, None)], 1)
        }
        Wanted::Latest(count) => {
            let count = (count.max(1) as usize).min(MOST_ISSUES);
            (search.dates_back(&newest, count, DateSpan::default()).await?, count)
        }
        Wanted::Since(since) => {
            let span = DateSpan { since: Some(since), until: None };
            (search.dates_back(&newest, MOST_ISSUES, span).await?, MOST_ISSUES)
        }
        Wanted::Between(since, until) => {
            let span = DateSpan { since: Some(since), until: Some(until) };
            (search.dates_back(&newest, MOST_ISSUES, span).await?, MOST_ISSUES)
        }
    };
    // What was read on the way need not be read again, unless its address is another day's.
    let mut newest = early.is_none().then_some(newest);
    // What a reader took away comes back when its day is named, and not by itself.
    let removed = fetcher.library.removed_dates(&publication.id)?;
    let mut passed_over = 0;
    for (date, url) in dates {
        if plan.issues.len() + passed_over >= most {
            break;
        }
        fetcher.check_cancelled()?;
        if removed.contains(&date) && !wanted.names_days() {
            passed_over += 1;
            continue;
        }
        if date == printed
            && let Some(front) = newest.take()
        {
            plan.issues.push(PlannedIssue { date, front });
            continue;
        }
        match search.front_page(date, url.as_ref()).await {
            Ok(Some(front)) => plan.issues.push(PlannedIssue { date, front }),
            Ok(None) if date > printed => plan.not_published.push(date),
            // Several papers of a house share a calendar: its dates need not be this paper's.
            Ok(None) if wanted.date().is_none() => {
                tracing::debug!(%date, "the calendar lists it, but there is no issue");
            }
            Ok(None) => {
                let site = entry.host_str().unwrap_or_default().to_owned();
                plan.failed.push(FailedIssue { date, error: SyncError::NoIssue { site, date } });
            }
            Err(error) if error.ends_the_run() => return Err(error),
            Err(error) => plan.failed.push(FailedIssue { date, error }),
        }
    }
    Ok(plan)
}

/// The first and the last date that are wanted, where there is one.
#[derive(Debug, Clone, Copy, Default)]
struct DateSpan {
    since: Option<Date>,
    until: Option<Date>,
}

impl DateSpan {
    fn contains(self, date: Date) -> bool {
        self.since.is_none_or(|since| date >= since) && self.until.is_none_or(|until| date <= until)
    }

    fn days(self) -> Option<impl Iterator<Item = Date>> {
        let (since, until) = (self.since?, self.until?);
        Some(until.series(-1.day()).take_while(move |&day| day >= since).take(MOST_ISSUES))
    }
}

struct Search<'a> {
    fetcher: &'a Fetcher<'a>,
    /// A page of this publication, whose address the others' follow from.
    known: Found,
    newest: Date,
}

impl Search<'_> {
    /// Dates of issues, newest first, from the calendar where there is one, else by walking back. A
    /// calendar gives some more than `count`.
    async fn dates_back(
        &self,
        newest: &Found,
        count: usize,
        span: DateSpan,
    ) -> Result<Vec<(Date, Option<Url>)>, SyncError> {
        let since = span.since;
        let wanted = |date: Date| date <= self.newest && span.contains(date);
        let mut dates: BTreeMap<Date, Option<Url>> = BTreeMap::new();
        if wanted(self.newest) {
            dates.insert(self.newest, None);
        }
        if dates.len() >= count || since.is_some_and(|since| since >= self.newest) {
            return Ok(dates.into_iter().rev().collect());
        }
        let last = span.until.map_or(self.newest, |until| until.min(self.newest));
        let mut month = last.first_of_month();
        let mut empty = 0;
        let mut any_calendar = false;
        while dates.len() < count + SPARE_DATES
            && empty < MOST_EMPTY_MONTHS
            && since.is_none_or(|since| month.last_of_month() >= since)
        {
            self.fetcher.check_cancelled()?;
            let calendar = self.calendar(month).await?;
            any_calendar |= !calendar.is_empty();
            empty = if calendar.is_empty() { empty + 1 } else { 0 };
            for issue in calendar {
                if wanted(issue.date) {
                    let url = dates.entry(issue.date).or_default();
                    *url = url.take().or(issue.url);
                }
            }
            let Ok(earlier) = month.checked_sub(1.month()) else { break };
            month = earlier;
        }
        if !any_calendar && let Some(days) = span.days() {
            // Days that were named are asked for one by one; those without an issue are passed over.
            dates.extend(days.filter(|&day| wanted(day)).map(|day| (day, None)));
        } else if !any_calendar {
            self.walk_back(newest, count, since, &mut dates).await?;
        }
        Ok(dates.into_iter().rev().take(count + SPARE_DATES).collect())
    }

    async fn calendar(&self, month: Date) -> Result<Vec<IssueLink>, SyncError> {
        // A month that is over does not change.
        let over = month.last_of_month() < self.newest.first_of_month();
        let freshness = if over { Freshness::Kept } else { Freshness::Ask };
        match calendar::issues_of(self.fetcher, self.known.dated_url(), month, freshness).await {
            Ok(issues) => Ok(self.own_issues(issues)),
            Err(error) if error.ends_the_run() => Err(error),
            // A calendar is a convenience: without it the issues are found by walking.
            Err(error) => {
                tracing::debug!(%month, %error, "no calendar");
                Ok(Vec::new())
            }
        }
    }

    /// Of a calendar that several papers share, this paper's entries: those of the paper whose issue of the known
    /// date begins with a page of the known issue. Where that cannot be told, all of them.
    fn own_issues(&self, issues: Vec<IssueLink>) -> Vec<IssueLink> {
        let known: HashSet<&Url> =
            self.known.reading.pages.iter().map(|page| &page.url).chain([&self.known.document.url]).collect();
        let begins_ours = |issue: &&IssueLink| issue.url.as_ref().is_some_and(|url| known.contains(url));
        let Some(paper) = issues.iter().find(begins_ours).map(|issue| issue.paper.clone()) else {
            return issues;
        };
        issues.into_iter().filter(|issue| issue.paper == paper).collect()
    }

    /// Follows 上一期 links, and where there are none tries the days before.
    async fn walk_back(
        &self,
        newest: &Found,
        count: usize,
        since: Option<Date>,
        dates: &mut BTreeMap<Date, Option<Url>>,
    ) -> Result<(), SyncError> {
        let mut seen = HashSet::from([self.newest]);
        let mut current = newest.clone();
        let mut date = self.newest;
        while dates.len() < count && since.is_none_or(|since| date > since) {
            self.fetcher.check_cancelled()?;
            let linked = current.reading.links.previous_issue.clone();
            let linked_date = linked.as_ref().and_then(|url| self.fetcher.sources.address_date(url));
            let mut earlier = None;
            if let Some(linked_date) = linked_date.filter(|&linked_date| linked_date < date) {
                earlier =
                    self.front_page(linked_date, linked.as_ref()).await?.map(|found| (linked_date, found));
            }
            let mut day = date;
            for _ in 0..LONGEST_GAP_DAYS {
                if earlier.is_some() || since.is_some_and(|since| day <= since) {
                    break;
                }
                let Ok(before) = day.checked_sub(1.day()) else { break };
                day = before;
                earlier = self.front_page(day, None).await?.map(|found| (day, found));
            }
            let Some((found_date, found)) = earlier else { break };
            if !seen.insert(found_date) {
                break;
            }
            dates.insert(found_date, Some(found.document.url.clone()));
            (date, current) = (found_date, found);
        }
        Ok(())
    }

    /// Any page of the issue of a date; `None` where the site has none.
    async fn front_page(&self, date: Date, likely: Option<&Url>) -> Result<Option<Found>, SyncError> {
        let mut candidates: Vec<Url> = likely.cloned().into_iter().collect();
        for url in self.fetcher.sources.issue_urls(self.known.dated_url(), date) {
            if !candidates.contains(&url) {
                candidates.push(url);
            }
        }
        if candidates.is_empty() {
            return Err(SyncError::NoWayToDate { url: self.known.document.url.to_string(), date });
        }
        for url in candidates {
            match read_page(self.fetcher, &url, Freshness::Ask).await {
                Ok(Some(found)) if found.date() == Some(date) && found.is_of_paper(&self.known) => {
                    return Ok(Some(found));
                }
                // A shell, another paper's page, or another day's under this day's address.
                Ok(_) => {}
                Err(error) if error.is_missing() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }
}
