//! What can go wrong with a publisher, on which address, and what to do about it.

use thiserror::Error;

/// Each message is one thing that failed and one sentence of what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PublisherError {
    #[error(
        "{url} cannot be fetched: {reason}. Give an address that begins with http:// or https://, as the browser shows it."
    )]
    BadUrl { url: String, reason: String },

    #[error(
        "{url} was not fetched: the site's robots.txt asks programs not to. Read that page in a browser, or ask the publisher to allow Kanbao."
    )]
    RefusedByRobots { url: String },

    #[error(
        "{host} could not say what programs may fetch: its robots.txt answered {status}. Nothing was fetched; try again later."
    )]
    RobotsUnavailable { host: String, status: u16 },

    #[error(
        "{url} does not exist (the site answered {status}). Check the address; the publisher may have moved or removed it."
    )]
    NotFound { url: String, status: u16 },

    #[error("{url} was not given: the site answered {status}. {advice}", advice = status_advice(*status))]
    Status { url: String, status: u16 },

    #[error(
        "{host} cannot be reached: {reason}. Check this computer's network connection; if other sites open, try again later."
    )]
    Unreachable { host: String, reason: String },

    #[error(
        "no secure connection to {host}: {reason}. Check this computer's date; if it is right, the site's certificate is at fault and only the publisher can repair it."
    )]
    Insecure { host: String, reason: String },

    #[error("{url} took too long: {reason}. Try again later, or on a faster connection.")]
    TimedOut { url: String, reason: String },

    #[error("{url} arrived broken: {reason}. Try again later.")]
    Broken { url: String, reason: String },

    #[error(
        "{url} is larger than {limit} bytes, the limit for its kind. It is not what a newspaper site should give here: check the address in a browser."
    )]
    TooLarge { url: String, limit: u64 },

    #[error("{url} leads on and on: {reason}. Open it in a browser and give the address where that ends.")]
    TooManyRedirects { url: String, reason: String },

    #[error(
        "{url} leads to {to}, which was not followed: {reason}. If that is where the paper is, give that address itself."
    )]
    BadRedirect { url: String, to: String, reason: String },

    #[error(
        "{url} was answered with \"not modified\" though no kept copy was named. The site or a proxy before it is at fault: try again later."
    )]
    NothingToCompare { url: String },

    #[error("{host} asks to be left alone for {seconds} seconds. Try again after that.")]
    AskedToWait { host: String, seconds: u64 },

    #[error(
        "the HTTP client could not be set up: {reason}. Check the proxy and certificate settings of this computer."
    )]
    Setup { reason: String },
}

impl PublisherError {
    /// The site answers, and says there is nothing there.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::NotFound { .. })
    }

    /// Nobody answers: this computer is offline, or the host's name or server is gone.
    pub fn is_offline(&self) -> bool {
        matches!(self, Self::Unreachable { .. })
    }

    /// The same request may succeed later, with nothing changed here.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::RobotsUnavailable { .. }
            | Self::Unreachable { .. }
            | Self::TimedOut { .. }
            | Self::Broken { .. }
            | Self::NothingToCompare { .. }
            | Self::AskedToWait { .. } => true,
            Self::Status { status, .. } => is_worth_retrying(*status),
            Self::BadUrl { .. }
            | Self::RefusedByRobots { .. }
            | Self::NotFound { .. }
            | Self::Insecure { .. }
            | Self::TooLarge { .. }
            | Self::TooManyRedirects { .. }
            | Self::BadRedirect { .. }
            | Self::Setup { .. } => false,
        }
    }
}

/// The statuses that speak of the server's moment rather than of the address.
pub(crate) fn is_worth_retrying(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

fn status_advice(status: u16) -> &'static str {
    match status {
        401 | 402 | 403 | 407 | 451 => {
            "It may want a login or refuse programs: check that the page opens in a browser."
        }
        _ if is_worth_retrying(status) => "The trouble is the site's own: try again later.",
        _ => "Check that the page opens in a browser.",
    }
}
