//! 转版: an article that goes on on another page is one article.
//!
//! Papers write （下转第三版） where a text breaks off and （上接第一版） where it goes on. Sites then
//! give two articles, or the whole text under both addresses.

use crate::article::{Article, Block};

/// What is known of an article when its issue's articles are joined.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// The printed number of the page it stands on.
    pub page: &'a str,
    pub article: &'a Article,
}

/// How a part belongs to the article that it continues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// Its text goes on where the first part breaks off.
    Continues,
    /// One of the two has the other's text in it.
    Repeats,
}

/// Finds which parts continue which, as (head, tail, how) by index. A head is never a tail of the
/// same pair twice, and what is not certain is left as two articles.
pub fn joints(parts: &[Part<'_>]) -> Vec<(usize, usize, Joint)> {
    let mut joints = Vec::new();
    for (tail, part) in parts.iter().enumerate() {
        let Some(from) = came_from(part.article) else { continue };
        let mut candidates: Vec<usize> = parts
            .iter()
            .enumerate()
            .filter(|&(head, other)| head != tail && same_page(other.page, &from))
            .filter(|(_, other)| goes_to(other.article).is_some_and(|to| same_page(part.page, &to)))
            .map(|(head, _)| head)
            .collect();
        if candidates.len() > 1 {
            let likeness = |head: usize| shared_start(parts[head].article, part.article);
            let best = candidates.iter().map(|&head| likeness(head)).max().unwrap_or(0);
            candidates.retain(|&head| best > 0 && likeness(head) == best);
        }
        let free = |head: usize| joints.iter().all(|&(h, t, _)| h != head && t != head);
        if let [head] = candidates[..]
            && free(head)
        {
            let (first, second) = (flat(parts[head].article), flat(part.article));
            // Some sites give the whole text under both addresses, some under one of them.
            let repeats =
                !second.is_empty() && first.contains(&second) || !first.is_empty() && second.contains(&first);
            joints.push((head, tail, if repeats { Joint::Repeats } else { Joint::Continues }));
        }
    }
    joints
}

/// The whole text: the head's blocks, then the tail's, without the "continued" marks.
pub fn join(head: &Article, tail: &Article, joint: Joint) -> Article {
    let mut joined = head.clone();
    joined.blocks = without_marks(&head.blocks);
    match joint {
        Joint::Continues => joined.blocks.extend(without_marks(&tail.blocks)),
        // The whole text, and what pictures the other address has of its own.
        Joint::Repeats => {
            let (whole, part) =
                if tail.characters() > head.characters() { (tail, head) } else { (head, tail) };
            joined.blocks = without_marks(&whole.blocks);
            let new = part.blocks.iter().filter(
                |block| matches!(block, Block::Picture { url, .. } if !whole.pictures().any(|u| u == url)),
            );
            joined.blocks.extend(new.cloned());
        }
    }
    if joined.editor_mark.is_none() {
        joined.editor_mark.clone_from(&tail.editor_mark);
    }
    joined
}

fn without_marks(blocks: &[Block]) -> Vec<Block> {
    let kept = blocks.iter().filter_map(|block| match block {
        Block::Paragraph { text } => {
            let mut text = text.clone();
            while let Some(mark) = Mark::find(&text) {
                text.replace_range(mark.start..mark.end, "");
            }
            let text = text.trim().to_owned();
            (!text.is_empty()).then_some(Block::Paragraph { text })
        }
        other => Some(other.clone()),
    });
    kept.collect()
}

/// "（下转第三版）": where it stands and which page it names.
struct Mark {
    start: usize,
    end: usize,
    onward: bool,
    page: String,
}

impl Mark {
    /// The longest that such a mark is, in characters.
    const LONGEST: usize = 24;

    fn find(text: &str) -> Option<Self> {
        for (start, open) in text.char_indices().filter(|(_, c)| matches!(c, '（' | '(' | '〔' | '[' | '【'))
        {
            let inner = &text[start + open.len_utf8()..];
            let Some((length, close)) = inner
                .char_indices()
                .take(Self::LONGEST)
                .find(|(_, c)| matches!(c, '）' | ')' | '〕' | ']' | '】'))
            else {
                continue;
            };
            let end = start + open.len_utf8() + length + close.len_utf8();
            let words: String = inner[..length].chars().filter(|c| !c.is_whitespace()).collect();
            let words = words.trim_start_matches(['▲', '△', '●', '▼', '▽', '■', '>', '<']);
            let onward = words.starts_with("下转") || words.starts_with("紧转");
            let backward = words.starts_with("上接") || words.starts_with("紧接");
            if !onward && !backward {
                continue;
            }
            let rest: String = words.chars().skip(2).collect();
            let rest = rest.trim_start_matches('第');
            if let Some(page) = rest.split('版').next().filter(|page| !page.is_empty()) {
                return Some(Self { start, end, onward, page: page.to_owned() });
            }
        }
        None
    }
}

fn marks(article: &Article) -> impl Iterator<Item = Mark> + '_ {
    let decks = [&article.decks.kicker, &article.decks.headline, &article.decks.subheadline];
    let paragraphs = article.blocks.iter().filter_map(|block| match block {
        Block::Paragraph { text } | Block::Subheading { text } => Some(text),
        _ => None,
    });
    decks.into_iter().chain(paragraphs).filter_map(|text| Mark::find(text))
}

