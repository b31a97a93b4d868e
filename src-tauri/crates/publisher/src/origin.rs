//! A site inside the program, asked through the same path as one on the network.

/// Answers for one host without a socket: the sample newspaper, or a test.
///
/// Everything above the socket stays: robots.txt, validators, redirects, limits.
pub trait Origin: Send + Sync {
    /// The answer to one GET or POST; called on the asking task, so it should not take long.
    fn respond(&self, request: &OriginRequest<'_>) -> OriginResponse;
}

/// One request as an [`Origin`] sees it.
#[derive(Debug, Clone, Copy)]
pub struct OriginRequest<'a> {
    /// Path and query, beginning with `/`.
    pub path: &'a str,
    /// Header names are lower case.
    pub headers: &'a [(String, String)],
    /// What was posted; nothing for a GET.
    pub posted: Option<&'a [u8]>,
}

impl OriginRequest<'_> {
    /// The first header of this (lower-case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What an [`Origin`] answers.
#[derive(Debug, Clone, Default)]
pub struct OriginResponse {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}
