//! One request and its answer, over the network or from a site inside the program.

use std::collections::HashMap;
use std::error::Error;
use std::io;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect;
use tokio::time::timeout;
use url::{Position, Url};

use crate::address::Reach;
use crate::{Origin, OriginRequest, OriginResponse, Politeness, PublisherError};

/// Room made before the first byte arrives, however much a site announces.
const MOST_RESERVED: u64 = 1024 * 1024;

pub(crate) struct Transport {
    /// By host.
    origins: HashMap<String, Arc<dyn Origin>>,
    connect_timeout: Duration,
    idle_timeout: Duration,
    // Made when first needed: loading the system's certificates takes a while, and a reader of the sample
    // needs none.
    internet: OnceLock<Result<reqwest::Client, PublisherError>>,
    this_computer: OnceLock<Result<reqwest::Client, PublisherError>>,
}

/// An answer whose body is still to be read.
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    body: Body,
}

enum Body {
    Network(reqwest::Response),
    Origin(Vec<u8>),
}

/// What is done with a body that is longer than wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Excess {
    Refused,
    CutOff,
}

impl Transport {
    pub(crate) fn new(origins: HashMap<String, Arc<dyn Origin>>, politeness: &Politeness) -> Self {
        Self {
            origins,
            connect_timeout: politeness.connect_timeout,
            idle_timeout: politeness.idle_timeout,
            internet: OnceLock::new(),
            this_computer: OnceLock::new(),
        }
    }

    pub(crate) fn is_origin(&self, url: &Url) -> bool {
        self.origin(url).is_some()
    }

    fn origin(&self, url: &Url) -> Option<&Arc<dyn Origin>> {
        self.origins.get(url.host_str()?)
    }

    /// Sends one GET, or one POST where there is a body, and waits for the answer's head.
    pub(crate) async fn send(
        &self,
        url: &Url,
        headers: HeaderMap,
        body: Option<&str>,
    ) -> Result<Response, PublisherError> {
        if let Some(origin) = self.origin(url) {
            return Ok(ask_origin(origin.as_ref(), url, &headers, body));
        }
        let client = self.client(url)?;
        let asking = match body {
            Some(body) => client.post(url.clone()).body(body.to_owned()),
            None => client.get(url.clone()),
        };
        let sending = asking.headers(headers).send();
        let response = match timeout(self.connect_timeout + self.idle_timeout, sending).await {
            Ok(sent) => sent.map_err(|error| failure(&error, url))?,
            Err(_) => return Err(self.silence(url)),
        };
        Ok(Response {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: Body::Network(response),
        })
    }

    /// Reads a body to its end, but never more than `most` bytes of it. They are counted as they come, since
    /// what the head announces may be wrong and says nothing of how far a packed body unpacks.
    pub(crate) async fn read(
        &self,
        response: Response,
        url: &Url,
        most: u64,
        excess: Excess,
    ) -> Result<Vec<u8>, PublisherError> {
        let announced = content_length(&response.headers);
        let too_large = || PublisherError::TooLarge { url: url.to_string(), limit: most };
        if excess == Excess::Refused && announced.is_some_and(|length| length > most) {
            return Err(too_large());
        }
        let mut response = match response.body {
            Body::Network(response) => response,
            Body::Origin(mut body) => {
                if let Some(announced) = announced.filter(|length| *length != body.len() as u64) {
                    let reason = format!("{announced} bytes were announced and {} came", body.len());
                    return Err(PublisherError::Broken { url: url.to_string(), reason });
                }
                if body.len() as u64 > most {
                    if excess == Excess::Refused {
                        return Err(too_large());
                    }
                    body.truncate(most as usize);
                }
                return Ok(body);
            }
        };
        let mut body =
            Vec::with_capacity(announced.unwrap_or_default().min(most).min(MOST_RESERVED) as usize);
        loop {
            let chunk = match timeout(self.idle_timeout, response.chunk()).await {
                Ok(chunk) => chunk.map_err(|error| failure(&error, url))?,
                Err(_) => return Err(self.silence(url)),
            };
            let Some(chunk) = chunk else { return Ok(body) };
            let room = (most - body.len() as u64) as usize;
            if chunk.len() > room {
                if excess == Excess::Refused {
                    return Err(too_large());
                }
                body.extend_from_slice(&chunk[..room]);
                return Ok(body);
            }
            body.extend_from_slice(&chunk);
        }
    }

