//! The client: robots.txt first, then the address, through redirects and setbacks.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, USER_AGENT,
};
use tokio::time::{Instant, sleep, timeout};
use url::{Host, Url};

use crate::address::{Reach, objection, without_fragment};
use crate::error::is_worth_retrying;
use crate::gate::{Gate, Shut};
use crate::robots::{self, Rules};
use crate::transport::{Excess, Transport};
use crate::{Accept, Answer, Fetched, Origin, Politeness, Post, PublisherError, Request, Validators, wait};

/// How long a robots.txt holds.
const ROBOTS_LIFE: Duration = Duration::from_hours(24);

/// Hosts remembered at once; a sync meets a few dozen.
const MOST_HOSTS: usize = 512;

/// A longer validator is no validator.
const LONGEST_VALIDATOR: usize = 1024;

const REQUESTED_WITH: HeaderName = HeaderName::from_static("x-requested-with");

/// The most of a strange redirect that an error repeats.
const LONGEST_QUOTE: usize = 200;

/// Asks publishers' sites. Clones share everything: limits, robots.txt, connections, the count.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

/// See [`Client::builder`].
#[derive(Default)]
pub struct ClientBuilder {
    politeness: Politeness,
    origins: Vec<(String, Arc<dyn Origin>)>,
}

struct Inner {
    politeness: Politeness,
    transport: Transport,
    gates: Registry<Gate>,
    robots: Registry<tokio::sync::Mutex<Option<Learnt>>>,
    requests: AtomicU64,
}

/// What the last look for a site's robots.txt gave, and when.
struct Learnt {
    when: Instant,
    rules: Result<Arc<Rules>, PublisherError>,
}

/// What a fetch is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Errand {
    Document,
    /// A robots.txt, which no robots.txt forbids and of which the beginning is enough.
    Robots,
}

enum Reply {
    Document(Fetched),
    NotModified,
    Redirect { status: u16, location: HeaderValue },
}

/// One address as it is asked in each attempt.
#[derive(Clone, Copy)]
struct Asked<'a> {
    url: &'a Url,
    post: Option<&'a Post>,
    conditional: bool,
    most_bytes: u64,
    errand: Errand,
}

/// One attempt that came to nothing.
struct Setback {
    error: PublisherError,
    retry_after: Option<Duration>,
}

impl From<PublisherError> for Setback {
    fn from(error: PublisherError) -> Self {
        Self { error, retry_after: None }
    }
}

impl ClientBuilder {
    #[must_use]
    pub fn politeness(mut self, politeness: Politeness) -> Self {
        self.politeness = politeness;
        self
    }

    /// Has every address of this host, whatever its port, answered by `origin`.
    #[must_use]
    pub fn origin(mut self, host: &str, origin: Arc<dyn Origin>) -> Self {
        self.origins.push((host.to_owned(), origin));
        self
    }

    pub fn build(self) -> Result<Client, PublisherError> {
        let mut origins = HashMap::new();
        for (host, origin) in self.origins {
            let host = Host::parse(&host)
                .map_err(|error| PublisherError::BadUrl { url: host, reason: error.to_string() })?;
            origins.insert(host.to_string(), origin);
        }
        let transport = Transport::new(origins, &self.politeness);
        let inner = Inner {
            politeness: self.politeness,
            transport,
            gates: Registry::default(),
            robots: Registry::default(),
            requests: AtomicU64::new(0),
        };
        Ok(Client { inner: Arc::new(inner) })
    }
}

impl Client {
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Fetches one address, or puts its question to it, as politely as [`Politeness`] says. Dropping the future ends the request.
    pub async fn get(&self, request: &Request) -> Result<Answer, PublisherError> {
        self.inner.fetch(request, Errand::Document).await
    }

    /// How many bytes the site says that an address has (HEAD); none where it does not say. Asked once,
    /// and where it leads elsewhere not followed: who asks can do without.
    pub async fn announced_length(&self, request: &Request) -> Result<Option<u64>, PublisherError> {
        self.inner.announced_length(request).await
    }

    /// How many requests were sent in all, those for robots.txt, redirects and repeats included.
    pub fn requests(&self) -> u64 {
        self.inner.requests.load(Ordering::Relaxed)
    }
}

