//! Where a document's elements are, by what selectors ask for: a selector looks at the few that may be meant, not at
//! all of them. A page of these sites is asked some two hundred selectors, most of them in vain.

use super::Compiled;
use ego_tree::NodeId;
use rustc_hash::FxHasher;
use scraper::{ElementRef, Html};
use std::hash::Hasher;

/// What one element may be asked for by: its name, its id, a class, an attribute that it has. A hash of it: that two
/// share one costs a look.
pub(super) type Key = u64;

/// How many heaps the keys are laid on.
const HEAPS: usize = 512;

/// A document's elements by their keys, each in the order in which the tree has them. Keys lie on a fixed number of
/// heaps: a document made so that all of them lie on one costs what looking at all of its elements costs.
pub(super) struct Index {
    elements: Vec<NodeId>,
    /// Keys and places of elements that have them, heap by heap.
    entries: Vec<(Key, u32)>,
    /// Where each heap begins, and the end.
    heaps: Vec<u32>,
}

impl Index {
    pub(super) fn of(html: &Html) -> Self {
        // Half of a tree's nodes are elements, with two attributes or three.
        let nodes = html.tree.nodes().len();
        let (mut elements, mut found) = (Vec::with_capacity(nodes / 2), Vec::with_capacity(nodes * 2));
        for node in html.tree.nodes() {
            let Some(element) = node.value().as_element() else { continue };
            let place = u32::try_from(elements.len()).unwrap_or(u32::MAX);
            found.push((key(b'<', element.name()), place));
            for (name, value) in element.attrs() {
                found.push((key(b'[', name), place));
                match name {
                    "id" => found.push((key(b'#', value), place)),
                    "class" => {
                        found.extend(value.split_ascii_whitespace().map(|class| (key(b'.', class), place)));
                    }
                    _ => {}
                }
            }
            elements.push(node.id());
        }
        let mut heaps = vec![0_u32; HEAPS + 1];
        for (key, _) in &found {
            heaps[heap_of(*key) + 1] += 1;
        }
        for heap in 0..HEAPS {
            heaps[heap + 1] += heaps[heap];
        }
        let mut ends = heaps.clone();
        let mut entries = vec![(0, 0); found.len()];
        for entry in found {
            let end = &mut ends[heap_of(entry.0)];
            entries[*end as usize] = entry;
            *end += 1;
        }
        Self { elements, entries, heaps }
    }

    /// The elements that a selector matches, in the tree's order.
    pub(super) fn select<'a>(
        &'a self,
        html: &'a Html,
        css: &'static Compiled,
    ) -> impl Iterator<Item = ElementRef<'a>> + use<'a> {
        let places: Vec<u32> = match &css.keys {
            None => (0..).take(self.elements.len()).collect(),
            Some(keys) => {
                let mut places: Vec<u32> = keys.iter().flat_map(|key| self.places(*key)).collect();
                if keys.len() > 1 {
                    places.sort_unstable();
                }
                // A class may be written twice, and an element be meant by two alternatives.
                places.dedup();
                places
            }
        };
        places.into_iter().filter_map(move |place| {
            let id = *self.elements.get(place as usize)?;
            let element = html.tree.get(id).and_then(ElementRef::wrap)?;
            css.selector.matches(&element).then_some(element)
        })
    }

    fn places(&self, key: Key) -> impl Iterator<Item = u32> + '_ {
        let heap = heap_of(key);
        let entries = &self.entries[self.heaps[heap] as usize..self.heaps[heap + 1] as usize];
        entries.iter().filter(move |(other, _)| *other == key).map(|(_, place)| *place)
    }
}

fn heap_of(key: Key) -> usize {
    // The last bits of such a hash are its best.
    (key % HEAPS as u64) as usize
}

fn key(kind: u8, name: &str) -> Key {
    let mut hasher = FxHasher::default();
    hasher.write_u8(kind);
    // Names of elements and of attributes are told without regard to case, as HTML has it.
    if matches!(kind, b'<' | b'[') && name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        hasher.write(name.to_ascii_lowercase().as_bytes());
    } else {
        hasher.write(name.as_bytes());
    }
    hasher.finish()
}