    /// Asks how long an answer would be, without the answer.
    pub(crate) async fn announced_length(
        &self,
        url: &Url,
        headers: HeaderMap,
    ) -> Result<Option<u64>, PublisherError> {
        if let Some(origin) = self.origin(url) {
            let response = ask_origin(origin.as_ref(), url, &headers, None);
            let Body::Origin(body) = response.body else { return Ok(None) };
            return Ok((response.status == 200).then_some(body.len() as u64));
        }
        let sending = self.client(url)?.head(url.clone()).headers(headers).send();
        let response = match timeout(self.connect_timeout + self.idle_timeout, sending).await {
            Ok(sent) => sent.map_err(|error| failure(&error, url))?,
            Err(_) => return Err(self.silence(url)),
        };
        Ok(if response.status().as_u16() == 200 { content_length(response.headers()) } else { None })
    }

    fn client(&self, url: &Url) -> Result<&reqwest::Client, PublisherError> {
        let on_this_computer = Reach::of(url) == Reach::ThisComputer;
        let client = if on_this_computer { &self.this_computer } else { &self.internet };
        client.get_or_init(|| self.new_client(on_this_computer)).as_ref().map_err(Clone::clone)
    }

    /// The system's proxy is for the internet; this computer is asked directly.
    fn new_client(&self, on_this_computer: bool) -> Result<reqwest::Client, PublisherError> {
        let builder = || {
            let builder = reqwest::Client::builder()
                .connect_timeout(self.connect_timeout)
                .redirect(redirect::Policy::none())
                .retry(reqwest::retry::never())
                .referer(false)
                // Old servers' head lines are not always well-formed; browsers read past them too.
                .http1_ignore_invalid_headers_in_responses(true)
                .http1_allow_spaces_after_header_name_in_responses(true)
                .http1_allow_obsolete_multiline_headers_in_responses(true);
            if on_this_computer { builder.no_proxy() } else { builder }
        };
        builder()
            .build()
            .or_else(|error| {
                // A system without any certificates can still read the many papers on plain http; https will
                // say that the certificate is not trusted.
                tracing::warn!(%error, "no system certificates: https will not work");
                builder().tls_certs_only([]).build()
            })
            .map_err(|error| PublisherError::Setup { reason: root_cause(&error) })
    }

    fn silence(&self, url: &Url) -> PublisherError {
        let reason = format!("nothing came for {} seconds", self.idle_timeout.as_secs_f32());
        PublisherError::TimedOut { url: url.to_string(), reason }
    }
}

fn ask_origin(origin: &dyn Origin, url: &Url, headers: &HeaderMap, body: Option<&str>) -> Response {
    let headers: Vec<(String, String)> = headers
        .iter()
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    let path = &url[Position::BeforePath..Position::AfterQuery];
    let request = OriginRequest { path, headers: &headers, posted: body.map(str::as_bytes) };
    let OriginResponse { status, headers, body } = origin.respond(&request);
    // As on the network, a head line that is none is passed over.
    let headers = headers.iter().filter_map(|(name, value)| {
        Some((name.parse::<HeaderName>().ok()?, HeaderValue::from_bytes(value.as_bytes()).ok()?))
    });
    Response { status, headers: headers.collect(), body: Body::Origin(body) }
}

fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

/// What reqwest's error means to a reader.
fn failure(error: &reqwest::Error, url: &Url) -> PublisherError {
    let address = url.to_string();
    // With the port where that is not the usual one: it is the first thing to look at.
    let host = url[url::Position::BeforeHost..url::Position::AfterPort].to_owned();
    let reason = root_cause(error);
    if error.is_builder() {
        PublisherError::BadUrl { url: address, reason }
    } else if caused_by_tls(error) {
        PublisherError::Insecure { host, reason }
    } else if error.is_connect() {
        let reason = if error.is_timeout() { "it does not answer".to_owned() } else { reason };
        PublisherError::Unreachable { host, reason }
    } else if error.is_timeout() {
        PublisherError::TimedOut { url: address, reason }
    } else {
        PublisherError::Broken { url: address, reason }
    }
}

fn caused_by_tls(error: &reqwest::Error) -> bool {
    causes(error).any(<dyn Error>::is::<rustls::Error>)
}

fn root_cause(error: &reqwest::Error) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

/// An error and all that is under it.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    let outermost: &(dyn Error + 'static) = error;
    std::iter::successors(Some(outermost), |error| cause(*error))
}

/// An `io::Error` names the cause of what it wraps as its own, passing over the wrapped error itself, so that
/// one is asked for.
fn cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}
