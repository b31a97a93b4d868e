//! One value of a document by a recipe: the ways to it, tried in their order, and what each of them saw.

use super::compile::{self, Css};
use super::limits::{LONGEST_TEXT, LONGEST_WORDS, MOST_ELEMENTS, MOST_READING, WORDS_OF_A_NODE};
use super::section::{Entry, Section};
use crate::html::{Document, line, lines, picture_source};
use crate::printed::{SEEN_CHARACTERS, parse_date};
use crate::reading::{Reading, Rule};
use kanbao_newspaper::Date;
use regex::{Captures, Regex};
use scraper::ElementRef;

/// A field of a recipe: ways to a value, of which the first that gives one counts.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) field: &'static str,
    ways: Vec<Way>,
}

#[derive(Debug, Clone)]
struct Way {
    place: Place,
    /// Attributes, of which the first that is there counts; without any, the words.
    attributes: Vec<String>,
    /// What the element's own words must be like.
    words: Option<Regex>,
    pattern: Option<Regex>,
    /// How it is told to people.
    shown: String,
}

#[derive(Debug, Clone)]
enum Place {
    /// The elements of a selector.
    Elements(Css),
    /// The element that is looked at.
    Itself,
    /// The document's own address, or that of the link that is looked at.
    Address,
    /// The document as it was sent.
    Markup,
    Fixed(String),
}

/// What an element's words are when no attribute is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    Line,
    /// Line breaks stay.
    Lines,
    /// The address that a link leads to, or that of a picture.
    Address,
}

/// Where a value is looked for.
#[derive(Clone, Copy)]
pub(super) struct Scope<'d> {
    pub(super) document: &'d Document<'d>,
    /// One element of a list; without it, the whole document.
    pub(super) element: Option<ElementRef<'d>>,
    /// What `from = "address"` means.
    pub(super) address: &'d str,
}

impl Value {
    /// Reads a field's ways; problems are noted. Nothing where the field is not there.
    pub(super) fn read(section: &Section<'_>, key: &'static str, field: &'static str) -> Option<Self> {
        Some(Self::of(&section.get(key)?, field))
    }

    pub(super) fn of(entry: &Entry<'_>, field: &'static str) -> Self {
        Self { field, ways: entry.ways().iter().filter_map(read_way).collect() }
    }

    /// The element's own attributes, for a list's link that says nothing else.
    pub(super) fn own(field: &'static str, attributes: &[&str]) -> Self {
        let attributes: Vec<String> = attributes.iter().map(|&name| name.to_owned()).collect();
        let shown = shown(&Place::Itself, &attributes, None);
        Self {
            field,
            ways: vec![Way { place: Place::Itself, attributes, words: None, pattern: None, shown }],
        }
    }

    /// What the recipe itself says.
    pub(super) fn fixed(field: &'static str, value: &str) -> Self {
        let place = Place::Fixed(value.to_owned());
        let shown = shown(&place, &[], None);
        Self { field, ways: vec![Way { place, attributes: Vec::new(), words: None, pattern: None, shown }] }
    }

