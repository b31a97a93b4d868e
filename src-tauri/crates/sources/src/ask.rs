//! What is asked of a site for one address: some sites answer for many pages and articles with one document.
//!
//! Which part of it is meant is noted behind the address's `#`, which no server ever sees: so pages and articles of
//! every family are told by an address alone, in the library too.

use url::Url;
use url::form_urlencoded;

/// What such a fragment begins with.
const OURS: &str = "kanbao?";

/// The note that holds a body: the address is then asked with POST, as JSON.
const POSTED: &str = "post";

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

    /// Has the address asked with this body.
    #[must_use]
    pub(crate) fn posting(self, body: &serde_json::Value) -> Self {
        self.noting(POSTED, &body.to_string())
    }

    /// What is put to the address in a body, where it is asked with POST: JSON.
    pub fn posted(&self) -> Option<&str> {
        self.note(POSTED)
    }

    /// What an answer is known by: two questions at one address have two answers, but which part of one is meant
    /// makes no difference to the site.
    pub fn key(&self) -> String {
        let asked = Self { url: self.url.clone(), notes: Vec::new() };
        let asked = match self.posted() {
            Some(body) => asked.noting(POSTED, body),
            None => asked,
        };
        asked.into_url().into()
    }

    /// The same notes at another address.
    #[must_use]
    pub(crate) fn at(self, url: Url) -> Self {
        Self { url, notes: self.notes }
    }

    /// The same with only those notes that are named.
    #[must_use]
    pub(crate) fn keeping(mut self, names: &[&str]) -> Self {
        self.notes.retain(|(known, _)| names.contains(&known.as_str()));
        self
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

/// What an address in a document that is no HTML leads to. What stands behind its `#` is the site's own business, and
/// may not pass for a note of ours: a note can have something posted.
pub(crate) fn join(beside: &Url, address: &str) -> Option<Url> {
    let mut url = beside.join(&address.trim().replace('\\', "/")).ok()?;
    url.set_fragment(None);
    (url.scheme() == beside.scheme() || matches!(url.scheme(), "http" | "https")).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_questions_at_one_address_have_two_answers() {
        let plain = Ask::of(&Url::parse("http://a.cn/api/list").unwrap());
        let ask = |id: u32, page: &str| {
            plain.clone().posting(&serde_json::json!({ "id": id })).noting("page", page)
        };
        assert_eq!(ask(1, "01").posted(), Some("{\"id\":1}"));
        assert_eq!(ask(1, "01").key(), ask(1, "02").key());
        assert_ne!(ask(1, "01").key(), ask(2, "01").key());
        assert_eq!(Ask::of(&Url::parse(&ask(1, "01").key()).unwrap()).posted(), Some("{\"id\":1}"));
        assert_eq!(plain.clone().noting("page", "01").key(), "http://a.cn/api/list");
    }

    #[test]
    fn no_site_can_have_something_posted() {
        let beside = Url::parse("http://a.cn/html/2026-11/period.xml#kanbao?page=1").unwrap();
        for address in
            ["//b.cn/x#kanbao?post=%7B%7D", "24/node_1.htm#kanbao?post=1", "http://b.cn/#kanbao?post=1"]
        {
            let url = join(&beside, address).unwrap();
            assert_eq!((url.fragment(), Ask::of(&url).posted()), (None, None), "{address}");
        }
        assert_eq!(join(&beside, "javascript:alert(1)"), None);
    }

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
