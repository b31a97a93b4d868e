//! A recipe against its own examples: documents recorded beside it, and what must be read from each.

use crate::inspect::read_recorded;
use crate::recipes::{self, WrongRecipe, read_at_most};
use camino::{Utf8Path, Utf8PathBuf};
use kanbao_sources::{Example, RecipeProblem, Rule, Sources};
use serde::Serialize;
use serde_json::Value;

/// The most of one recorded document, in bytes: what a site may send as one.
const LONGEST_DOCUMENT: u64 = 8 << 20;

/// How far two numbers may lie apart and be the same: a ten-thousandth of a page's side is less than a hair.
const SAME: f64 = 1e-4;

/// What differs more often than this need not be read to its end.
const MOST_DIFFERENCES: usize = 50;

/// What a check came to; the shape of `kanbao recipe check --json`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RecipeCheck {
    pub file: Utf8PathBuf,
    /// Nothing where the recipe itself is wrong.
    pub name: Option<String>,
    pub revision: Option<u32>,
    /// Whether the recipe is sound and every example reads as it says.
    pub right: bool,
    pub problems: Vec<RecipeProblem>,
    pub examples: Vec<CheckedExample>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckedExample {
    pub file: String,
    /// The recipe's line at which the example stands.
    pub line: usize,
    pub right: bool,
    /// Why the document could not be read at all.
    pub problem: Option<String>,
    pub differences: Vec<Difference>,
    /// Where something differs: what was looked for and not found.
    pub rules: Vec<Rule>,
}

/// One field that is not what it should be.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// `page.regions[2].polygon`, as in `kanbao inspect --json`.
    pub field: String,
    pub expected: Value,
    pub read: Value,
}

/// Runs a recipe's examples.
pub fn check_recipe(file: &Utf8Path) -> RecipeCheck {
    match recipes::read(file) {
        Err(WrongRecipe { file, problems }) => {
            RecipeCheck { file, name: None, revision: None, right: false, problems, examples: Vec::new() }
        }
        Ok(recipe) => {
            let folder = file.parent().unwrap_or(Utf8Path::new(""));
            let (name, revision) = (recipe.name.to_string(), recipe.revision);
            let recorded = recipe.examples.clone();
            let sources = Sources::with(vec![recipe]);
            let examples: Vec<CheckedExample> =
                recorded.iter().map(|example| check_example(&sources, folder, example)).collect();
            RecipeCheck {
                file: file.to_owned(),
                name: Some(name),
                revision: Some(revision),
                right: examples.iter().all(|example| example.right),
                problems: Vec::new(),
                examples,
            }
        }
    }
}

fn check_example(sources: &Sources, folder: &Utf8Path, example: &Example) -> CheckedExample {
    let mut checked = CheckedExample {
        file: example.file.clone(),
        line: example.line,
        right: false,
        problem: None,
        differences: Vec::new(),
        rules: Vec::new(),
    };
    let body = match read_at_most(&folder.join(&example.file), LONGEST_DOCUMENT) {
        Ok(body) => body,
        Err(problem) => {
            checked.problem = Some(problem);
            return checked;
        }
    };
    let inspection = read_recorded(sources, &example.url, &body, example.picture);
    match serde_json::to_value(&inspection) {
        Ok(read) => compare(&example.expect, &read, &mut String::new(), &mut checked.differences),
        Err(error) => checked.problem = Some(error.to_string()),
    }
    checked.right = checked.differences.is_empty() && checked.problem.is_none();
    if !checked.right {
        checked.rules = inspection.rules.into_iter().filter(|rule| !rule.matched).collect();
    }
    checked
}

/// What is expected must be there; what is not spoken of may be anything. A list is compared whole, or by its length
/// where a number is expected; empty text stands for nothing, which TOML has no word for.
fn compare(expected: &Value, read: &Value, field: &mut String, differences: &mut Vec<Difference>) {
    if differences.len() >= MOST_DIFFERENCES {
        return;
    }
    let length = field.len();
    let same = match (expected, read) {
        (Value::Object(expected), Value::Object(read)) => {
            for (key, value) in expected {
                let dot = if length == 0 { "" } else { "." };
                field.push_str(&format!("{dot}{key}"));
                compare(value, read.get(key).unwrap_or(&Value::Null), field, differences);
                field.truncate(length);
            }
            true
        }
        (Value::Array(expected), Value::Array(read)) if expected.len() == read.len() => {
            for (at, (expected, read)) in expected.iter().zip(read).enumerate() {
                field.push_str(&format!("[{at}]"));
                compare(expected, read, field, differences);
                field.truncate(length);
            }
            true
        }
        (Value::Number(count), Value::Array(read)) => count.as_u64() == Some(read.len() as u64),
        (Value::Number(expected), Value::Number(read)) => match (expected.as_f64(), read.as_f64()) {
            (Some(expected), Some(read)) => (expected - read).abs() <= SAME,
            _ => false,
        },
        (Value::String(nothing), Value::Null) => nothing.is_empty(),
        (expected, read) => expected == read,
    };
    if !same {
        let difference = Difference { field: field.clone(), expected: expected.clone(), read: read.clone() };
        differences.push(difference);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn differing(expected: &Value, read: &Value) -> Vec<String> {
        let mut differences = Vec::new();
        compare(expected, read, &mut String::new(), &mut differences);
        differences.into_iter().map(|difference| difference.field).collect()
    }

    #[test]
    fn what_is_expected_is_a_part_of_what_is_read() {
        let read = json!({ "kind": "page", "page": { "number": "01", "pdf": null, "width": 350.0,
            "regions": [{ "polygon": [[0.33333, 0.5]] }, { "polygon": [] }] }, "warnings": [] });
        for (expected, fields) in [
            (json!({}), vec![]),
            (json!({ "kind": "page", "page": { "number": "01", "pdf": "", "width": 350 } }), vec![]),
            (json!({ "page": { "regions": 2 } }), vec![]),
            (json!({ "page": { "regions": [{ "polygon": [[0.33334, 0.5]] }, {}] } }), vec![]),
            (json!({ "kind": "article", "page": { "number": "1" } }), vec!["kind", "page.number"]),
            (json!({ "page": { "regions": 3, "nothing": "x" } }), vec!["page.regions", "page.nothing"]),
            (json!({ "page": { "regions": [{}] } }), vec!["page.regions"]),
            (
                json!({ "page": { "regions": [{ "polygon": [[0.4, 0.5]] }, {}] } }),
                vec!["page.regions[0].polygon[0][0]"],
            ),
            (json!({ "warnings": ["x"] }), vec!["warnings"]),
        ] {
            let mut found = differing(&expected, &read);
            let mut fields: Vec<String> = fields.into_iter().map(str::to_owned).collect();
            found.sort();
            fields.sort();
            assert_eq!(found, fields, "{expected}");
        }
    }
}
