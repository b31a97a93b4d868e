//! Months: `period.xml` (`periodlist`), and `navi.xml` of the hosted county papers (`navi`).

use crate::address;
use crate::ask::join;
use crate::printed::{parse_date, rule};
use crate::reading::{Family, IssueLink, Kind, Reading};
use kanbao_newspaper::Date;
use memchr::memchr_iter;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeMap;
use url::Url;

/// A month has thirty-one days and a house a dozen papers.
const MOST_ENTRIES: usize = 2_000;

pub(crate) fn is_calendar(text: &str) -> bool {
    /// In characters. Every document is asked.
    const HEAD: usize = 2_000;
    let end = text.char_indices().nth(HEAD).map_or(text.len(), |(end, _)| end);
    let head = &text.as_bytes()[..end];
    let tags = memchr_iter(b'<', head).map(|at| &head[at + 1..]);
    let begins = |tag: &[u8], word: &str| {
        tag.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
    };
    let any_begins = |words: &[&str]| tags.clone().any(|tag| words.iter().any(|word| begins(tag, word)));
    any_begins(&["periodlist", "navi>", "navi ", "calendar>"]) && !any_begins(&["html", "body"])
}

/// One entry: its date, and the page that it begins with.
#[derive(Default)]
struct Entry {
    date: Option<Date>,
    front_page: Option<String>,
    paper: Option<String>,
}

pub(crate) fn read(url: &Url, text: &str, reading: &mut Reading) {
    reading.kind = Kind::Calendar;
    let folder = url.path().rsplit('/').nth(1).unwrap_or_default();
    let newer = folder.len() == 6 && folder.bytes().all(|b| b.is_ascii_digit());
    reading.family = Some(if newer { Family::FounderNew } else { Family::FounderClassic });
    let mut issues: BTreeMap<(Date, Option<String>), Option<Url>> = BTreeMap::new();
    let mut xml = Reader::from_str(text);
    xml.config_mut().check_end_names = false;
    let (mut entry, mut inside, mut entries) = (Entry::default(), String::new(), 0);
    loop {
        match xml.read_event() {
            Ok(Event::Start(start)) => {
                inside = start.local_name().as_ref().to_ascii_lowercase();
                if matches!(inside.as_str(), "period" | "calendar") {
                    entry = Entry::default();
                }
            }
            Ok(Event::Text(words)) => {
                let words = words.trim().to_owned();
                match inside.as_str() {
                    "period_date" | "date" => entry.date = parse_date(&words),
                    "paper_id" if !words.is_empty() => entry.paper = Some(words.chars().take(40).collect()),
                    "front_page" if !words.is_empty() => entry.front_page = Some(words),
                    _ => {}
                }
            }
            Ok(Event::End(end)) => {
                inside.clear();
                let name = end.local_name().as_ref().to_ascii_lowercase();
                if matches!(name.as_str(), "period" | "calendar") {
                    entries += 1;
                    if let Some(date) = std::mem::take(&mut entry).date_with(url, &mut issues) {
                        reading.warnings.push(format!("the calendar lists {date} of another month"));
                    }
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                reading
                    .warnings
                    .push(format!("the calendar breaks off at byte {}: {error}", xml.error_position()));
                break;
            }
        }
        if entries >= MOST_ENTRIES {
            reading
                .warnings
                .push(format!("the calendar has more than {MOST_ENTRIES} entries; the rest is not read"));
            break;
        }
    }
    let count = issues.len().to_string();
    rule(reading, "issues", "dates of the month", (!issues.is_empty()).then_some(count.as_str()));
    reading.issues = issues.into_iter().map(|((date, paper), url)| IssueLink { date, url, paper }).collect();
}

impl Entry {
    /// Adds the entry; gives its date back where it is of another month than the calendar's address.
    fn date_with(
        self,
        calendar: &Url,
        issues: &mut BTreeMap<(Date, Option<String>), Option<Url>>,
    ) -> Option<Date> {
        let date = self.date?;
        let folder = calendar.path().rsplit('/').nth(1).unwrap_or_default();
        let month = match folder.len() {
            7 if folder.as_bytes()[4] == b'-' => Some(format!("{:04}-{:02}", date.year(), date.month())),
            6 if folder.bytes().all(|b| b.is_ascii_digit()) => {
                Some(format!("{:04}{:02}", date.year(), date.month()))
            }
            _ => None,
        };
        if month.is_some_and(|month| month != folder) {
            return Some(date);
        }
        let begins = self.front_page.and_then(|file| join(calendar, &format!("{:02}/{file}", date.day())));
        let url = begins.filter(|url| address::issue_place(url).is_some());
        let known = issues.entry((date, self.paper)).or_default();
        *known = known.take().or(url);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(text: &str) -> Reading {
        let url = Url::parse("http://a.cn/slrb/html/2026-11/period.xml").unwrap();
        assert!(is_calendar(text), "{text}");
        let mut reading = Reading::default();
        read(&url, text, &mut reading);
        reading
    }

    #[test]
    fn months_unsorted_and_shared() {
        let reading = calendar(
            "<?xml version=\"1.0\"?><periodlist><period id=\"3\"><period_name/><paper_id>1</paper_id><period_date>2026-11-24</period_date></period>\
             <period id=\"1\"><period_date>2026-11-22</period_date><front_page>node_2.htm</front_page></period>\
             <period id=\"9\"><paper_id>2</paper_id><period_date>2026-11-24</period_date></period>\
             <period id=\"9\"><period_date>2099-01-01</period_date></period></periodlist>",
        );
        let dates: Vec<_> = reading.issues.iter().map(|issue| issue.date.to_string()).collect();
        assert_eq!(dates, ["2026-11-22", "2026-11-24", "2026-11-24"]);
        let papers: Vec<_> = reading.issues.iter().map(|issue| issue.paper.as_deref()).collect();
        assert_eq!(papers, [None, Some("1"), Some("2")]);
        assert_eq!(
            reading.issues[0].url.as_ref().unwrap().as_str(),
            "http://a.cn/slrb/html/2026-11/22/node_2.htm"
        );
        assert_eq!(reading.warnings.len(), 1);
        let hosted = calendar("<navi><calendar><date>2026-11-02</date><rmp_exe_path/></calendar></navi>");
        assert_eq!(hosted.issues.len(), 1);
    }

    #[test]
    fn broken_months_give_what_they_have() {
        let reading = calendar(
            "<periodlist><period><period_date>2026-11-24</period_date></period><period><period_date>2026-",
        );
        assert_eq!(reading.issues.len(), 1);
    }
}
