//! One issue: its pages one after the other, each committed whole, then the articles that go on on
//! another page joined.

use crate::discover::Found;
use crate::fetch::{Document, Fetcher, Freshness};
use crate::plan::PlannedIssue;
use crate::progress::{Event, IssueReport};
use crate::walk::walk;
use crate::{SyncError, now};
use futures::stream::{self, StreamExt, TryStreamExt};
use kanbao_library::{
    BlobHash, IssueId, Joined, NewArticle, NewPicture, NewRegion, PageContent, PlannedPage, Publication,
    Tally,
};
use kanbao_newspaper::continuation::{self, Part};
use kanbao_newspaper::{Article, Date, Decks, Polygon};
use kanbao_publisher::Accept;
use kanbao_sources::{ArticleLink, PageLink, PageReading, Reading, address};
use std::collections::HashSet;
use url::Url;

/// Articles of a page that are asked for side by side; the client holds its own limit per host.
const AT_ONCE: usize = 4;

pub(crate) async fn sync_issue(
    fetcher: &Fetcher<'_>,
    publication: &Publication,
    planned: PlannedIssue,
    on_event: &(dyn Fn(Event) + Send + Sync),
) -> Result<IssueReport, SyncError> {
    let PlannedIssue { date, front } = planned;
    let library = fetcher.library;
    let mut pages = front.reading.pages.clone();
    if pages.is_empty() {
        pages = walk(fetcher, &front, date).await?;
    }
    let plan: Vec<PlannedPage> = pages
        .iter()
        .map(|page| PlannedPage {
            number: page.number.clone(),
            name: page.name.clone(),
            url: page.url.to_string(),
            pdf_url: page.pdf.as_ref().map(Url::to_string),
        })
        .collect();
    let first_url = front.document.url.as_str();
    let issue_id = library.plan_issue(&publication.id, date, "", first_url, &plan, &now())?;
    library.set_site_links(&publication.id, date, &front.reading.site_links)?;
    let before = library.issue(&publication.id, date)?;
    let kept: HashSet<String> = before
        .iter()
        .flat_map(|issue| &issue.pages)
        .filter(|page| page.kept)
        .map(|page| page.url.clone())
        .collect();
    let total = plan.len() as u32;
    on_event(Event::IssueStarted {
        publication: publication.id.clone(),
        date,
        pages: total,
        pages_kept: kept.len() as u32,
    });

    // The front page is the one thing asked again of a complete issue. If it changed since, the paper
    // was published anew, and its other pages are asked too.
    let republished = front.document.changed && !kept.is_empty();
    // Of an issue that gave less than the source usually gives, what is kept is read again: since then its
    // recipe may have been mended, or the program.
    let fallen = library.was_read_badly(&publication.id, date)?;
    let mut worker = IssueWorker { fetcher, issue: issue_id, date, warnings: Vec::new() };
    let mut articles = 0;
    let mut pages_kept = kept.len() as u32;
    for page in &pages {
        fetcher.check_cancelled()?;
        let is_front = page.url == front.document.url;
        if kept.contains(page.url.as_str()) && !republished && !fallen {
            continue;
        }
        let found = if is_front { Some(front.clone()) } else { None };
        match worker.fetch_page(page, found, republished).await {
            Ok(content) => {
                articles += content.articles.len() as u32;
                library.commit_page(issue_id, &content)?;
                if content.whole && !kept.contains(page.url.as_str()) {
                    pages_kept += 1;
                }
                on_event(Event::PageKept {
                    publication: publication.id.clone(),
                    date,
                    number: content.number,
                    pages: total,
                    pages_kept,
                    articles,
                    bytes: fetcher.bytes_so_far(),
                });
            }
            Err(error) if error.ends_the_run() => return Err(error),
            Err(error) => worker.warnings.push(format!("page {}: {error}", page.number)),
        }
    }
    settle(fetcher, publication, date, worker)
}