    /// The value, and the element that it was found at.
    pub(super) fn find_at<'d>(
        &self,
        scope: Scope<'d>,
        words: Words,
        rules: &mut Vec<Rule>,
    ) -> Option<(String, Option<ElementRef<'d>>)> {
        for way in &self.ways {
            let mut found = None;
            let mut saw = None;
            way.each(scope, words, |text, element| {
                saw.get_or_insert_with(|| text.to_owned());
                let value = match &way.pattern {
                    Some(pattern) => pattern.captures(text).map(|groups| picked(&groups)),
                    None => Some(text.to_owned()),
                };
                found = value.filter(|value| !value.is_empty()).map(|value| (value, element));
                found.is_some()
            });
            way.tell(self.field, found.as_ref().map(|(value, _)| value.as_str()), saw, rules);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    pub(super) fn find(&self, scope: Scope<'_>, words: Words, reading: &mut Reading) -> Option<String> {
        self.find_at(scope, words, &mut reading.rules).map(|(value, _)| value)
    }

    /// For one of many like it: what is told of the list tells enough.
    pub(super) fn find_quietly(&self, scope: Scope<'_>, words: Words) -> Option<String> {
        self.find_at(scope, words, &mut Vec::new()).map(|(value, _)| value)
    }

    /// A date; parts that a pattern does not name are taken from `around`.
    pub(super) fn find_date(
        &self,
        scope: Scope<'_>,
        around: Option<Date>,
        rules: &mut Vec<Rule>,
    ) -> Option<Date> {
        for way in &self.ways {
            let mut found = None;
            let mut saw = None;
            way.each(scope, Words::Line, |text, _| {
                saw.get_or_insert_with(|| text.to_owned());
                found = match &way.pattern {
                    Some(pattern) => pattern.captures(text).and_then(|groups| date_of(&groups, around)),
                    None => date_in(text),
                };
                found.is_some()
            });
            way.tell(self.field, found.map(|date| date.to_string()).as_deref(), saw, rules);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Every element that the first way with any gives: for what is read as markup, not as a value.
    pub(super) fn elements<'d>(&self, scope: Scope<'d>) -> Option<(&str, Vec<ElementRef<'d>>)> {
        self.ways.iter().find_map(|way| {
            let Place::Elements(css) = &way.place else { return None };
            let elements = elements(scope, css);
            (!elements.is_empty()).then_some((way.shown.as_str(), elements))
        })
    }

    /// The ways in words.
    pub(super) fn shown(&self) -> impl Iterator<Item = &str> {
        self.ways.iter().map(|way| way.shown.as_str())
    }

    /// Says what is no selector, where only elements will do.
    pub(super) fn must_be_elements(&self, section: &Section<'_>) {
        if self.ways.iter().any(|way| !matches!(way.place, Place::Elements(_)) || way.pattern.is_some()) {
            section.say(format!("{} is read as markup: give it selectors only", self.field));
        }
    }
}

impl Way {
    /// Gives every text that the way leads to, until one was what was looked for.
    fn each<'d>(
        &self,
        scope: Scope<'d>,
        words: Words,
        mut visit: impl FnMut(&str, Option<ElementRef<'d>>) -> bool,
    ) {
        match &self.place {
            Place::Fixed(value) => {
                visit(value, None);
            }
            Place::Address => {
                visit(scope.address, None);
            }
            Place::Markup => {
                visit(cut(scope.document.raw), None);
            }
            Place::Itself => {
                if let Some(element) = scope.element {
                    visit(&self.of_element(element, words), Some(element));
                }
            }
            Place::Elements(css) => {
                for element in elements(scope, css) {
                    if self.words.as_ref().is_some_and(|words| !words.is_match(&line(element))) {
                        continue;
                    }
                    if visit(&self.of_element(element, words), Some(element)) {
                        return;
                    }
                }
            }
        }
    }

    fn of_element(&self, element: ElementRef<'_>, words: Words) -> String {
        if !self.attributes.is_empty() {
            let mut values = self.attributes.iter().filter_map(|name| element.attr(name));
            return values.find(|value| !value.trim().is_empty()).unwrap_or_default().trim().to_owned();
        }
        match words {
            Words::Line => line(element),
            Words::Lines => lines(element),
            Words::Address => {
                let address = element.attr("href").or_else(|| picture_source(element));
                address.unwrap_or_default().trim().to_owned()
            }
        }
    }

    fn tell(&self, field: &'static str, found: Option<&str>, saw: Option<String>, rules: &mut Vec<Rule>) {
        let seen = found.map(str::to_owned).or(saw.filter(|saw| !saw.is_empty()));
        let seen = seen.map(|seen| seen.chars().take(SEEN_CHARACTERS).collect());
        rules.push(Rule { field, rule: self.shown.clone(), matched: found.is_some(), saw: seen });
    }
}

/// The elements of a selector below an element, or of the whole document. Where elements that stand in one another
/// would have the same words read again and again, only as many are given as can be paid for.
pub(super) fn elements<'d>(scope: Scope<'d>, css: &Css) -> Vec<ElementRef<'d>> {
    let found: Box<dyn Iterator<Item = ElementRef<'d>>> = match scope.element {
        Some(element) => Box::new(element.select(&css.selector)),
        None => Box::new(scope.document.html.select(&css.selector)),
    };
    let mut left = MOST_READING;
    let is_paid = |element: &ElementRef<'d>| {
        element.descendants().all(|node| {
            let words = node.value().as_text().map_or(0, |text| text.len() / WORDS_OF_A_NODE);
            left = left.saturating_sub(1 + words);
            left > 0
        })
    };
    found.take(MOST_ELEMENTS).take_while(is_paid).collect()
}

