//! One place through which everything comes in: what is kept is not fetched again.

use crate::{SyncError, now};
use kanbao_library::{BlobHash, IssueId, Library, LibraryError, Resource};
use kanbao_newspaper::Date;
use kanbao_publisher::{Accept, Answer, Client, Decoded, Fetched, Post, Request, Validators, charset};
use kanbao_sources::{Ask, Sources};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use url::Url;

/// Whether the server is asked about what is already kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Freshness {
    /// What is kept is good: a page of an issue does not change once it was read.
    Kept,
    /// The server is asked, with the validators it gave.
    Ask,
}

/// A document as text.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    /// Where it came from in the end.
    pub(crate) url: Url,
    pub(crate) text: String,
    pub(crate) blob: BlobHash,
    /// Whether it differs from what the library had, or is new to it.
    pub(crate) changed: bool,
}

/// A body in the library, whole: its bytes were hashed again when they were read.
struct Kept {
    resource: Resource,
    body: Vec<u8>,
    changed: bool,
}

/// A body as text: in the charset that a recipe says for its address, else in the one that it shows to be in.
pub(crate) fn decoded(sources: &Sources, url: &Url, body: &[u8], content_type: Option<&str>) -> Decoded {
    let said = sources.charset(url).and_then(|charset| charset::decode_as(body, charset));
    said.unwrap_or_else(|| charset::decode(body, content_type))
}

/// What is sent to a site for an address, as gently as a recipe says for its host.
pub(crate) fn asking(sources: &Sources, ask: &Ask, accept: Accept) -> Request {
    let gentleness = sources.gentleness(&ask.url);
    let post = ask.posted().map(|body| Post::json(body.to_owned()));
    let mut request = Request { post, ..Request::new(ask.url.clone(), accept) };
    if let Some(gentleness) = gentleness {
        request.pause = Duration::try_from_secs_f64(gentleness.pause_seconds).unwrap_or_default();
        request.at_once = gentleness.at_once.unwrap_or(usize::MAX);
    }
    request
}

/// Fetches into the library, and counts.
pub(crate) struct Fetcher<'a> {
    pub(crate) library: &'a Library,
    pub(crate) sources: &'a Sources,
    client: &'a Client,
    cancel: &'a CancellationToken,
    /// The day on which all this is asked.
    pub(crate) today: Date,
    bytes: AtomicU64,
    not_modified: AtomicU64,
    requests_before: AtomicU64,
}

/// What was asked of the network since the last time it was told.
pub(crate) struct Tally {
    pub(crate) bytes: u64,
    pub(crate) requests: u64,
    pub(crate) not_modified: u64,
}

impl<'a> Fetcher<'a> {
    pub(crate) fn new(
        library: &'a Library,
        sources: &'a Sources,
        client: &'a Client,
        cancel: &'a CancellationToken,
        today: Date,
    ) -> Self {
        Self {
            library,
            sources,
            client,
            cancel,
            today,
            bytes: AtomicU64::new(0),
            not_modified: AtomicU64::new(0),
            requests_before: AtomicU64::new(client.requests()),
        }
    }

    /// Takes the counts since the last call.
    pub(crate) fn take_tally(&self) -> Tally {
        let requests = self.client.requests();
        Tally {
            bytes: self.bytes.swap(0, Ordering::Relaxed),
            requests: requests.saturating_sub(self.requests_before.swap(requests, Ordering::Relaxed)),
            not_modified: self.not_modified.swap(0, Ordering::Relaxed),
        }
    }