fn goes_to(article: &Article) -> Option<String> {
    marks(article).find(|mark| mark.onward).map(|mark| mark.page)
}

fn came_from(article: &Article) -> Option<String> {
    marks(article).find(|mark| !mark.onward).map(|mark| mark.page)
}

/// "03", "3", "三" and "A03" name the same page within one mark's reach.
fn same_page(number: &str, named: &str) -> bool {
    let plain = |text: &str| {
        let text =
            crate::PageLabel::parse(&format!("第{text}版")).map_or(text.to_owned(), |label| label.number);
        let letters: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
        let digits = text[letters.len()..].trim_start_matches('0').to_owned();
        (letters, digits)
    };
    let ((letters, digits), (named_letters, named_digits)) = (plain(number), plain(named));
    digits == named_digits && (letters == named_letters || named_letters.is_empty())
}

fn flat(article: &Article) -> String {
    let joined = Article { blocks: without_marks(&article.blocks), ..article.clone() };
    joined.body().chars().filter(|c| !c.is_whitespace()).collect()
}

/// How many characters the two headlines begin with alike, marks aside.
fn shared_start(a: &Article, b: &Article) -> usize {
    let headline = |article: &Article| {
        let mut text = article.decks.headline.clone();
        while let Some(mark) = Mark::find(&text) {
            text.replace_range(mark.start..mark.end, "");
        }
        text.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>()
    };
    headline(a).iter().zip(&headline(b)).take_while(|(x, y)| x == y).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Decks;

    fn article(headline: &str, paragraphs: &[&str]) -> Article {
        Article {
            decks: Decks { headline: headline.into(), ..Decks::default() },
            blocks: paragraphs.iter().map(|text| Block::Paragraph { text: (*text).into() }).collect(),
            editor_mark: None,
        }
    }

    #[test]
    fn a_text_that_goes_on_is_one() {
        let head = article("沿河书屋开门", &["第一段。", "第二段前半，（下转第三版）"]);
        let other = article("别的", &["别的文字。"]);
        let tail = article("沿河书屋开门", &["（上接第一版）第二段后半。", "第三段。"]);
        let parts = [
            Part { page: "01", article: &head },
            Part { page: "01", article: &other },
            Part { page: "03", article: &tail },
        ];
        assert_eq!(joints(&parts), [(0, 2, Joint::Continues)]);
        let joined = join(&head, &tail, Joint::Continues);
        assert_eq!(joined.body(), "第一段。\n第二段前半，\n第二段后半。\n第三段。");
    }

    #[test]
    fn a_text_given_twice_is_one() {
        let head = article("沿河书屋", &["全文。(下转2版)"]);
        let tail = article("沿河书屋", &["(上接1版)全文。"]);
        let parts = [Part { page: "A01", article: &head }, Part { page: "A02", article: &tail }];
        assert_eq!(joints(&parts), [(0, 1, Joint::Repeats)]);
        assert_eq!(join(&head, &tail, Joint::Repeats).body(), "全文。");
    }

    #[test]
    fn a_text_that_one_address_has_whole_is_not_said_twice() {
        let whole = article("沿河书屋", &["前半。", "后半。（下转2版）"]);
        let rest = article("沿河书屋", &["（上接1版）后半。"]);
        let parts = [Part { page: "1", article: &whole }, Part { page: "2", article: &rest }];
        assert_eq!(joints(&parts), [(0, 1, Joint::Repeats)]);
        assert_eq!(join(&whole, &rest, Joint::Repeats).body(), "前半。\n后半。");
        let start = article("沿河书屋", &["前半。（下转2版）"]);
        let whole = article("沿河书屋", &["（上接1版）前半。", "后半。"]);
        let parts = [Part { page: "1", article: &start }, Part { page: "2", article: &whole }];
        assert_eq!(joints(&parts), [(0, 1, Joint::Repeats)]);
        assert_eq!(join(&start, &whole, Joint::Repeats).body(), "前半。\n后半。");
    }

    #[test]
    fn two_that_go_to_one_page_are_told_apart_by_their_headlines() {
        let (a, b) = (article("河畔的灯", &["甲（下转第4版）"]), article("山中的路", &["乙（下转第4版）"]));
        let (c, d) = (article("山中的路", &["（上接第1版）丁"]), article("河畔的灯", &["（上接第1版）丙"]));
        let parts =
            [("1", &a), ("1", &b), ("4", &c), ("4", &d)].map(|(page, article)| Part { page, article });
        assert_eq!(joints(&parts), [(1, 2, Joint::Continues), (0, 3, Joint::Continues)]);
    }

    #[test]
    fn what_is_not_certain_stays_apart() {
        let head = article("河畔的灯", &["甲（下转第4版）"]);
        let tail = article("无题", &["（上接第2版）丁"]);
        let parts = [Part { page: "1", article: &head }, Part { page: "4", article: &tail }];
        assert_eq!(joints(&parts), []);
    }
}
