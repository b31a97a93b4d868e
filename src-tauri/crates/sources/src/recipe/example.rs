//! A recorded document of a recipe, and what must be read from it.

use super::limits::MOST_EXAMPLES;
use super::problem::Notes;
use super::section::{Entry, Section};
use serde_json::{Map, Number, Value};
use toml::de::DeValue;
use url::Url;

/// One document beside the recipe.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Below the recipe's folder; never leads out of it.
    pub file: String,
    /// Where the document came from.
    pub url: Url,
    /// The size of the page's picture, which is not recorded.
    pub picture: Option<(u32, u32)>,
    /// A part of what `kanbao inspect --json` says.
    pub expect: Value,
    /// Where the example stands in the recipe.
    pub line: usize,
}

pub(super) fn read(root: &Section<'_>, notes: &Notes<'_>) -> Vec<Example> {
    let Some(entry) = root.get("example") else { return Vec::new() };
    let Some(array) = entry.value.as_array() else {
        entry.say("examples begin with [[example]], in two brackets");
        return Vec::new();
    };
    if array.len() > MOST_EXAMPLES {
        entry.say(format!("at most {MOST_EXAMPLES} examples"));
    }
    let items = entry.items();
    items
        .iter()
        .take(MOST_EXAMPLES)
        .filter_map(|item| {
            let section = item.section()?;
            let example = read_one(&section, notes);
            section.finish();
            example
        })
        .collect()
}

fn read_one(section: &Section<'_>, notes: &Notes<'_>) -> Option<Example> {
    let file = section.must("file", "the recorded document, beside the recipe").and_then(|entry| {
        let file = entry.text()?;
        let inside = !file.is_empty()
            && !file.contains(['\\', ':'])
            && file.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
        if !inside {
            entry.say(format!("{file:?} does not lie below the recipe's folder"));
        }
        inside.then(|| file.to_owned())
    });
    let url = section.must("url", "the address that the document came from").and_then(|entry| {
        let address = entry.text()?;
        let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        if url.is_none() {
            entry.say(format!("{address:?} is no web address"));
        }
        url
    });
    let picture = section.get("picture").and_then(|entry| {
        let sides: Vec<f64> = entry.items().iter().filter_map(Entry::number).collect();
        match sides[..] {
            [width, height] if width >= 1.0 && height >= 1.0 => Some((width as u32, height as u32)),
            _ => {
                entry.say("give the picture's width and height in pixels: [350, 500]");
                None
            }
        }
    });
    let expect = section.must("expect", "what must be read, as kanbao inspect --json says it");
    let expect = expect.and_then(|entry| {
        entry.section()?;
        Some(json(entry.value))
    });
    let (line, _) = notes.place(section.span.start);
    Some(Example { file: file?, url: url?, picture, expect: expect?, line })
}

/// TOML as JSON; a date is the text that JSON has for it.
fn json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.clone().into_owned()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Null, Value::from)
        }
        DeValue::Float(number) => {
            number.as_str().parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
        }
        DeValue::Boolean(is_so) => Value::Bool(*is_so),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Array(items) => Value::Array(items.iter().map(|item| json(item.get_ref())).collect()),
        DeValue::Table(table) => {
            let members =
                table.iter().map(|(key, value)| (key.get_ref().clone().into_owned(), json(value.get_ref())));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}