/// Joins articles that go on on another page, and says what the issue came to.
fn settle(
    fetcher: &Fetcher<'_>,
    publication: &Publication,
    date: Date,
    worker: IssueWorker<'_>,
) -> Result<IssueReport, SyncError> {
    let library = fetcher.library;
    let texts = library.issue_articles(worker.issue)?;
    let parts: Vec<Part<'_>> = texts.iter().map(|(_, page, article)| Part { page, article }).collect();
    let joined: Vec<Joined> = continuation::joints(&parts)
        .into_iter()
        .map(|(head, tail, joint)| Joined { head: texts[head].0, tail: texts[tail].0, joint })
        .collect();
    let complete = library.settle_issue(worker.issue, &joined, &now())?;
    let issue = library.issue(&publication.id, date)?;
    let tally = fetcher.take_tally();
    let pages = issue.as_ref().map_or(&[][..], |issue| &issue.pages);
    let articles = issue.as_ref().map_or(&[][..], |issue| &issue.articles);
    let read = Tally {
        pages_planned: pages.len() as u32,
        pages: pages.iter().filter(|page| page.kept).count() as u32,
        articles: articles.len() as u32,
        texts: articles.iter().filter(|article| article.characters > 0).count() as u32,
        regions: pages.iter().map(|page| page.regions.len() as u32).sum(),
    };
    library.record_reading(&publication.id, date, &read, &now())?;
    Ok(IssueReport {
        publication: publication.id.clone(),
        date,
        complete,
        pages_planned: read.pages_planned,
        pages: read.pages,
        articles: read.articles,
        regions: read.regions,
        pictures: articles.iter().map(|article| article.pictures as u32).sum(),
        bytes: tally.bytes,
        requests: tally.requests,
        not_modified: tally.not_modified,
        warnings: worker.warnings,
    })
}

/// What was read of an article's address, and whether it can be hoped for again.
struct FetchedArticle {
    article: NewArticle,
    copyright: Option<String>,
    warnings: Vec<String>,
    whole: bool,
}

struct IssueWorker<'a> {
    fetcher: &'a Fetcher<'a>,
    issue: IssueId,
    date: Date,
    warnings: Vec<String>,
}

