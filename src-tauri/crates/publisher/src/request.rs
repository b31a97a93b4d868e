//! What is asked for, and what comes back.

use std::time::Duration;

use url::Url;

use crate::charset::{self, Decoded};

const MEGABYTE: u64 = 1024 * 1024;

/// One address to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub url: Url,
    /// From the copy already kept, so that the site may answer "not modified".
    pub validators: Validators,
    /// The address that gave the validators ([`Fetched::url`]), when redirects led there from `url`. They are
    /// sent to that address only: the date of one document says nothing about another.
    pub validators_of: Option<Url>,
    /// A longer answer, once unpacked, is refused.
    pub most_bytes: u64,
    pub accept: Accept,
    /// What is posted; nothing for a GET.
    pub post: Option<Post>,
    /// A longer pause before the host's next request than [`crate::Politeness`] has; a shorter one changes nothing.
    pub pause: Duration,
    /// Fewer requests at once than it has; more change nothing.
    pub at_once: usize,
}

impl Request {
    /// With nothing kept, and the limit on size that suits the kind.
    pub fn new(url: Url, accept: Accept) -> Self {
        Self {
            url,
            validators: Validators::default(),
            validators_of: None,
            most_bytes: accept.most_bytes(),
            accept,
            post: None,
            pause: Duration::ZERO,
            at_once: usize::MAX,
        }
    }
}

/// A question that some sites' scripts put in a body instead of the address: asked with POST, and as those scripts
/// ask it. It changes nothing on the site, so it may be put again like any other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    pub content_type: &'static str,
    pub body: String,
}

impl Post {
    /// The longest body that is sent. Real questions take a few hundred bytes; they are made of what a site said.
    pub const MOST_BYTES: usize = 8 * 1024;

    pub fn json(body: String) -> Self {
        Self { content_type: "application/json", body }
    }
}

/// The kind of thing asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    Document,
    Picture,
    Pdf,
}

impl Accept {
    /// What an answer of this kind may weigh unless the request says otherwise.
    pub fn most_bytes(self) -> u64 {
        match self {
            Self::Document => 8 * MEGABYTE,
            Self::Picture => 64 * MEGABYTE,
            Self::Pdf => 256 * MEGABYTE,
        }
    }

    /// The Accept header.
    pub(crate) fn header(self) -> &'static str {
        match self {
            Self::Document => "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
            Self::Picture => "image/jpeg,image/png,image/gif,image/webp,image/*;q=0.8,*/*;q=0.5",
            Self::Pdf => "application/pdf,*/*;q=0.5",
        }
    }
}

/// What tells one version of a document from the next. A header's bytes above ASCII are kept as the
/// characters U+0080 to U+00FF, so that they go back exactly as they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// What the site answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Fresh(Fetched),
    /// The copy with the validators sent is still right.
    NotModified,
}

/// A document as it came, unpacked and whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where it was, after redirects.
    pub url: Url,
    pub content_type: Option<String>,
    pub validators: Validators,
    pub body: Vec<u8>,
}

impl Fetched {
    /// The body as text, whatever charset the site uses or claims to.
    pub fn text(&self) -> Decoded {
        charset::decode(&self.body, self.content_type.as_deref())
    }
}