    pub(crate) fn bytes_so_far(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    pub(crate) fn check_cancelled(&self) -> Result<(), SyncError> {
        if self.cancel.is_cancelled() { Err(SyncError::Cancelled) } else { Ok(()) }
    }

    /// A page, an article, an index or a calendar, decoded.
    pub(crate) async fn document(
        &self,
        url: &Url,
        freshness: Freshness,
        issue: Option<IssueId>,
    ) -> Result<Document, SyncError> {
        // Several pages may be parts of one answer, which is kept once; which part is meant stays with the address.
        let ask = Ask::of(url);
        let kept = self.keep(&ask, freshness, Accept::Document, issue).await?;
        let mut final_url = Url::parse(&kept.resource.final_url).unwrap_or_else(|_| url.clone());
        let content_type = kept.resource.content_type.as_deref();
        let decoded = decoded(self.sources, &final_url, &kept.body, content_type);
        final_url.set_fragment(url.fragment());
        Ok(Document { url: final_url, text: decoded.text, blob: kept.resource.blob, changed: kept.changed })
    }

    /// A picture or a PDF.
    pub(crate) async fn file(
        &self,
        url: &Url,
        accept: Accept,
        issue: Option<IssueId>,
    ) -> Result<(BlobHash, Vec<u8>), SyncError> {
        let kept = self.keep(&Ask::of(url), Freshness::Kept, accept, issue).await?;
        Ok((kept.resource.blob, kept.body))
    }

    /// How long the site says that a file is; nothing where it does not say.
    pub(crate) async fn announced_length(&self, url: &Url, accept: Accept) -> Result<Option<u64>, SyncError> {
        let request = asking(self.sources, &Ask::of(url), accept);
        let length = tokio::select! {
            biased;
            () = self.cancel.cancelled() => return Err(SyncError::Cancelled),
            length = self.client.announced_length(&request) => length,
        };
        Ok(length.unwrap_or_else(|error| {
            tracing::debug!(%url, %error, "the site did not say how long it is");
            None
        }))
    }

    async fn keep(
        &self,
        ask: &Ask,
        freshness: Freshness,
        accept: Accept,
        issue: Option<IssueId>,
    ) -> Result<Kept, SyncError> {
        let key = ask.key();
        let known = self.known(&key)?;
        if freshness == Freshness::Kept
            && let Some(kept) = known
        {
            return Ok(kept);
        }
        let mut request = asking(self.sources, ask, accept);
        if let Some(Kept { resource, .. }) = &known {
            request.validators =
                Validators { etag: resource.etag.clone(), last_modified: resource.last_modified.clone() };
            request.validators_of = Url::parse(&resource.final_url).ok();
        }
        let answer = tokio::select! {
            biased;
            () = self.cancel.cancelled() => return Err(SyncError::Cancelled),
            // Boxed: all that is awaited for an answer would be a part of every future that fetches.
            answer = Box::pin(self.client.get(&request)) => answer?,
        };
        match (answer, known) {
            (Answer::Fresh(fetched), known) => self.keep_fetched(key, fetched, known.as_ref(), issue),
            (Answer::NotModified, Some(kept)) => {
                self.not_modified.fetch_add(1, Ordering::Relaxed);
                Ok(kept)
            }
            // The client refuses a 304 that nobody asked for.
            (Answer::NotModified, None) => Err(SyncError::empty_answer(&ask.url)),
        }
    }

    /// What is kept of an address; nothing where its file was lost or damaged, so that it is fetched anew.
    fn known(&self, key: &str) -> Result<Option<Kept>, SyncError> {
        let Some(resource) = self.library.resource(key)? else { return Ok(None) };
        match self.library.blob(&resource.blob) {
            Ok(body) => Ok(Some(Kept { resource, body, changed: false })),
            Err(LibraryError::Corrupt { .. } | LibraryError::NoSuchBlob(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn keep_fetched(
        &self,
        key: String,
        fetched: Fetched,
        known: Option<&Kept>,
        issue: Option<IssueId>,
    ) -> Result<Kept, SyncError> {
        let bytes = fetched.body.len() as u64;
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        let blob = self.library.keep_blob(&fetched.body)?;
        let changed = known.is_none_or(|kept| kept.resource.blob != blob);
        let resource = Resource {
            url: key,
            final_url: fetched.url.to_string(),
            content_type: fetched.content_type,
            etag: fetched.validators.etag,
            last_modified: fetched.validators.last_modified,
            blob,
            bytes,
            fetched: now(),
            issue,
        };
        self.library.keep_resource(&resource)?;
        Ok(Kept { resource, body: fetched.body, changed })
    }
}