impl Inner {
    /// One address, through its redirects.
    async fn fetch(&self, request: &Request, errand: Errand) -> Result<Answer, PublisherError> {
        if let Some(reason) = objection(&request.url) {
            return Err(PublisherError::BadUrl { url: shown(&request.url), reason: reason.to_owned() });
        }
        if let Some(post) = request.post.as_ref().filter(|post| post.body.len() > Post::MOST_BYTES) {
            let reason =
                format!("{} bytes would be posted to it; at most {} are", post.body.len(), Post::MOST_BYTES);
            return Err(PublisherError::BadUrl { url: shown(&request.url), reason });
        }
        let mut url = without_fragment(&request.url);
        let mut post = request.post.as_ref();
        let validated = without_fragment(request.validators_of.as_ref().unwrap_or(&url));
        let mut visited = Vec::new();
        loop {
            let crawl_delay = match errand {
                Errand::Document => self.permission(&url).await?,
                Errand::Robots => None,
            };
            // A condition is for what is fetched, not for what is asked in a body.
            let validators = (url == validated && post.is_none()).then_some(&request.validators);
            let (status, location) =
                match self.ask(&url, request, post, validators, crawl_delay, errand).await? {
                    Reply::Document(fetched) => return Ok(Answer::Fresh(fetched)),
                    Reply::NotModified => return Ok(Answer::NotModified),
                    Reply::Redirect { status, location } => (status, location),
                };
            let next = self.redirect_target(&url, &location, &request.url)?;
            if status == 303 {
                // "The answer is there": what was posted has been taken.
                post = None;
            }
            if post.is_some() && !may_be_posted_on(&url, &next) {
                return Err(PublisherError::BadRedirect {
                    url: url.to_string(),
                    to: next.as_str().chars().take(LONGEST_QUOTE).collect(),
                    reason: "what is posted to one site is not sent on to another".to_owned(),
                });
            }
            visited.push(url);
            let reason = if visited.contains(&next) {
                format!("it comes back to {next}")
            } else if visited.len() > self.politeness.redirects {
                format!("after {} redirects there was another", self.politeness.redirects)
            } else {
                url = next;
                continue;
            };
            return Err(PublisherError::TooManyRedirects { url: request.url.to_string(), reason });
        }
    }

    async fn announced_length(&self, request: &Request) -> Result<Option<u64>, PublisherError> {
        if let Some(reason) = objection(&request.url) {
            return Err(PublisherError::BadUrl { url: shown(&request.url), reason: reason.to_owned() });
        }
        let url = without_fragment(&request.url);
        let crawl_delay = self.permission(&url).await?;
        let host = url.host_str().unwrap_or_default();
        let gate = self.gates.get(host, || Gate::new(self.politeness.at_once));
        let _slot = gate
            .enter(self.pause(request, &url, crawl_delay), request.at_once, self.politeness.longest_wait)
            .await
            .map_err(|Shut(left)| asked_to_wait(host, left))?;
        self.requests.fetch_add(1, Ordering::Relaxed);
        tracing::debug!(%url, "HEAD");
        self.transport.announced_length(&url, headers(request.accept, None)).await
    }

    /// Where a redirect leads, if we go there.
    fn redirect_target(
        &self,
        from: &Url,
        location: &HeaderValue,
        first: &Url,
    ) -> Result<Url, PublisherError> {
        let location = escaped(location.as_bytes());
        let refused = |reason: &str| PublisherError::BadRedirect {
            url: from.to_string(),
            to: location.chars().take(LONGEST_QUOTE).collect(),
            reason: reason.to_owned(),
        };
        let target = from.join(&location).map_err(|error| refused(&error.to_string()))?;
        if let Some(reason) = objection(&target) {
            return Err(refused(reason));
        }
        if !self.transport.is_origin(&target) && Reach::of(&target) > self.reach(first) {
            return Err(refused("a site farther away may not lead to this computer or its local network"));
        }
        Ok(without_fragment(&target))
    }

    /// A site inside the program stands for one on the internet.
    fn reach(&self, url: &Url) -> Reach {
        if self.transport.is_origin(url) { Reach::Internet } else { Reach::of(url) }
    }

    /// The pause that the site asks for, if it lets us fetch this address at all.
    async fn permission(&self, url: &Url) -> Result<Option<Duration>, PublisherError> {
        let rules = self.rules(url).await?;
        if rules.allow(url) {
            Ok(rules.crawl_delay(self.politeness.longest_wait))
        } else {
            Err(PublisherError::RefusedByRobots { url: url.to_string() })
        }
    }

    /// The site's robots.txt, fetched once however many ask. What failed is tried again by the next to ask,
    /// but not by those who were waiting for it.
    async fn rules(&self, url: &Url) -> Result<Arc<Rules>, PublisherError> {
        let site = url.origin().ascii_serialization();
        let learnt = self.robots.get(&site, tokio::sync::Mutex::default);
        let asked = Instant::now();
        let mut learnt = learnt.lock().await;
        if let Some(Learnt { when, rules }) = &*learnt {
            let holds = if rules.is_ok() { when.elapsed() < ROBOTS_LIFE } else { *when > asked };
            if holds {
                return rules.clone();
            }
        }
        let rules = self.fetch_rules(url).await.map(Arc::new);
        *learnt = Some(Learnt { when: Instant::now(), rules: rules.clone() });
        rules
    }