impl IssueWorker<'_> {
    async fn fetch_page(
        &mut self,
        link: &PageLink,
        found: Option<Found>,
        republished: bool,
    ) -> Result<PageContent, SyncError> {
        let freshness = if republished { Freshness::Ask } else { Freshness::Kept };
        let Found { document, reading, .. } = if let Some(found) = found {
            found
        } else {
            let document = self.fetcher.document(&link.url, freshness, Some(self.issue)).await?;
            Found::read(self.fetcher.sources, document)
        };
        if let Some(printed) = reading.date.filter(|&printed| printed != self.date) {
            let url = document.url.to_string();
            return Err(SyncError::OtherDate { url, asked: self.date, printed });
        }
        let reading = self.completed(reading, link).await?;
        let Some(page) = reading.page else {
            let url = document.url.to_string();
            return Err(SyncError::NotANewspaper { url, tried: reading.kind.as_str().into() });
        };
        let mut warnings = reading.warnings;
        let mut whole = true;
        let mut copyright = reading.copyright;

        let pdf_url = page.pdf.clone().or_else(|| link.pdf.clone());
        let pdf = self.optional_file(pdf_url.as_ref(), Accept::Pdf, "PDF", &mut warnings, &mut whole).await?;
        let thumbnail = self
            .optional_file(page.picture.as_ref(), Accept::Picture, "picture", &mut warnings, &mut whole)
            .await?;
        let natural = thumbnail.as_ref().and_then(|(_, body)| picture_size(body));
        let thumbnail = thumbnail.map(|(blob, _)| blob);
        let picture = match (&pdf, &page.picture) {
            (None, Some(url)) => self.largest_picture(url, natural, thumbnail).await?,
            _ => thumbnail,
        };

        let regions = page.regions(natural);
        warnings.extend(regions.warnings);
        let (width, height) =
            regions.frame.or(natural.map(|(w, h)| (f64::from(w), f64::from(h)))).unwrap_or_default();
        let number = if page.number.is_empty() { link.number.clone() } else { page.number.clone() };
        let fetched = self.fetch_articles(&page, &document, republished).await?;
        let mut articles = Vec::with_capacity(fetched.len());
        for one in fetched {
            copyright = copyright.or(one.copyright);
            warnings.extend(one.warnings);
            whole &= one.whole;
            articles.push(one.article);
        }
        self.warnings.extend(warnings.iter().map(|warning| format!("page {number}: {warning}")));
        Ok(PageContent {
            url: link.url.to_string(),
            number,
            name: if link.name.is_empty() { page.name } else { link.name.clone() },
            width,
            height,
            picture,
            pdf: pdf.map(|(blob, _)| blob),
            document: document.blob,
            articles,
            regions: regions
                .regions
                .into_iter()
                .map(|region| new_region(&region.article, region.polygon))
                .collect(),
            copyright,
            warnings,
            whole,
        })
    }

    /// A page with what the issue's list of pages says of it, where that is a document of its own. It was fetched
    /// with the issue's first page.
    async fn completed(&self, mut reading: Reading, link: &PageLink) -> Result<Reading, SyncError> {
        if let Some(list) = reading.links.page_list.clone() {
            let document = self.fetcher.document(&list, Freshness::Kept, None).await?;
            reading.complete_from(&self.fetcher.sources.read(&document.url, &document.text), &link.url);
        }
        Ok(reading)
    }

    async fn fetch_articles(
        &self,
        page: &PageReading,
        document: &Document,
        republished: bool,
    ) -> Result<Vec<FetchedArticle>, SyncError> {
        // A page that was published anew may lead to articles that were, under the same addresses.
        let freshness = if republished && document.changed { Freshness::Ask } else { Freshness::Kept };
        let mut seen = HashSet::new();
        let links: Vec<ArticleLink> = page
            .articles
            .iter()
            .filter(|link| seen.insert(address::article_key(&link.url)))
            .cloned()
            .collect();
        stream::iter(links)
            .map(|link| async move { self.fetch_article(&link, freshness).await })
            .buffered(AT_ONCE)
            .try_collect()
            .await
    }

    async fn fetch_article(
        &self,
        link: &ArticleLink,
        freshness: Freshness,
    ) -> Result<FetchedArticle, SyncError> {
        let headline_only = || NewArticle {
            key: address::article_key(&link.url),
            url: link.url.to_string(),
            article: Article {
                decks: Decks { headline: link.headline.clone(), ..Decks::default() },
                ..Article::default()
            },
            pictures: Vec::new(),
        };
        let mut fetched =
            FetchedArticle { article: headline_only(), copyright: None, warnings: Vec::new(), whole: true };
        let document = match self.fetcher.document(&link.url, freshness, Some(self.issue)).await {
            Ok(document) => document,
            Err(error) if error.ends_the_run() => return Err(error),
            Err(error) => {
                // What the server says is not there will not be there tomorrow; anything else may be.
                fetched.whole = error.is_missing();
                fetched.warnings.push(format!("article {:?}: {error}", link.headline));
                return Ok(fetched);
            }
        };
        let mut reading = self.fetcher.sources.read(&document.url, &document.text);
        let is_bare = reading.article.as_ref().is_some_and(|read| read.article.blocks.is_empty());
        if let Some(elsewhere) = reading.links.text.clone().filter(|_| is_bare) {
            let document = self.fetcher.document(&elsewhere, Freshness::Kept, Some(self.issue)).await;
            match document {
                Ok(document) => {
                    let found = self.fetcher.sources.read(&document.url, &document.text);
                    fetched.warnings.extend(found.warnings);
                    reading.article = found.article.or(reading.article);
                }
                Err(error) if error.ends_the_run() => return Err(error),
                Err(error) => fetched.warnings.push(format!("the text of {:?}: {error}", link.headline)),
            }
            let still_bare = reading.article.as_ref().is_none_or(|read| read.article.blocks.is_empty());
            if still_bare {
                fetched.warnings.push(format!(
                    "article {:?}: its text is written by the site's script alone, and cannot be kept",
                    link.headline
                ));
            }
        }
        fetched.copyright = reading.copyright;
        fetched.warnings.extend(reading.warnings);
        let Some(read) = reading.article else {
            fetched
                .warnings
                .push(format!("article {:?}: no text was found at {}", link.headline, document.url));
            return Ok(fetched);
        };
        fetched.article.article = read.article;
        if fetched.article.article.decks.headline.is_empty() {
            fetched.article.article.decks.headline.clone_from(&link.headline);
        }
        let addresses: Vec<String> = fetched.article.article.pictures().map(str::to_owned).collect();
        for address in addresses {
            let Ok(url) = Url::parse(&address) else {
                fetched.warnings.push(format!("picture {address:?} has no address that can be asked"));
                continue;
            };
            let blob = self
                .optional_file(
                    Some(&url),
                    Accept::Picture,
                    "picture",
                    &mut fetched.warnings,
                    &mut fetched.whole,
                )
                .await?;
            // A picture that the site does not have is not missing from the issue.
            if let Some((blob, _)) = blob {
                fetched.article.pictures.push(NewPicture { url: address, blob: Some(blob) });
            }
        }
        Ok(fetched)
    }

    /// A file that a page can do without: its absence is a warning.
    async fn optional_file(
        &self,
        url: Option<&Url>,
        accept: Accept,
        what: &str,
        warnings: &mut Vec<String>,
        whole: &mut bool,
    ) -> Result<Option<(BlobHash, Vec<u8>)>, SyncError> {
        let Some(url) = url else { return Ok(None) };
        match self.fetcher.file(url, accept, Some(self.issue)).await {
            Ok((blob, body)) => {
                if is_of_kind(accept, &body) {
                    return Ok(Some((blob, body)));
                }
                warnings.push(format!("{what} {url} is something else: it is left out"));
                Ok(None)
            }
            Err(error) if error.ends_the_run() => Err(error),
            Err(error) => {
                *whole &= error.is_missing();
                warnings.push(format!("{what}: {error}"));
                Ok(None)
            }
        }
    }

    /// Where there is no PDF: a larger picture that the generators keep beside the thumbnail.
    async fn largest_picture(
        &self,
        thumbnail_url: &Url,
        natural: Option<(u32, u32)>,
        thumbnail: Option<BlobHash>,
    ) -> Result<Option<BlobHash>, SyncError> {
        for url in address::larger_pictures(thumbnail_url) {
            match self.fetcher.file(&url, Accept::Picture, Some(self.issue)).await {
                Ok((blob, body)) => {
                    let size = picture_size(&body);
                    if size.is_some_and(|(width, _)| natural.is_none_or(|(small, _)| width > small)) {
                        return Ok(Some(blob));
                    }
                }
                Err(error) if error.ends_the_run() => return Err(error),
                // Most sites have none: nothing is missing.
                Err(error) => tracing::debug!(%url, %error, "no larger picture"),
            }
        }
        Ok(thumbnail)
    }
}

fn new_region(article: &Url, polygon: Polygon) -> NewRegion {
    NewRegion { article_key: address::article_key(article), polygon }
}

/// Sites answer a missing picture or PDF with an HTML page and status 200.
fn is_of_kind(accept: Accept, body: &[u8]) -> bool {
    match accept {
        Accept::Pdf => body[..body.len().min(1024)].windows(5).any(|window| window == b"%PDF-"),
        Accept::Picture => image::guess_format(body).is_ok(),
        Accept::Document => true,
    }
}

/// Width and height from a picture's header.
pub(crate) fn picture_size(body: &[u8]) -> Option<(u32, u32)> {
    let reader = image::ImageReader::new(std::io::Cursor::new(body)).with_guessed_format().ok()?;
    reader.into_dimensions().ok()
}
