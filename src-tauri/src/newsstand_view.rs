//! The newsstand's types that cross to the window: what was found at an address, what is wanted, a month.

use crate::error::{AppError, ErrorCode, Result};
use crate::sheets::parse_date;
use kanbao_library::{Date, IssueSummary};
use kanbao_sync::{Finding, SiteMonth};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

/// What one click may ask of a site.
const MOST_ISSUES: u32 = 60;

/// A newspaper at an address, and what an issue of it would be to fetch.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase", rename = "Finding")]
pub(crate) struct FindingView {
    pub(crate) name: String,
    /// What it is added by.
    pub(crate) url: String,
    pub(crate) host: String,
    pub(crate) copyright: Option<String>,
    pub(crate) latest: Option<String>,
    pub(crate) pages: u32,
    /// About how much an issue is, where the site says; a number that JavaScript holds exactly.
    #[specta(type = Option<u32>)]
    pub(crate) bytes: Option<u64>,
    /// It is on the newsstand already.
    pub(crate) publication: Option<String>,
}

impl From<Finding> for FindingView {
    fn from(finding: Finding) -> Self {
        Self {
            name: finding.name,
            url: finding.entry.to_string(),
            host: finding.host,
            copyright: finding.copyright,
            latest: finding.latest.map(|date| date.to_string()),
            pages: finding.pages,
            bytes: finding.bytes,
            publication: finding.publication,
        }
    }
}

/// Which issues a sync is to bring. Days are as the window writes dates.
#[derive(Debug, Clone, Deserialize, Serialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub(crate) enum Wanted {
    Latest { count: u32 },
    Day { date: String },
    Range { since: String, until: String },
}

impl Wanted {
    pub(crate) fn read(&self) -> Result<kanbao_sync::Wanted> {
        Ok(match self {
            Self::Latest { count } => kanbao_sync::Wanted::Latest((*count).clamp(1, MOST_ISSUES)),
            Self::Day { date } => kanbao_sync::Wanted::Date(parse_date(date)?),
            Self::Range { since, until } => {
                let (since, until) = (parse_date(since)?, parse_date(until)?);
                kanbao_sync::Wanted::Between(since.min(until), since.max(until))
            }
        })
    }
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CalendarMonth {
    pub(crate) publication: String,
    /// "2026-11"
    pub(crate) month: String,
    /// Each day of the month.
    pub(crate) days: Vec<CalendarDay>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CalendarDay {
    pub(crate) date: String,
    pub(crate) state: DayState,
    /// Of an issue that is here.
    pub(crate) pages: u32,
    pub(crate) pages_kept: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum DayState {
    /// The whole issue is here.
    Here,
    Partly,
    /// The site has it.
    OnSite,
    /// The site's list passes over it: no paper that day.
    Absent,
    /// Nothing is known of it.
    Unknown,
    Future,
}

/// A month as the window writes it, by its first day.
pub(crate) fn parse_month(month: &str) -> Result<Date> {
    format!("{month}-01")
        .parse()
        .map_err(|_| AppError::new(ErrorCode::NoSuchIssue, format!("{month:?} is not a month")))
}

impl CalendarMonth {
    pub(crate) fn new(
        publication: String,
        month: Date,
        site: &SiteMonth,
        issues: &[IssueSummary],
        today: Date,
    ) -> Self {
        let kept: BTreeMap<Date, &IssueSummary> = issues.iter().map(|issue| (issue.date, issue)).collect();
        let first = month.first_of_month();
        let days = first.series(jiff::ToSpan::day(1)).take_while(|day| day.first_of_month() == first);
        let days = days.map(|date| {
            let issue = kept.get(&date);
            let state = match issue {
                Some(issue) if issue.complete => DayState::Here,
                Some(_) => DayState::Partly,
                None if site.dates.contains(&date) => DayState::OnSite,
                None if date > today => DayState::Future,
                None if site.known_until.is_some_and(|until| date < until) => DayState::Absent,
                None => DayState::Unknown,
            };
            CalendarDay {
                date: date.to_string(),
                state,
                pages: issue.map_or(0, |issue| issue.pages),
                pages_kept: issue.map_or(0, |issue| issue.pages_kept),
            }
        });
        Self { publication, month: first.strftime("%Y-%m").to_string(), days: days.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn kept(day: &str, complete: bool) -> IssueSummary {
        IssueSummary {
            id: 1,
            publication: "slrb".into(),
            date: date(day),
            edition: String::new(),
            complete,
            pages: 8,
            pages_kept: if complete { 8 } else { 3 },
            articles: 0,
            unread: 0,
            bytes: 0,
            url: String::new(),
            fetched: None,
        }
    }

    #[test]
    fn a_day_is_what_is_known_of_it() {
        let listed = ["2026-11-19", "2026-11-20", "2026-11-22", "2026-11-23"];
        let site = SiteMonth {
            dates: listed.into_iter().map(date).collect(),
            known_until: Some(date("2026-11-24")),
        };
        let issues = [kept("2026-11-23", true), kept("2026-11-22", false), kept("2026-10-01", true)];
        let today = date("2026-11-25");
        let month = CalendarMonth::new("slrb".into(), date("2026-11-09"), &site, &issues, today);
        assert_eq!((month.month.as_str(), month.days.len()), ("2026-11", 30));
        let state = |day: usize| month.days[day - 1].state;
        assert_eq!(state(23), DayState::Here);
        assert_eq!(state(22), DayState::Partly);
        assert_eq!((month.days[21].pages_kept, month.days[21].pages), (3, 8));
        assert_eq!(state(21), DayState::Absent);
        assert_eq!(state(20), DayState::OnSite);
        assert_eq!(state(1), DayState::Absent);
        assert_eq!(state(24), DayState::Unknown, "the list was asked for that morning");
        assert_eq!(state(25), DayState::Unknown, "today may come yet");
        assert_eq!(state(26), DayState::Future);
        let nothing =
            CalendarMonth::new("slrb".into(), date("2026-11-01"), &SiteMonth::default(), &[], today);
        assert_eq!(nothing.days[0].state, DayState::Unknown);
    }

    #[test]
    fn what_is_wanted_is_read_or_refused() {
        let read = |json: &str| serde_json::from_str::<Wanted>(json).unwrap().read();
        let latest = |json| read(json).unwrap();
        assert_eq!(latest(r#"{"kind":"latest","count":999}"#), kanbao_sync::Wanted::Latest(60));
        assert_eq!(latest(r#"{"kind":"latest","count":0}"#), kanbao_sync::Wanted::Latest(1));
        let (first, last) = (date("2026-11-01"), date("2026-11-09"));
        assert_eq!(
            latest(r#"{"kind":"range","since":"2026-11-09","until":"2026-11-01"}"#),
            kanbao_sync::Wanted::Between(first, last),
            "from either end"
        );
        assert!(read(r#"{"kind":"day","date":"yesterday"}"#).is_err());
        assert!(parse_month("2026-13").is_err());
        assert_eq!(parse_month("2026-11").unwrap(), first);
    }
}
