//! What a link leads to, as far as its address says: told once, asked for by several readers.

use crate::address::{IssuePlace, article_key, issue_place};
use crate::replica::{is_article_address, is_page_address};
use std::cell::OnceCell;
use std::ops::Deref;
use url::Url;

/// An address that a document leads to.
#[derive(Debug)]
pub(crate) struct Target {
    url: Url,
    is_article: OnceCell<bool>,
    is_page: OnceCell<bool>,
    key: OnceCell<String>,
    place: OnceCell<Option<IssuePlace>>,
}

impl Target {
    pub(crate) fn new(url: Url) -> Self {
        Self {
            url,
            is_article: OnceCell::new(),
            is_page: OnceCell::new(),
            key: OnceCell::new(),
            place: OnceCell::new(),
        }
    }

    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// Whether it is an article's, of the families that write replicas.
    pub(crate) fn is_article(&self) -> bool {
        *self.is_article.get_or_init(|| is_article_address(&self.url))
    }

    /// Whether it is a page's, of the families that write replicas.
    pub(crate) fn is_page(&self) -> bool {
        *self.is_page.get_or_init(|| is_page_address(&self.url))
    }

    /// The issue that it lies in.
    pub(crate) fn place(&self) -> Option<&IssuePlace> {
        self.place.get_or_init(|| issue_place(&self.url)).as_ref()
    }

    /// What an article there is known by.
    pub(crate) fn article_key(&self) -> &str {
        self.key.get_or_init(|| article_key(&self.url))
    }
}

impl Deref for Target {
    type Target = Url;

    fn deref(&self) -> &Url {
        &self.url
    }
}