    /// A site that has no robots.txt asks for nothing; one that cannot say now is left alone for now.
    async fn fetch_rules(&self, url: &Url) -> Result<Rules, PublisherError> {
        let mut robots_url = url.clone();
        robots_url.set_path("/robots.txt");
        robots_url.set_query(None);
        let mut request = Request::new(robots_url, Accept::Document);
        request.most_bytes = robots::MOST_BYTES;
        // Boxed because a fetch asks for rules and rules are fetched.
        match Box::pin(self.fetch(&request, Errand::Robots)).await {
            Ok(Answer::Fresh(fetched)) => Ok(Rules::read(&fetched.body)),
            Err(PublisherError::Status { status, .. }) if status >= 500 || is_worth_retrying(status) => {
                let host = url.host_str().unwrap_or_default().to_owned();
                Err(PublisherError::RobotsUnavailable { host, status })
            }
            Ok(Answer::NotModified)
            | Err(
                PublisherError::NotFound { .. }
                | PublisherError::Status { .. }
                | PublisherError::TooManyRedirects { .. }
                | PublisherError::BadRedirect { .. },
            ) => Ok(Rules::default()),
            Err(error) => Err(error),
        }
    }

    /// One address without its redirects: asked again, later and later, while that may help.
    async fn ask(
        &self,
        url: &Url,
        request: &Request,
        post: Option<&Post>,
        validators: Option<&Validators>,
        crawl_delay: Option<Duration>,
        errand: Errand,
    ) -> Result<Reply, PublisherError> {
        let Politeness { attempts, first_retry, longest_wait, .. } = self.politeness;
        let host = url.host_str().unwrap_or_default();
        let gate = self.gates.get(host, || Gate::new(self.politeness.at_once));
        let mut headers = headers(request.accept, validators);
        if let Some(post) = post {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(post.content_type));
            // What the sites' own scripts say of themselves; some sites answer nobody else.
            headers.insert(REQUESTED_WITH, HeaderValue::from_static("XMLHttpRequest"));
        }
        let conditional = headers.contains_key(IF_NONE_MATCH) || headers.contains_key(IF_MODIFIED_SINCE);
        let mut failed_attempts = 0;
        loop {
            let slot = gate
                .enter(self.pause(request, url, crawl_delay), request.at_once, longest_wait)
                .await
                .map_err(|Shut(left)| asked_to_wait(host, left))?;
            let asked = Asked { url, post, conditional, most_bytes: request.most_bytes, errand };
            let attempt = self.attempt(asked, headers.clone());
            let Setback { error, retry_after } = match attempt.await {
                Ok(reply) => return Ok(reply),
                Err(setback) => setback,
            };
            drop(slot);
            failed_attempts += 1;
            tracing::debug!(%url, failed_attempts, %error, "setback");
            if let Some(wait) = retry_after {
                gate.shut_for(wait);
                if wait > longest_wait {
                    return Err(asked_to_wait(host, wait));
                }
            }
            if !is_worth_repeating(&error) || failed_attempts >= attempts {
                return Err(error);
            }
            if matches!(error, PublisherError::Broken { .. }) {
                // Packing is one thing less that can break.
                headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
            }
            sleep(wait::backoff(failed_attempts, first_retry, longest_wait)).await;
        }
    }

    fn pause(&self, request: &Request, url: &Url, crawl_delay: Option<Duration>) -> Duration {
        let near = self.transport.is_origin(url) || Reach::of(url) == Reach::ThisComputer;
        let own = if near { Duration::ZERO } else { self.politeness.pause };
        own.max(crawl_delay.unwrap_or_default()).max(request.pause)
    }

    async fn attempt(&self, asked: Asked<'_>, headers: HeaderMap) -> Result<Reply, Setback> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        let Asked { url, conditional, .. } = asked;
        tracing::debug!(%url, conditional, "{}", if asked.post.is_some() { "POST" } else { "GET" });
        let exchange = self.exchange(asked, headers);
        let total = self.politeness.total_timeout;
        timeout(total, exchange).await.unwrap_or_else(|_| {
            let reason = format!("it was not all there after {} seconds", total.as_secs_f32());
            Err(PublisherError::TimedOut { url: url.to_string(), reason }.into())
        })
    }

    async fn exchange(&self, asked: Asked<'_>, headers: HeaderMap) -> Result<Reply, Setback> {
        let Asked { url, post, conditional, most_bytes, errand } = asked;
        let response = self.transport.send(url, headers, post.map(|post| post.body.as_str())).await?;
        let status = response.status;
        let failed = || Setback::from(PublisherError::Status { url: url.to_string(), status });
        match status {
            // 203 is a proxy's word for 200. Of the other 2xx none is a whole document.
            200 | 203 => {
                let content_type = text_header(&response.headers, &CONTENT_TYPE);
                let validators = validators(&response.headers);
                let excess = if errand == Errand::Robots { Excess::CutOff } else { Excess::Refused };
                let body = self.transport.read(response, url, most_bytes, excess).await?;
                Ok(Reply::Document(Fetched { url: url.clone(), content_type, validators, body }))
            }
            304 if conditional => Ok(Reply::NotModified),
            304 => Err(PublisherError::NothingToCompare { url: url.to_string() }.into()),
            301 | 302 | 303 | 307 | 308 => {
                let location = response.headers.get(LOCATION).cloned().ok_or_else(failed)?;
                Ok(Reply::Redirect { status, location })
            }
            404 | 410 => Err(PublisherError::NotFound { url: url.to_string(), status }.into()),
            _ if is_worth_retrying(status) => {
                Err(Setback { retry_after: wait::retry_after(&response.headers), ..failed() })
            }
            _ => Err(failed()),
        }
    }
}

