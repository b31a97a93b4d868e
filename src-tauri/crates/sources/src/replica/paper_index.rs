//! What is the paper-index family's own: `PaperIndex.htm`, `IssueIndex.htm`, `Page01BC.htm`, `Articel01002NR.htm` (so
//! spelt), and one site's list of the whole issue, whose links keep their addresses in `daoxiang`.

use crate::address::file_of;
use regex::Regex;
use std::sync::LazyLock;
use url::Url;

static PAGE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)/page([a-z]?\d{2,4})[a-z]{2}\.html?$").expect("a sound pattern"));
static ARTICLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)/artic(?:el|le)([a-z]?\d{2,4})\d{3}[a-z]{2}\.html?$").expect("a sound pattern")
});
static INDEX: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"/(?:PaperIndex|\d{8}/IssueIndex)\.html?$").expect("a sound pattern"));

/// Whether an address is one that only this family has.
pub(crate) fn is_paper_index_address(url: &Url) -> bool {
    may_be(url) && INDEX.is_match(url.path()) || page_number(url).is_some() || article_page(url).is_some()
}

/// The printed number in a page's address.
pub(crate) fn page_number(url: &Url) -> Option<String> {
    number(&PAGE, url)
}

/// The printed number of the page that an article is of.
pub(crate) fn article_page(url: &Url) -> Option<String> {
    number(&ARTICLE, url)
}

fn number(pattern: &LazyLock<Regex>, url: &Url) -> Option<String> {
    if !may_be(url) {
        return None;
    }
    Some(pattern.captures(url.path())?.get(1)?.as_str().to_ascii_uppercase())
}

/// Whether a file's name begins as this family's do, so that others need not be held against the patterns.
fn may_be(url: &Url) -> bool {
    matches!(file_of(url).as_bytes().first(), Some(b'p' | b'P' | b'a' | b'A' | b'I'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_their_page() {
        let url = |path: &str| Url::parse(&format!("http://a.cn/slrb/content/{path}")).unwrap();
        assert_eq!(page_number(&url("20261124/Page01BC.htm")).as_deref(), Some("01"));
        assert_eq!(page_number(&url("20261124/Page02DK.htm")).as_deref(), Some("02"));
        assert_eq!(article_page(&url("20261124/Articel01002NR.htm")).as_deref(), Some("01"));
        assert_eq!(article_page(&url("20261124/Articel0405012NR.htm")).as_deref(), Some("0405"));
        for path in ["PaperIndex.htm", "20261124/IssueIndex.htm"] {
            assert!(is_paper_index_address(&url(path)), "{path}");
        }
        for path in ["index.htm", "20261124/node_1.htm", "2026-11/24/content_1.htm"] {
            assert!(!is_paper_index_address(&url(path)), "{path}");
        }
    }
}
