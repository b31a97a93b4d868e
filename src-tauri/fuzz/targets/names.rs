//! Labels of pages, addresses and what they say, notes behind them, and what readers type to find a newspaper.
#![no_main]

use kanbao_newspaper::{PageLabel, SiteLink, label};
use kanbao_sources::{Ask, address, catalogue};
use libfuzzer_sys::fuzz_target;
use url::Url;

/// Addresses that are tried one after another for one thing; every one is a request to somebody's server.
const MOST_CANDIDATES: usize = 40;

fn labels(text: &str) {
    if let Some(label) = PageLabel::parse(text) {
        assert!(!label.number.is_empty(), "a label without a number");
        assert!(!label.number.contains(char::is_whitespace), "{:?} is no number", label.number);
    }
    let squeezed = label::squeeze(text);
    assert_eq!(label::squeeze(&squeezed), squeezed, "what is squeezed stays so");
    assert!(squeezed.len() <= text.len(), "squeezing made it longer");
}

fn addresses(url: &Url, other: &Url) {
    let place = address::issue_place(url);
    let dates = place.map(|place| place.date).into_iter();
    for date in dates {
        let candidates = address::issue_urls(url, date);
        assert!(candidates.len() <= MOST_CANDIDATES);
        for candidate in candidates {
            assert_eq!(candidate.host(), url.host(), "an issue is not looked for on another host");
        }
        let calendars = address::calendar_urls(url, date.year(), date.month());
        assert!(calendars.len() <= MOST_CANDIDATES);
    }
    assert!(address::entry_urls(url).len() <= MOST_CANDIDATES);
    assert!(address::larger_pictures(url).len() <= MOST_CANDIDATES);
    assert!(!address::publication_id(url).is_empty(), "a newspaper without an id");
    let key = address::article_key(url);
    assert_eq!(address::article_key(url), key);
    let places = address::issue_place(url).zip(address::issue_place(other));
    let same = places.as_ref().map(|(one, other)| one.is_same_issue(other));
    assert_eq!(places.map(|(one, other)| other.is_same_issue(&one)), same, "sameness has no direction");
    let _ = address::names_an_issue(&address::canonical_entry(url.clone()));
    let ask = Ask::of(url);
    let again = Ask::of(&ask.clone().into_url());
    assert_eq!(again, ask, "an address says all that is asked");
}

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let site = Url::parse("http://paper.example/slrb/").expect("a sound address");
    let mut last = site.clone();
    for line in text.lines().take(20) {
        labels(line);
        let found = catalogue::search(line, 10);
        assert!(found.len() <= 10);
        if let Some(link) = SiteLink::new(line, line) {
            assert!(link.url.starts_with("http"), "{:?} would be opened", link.url);
        }
        if let Ok(url) = Url::parse(line).or_else(|_| site.join(line)) {
            addresses(&url, &last);
            last = url;
        }
    }
});
