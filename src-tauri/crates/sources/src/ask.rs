//! What is asked of a site for one address: some sites want a body posted, and some answer for many pages with one
//! document.
//!
//! Both are kept behind the address's `#`, which no server ever sees: so pages, articles and calendars of every
//! family are told by an address alone, in the library too.

use url::Url;
use url::form_urlencoded;

/// What such a fragment begins with.
const OURS: &str = "kanbao?";

/// The longest body that is posted, in bytes: these sites' are a few identifiers.
const LONGEST_BODY: usize = 4_096;

/// One address, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// What the site is asked for; without a fragment.
    pub url: Url,
    /// JSON to post; without it the address is fetched as usual.
    pub post: Option<String>,
    /// Which part of the answer is meant, and what is known of it from the document that led to it.
    notes: Vec<(String, String)>,
}

impl Ask {
    pub fn of(address: &Url) -> Self {
        let mut url = address.clone();
        url.set_fragment(None);
        let ours = address.fragment().and_then(|fragment| fragment.strip_prefix(OURS)).unwrap_or_default();
        let (mut post, mut notes) = (None, Vec::new());
        for (name, value) in form_urlencoded::parse(ours.as_bytes()).take(20) {
            match name.as_ref() {
                "post" if value.len() <= LONGEST_BODY => post = Some(value.into_owned()),
                "post" => {}
                _ => notes.push((name.into_owned(), value.into_owned())),
            }
        }
        Self { url, post, notes }
    }

    #[must_use]
    pub fn noting(mut self, name: &str, value: &str) -> Self {
        self.notes.retain(|(known, _)| known != name);
        self.notes.push((name.to_owned(), value.to_owned()));
        self
    }

    #[must_use]
    pub fn posting(mut self, body: &serde_json::Value) -> Self {
        self.post = Some(body.to_string());
        self
    }

    pub fn note(&self, name: &str) -> Option<&str> {
        self.notes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The address that says all of it.
    pub fn into_url(self) -> Url {
        let mut url = self.url;
        let mut fragment = form_urlencoded::Serializer::new(String::new());
        if let Some(post) = &self.post {
            fragment.append_pair("post", post);
        }
        fragment.extend_pairs(&self.notes);
        let fragment = fragment.finish();
        if !fragment.is_empty() {
            url.set_fragment(Some(&format!("{OURS}{fragment}")));
        }
        url
    }

    /// What the answer is kept under: the same for every part of one answer.
    pub fn key(&self) -> Url {
        Self { notes: Vec::new(), ..self.clone() }.into_url()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_all_that_is_asked() {
        let plain = Url::parse("http://a.cn/uv/article/editionId").unwrap();
        let ask = Ask::of(&plain).posting(&serde_json::json!({"id": "7&8"})).noting("number", "01");
        let url = ask.clone().noting("name", "要 闻").into_url();
        let again = Ask::of(&url);
        assert_eq!((again.url.clone(), again.post.as_deref()), (plain.clone(), Some(r#"{"id":"7&8"}"#)));
        assert_eq!((again.note("name"), again.note("number")), (Some("要 闻"), Some("01")));
        assert_eq!(again.key(), ask.key());
        assert_ne!(again.key(), plain);
        let other = Ask::of(&Url::parse("http://a.cn/x.htm#page=3").unwrap());
        assert_eq!((other.key().as_str(), other.post), ("http://a.cn/x.htm", None));
        assert_eq!(Ask::of(&plain).into_url(), plain);
    }
}
