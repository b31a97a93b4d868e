//! What a recipe may hold: recipes are passed from reader to reader, and one that was made in bad faith must not cost
//! more than its own pages.

/// A recipe's text, in bytes.
pub const LONGEST_RECIPE: usize = 256 * 1024;

/// A name is an id: it stands in the library and on the command line.
pub(crate) const LONGEST_NAME: usize = 32;

/// Words for people: a title, what is not known.
pub(crate) const LONGEST_WORDS: usize = 2_000;

pub(crate) const MOST_HOSTS: usize = 50;

/// Selectors and patterns of a whole recipe, each counted by itself.
pub(crate) const MOST_SELECTORS: usize = 200;
pub(crate) const MOST_PATTERNS: usize = 200;

/// Ways to one field.
pub(crate) const MOST_WAYS: usize = 12;

pub(crate) const LONGEST_SELECTOR: usize = 300;

/// Brackets within brackets of a selector: `:not(:is(…))`.
pub(crate) const DEEPEST_SELECTOR: usize = 2;

/// What looks below each element it tries costs the square of a document.
pub(crate) const MOST_HAS: usize = 1;

pub(crate) const LONGEST_PATTERN: usize = 1_000;

/// A pattern as the machine that runs it, in bytes, and brackets within its brackets. Time is linear in the text.
pub(crate) const LARGEST_PATTERN: usize = 1 << 20;
pub(crate) const DEEPEST_PATTERN: u32 = 40;

/// Addresses that are made for one question: each may be asked of the site.
pub(crate) const MOST_ADDRESSES: usize = 8;
pub(crate) const LONGEST_ADDRESS: usize = 1_000;

pub(crate) const MOST_EXAMPLES: usize = 50;

/// Elements of a document that one selector gives, and text that one pattern looks at.
pub(crate) const MOST_ELEMENTS: usize = 2_000;
pub(crate) const LONGEST_TEXT: usize = 1 << 20;

/// Requests may be this far apart at most; more is a way never to end.
pub(crate) const LONGEST_PAUSE_SECONDS: f64 = 60.0;

/// Nodes of the tree that the elements of one selector may hold together, and how many bytes of text count as one more.
pub(crate) const MOST_READING: usize = 500_000;
pub(crate) const WORDS_OF_A_NODE: usize = 64;
