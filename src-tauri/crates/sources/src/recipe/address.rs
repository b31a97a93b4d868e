//! Addresses by a recipe: patterns that take them apart, and templates that make others of the parts.

use super::compile;
use super::limits::{LONGEST_ADDRESS, MOST_ADDRESSES};
use super::section::{Entry, Section};
use super::value::date_of;
use kanbao_newspaper::Date;
use regex::Regex;
use std::collections::HashMap;
use url::Url;

/// Parts that templates fill in by themselves.
const DATE_PARTS: &[&str] = &["year", "month", "day", "yy", "m", "d"];

/// An address as patterns see it: what a server is asked for.
pub(super) fn plain(url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    url.into()
}

/// A pattern that addresses of one kind have.
#[derive(Debug, Clone)]
pub(super) struct AddressPattern {
    pub(super) pattern: Regex,
}

impl AddressPattern {
    pub(super) fn read(section: &Section<'_>, key: &'static str) -> Option<Self> {
        Some(Self { pattern: compile::pattern(&section.get(key)?)? })
    }

    pub(super) fn fits(&self, url: &Url) -> bool {
        let address = plain(url);
        address.len() <= LONGEST_ADDRESS * 2 && self.pattern.is_match(&address)
    }

    pub(super) fn date(&self, url: &Url) -> Option<Date> {
        let names: Vec<&str> = self.pattern.capture_names().flatten().collect();
        if !["year", "month", "day"].iter().all(|name| names.contains(name)) {
            return None;
        }
        date_of(&self.pattern.captures(&plain(url))?, None)
    }

    /// The first day of the month that an address names.
    pub(super) fn month(&self, url: &Url) -> Option<Date> {
        let address = plain(url);
        let groups = self.pattern.captures(&address)?;
        let part = |name: &str| groups.name(name)?.as_str().parse::<i16>().ok();
        let year = part("year").map(|year| if year < 100 { year + 2000 } else { year })?;
        Date::new(year, i8::try_from(part("month")?).ok()?, 1).ok()
    }

    pub(super) fn group(&self, url: &Url, name: &str) -> Option<String> {
        let address = plain(url);
        let group = self.pattern.captures(&address)?.name(name)?.as_str().to_owned();
        (!group.is_empty()).then_some(group)
    }

    /// Every named part of an address, if the pattern fits it.
    pub(super) fn parts(&self, url: &Url) -> Option<HashMap<String, String>> {
        let address = plain(url);
        let groups = self.pattern.captures(&address)?;
        let named = self.pattern.capture_names().flatten();
        Some(
            named
                .filter_map(|name| Some((name.to_owned(), groups.name(name)?.as_str().to_owned())))
                .collect(),
        )
    }

    pub(super) fn has_group(&self, name: &str) -> bool {
        self.pattern.capture_names().flatten().any(|known| known == name)
    }
}

/// An address with parts to fill in: `{root}{year}{month}{day}/p01.html`.
#[derive(Debug, Clone)]
pub(super) struct Template {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone)]
enum Piece {
    Text(String),
    Part(String),
}

impl Template {
    /// Every address of a field. `known` says which parts there are, of those that are no date's.
    pub(super) fn read_all(
        section: &Section<'_>,
        key: &'static str,
        dated: bool,
        known: &dyn Fn(&str) -> bool,
    ) -> Vec<Self> {
        let Some(entry) = section.get(key) else { return Vec::new() };
        let items = entry.items();
        if items.len() > MOST_ADDRESSES {
            entry.say(format!("at most {MOST_ADDRESSES} addresses are tried"));
        }
        items.iter().take(MOST_ADDRESSES).filter_map(|item| Self::read(item, dated, known)).collect()
    }

    fn read(entry: &Entry<'_>, dated: bool, known: &dyn Fn(&str) -> bool) -> Option<Self> {
        let text = entry.text()?;
        if text.len() > LONGEST_ADDRESS {
            entry.say(format!("the address is {} bytes long: at most {LONGEST_ADDRESS}", text.len()));
            return None;
        }
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((part, behind)) = after.split_once('}') else {
                entry.say("a { has no }");
                return None;
            };
            if !(dated && DATE_PARTS.contains(&part) || known(part)) {
                let dates = if dated { "{year}, {month}, {day}, {yy}, {m}, {d} and " } else { "" };
                entry.say(format!(
                    "{{{part}}} is no part: there are {dates}the named groups of page.address, article.address and index.address"
                ));
                return None;
            }
            pieces.extend([Piece::Text(before.to_owned()), Piece::Part(part.to_owned())]);
            rest = behind;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Some(Self { pieces })
    }

    /// The address for a date, relative to a known one; nothing where the known one lacks a part of it.
    pub(super) fn address(
        &self,
        known: &Url,
        parts: &HashMap<String, String>,
        date: Option<Date>,
    ) -> Option<Url> {
        let mut address = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => address.push_str(text),
                Piece::Part(part) => address.push_str(&filled(part, parts, date)?),
            }
        }
        let url = known.join(&address).ok()?;
        matches!(url.scheme(), "http" | "https").then_some(url)
    }
}

fn filled(part: &str, parts: &HashMap<String, String>, date: Option<Date>) -> Option<String> {
    let of_date = date.and_then(|date| {
        Some(match part {
            "year" => format!("{:04}", date.year()),
            "yy" => format!("{:02}", date.year() % 100),
            "month" => format!("{:02}", date.month()),
            "m" => date.month().to_string(),
            "day" => format!("{:02}", date.day()),
            "d" => date.day().to_string(),
            _ => return None,
        })
    });
    of_date.or_else(|| parts.get(part).cloned())
}