/// Whether what was posted to one address may be posted to the one that it leads to: on the same host, and not more
/// openly than before.
fn may_be_posted_on(from: &Url, to: &Url) -> bool {
    let is_secret = |url: &Url| url.scheme() == "https";
    let same_port = from.port() == to.port();
    from.host_str() == to.host_str() && same_port && (is_secret(to) || !is_secret(from))
}

/// Whether the same request may fare better in a moment.
fn is_worth_repeating(error: &PublisherError) -> bool {
    // Who answers "not modified" to nobody's question is confused for longer than that.
    error.is_temporary() && !matches!(error, PublisherError::NothingToCompare { .. })
}

fn asked_to_wait(host: &str, wait: Duration) -> PublisherError {
    PublisherError::AskedToWait { host: host.to_owned(), seconds: wait.as_secs().max(1) }
}

fn headers(accept: Accept, validators: Option<&Validators>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(USER_AGENT, HeaderValue::from_static(crate::USER_AGENT));
    headers.insert(ACCEPT, HeaderValue::from_static(accept.header()));
    headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("zh-CN,zh;q=0.9,en;q=0.5"));
    if accept != Accept::Document {
        // Pictures and PDFs are packed as they are.
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    }
    let mut condition = |name: HeaderName, value: Option<&String>| {
        if let Some(value) = value.and_then(|value| header_value(value)) {
            headers.insert(name, value);
        }
    };
    condition(IF_NONE_MATCH, validators.and_then(|validators| validators.etag.as_ref()));
    condition(IF_MODIFIED_SINCE, validators.and_then(|validators| validators.last_modified.as_ref()));
    headers
}

/// The reverse of [`text_header`]. A value that came from no header is not sent.
fn header_value(text: &str) -> Option<HeaderValue> {
    let bytes: Vec<u8> = text.chars().map(u8::try_from).collect::<Result<_, _>>().ok()?;
    HeaderValue::from_bytes(&bytes).ok()
}

/// A header with each byte as one character, so that none is lost.
fn text_header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let text: String = headers.get(name)?.as_bytes().iter().copied().map(char::from).collect();
    (!text.is_empty()).then_some(text)
}

fn validators(headers: &HeaderMap) -> Validators {
    let validator = |name| text_header(headers, &name).filter(|text| text.len() <= LONGEST_VALIDATOR);
    Validators { etag: validator(ETAG), last_modified: validator(LAST_MODIFIED) }
}

/// A Location with bytes above ASCII escaped as they are: its charset is anyone's guess, and the server knows
/// its own bytes.
fn escaped(location: &[u8]) -> String {
    location
        .iter()
        .map(|byte| if byte.is_ascii() { char::from(*byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// An address for an error, without a password.
fn shown(url: &Url) -> String {
    let mut url = without_fragment(url);
    // Addresses that cannot have a password have none to hide.
    let _ = url.set_password(None);
    url.as_str().chars().take(LONGEST_QUOTE).collect()
}

/// One thing for each name, made when first asked for.
struct Registry<T>(Mutex<HashMap<String, Arc<T>>>);

impl<T> Default for Registry<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Registry<T> {
    fn get(&self, name: &str, new: impl FnOnce() -> T) -> Arc<T> {
        // A map of shared things is whole between any two calls on it.
        let mut map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = map.get(name) {
            return Arc::clone(known);
        }
        if map.len() >= MOST_HOSTS {
            map.retain(|_, thing| Arc::strong_count(thing) > 1);
        }
        let made = Arc::new(new());
        map.insert(name.to_owned(), Arc::clone(&made));
        made
    }
}
