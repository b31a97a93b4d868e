//! How gently a publisher is asked.

use std::time::Duration;

/// Limits that hold for each host on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Politeness {
    /// Requests under way at once, at most.
    pub at_once: usize,
    /// From the start of one request to the start of the next. Hosts on this machine are not made to wait,
    /// unless their robots.txt asks for it.
    pub pause: Duration,
    /// How often one address is asked before giving up, the first time included.
    pub attempts: u32,
    pub connect_timeout: Duration,
    /// How long to go on waiting while no byte comes.
    pub idle_timeout: Duration,
    /// How long one answer may take with its body.
    pub total_timeout: Duration,
    /// The longest wait before the first repeat; it doubles with each further one.
    pub first_retry: Duration,
    /// The longest wait a site can impose with Retry-After or Crawl-delay. A longer Retry-After ends in an
    /// error.
    pub longest_wait: Duration,
    /// Redirects followed from one address.
    pub redirects: usize,
}

impl Default for Politeness {
    fn default() -> Self {
        Self {
            at_once: 2,
            pause: Duration::from_millis(500),
            attempts: 4,
            connect_timeout: Duration::from_secs(15),
            idle_timeout: Duration::from_secs(30),
            total_timeout: Duration::from_mins(10),
            first_retry: Duration::from_secs(1),
            longest_wait: Duration::from_mins(1),
            redirects: 6,
        }
    }
}
