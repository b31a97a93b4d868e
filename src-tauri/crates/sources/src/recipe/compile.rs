//! Selectors and patterns of a recipe, made ready within limits.

use super::limits::{
    DEEPEST_PATTERN, DEEPEST_SELECTOR, LARGEST_PATTERN, LONGEST_PATTERN, LONGEST_SELECTOR, MOST_HAS,
    MOST_PATTERNS, MOST_SELECTORS,
};
use super::section::Entry;
use regex::{Regex, RegexBuilder};
use scraper::Selector;

/// A CSS selector and its text.
#[derive(Debug, Clone)]
pub(super) struct Css {
    pub(super) text: String,
    pub(super) selector: Selector,
}

pub(super) fn css(entry: &Entry<'_>) -> Option<Css> {
    let text = entry.text()?;
    if !entry.notes.may_have_selector() {
        entry.say(format!("a recipe has at most {MOST_SELECTORS} selectors"));
        return None;
    }
    if text.len() > LONGEST_SELECTOR {
        entry.say(format!("the selector is {} bytes long: at most {LONGEST_SELECTOR}", text.len()));
        return None;
    }
    if depth(text) > DEEPEST_SELECTOR {
        entry.say(format!("the selector's brackets are nested deeper than {DEEPEST_SELECTOR}"));
        return None;
    }
    if text.matches(":has(").count() > MOST_HAS {
        entry.say(format!("a selector may have {MOST_HAS} :has(…)"));
        return None;
    }
    match Selector::parse(text) {
        Ok(selector) => Some(Css { text: text.to_owned(), selector }),
        Err(error) => {
            entry.say(format!("{text:?} is no CSS selector: {error}"));
            None
        }
    }
}

fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

pub(super) fn pattern(entry: &Entry<'_>) -> Option<Regex> {
    let text = entry.text()?;
    if !entry.notes.may_have_pattern() {
        entry.say(format!("a recipe has at most {MOST_PATTERNS} patterns"));
        return None;
    }
    if text.len() > LONGEST_PATTERN {
        entry.say(format!("the pattern is {} bytes long: at most {LONGEST_PATTERN}", text.len()));
        return None;
    }
    let mut builder = RegexBuilder::new(text);
    builder.size_limit(LARGEST_PATTERN).dfa_size_limit(LARGEST_PATTERN).nest_limit(DEEPEST_PATTERN);
    match builder.build() {
        Ok(pattern) => Some(pattern),
        Err(regex::Error::CompiledTooBig(_)) => {
            entry.say(format!("the pattern needs more than {LARGEST_PATTERN} bytes: repeat less in it"));
            None
        }
        Err(error) => {
            // The first lines draw the place; the last says what is wrong there.
            let words = error.to_string();
            let last = words.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            entry.say(format!("{text:?} is no pattern: {last}"));
            None
        }
    }
}
