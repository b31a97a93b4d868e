//! From any address of a digital newspaper's site to the newspaper.

use crate::SyncError;
use crate::calendar::newest_listed;
use crate::fetch::{Document, Fetcher, Freshness};
use kanbao_library::Publication;
use kanbao_newspaper::Date;
use kanbao_sources::{Kind, Reading, Sources, address};
use std::collections::HashSet;
use url::Url;

/// Index pages lead to index pages; real sites need three hops at most.
const MOST_HOPS: usize = 6;

/// A newspaper that was found.
#[derive(Debug, Clone)]
pub struct Discovery {
    /// A short id that suggests itself; the library may add a number.
    pub id: String,
    pub name: String,
    pub family: String,
    /// Where the newest issue is asked for from now on.
    pub entry: Url,
    pub latest: Option<Date>,
}

impl Discovery {
    /// Whether this is the newspaper of a subscription: a site has several addresses that lead to its newest
    /// issue, and each of them may have been typed.
    pub(crate) fn is_of(&self, known: &Publication) -> bool {
        let Ok(url) = Url::parse(&known.url) else { return false };
        let same_site = (url.host_str(), url.port()) == (self.entry.host_str(), self.entry.port());
        let number = known.id.strip_prefix(&self.id).map(|rest| rest.strip_prefix('-').unwrap_or(rest));
        let same_id = number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
        same_site && (url == self.entry || same_id && known.name == self.name)
    }
}

/// A document of an issue: where it is and what it says.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) document: Document,
    pub(crate) reading: Reading,
    dated_url: Url,
    address_date: Option<Date>,
    /// What the newspaper would be called by its address.
    id: String,
}

impl Found {
    pub(crate) fn read(sources: &Sources, document: Document) -> Self {
        let reading = sources.read(&document.url, &document.text);
        let dated = |url: &&Url| sources.address_date(url).is_some();
        // A copy of the newest front page lies at an address without a date; the pages that it lists have one.
        let listed = || reading.pages.iter().map(|page| &page.url).find(dated);
        let dated_url = Some(&document.url).filter(dated).or_else(listed).unwrap_or(&document.url).clone();
        let (address_date, id) = (sources.address_date(&dated_url), sources.publication_id(&dated_url));
        Self { document, reading, dated_url, address_date, id }
    }

    /// What is printed; failing that, what the address says.
    pub(crate) fn date(&self) -> Option<Date> {
        self.reading.date.or(self.address_date)
    }

    pub(crate) fn address_date(&self) -> Option<Date> {
        self.address_date
    }

    /// The page's own address; for a copy of the newest front page, which lies at an address without a date, that
    /// of the first page it lists.
    pub(crate) fn dated_url(&self) -> &Url {
        &self.dated_url
    }

    /// Whether both are pages of the same newspaper: by name, else by where they lie.
    pub(crate) fn is_of_paper(&self, other: &Self) -> bool {
        match (&self.reading.publication, &other.reading.publication) {
            (Some(ours), Some(theirs)) => ours == theirs,
            _ => self.id == other.id,
        }
    }

    fn is_page(&self) -> bool {
        // A site's shell answers 200 to anything: only a page with something on it is a page.
        let page = self.reading.page.as_ref();
        self.reading.kind == Kind::Page
            && (!self.reading.pages.is_empty()
                || self.reading.links.page_list.is_some()
                || page.is_some_and(|page| !page.areas.is_empty() || !page.articles.is_empty()))
    }
}

/// Reads an address as a person types it.
pub(crate) fn parse_address(address: &str) -> Result<Url, SyncError> {
    let bad = || SyncError::BadAddress { address: address.chars().take(200).collect() };
    let trimmed = address.trim();
    let with_scheme = if trimmed.contains("://") { trimmed.to_owned() } else { format!("http://{trimmed}") };
    let url = Url::parse(&with_scheme).map_err(|_| bad())?;
    let named =
        url.host_str().is_some_and(|host| host.contains('.') || host == "localhost" || host.starts_with('['));
    if !matches!(url.scheme(), "http" | "https") || !named {
        return Err(bad());
    }
    Ok(url)
}

pub(crate) async fn discover(fetcher: &Fetcher<'_>, typed: &str) -> Result<Discovery, SyncError> {
    Ok(find(fetcher, &parse_address(typed)?).await?.0)
}

