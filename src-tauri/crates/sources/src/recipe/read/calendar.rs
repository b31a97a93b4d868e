//! A calendar by a recipe: the days of a month with an issue.

use super::{count, tell, tell_list, whole};
use crate::html::Document;
use crate::printed::rule;
use crate::reading::{IssueLink, Reading};
use crate::recipe::value::{Scope, Value, Words, cut, date_of, elements};
use crate::recipe::{CalendarRecipe, Entries, Recipe};
use kanbao_newspaper::Date;
use std::collections::BTreeMap;
use url::Url;

/// Far more than any month has, and those of other months that are told.
const MOST_DAYS: usize = 2_000;
const MOST_TOLD: usize = 20;

impl Recipe {
    pub(super) fn read_calendar(
        &self,
        recipe: &CalendarRecipe,
        document: &Document<'_>,
        reading: &mut Reading,
    ) {
        let month = recipe.told.address.as_ref().and_then(|address| address.month(document.url));
        let mut days: BTreeMap<Date, Option<Url>> = BTreeMap::new();
        let mut strangers = Vec::new();
        let mut met = 0;
        let mut add = |date: Option<Date>, url: Option<Url>| {
            let Some(date) = date else { return };
            if month.is_some_and(|month| month.first_of_month() != date.first_of_month()) {
                strangers.push(date);
                return;
            }
            if days.len() < MOST_DAYS {
                let known = days.entry(date).or_default();
                *known = known.take().or(url);
            }
        };
        match &recipe.entries {
            Entries::Each(each) => {
                let own = Value::own("calendar.link", &["href"]);
                let found = elements(whole(document), each);
                met = found.len();
                for (at, element) in found.into_iter().enumerate() {
                    let mut quiet = Vec::new();
                    let rules = if at == 0 { &mut reading.rules } else { &mut quiet };
                    let scope = Scope { document, element: Some(element), address: "" };
                    let link = recipe.link.as_ref().unwrap_or(&own).find_quietly(scope, Words::Address);
                    let url = link.and_then(|href| document.resolve(&href));
                    let address = url.as_ref().map(Url::as_str).unwrap_or_default();
                    let date = match &recipe.date {
                        Some(date) => date.find_date(Scope { address, ..scope }, month, rules),
                        None => url.as_ref().and_then(|url| self.address_date(url)),
                    };
                    add(date, url);
                }
                tell_list("calendar.each", each, met, reading);
            }
            Entries::Pattern(pattern) => {
                for groups in pattern.captures_iter(cut(document.raw)).take(MOST_DAYS) {
                    met += 1;
                    let url = groups.name("link").and_then(|link| document.resolve(link.as_str()));
                    add(date_of(&groups, month), url);
                }
                let seen = count(met);
                tell(&mut reading.rules, "calendar.pattern", pattern.to_string(), met > 0, seen.as_deref());
            }
        }
        for date in strangers.into_iter().take(MOST_TOLD) {
            reading.warnings.push(format!("the calendar lists {date} of another month"));
        }
        rule(reading, "issues", "days with a date", count(days.len()).as_deref());
        reading.issues = days.into_iter().map(|(date, url)| IssueLink { date, url, paper: None }).collect();
    }
}