/// One key for each of a selector's alternatives, which every element has that the alternative matches; nothing where
/// an alternative matches elements of any name.
pub(super) fn keys(css: &str) -> Option<Vec<Key>> {
    alternatives(css).into_iter().map(key_of).collect()
}

/// A selector list's parts between its commas.
fn alternatives(css: &str) -> Vec<&str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let mut nesting = Nesting::default();
    for (at, c) in css.char_indices() {
        if nesting.is_outside(c) && c == ',' {
            parts.push(&css[start..at]);
            start = at + 1;
        }
    }
    parts.push(&css[start..]);
    parts
}

/// The surest key of the element that an alternative ends with: an id, else a class, else the name, else an attribute.
fn key_of(alternative: &str) -> Option<Key> {
    let alternative = alternative.trim();
    // Escapes and conditions on conditions are rare here: whatever has one is looked for everywhere.
    if alternative.contains(['\\', ':', '|']) {
        return None;
    }
    let (mut start, mut outside) = (0, String::with_capacity(alternative.len()));
    let mut nesting = Nesting::default();
    for (at, c) in alternative.char_indices() {
        if nesting.is_outside(c) && (c.is_ascii_whitespace() || matches!(c, '>' | '+' | '~')) {
            start = at + c.len_utf8();
        }
    }
    let mut nesting = Nesting::default();
    outside.extend(alternative[start..].chars().filter(|c| nesting.is_outside(*c)));
    let is_end = |c: char| matches!(c, '#' | '.' | ']');
    let after = |mark: char| {
        let name = &outside[outside.find(mark)? + 1..];
        Some(&name[..name.find(is_end).unwrap_or(name.len())])
    };
    let name = &outside[..outside.find(is_end).unwrap_or(outside.len())];
    let named = || Some(name).filter(|name| !name.is_empty() && *name != "*").map(|name| key(b'<', name));
    let classed = || after('.').map(|class| key(b'.', class));
    after('#')
        .map(|id| key(b'#', id))
        .or_else(classed)
        .or_else(named)
        .or_else(|| attributed(&alternative[start..]))
}

/// The key of the attribute that `[name…]` asks for.
fn attributed(compound: &str) -> Option<Key> {
    let asked = compound.strip_prefix('[')?;
    let end = asked.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'))?;
    (end > 0).then(|| key(b'[', &asked[..end]))
}

/// Whether what is read stands within brackets or quotation marks.
#[derive(Default)]
struct Nesting {
    depth: usize,
    quote: Option<char>,
}

impl Nesting {
    /// Takes the next character; says whether it is outside, the brackets themselves counted as inside but for the
    /// closing one.
    fn is_outside(&mut self, c: char) -> bool {
        match (self.quote, c) {
            (Some(quote), _) if c == quote => self.quote = None,
            (None, '"' | '\'') => self.quote = Some(c),
            (None, '[' | '(') => self.depth += 1,
            (None, ']' | ')') => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.quote.is_none() && self.depth == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surest_of_what_a_selector_ends_with() {
        let one = |css: &str| keys(css).map(|keys| keys[0]);
        for (css, expected) in [
            ("td", key(b'<', "td")),
            ("TD.font01", key(b'.', "font01")),
            ("div .a#b", key(b'#', "b")),
            ("map > area[href]", key(b'<', "area")),
            ("meta[name=\"a, b\" i]", key(b'<', "meta")),
            ("a[href*='#page=']", key(b'<', "a")),
            ("[data-x] .text_c .c_c", key(b'.', "c_c")),
            ("founder-content", key(b'<', "FOUNDER-content")),
            ("input[value$='.pdf' i].x", key(b'.', "x")),
            ("td [data-PDF]", key(b'[', "data-pdf")),
        ] {
            assert_eq!(one(css), Some(expected), "{css}");
        }
        for css in ["*", "a:not(.b)", "td, *", "a\\.b", "svg|a", ""] {
            assert_eq!(keys(css), None, "{css}");
        }
        assert_eq!(keys("h1, .a b, #c").unwrap().len(), 3);
    }
}
