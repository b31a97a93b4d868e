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

/// As much of a document as can be made a tree of, and how many tags it has.
pub(super) fn capped<'a>(raw: &'a str, warnings: &mut Vec<String>) -> (&'a str, usize) {
    let tally = Tally::of(raw.as_bytes());
    if tally.is_affordable() {
        return (raw, tally.tags);
    }
    let (end, problem) = affordable(raw);
    warnings.extend(problem);
    (&raw[..end], tally.tags.min(MOST_TAGS))
}

/// What an element more in each paragraph costs beside a look at one.
const REOPENED: usize = 100;

/// A document's tags, counted by their first two letters. Every document is, and few need a closer look.
#[derive(Default)]
struct Tally {
    tags: usize,
    opening: usize,
    /// Those that may be opened anew, and some that only begin like them.
    formatting: usize,
}

impl Tally {
    fn of(raw: &[u8]) -> Self {
        let mut tally = Self::default();
        for at in memchr_iter(b'<', raw) {
            tally.tags += 1;
            let [first, second] = [1, 2].map(|ahead| raw.get(at + ahead).map_or(0, u8::to_ascii_lowercase));
            tally.opening += usize::from(first != b'/');
            let may_format = match first {
                b'b' => second == b'i' || !second.is_ascii_alphanumeric(),
                b's' => matches!(second, b'm' | b't') || !second.is_ascii_alphanumeric(),
                b'i' | b'u' => !second.is_ascii_alphanumeric(),
                b'c' | b'f' | b'n' => second == b'o',
                b'e' => second == b'm',
                b't' => second == b't',
                _ => false,
            };
            tally.formatting += usize::from(may_format);
        }
        tally
    }

    /// Whether the document is within both limits even if nothing that it opens is closed before its end.
    fn is_affordable(&self) -> bool {
        let dearest = self.opening.saturating_add(self.formatting.saturating_mul(REOPENED));
        self.tags <= MOST_TAGS && self.tags.saturating_mul(dearest) <= MOST_NESTING
    }
}

/// How far a document can be read before it has more than [`MOST_TAGS`], or its nesting costs more than
/// [`MOST_NESTING`], and which of the two it was.
fn affordable(raw: &str) -> (usize, Option<String>) {
    let mut open: BTreeMap<Name, usize> = BTreeMap::new();
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
        let count = open.entry(name).or_default();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_opened_anew_is_counted_as_such() {
        #[rustfmt::skip]
        let formatting = [
            "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u", "B", "FONT",
        ];
        for name in formatting {
            assert!(is_formatting(name.to_ascii_lowercase().as_bytes()), "{name}");
            for end in [">", " class=a>", "/>", "\n>", ""] {
                let markup = format!("<{name}{end}");
                assert_eq!(Tally::of(markup.as_bytes()).formatting, 1, "{markup:?}");
            }
        }
        let page = Tally::of(b"<ul><li><img><br><span>a</span><td><tr><body></i></b><");
        assert_eq!((page.tags, page.opening, page.formatting), (12, 9, 0));
    }

    /// The quick count may send a document to the exact one, never past it.
    #[test]
    fn the_quick_count_is_never_the_more_generous() {
        for piece in ["<b>", "<div>", "<font><p>", "<div><b></div>", "<a href=x>", "<td>", "</b>", "<"] {
            for times in [10, 200, 280, 300, 3_000, 60_000] {
                let markup = piece.repeat(times);
                if Tally::of(markup.as_bytes()).is_affordable() {
                    assert_eq!(affordable(&markup), (markup.len(), None), "{times} times {piece}");
                }
            }
        }
    }
}
