//! How much of a document is read, so that none takes for ever.

use memchr::memchr_iter;
use std::collections::BTreeMap;

/// Tags that are read of one document. Real pages have a few thousand.
const MOST_TAGS: usize = 50_000;

/// What a document's nesting may cost. A tree builder looks through the elements that are open at each tag, and
/// opens unclosed `<b>` and `<font>` anew in each paragraph: documents of nothing but opening tags cost their
/// square, and each of our selectors that names an element within another costs it again. Real pages stay below an
/// eighth of this.
const MOST_NESTING: usize = 8_000_000;

/// As much of a document as can be made a tree of.
pub(super) fn capped<'a>(raw: &'a str, warnings: &mut Vec<String>) -> &'a str {
    let (end, problem) = affordable(raw);
    warnings.extend(problem);
    &raw[..end]
}

/// How far a document can be read before it has more than [`MOST_TAGS`], or its nesting costs more than
/// [`MOST_NESTING`], and which of the two it was.
fn affordable(raw: &str) -> (usize, Option<String>) {
    /// What an element more in each paragraph costs beside a look at one.
    const REOPENED: usize = 100;
    let mut open = Open::default();
    let (mut depth, mut formatting, mut cost) = (0_usize, 0_usize, 0_usize);
    for (tags, at) in memchr_iter(b'<', raw.as_bytes()).enumerate() {
        if tags == MOST_TAGS {
            let problem = format!("the document has more than {MOST_TAGS} tags; the rest is not read");
            return (at, Some(problem));
        }
        let rest = &raw.as_bytes()[at + 1..];
        let (closing, rest) = rest.strip_prefix(b"/").map_or((false, rest), |rest| (true, rest));
        cost += depth + formatting * REOPENED;
        if cost > MOST_NESTING {
            let problem = "the document's elements are nested without end; the rest is not read".to_owned();
            return (at, Some(problem));
        }
        let name = name_at(rest);
        let letters = name.to_be_bytes();
        let word = letters.split(|byte| *byte == 0).next().unwrap_or_default();
        if word.is_empty() || is_light(word) {
            continue;
        }
        let is_formatting = is_formatting(word);
        // A link closes the one before it.
        let single = word == b"a";
        let count = open.count(name);
        if closing && *count > 0 {
            *count -= 1;
            depth -= 1;
            formatting -= usize::from(is_formatting);
        } else if !(closing || single && *count > 0) {
            *count += 1;
            depth += 1;
            formatting += usize::from(is_formatting);
        }
    }
    (raw.len(), None)
}

/// How many elements of each name are open. A page has two dozen names, of which the same few come again and again:
/// they are looked for one after the other, those of a document made of names in a tree.
#[derive(Default)]
struct Open {
    first: Vec<(Name, usize)>,
    more: BTreeMap<Name, usize>,
}

impl Open {
    fn count(&mut self, name: Name) -> &mut usize {
        const FEW: usize = 32;
        if let Some(at) = self.first.iter().position(|(known, _)| *known == name) {
            return &mut self.first[at].1;
        }
        if self.first.len() < FEW {
            self.first.push((name, 0));
            let last = self.first.len() - 1;
            return &mut self.first[last].1;
        }
        self.more.entry(name).or_default()
    }
}

/// The first sixteen letters of a tag's name in lower case, zeros behind them: enough to tell it from others.
type Name = u128;

fn name_at(rest: &[u8]) -> Name {
    let mut name = [0; 16];
    let written = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric());
    for (place, byte) in name.iter_mut().zip(written) {
        *place = byte.to_ascii_lowercase();
    }
    Name::from_be_bytes(name)
}

/// Elements that hold nothing, or that the next of their kind closes.
#[rustfmt::skip]
fn is_light(name: &[u8]) -> bool {
    matches!(
        name,
        b"area" | b"base" | b"body" | b"br" | b"col" | b"colgroup" | b"dd" | b"dt" | b"embed" | b"frame" | b"head"
        | b"hr" | b"html" | b"img" | b"input" | b"li" | b"link" | b"meta" | b"optgroup" | b"option" | b"p" | b"param"
        | b"source" | b"tbody" | b"td" | b"tfoot" | b"th" | b"thead" | b"tr" | b"track" | b"wbr"
    )
}

/// Elements that are opened anew wherever they were not closed.
#[rustfmt::skip]
fn is_formatting(name: &[u8]) -> bool {
    matches!(
        name,
        b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small" | b"strike" | b"strong" | b"tt" | b"u"
    )
}
