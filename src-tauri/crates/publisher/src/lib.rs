//! The polite HTTP client: who we are, how often we ask, what we accept.
//!
//! Bytes go in and out; what they mean is for others. One [`Client`] keeps, for every host, the limit of
//! requests at once, the pause between them, the site's robots.txt and any "come back later" the site has
//! said.

mod address;
pub mod charset;
mod client;
mod error;
mod gate;
mod origin;
mod politeness;
mod request;
mod robots;
mod transport;
mod wait;

pub use charset::Decoded;
pub use client::{Client, ClientBuilder};
pub use error::PublisherError;
pub use origin::{Origin, OriginRequest, OriginResponse};
pub use politeness::Politeness;
pub use request::{Accept, Answer, Fetched, Post, Request, Validators};

/// What Kanbao calls itself to every site; docs/publishers.md explains it to webmasters.
pub const USER_AGENT: &str =
    "Kanbao/0.1 (+https://kanbao.example; newspaper reader; keeps a reader's own copy)";