/// The newspaper behind an address, and the page that it was told by.
pub(crate) async fn find(fetcher: &Fetcher<'_>, url: &Url) -> Result<(Discovery, Found), SyncError> {
    let url = url.clone();
    let mut tried = Vec::new();
    let given = lead_to_page(fetcher, &url, &mut tried).await;
    if let Err(error) = &given
        && (error.ends_the_run() || matches!(error, SyncError::SeveralTitles { .. }))
    {
        return given.map(|_| unreachable!("an error was matched"));
    }
    // An address that names no issue and has a page, or leads to one, is the site's own way to the newest.
    let given_is_index = matches!(&given, Ok(Some(_)) if !fetcher.sources.names_an_issue(&url));
    let start = match &given {
        Ok(Some(found)) => found.dated_url().clone(),
        _ => url.clone(),
    };
    // A page or an article was given: the site's own index knows the newest issue.
    let mut newest = None;
    if !given_is_index {
        for entry in fetcher.sources.entry_urls(&start) {
            if entry == url && given.is_ok() {
                continue;
            }
            match lead_to_page(fetcher, &entry, &mut tried).await {
                Ok(Some(found)) if same_paper(&found, given.as_ref().ok().and_then(Option::as_ref)) => {
                    newest = Some((entry, found));
                    break;
                }
                Err(error) if error.ends_the_run() => return Err(error),
                // The rest of the candidates are on the same host: if it does not answer, none will.
                Err(SyncError::Publisher(error)) if error.is_offline() => break,
                Ok(_) | Err(_) => {}
            }
        }
    }
    let (entry, found) = match (newest, given) {
        (Some(newest), _) => newest,
        (None, Ok(Some(found))) => (address::canonical_entry(url), found),
        (None, Ok(None)) => {
            return Err(SyncError::NotANewspaper { url: url.to_string(), tried: tried.join(", ") });
        }
        (None, Err(error)) => return Err(error),
    };
    let page_url = found.dated_url();
    let host = page_url.host_str().unwrap_or_default();
    let discovery = Discovery {
        id: found.id.clone(),
        name: found.reading.publication.clone().unwrap_or_else(|| host.to_owned()),
        family: found
            .reading
            .family
            .map_or_else(|| "unknown".to_owned(), |family| family.as_str().to_owned()),
        latest: found.date(),
        entry,
    };
    Ok((discovery, found))
}

/// An index that leads to another paper of the same host is no index of ours.
fn same_paper(found: &Found, given: Option<&Found>) -> bool {
    given.is_none_or(|given| found.is_of_paper(given))
}

/// Follows an index to the page that it leads to; from an article, to a page of its issue.
pub(crate) async fn lead_to_page(
    fetcher: &Fetcher<'_>,
    start: &Url,
    tried: &mut Vec<String>,
) -> Result<Option<Found>, SyncError> {
    let mut url = start.clone();
    let mut visited = HashSet::new();
    for _ in 0..MOST_HOPS {
        if !visited.insert(url.clone()) {
            return Ok(None);
        }
        let document = match fetcher.document(&url, Freshness::Ask, None).await {
            Ok(document) => document,
            Err(error) => {
                tried.push(format!("{url}: no page"));
                return if error.is_missing() && visited.len() > 1 { Ok(None) } else { Err(error) };
            }
        };
        let found = Found::read(fetcher.sources, document);
        if found.is_page() {
            return Ok(Some(with_pages(fetcher, found, Freshness::Ask).await?));
        }
        if found.reading.titles.len() > 1 {
            let titles = found.reading.titles;
            return Err(SyncError::SeveralTitles { url: url.to_string(), titles });
        }
        let first_page = || found.reading.pages.first().map(|page| page.url.clone());
        let next = match found.reading.kind {
            Kind::Index => found.reading.redirect.clone().or_else(first_page),
            Kind::Article => first_page().or_else(|| {
                let date = found.date()?;
                fetcher.sources.issue_urls(&found.document.url, date).into_iter().next()
            }),
            _ => found.reading.redirect.clone(),
        };
        let next = match (next, &found.reading.links.calendar) {
            // A program's shell does not say which issue it shows: its calendar does.
            (None, Some(calendar)) if found.reading.kind == Kind::Index => {
                newest_listed(fetcher, calendar).await?
            }
            (next, _) => next,
        };
        let Some(next) = next else {
            tried.push(format!("{url}: {}", found.reading.kind.as_str()));
            return Ok(None);
        };
        url = next;
    }
    Ok(None)
}

/// Reads an address that should be a page of an issue. Only a list of the issue's pages is followed, to the first.
pub(crate) async fn read_page(
    fetcher: &Fetcher<'_>,
    url: &Url,
    freshness: Freshness,
) -> Result<Option<Found>, SyncError> {
    let mut found = Found::read(fetcher.sources, fetcher.document(url, freshness, None).await?);
    let date = fetcher.sources.address_date(url);
    if let Some(first) = found.reading.redirect.clone().filter(|_| !found.reading.pages.is_empty())
        && found.reading.kind == Kind::Index
        && date.is_some()
        && fetcher.sources.address_date(&first) == date
    {
        found = Found::read(fetcher.sources, fetcher.document(&first, freshness, None).await?);
    }
    if found.is_page() { Ok(Some(with_pages(fetcher, found, freshness).await?)) } else { Ok(None) }
}

/// A page with the list of its issue's pages, where that is a document of its own.
async fn with_pages(
    fetcher: &Fetcher<'_>,
    mut found: Found,
    freshness: Freshness,
) -> Result<Found, SyncError> {
    if let Some(list) = found.reading.links.page_list.clone().filter(|_| found.reading.pages.is_empty()) {
        let document = fetcher.document(&list, freshness, None).await?;
        let reading = fetcher.sources.read(&document.url, &document.text);
        if reading.date.is_none() || reading.date == found.date() {
            found.reading.pages = reading.pages;
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_people_type_them() {
        for (typed, url) in [
            ("epaper.example.cn/slrb", "http://epaper.example.cn/slrb"),
            ("  https://epaper.example.cn/ ", "https://epaper.example.cn/"),
            ("http://127.0.0.1:8080/slrb/", "http://127.0.0.1:8080/slrb/"),
            ("localhost:8080", "http://localhost:8080/"),
        ] {
            assert_eq!(parse_address(typed).unwrap().as_str(), url);
        }
        for typed in [
            "",
            "示例日报",
            "ftp://epaper.example.cn/",
            "http://",
            "file:///etc/passwd",
            "javascript:alert(1)",
        ] {
            assert!(parse_address(typed).is_err(), "{typed}");
        }
    }
}
