//! What is wrong with a recipe's text: in which line, in which field, and what would be right.

use super::limits::{MOST_PATTERNS, MOST_SELECTORS};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::ops::Range;

/// More than this nobody reads at once.
const MOST_PROBLEMS: usize = 50;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RecipeProblem {
    /// Both count from 1.
    pub line: usize,
    pub column: usize,
    /// `page.regions.css`; empty where the text is no TOML at all.
    pub field: String,
    pub problem: String,
}

impl fmt::Display for RecipeProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: ", self.line, self.column)?;
        if !self.field.is_empty() {
            write!(formatter, "{}: ", self.field)?;
        }
        formatter.write_str(&self.problem)
    }
}

/// A recipe's text while it is read, and what was found wrong with it.
pub(super) struct Notes<'a> {
    text: &'a str,
    problems: RefCell<Vec<RecipeProblem>>,
    selectors: Cell<usize>,
    patterns: Cell<usize>,
}

impl<'a> Notes<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, problems: RefCell::default(), selectors: Cell::new(0), patterns: Cell::new(0) }
    }

    /// Counts a selector; says whether there may be one more.
    pub(super) fn may_have_selector(&self) -> bool {
        self.selectors.set(self.selectors.get() + 1);
        self.selectors.get() <= MOST_SELECTORS
    }

    pub(super) fn may_have_pattern(&self) -> bool {
        self.patterns.set(self.patterns.get() + 1);
        self.patterns.get() <= MOST_PATTERNS
    }

    pub(super) fn say(&self, span: &Range<usize>, field: &str, problem: impl Into<String>) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() < MOST_PROBLEMS {
            let (line, column) = self.place(span.start);
            problems.push(RecipeProblem { line, column, field: field.to_owned(), problem: problem.into() });
        }
    }

    /// Line and column, in characters, of a byte.
    pub(super) fn place(&self, at: usize) -> (usize, usize) {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &self.text[..at];
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
    }

    /// In the order of the text.
    pub(super) fn into_problems(self) -> Vec<RecipeProblem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| (problem.line, problem.column));
        problems
    }
}
