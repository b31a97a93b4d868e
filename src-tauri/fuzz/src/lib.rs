//! What fuzz targets share: how an input names an address and a document, and what holds of every reading.

use kanbao_sources::{Kind, Reading, address};
use url::Url;

/// What is said of one document, at most; `sources` holds it.
const MOST_WARNINGS: usize = 100;

/// Sizes of a thumbnail that a page's areas may be said to lie on.
const THUMBNAILS: [Option<(u32, u32)>; 4] = [None, Some((350, 500)), Some((0, 1)), Some((u32::MAX, 1))];

/// An input is an address on the first line and a document below it: so seeds are what sites send, and the fuzzer
/// changes both. What is no whole address is one on a usual site.
pub fn addressed(data: &[u8]) -> Option<(Url, String)> {
    let text = String::from_utf8_lossy(data);
    let (address, document) = text.split_once('\n').unwrap_or(("", &text));
    let usual = Url::parse("http://paper.example/slrb/html/2026-11/24/node_2.htm").ok()?;
    Some((usual.join(address.trim()).ok()?, document.to_owned()))
}

/// What holds of whatever is read of whatever bytes; and what every use of it does, does not fail.
pub fn check(reading: &Reading) {
    assert!(reading.warnings.len() <= MOST_WARNINGS, "{} warnings", reading.warnings.len());
    if reading.kind == Kind::Article {
        assert!(reading.article.is_some(), "an article without one");
    }
    if let Some(page) = &reading.page {
        for thumbnail in THUMBNAILS {
            let regions = page.regions(thumbnail);
            assert!(regions.regions.len() <= page.areas.len(), "more regions than areas");
            for corner in regions.regions.iter().flat_map(|region| region.polygon.corners()) {
                let on_page = (0.0..=1.0).contains(&corner.x) && (0.0..=1.0).contains(&corner.y);
                assert!(on_page, "{corner:?} lies outside the page");
            }
        }
        for link in &page.articles {
            follow(&link.url);
        }
    }
    for page in &reading.pages {
        follow(&page.url);
    }
    for url in reading.issues.iter().filter_map(|issue| issue.url.as_ref()) {
        follow(url);
    }
    reading.redirect.iter().for_each(follow);
    if let Some(article) = &reading.article {
        let _ = (article.article.body(), article.article.characters(), article.article.pictures().count());
    }
    // As `kanbao inspect --json` says it.
    serde_json::to_string(reading).expect("a reading is JSON");
}

/// What the sync does with an address that a document named.
fn follow(url: &Url) {
    let ask = kanbao_sources::Ask::of(url);
    assert_eq!(ask.url.fragment(), None, "what is asked of a site never has our notes");
    let again = kanbao_sources::Ask::of(&ask.clone().into_url());
    assert_eq!(again, ask, "an address says all that is asked");
    let _ = (address::article_key(url), address::issue_place(url), address::publication_id(url));
}