pub(super) fn cut(text: &str) -> &str {
    let mut end = text.len().min(LONGEST_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The group `value`; else every group there is, parted by commas; else the whole.
fn picked(groups: &Captures<'_>) -> String {
    if let Some(value) = groups.name("value") {
        return value.as_str().trim().to_owned();
    }
    let given: Vec<&str> = groups.iter().skip(1).flatten().map(|group| group.as_str().trim()).collect();
    if groups.len() > 1 { given.join(",") } else { groups[0].trim().to_owned() }
}

/// A date by the groups `year`, `month` and `day`; without them, any way in which dates are written.
pub(super) fn date_of(groups: &Captures<'_>, around: Option<Date>) -> Option<Date> {
    let named = ["year", "month", "day"].iter().any(|name| groups.name(name).is_some());
    if !named {
        return date_in(&picked(groups));
    }
    let part = |name: &str| groups.name(name).and_then(|part| part.as_str().parse::<i16>().ok());
    let year = part("year").map(|year| if year < 100 { year + 2000 } else { year });
    let year = year.or(around.map(Date::year))?;
    let month = part("month").or(around.map(|date| i16::from(date.month())))?;
    let small = |number: i16| i8::try_from(number).ok();
    Date::new(year, small(month)?, small(part("day")?)?).ok()
}

/// `2026年11月24日`, `2026-11-24`, `2026/11/24`, `20261124`.
fn date_in(text: &str) -> Option<Date> {
    parse_date(text).or_else(|| {
        let digits = text.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 8)?;
        let part = |from: usize, to: usize| digits[from..to].parse::<i16>().ok();
        let year = part(0, 4).filter(|year| (1900..2100).contains(year))?;
        Date::new(year, i8::try_from(part(4, 6)?).ok()?, i8::try_from(part(6, 8)?).ok()?).ok()
    })
}

fn read_way(entry: &Entry<'_>) -> Option<Way> {
    if entry.value.as_str().is_some() {
        let css = compile::css(entry)?;
        let place = Place::Elements(css);
        let shown = shown(&place, &[], None);
        return Some(Way { place, attributes: Vec::new(), words: None, pattern: None, shown });
    }
    let Some(section) = entry.value.as_table().and_then(|_| entry.section()) else {
        entry.say(
            "a way is a selector in quotation marks, or a table like { css = \"a.pdf\", attr = \"href\" }",
        );
        return None;
    };
    let css_given = section.get("css");
    let css = css_given.as_ref().and_then(compile::css);
    let from = section.get("from");
    let fixed = section.get("value");
    let attributes = section.get("attr").map(|entry| {
        entry.ways().iter().filter_map(Entry::text).map(str::to_ascii_lowercase).collect::<Vec<_>>()
    });
    let attributes = attributes.unwrap_or_default();
    let words_given = section.get("words");
    let words = words_given.as_ref().and_then(compile::pattern);
    let pattern_given = section.get("pattern");
    let pattern = pattern_given.as_ref().and_then(compile::pattern);
    let given = [css_given.is_some(), from.is_some(), fixed.is_some()];
    let place = match (given, from, fixed) {
        ([true, false, false], ..) => css.map(Place::Elements),
        ([false, true, false], Some(from), _) => match from.text() {
            Some("address") => Some(Place::Address),
            Some("markup") if pattern_given.is_some() => Some(Place::Markup),
            Some("markup") => {
                from.say("markup needs a pattern that finds something in it");
                None
            }
            Some(other) => {
                from.say(format!("{other:?} is neither \"address\" nor \"markup\""));
                None
            }
            None => None,
        },
        ([false, false, true], _, Some(fixed)) => {
            let text = fixed.text();
            if text.is_some_and(|text| text.len() > LONGEST_WORDS) {
                fixed.say(format!("at most {LONGEST_WORDS} bytes"));
            }
            text.map(|text| Place::Fixed(text.to_owned()))
        }
        ([false, false, false], ..) => Some(Place::Itself),
        _ => {
            section.say("give one of css, from and value");
            None
        }
    };
    if !attributes.is_empty() && matches!(place, Some(Place::Address | Place::Markup | Place::Fixed(_))) {
        section.say("attr is for elements: give it with css");
    }
    if words_given.is_some() && css_given.is_none() {
        section.say("words chooses among elements: give it with css");
    }
    section.finish();
    let place = place?;
    if pattern_given.is_some() && pattern.is_none() || words_given.is_some() && words.is_none() {
        return None;
    }
    let mut shown = shown(&place, &attributes, pattern.as_ref());
    if let Some(words) = &words {
        shown.push_str(&format!(" with words {words}"));
    }
    Some(Way { place, attributes, words, pattern, shown })
}

fn shown(place: &Place, attributes: &[String], pattern: Option<&Regex>) -> String {
    let mut shown = match place {
        Place::Elements(css) => css.text.clone(),
        Place::Itself => "the element itself".to_owned(),
        Place::Address => "the address".to_owned(),
        Place::Markup => "the markup".to_owned(),
        Place::Fixed(_) => "as the recipe says".to_owned(),
    };
    if !attributes.is_empty() {
        shown.push_str(&format!(" @{}", attributes.join("/@")));
    }
    if let Some(pattern) = pattern {
        shown.push_str(&format!(" ~ {pattern}"));
    }
    shown
}
