//! A table of a recipe's TOML while it is read: every key is asked for by name, and what nobody asked for is a problem.

use super::limits::{LONGEST_WORDS, MOST_WAYS};
use super::problem::Notes;
use std::cell::RefCell;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One value, where it stands, and what it is called.
pub(super) struct Entry<'a> {
    pub(super) notes: &'a Notes<'a>,
    pub(super) field: String,
    pub(super) value: &'a DeValue<'a>,
    pub(super) span: Range<usize>,
}

impl<'a> Entry<'a> {
    pub(super) fn say(&self, problem: impl Into<String>) {
        self.notes.say(&self.span, &self.field, problem);
    }

    fn wrong(&self, wanted: &str) {
        self.say(format!("this is {}, where {wanted} is wanted", described(self.value)));
    }

    pub(super) fn text(&self) -> Option<&'a str> {
        let text = self.value.as_str();
        if text.is_none() {
            self.wrong("text");
        }
        text
    }

    pub(super) fn number(&self) -> Option<f64> {
        let number = match self.value {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        };
        let number = number.filter(|number: &f64| number.is_finite());
        if number.is_none() {
            self.wrong("a number");
        }
        number
    }

    /// A whole number from 1 up.
    pub(super) fn whole(&self) -> Option<u32> {
        let number = self.number()?;
        let whole = number >= 1.0 && number.fract() == 0.0 && number <= f64::from(u32::MAX);
        if !whole {
            self.say("a whole number from 1 up is wanted");
        }
        whole.then_some(number as u32)
    }

    /// A value or a list of them.
    pub(super) fn items(&self) -> Vec<Entry<'a>> {
        let Some(array) = self.value.as_array() else {
            return vec![Entry {
                notes: self.notes,
                field: self.field.clone(),
                value: self.value,
                span: self.span.clone(),
            }];
        };
        if array.is_empty() {
            self.say("the list is empty: leave the field out instead");
        }
        let items = array.iter().map(|item| self.item(item));
        items.collect()
    }

    /// As [`Entry::items`], for what is tried one after the other.
    pub(super) fn ways(&self) -> Vec<Entry<'a>> {
        let mut ways = self.items();
        if ways.len() > MOST_WAYS {
            self.say(format!("{} are too many: at most {MOST_WAYS} are tried", ways.len()));
            ways.truncate(MOST_WAYS);
        }
        ways
    }

    fn item(&self, item: &'a Spanned<DeValue<'a>>) -> Entry<'a> {
        Entry { notes: self.notes, field: self.field.clone(), value: item.get_ref(), span: item.span() }
    }

    pub(super) fn section(&self) -> Option<Section<'a>> {
        let Some(table) = self.value.as_table() else {
            self.wrong("a table");
            return None;
        };
        Some(Section::new(self.notes, self.field.clone(), table, self.span.clone()))
    }
}

fn described(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

pub(super) struct Section<'a> {
    pub(super) notes: &'a Notes<'a>,
    /// Empty for the whole recipe.
    pub(super) field: String,
    table: &'a DeTable<'a>,
    pub(super) span: Range<usize>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Section<'a> {
    pub(super) fn new(
        notes: &'a Notes<'a>,
        field: String,
        table: &'a DeTable<'a>,
        span: Range<usize>,
    ) -> Self {
        Self { notes, field, table, span, asked: RefCell::default() }
    }

    fn named(&self, key: &str) -> String {
        if self.field.is_empty() { key.to_owned() } else { format!("{}.{key}", self.field) }
    }

    pub(super) fn say(&self, problem: impl Into<String>) {
        self.notes.say(&self.span, &self.field, problem);
    }

    pub(super) fn get(&self, key: &'static str) -> Option<Entry<'a>> {
        self.asked.borrow_mut().push(key);
        let (_, value) = self.table.iter().find(|(known, _)| known.get_ref() == key)?;
        Some(Entry { notes: self.notes, field: self.named(key), value: value.get_ref(), span: value.span() })
    }

    /// A key that must be there.
    pub(super) fn must(&self, key: &'static str, why: &str) -> Option<Entry<'a>> {
        let found = self.get(key);
        if found.is_none() {
            self.notes.say(&self.span, &self.named(key), format!("it is missing: {why}"));
        }
        found
    }

    pub(super) fn section(&self, key: &'static str) -> Option<Section<'a>> {
        self.get(key)?.section()
    }

    /// Words for people.
    pub(super) fn words(&self, key: &'static str) -> String {
        let Some(entry) = self.get(key) else { return String::new() };
        let words = entry.text().unwrap_or_default().trim();
        if words.len() > LONGEST_WORDS {
            entry.say(format!("{} bytes are too long: at most {LONGEST_WORDS}", words.len()));
        }
        words.to_owned()
    }

    /// Says what nobody asked for: a key that is spelt wrongly would otherwise do nothing, silently.
    pub(super) fn finish(self) {
        let asked = self.asked.into_inner();
        for (key, _) in self.table {
            if asked.iter().any(|known| known == key.get_ref()) {
                continue;
            }
            let field = if self.field.is_empty() {
                key.get_ref().clone().into_owned()
            } else {
                format!("{}.{}", self.field, key.get_ref())
            };
            let mut known = asked.clone();
            known.sort_unstable();
            known.dedup();
            let problem = format!("there is no such field here; there are {}", known.join(", "));
            self.notes.say(&key.span(), &field, problem);
        }
    }
}
