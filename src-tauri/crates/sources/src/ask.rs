//! What is asked of a site for one address: some sites answer for many pages and articles with one document.
//!
//! Which part of it is meant is noted behind the address's `#`, which no server ever sees: so pages and articles of
//! every family are told by an address alone, in the library too.

use url::Url;
use url::form_urlencoded;

/// What such a fragment begins with.
const OURS: &str = "kanbao?";

/// One address, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// What the site is asked for; without a fragment.
    pub url: Url,
    /// Which part of the answer is meant, and what is known of it from the document that led to it.
    notes: Vec<(String, String)>,
}

impl Ask {
    pub fn of(address: &Url) -> Self {
        /// More notes than any address of ours has.
        const MOST_NOTES: usize = 20;
        let mut url = address.clone();
        url.set_fragment(None);
        let ours = address.fragment().and_then(|fragment| fragment.strip_prefix(OURS)).unwrap_or_default();
        let notes = form_urlencoded::parse(ours.as_bytes()).into_owned().take(MOST_NOTES).collect();
        Self { url, notes }
    }

    #[must_use]
    pub fn noting(mut self, name: &str, value: &str) -> Self {
        self.notes.retain(|(known, _)| known != name);
        self.notes.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn note(&self, name: &str) -> Option<&str> {
        self.notes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The address that says all of it.
    pub fn into_url(self) -> Url {
        let mut url = self.url;
        if !self.notes.is_empty() {
            let notes = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.notes).finish();
            url.set_fragment(Some(&format!("{OURS}{notes}")));
        }
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_all_that_is_asked() {
        let plain = Url::parse("http://a.cn/m.html?x=1").unwrap();
        let url =
            Ask::of(&plain).noting("page", "01").noting("name", "要 闻&").noting("page", "02").into_url();
        let again = Ask::of(&url);
        assert_eq!((again.note("name"), again.note("page")), (Some("要 闻&"), Some("02")));
        assert_eq!((&again.url, again.clone().into_url()), (&plain, url));
        let other = Ask::of(&Url::parse("http://a.cn/x.htm#page=3").unwrap());
        assert_eq!((other.url.as_str(), other.note("page")), ("http://a.cn/x.htm", None));
        assert_eq!(Ask::of(&plain).into_url(), plain);
    }
}
